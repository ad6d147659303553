import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sums", "0002_held_to_what_was_told"),
    ]

    operations = [
        migrations.RemoveConstraint("kepthidden", "sums_hidden_once"),
        migrations.AddField("kepthidden", "own", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "kepthidden",
            models.UniqueConstraint(
                fields=["indicator", "period", "fictional", "own", "path"], name="sums_hidden_once"
            ),
        ),
        migrations.CreateModel(
            name="OnceTold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.PositiveIntegerField()),
                ("value", models.BigIntegerField()),
                (
                    "indicator",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="figures.indicator",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("place", "indicator", "period", "value"), name="sums_told_once")
                ],
            },
        ),
    ]
