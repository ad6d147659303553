from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sums", "0001_start"),
    ]

    operations = [
        migrations.AddField("kepthidden", "hides", models.BooleanField(default=True)),
        migrations.AddField("kepthidden", "less", models.BigIntegerField(default=0)),
        migrations.AddField("kepthidden", "less_base", models.BigIntegerField(default=0)),
        migrations.AddField("kepthidden", "less_communes", models.SmallIntegerField(default=0)),
    ]
