"""A file goes up to the ministry, which agrees to it or asks the province to look again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0001_start"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="opinion", name="reporting_opinion_has_a_reason"),
        migrations.AlterField(
            model_name="opinion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("verified", "đã kiểm tra, đồng ý"),
                    ("approved", "lãnh đạo đồng ý"),
                    ("sent_back", "gửi lại"),
                    ("withdrawn", "rút lại ý kiến"),
                    ("forwarded", "trình Bộ"),
                    ("agreed", "Bộ nhất trí"),
                    ("returned", "Bộ đề nghị tỉnh xem lại"),
                    ("taken_back", "Bộ rút lại ý kiến"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["verified", "approved", "forwarded", "agreed"]),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="reporting_opinion_has_a_reason",
            ),
        ),
    ]
