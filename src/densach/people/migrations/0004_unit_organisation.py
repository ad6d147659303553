import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_one_person_over_time"),
        ("places", "0004_organisations"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="units",
                to="places.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                fields=("commune", "organisation"), name="people_unit_organisation_once"
            ),
        ),
    ]
