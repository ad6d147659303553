"""What a case says becomes a sealed row of its own."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _seal(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Encrypt what stands in the clear; the keys of the installation are asked for only where there is a case."""
    from densach.awards.cases.models import Case
    from densach.awards.cases.sealing import seal_text
    from densach.people.numbers import load_keys

    rows = apps.get_model("cases", "Case").objects.order_by("pk").values_list("pk", "uid", "what")
    if not rows.exists():
        return
    keys = load_keys(settings.KEYS_FILE)
    model = apps.get_model("cases", "CaseText")
    for key, uid, what in rows.iterator():
        row = seal_text(Case(pk=key, uid=uid), what, keys)
        model.objects.create(case_id=key, cipher=row.cipher, key=row.key)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_start")]

    operations = [
        migrations.CreateModel(
            name="CaseText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cipher", models.BinaryField()),
                ("key", models.CharField(max_length=20)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(_seal),
    ]
