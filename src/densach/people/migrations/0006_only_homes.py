"""What the rows of before said of commune, village and code now stands in the dated rows alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0005_homes")]

    operations = [
        migrations.RemoveField(model_name="household", name="commune"),
        migrations.RemoveField(model_name="household", name="village"),
        migrations.RemoveField(model_name="household", name="code"),
        migrations.RemoveField(model_name="clan", name="commune"),
        migrations.RemoveField(model_name="clan", name="code"),
        migrations.RemoveField(model_name="unit", name="commune"),
        migrations.RemoveField(model_name="unit", name="code"),
    ]
