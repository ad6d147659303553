"""What a case says no longer stands in the clear."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_what_it_says")]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="cases_case_state"),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(state__in=["received", "verifying", "answered", "closed"]), name="cases_case_state"
            ),
        ),
        migrations.RemoveField(model_name="case", name="what"),
    ]
