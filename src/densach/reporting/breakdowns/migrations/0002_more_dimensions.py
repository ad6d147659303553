from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("breakdowns", "0001_start"),
    ]

    operations = [
        migrations.AddField("breakdown", "residence", models.JSONField(default=list)),
        migrations.AddField("breakdown", "residence_hidden", models.JSONField(default=list)),
        migrations.AddField("breakdown", "protected", models.JSONField(default=dict)),
    ]
