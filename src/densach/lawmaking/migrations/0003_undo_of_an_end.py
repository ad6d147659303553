"""An end that two people agreed to can be undone by two people until its day."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lawmaking", "0002_drafts_scans_ends"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="lawtext",
            name="undo_asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lawtext",
            name="undo_basis",
            field=models.CharField(blank=True, default="", max_length=400),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="lawtext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undo_asked_by__isnull", True), ("undo_basis", "")),
                    models.Q(
                        ("end_approved_by__isnull", False),
                        ("undo_asked_by__isnull", False),
                        models.Q(("undo_basis", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="lawmaking_undo_of_an_end",
            ),
        ),
    ]
