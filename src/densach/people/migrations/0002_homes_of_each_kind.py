"""How somebody lives in a household belongs to the home, not to the person, who may have two."""

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

KINDS = [("permanent", "Thường trú"), ("temporary", "Tạm trú"), ("unknown", "Chưa biết")]


def tell_homes(apps, _editor):
    """Every home so far is of the kind that its person had."""
    persons, members = apps.get_model("people", "Person"), apps.get_model("people", "HouseholdMember")
    kind = persons.objects.filter(pk=OuterRef("person")).values("residence")
    members.objects.exclude(person__residence="unknown").update(kind=Subquery(kind))


def tell_persons(apps, _editor):
    """Backwards: a person lives as in the home that has not ended."""
    persons, members = apps.get_model("people", "Person"), apps.get_model("people", "HouseholdMember")
    open_home = members.objects.filter(person=OuterRef("pk"), valid_to__isnull=True).order_by("kind", "pk")
    persons.objects.filter(households__valid_to__isnull=True).update(residence=Subquery(open_home.values("kind")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_start"),
        ("places", "0002_lineage"),
    ]

    operations = [
        migrations.AddField(
            model_name="householdmember",
            name="kind",
            field=models.CharField(choices=KINDS, default="unknown", max_length=10),
        ),
        migrations.AddField(
            model_name="householdmember",
            name="source",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.RunPython(tell_homes, tell_persons),
        migrations.RemoveField(model_name="person", name="residence"),
        migrations.RemoveConstraint(model_name="householdmember", name="people_in_one_open_household"),
        migrations.AddConstraint(
            model_name="householdmember",
            constraint=models.UniqueConstraint(
                condition=Q(valid_to__isnull=True),
                fields=("person", "kind"),
                name="people_in_one_open_home_of_a_kind",
            ),
        ),
    ]
