"""Of a consent on paper: the day on it, where it lies, and whether it was crossed out as copied by mistake."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("privacy", "0001_start"),
    ]

    operations = [
        migrations.AddField(model_name="consentact", name="signed_on", field=models.DateField(blank=True, null=True)),
        migrations.AddField(
            model_name="consentact",
            name="kept_at",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="consentact", name="crossed_out_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="consentact",
            name="crossed_out_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consentact",
            name="crossed_out_why",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="consentact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("how", "paper"), models.Q(("kept_at", ""), ("signed_on__isnull", True)), _connector="OR"
                ),
                name="privacy_consent_day_of_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("crossed_out_at__isnull", True), ("crossed_out_why", "")),
                    models.Q(
                        ("crossed_out_at__isnull", False),
                        ("how", "paper"),
                        models.Q(("crossed_out_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="privacy_consent_crossed_out_why",
            ),
        ),
    ]
