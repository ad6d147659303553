from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_lineage"),
    ]

    operations = [
        migrations.AddField(
            model_name="placeperiod",
            name="began_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="placeperiod",
            name="confirmed_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="placeperiod",
            name="confirmed_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
