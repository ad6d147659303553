"""Where a household, a clan, a unit is entered becomes a dated row of its own."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Min, Q

_AT_ONCE = 2000


def _first_days(apps: Apps) -> dict:
    """The first day on which each place was there."""
    periods = apps.get_model("places", "PlacePeriod").objects.values_list("place_id")
    return dict(periods.annotate(Min("valid_from")))


def _copy(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Each row of before is true from the first membership that names it, else from the first day of its commune."""
    first = _first_days(apps)
    for group, row, member, extra in (
        ("household", "HouseholdHome", "HouseholdMember", ("village_id",)),
        ("clan", "ClanSeat", "ClanHousehold", ()),
        ("unit", "UnitSeat", "UnitMember", ()),
    ):
        members = apps.get_model("people", member).objects.values_list(f"{group}_id")
        since = dict(members.annotate(Min("valid_from")))
        model = apps.get_model("people", row)
        model.objects.bulk_create(
            (
                model(
                    **{f"{group}_id": each.pk},
                    **{name: getattr(each, name) for name in ("commune_id", "code", *extra)},
                    valid_from=since.get(each.pk) or first[each.commune_id],
                )
                for each in apps.get_model("people", group).objects.order_by("pk").iterator(_AT_ONCE)
            ),
            batch_size=_AT_ONCE,
        )


def _in_commune(*more: tuple) -> list:
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("valid_from", models.DateField()),
        ("valid_to", models.DateField(blank=True, null=True)),
        ("code", models.CharField(max_length=80)),
        (
            "commune",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
        ),
        *more,
    ]


def _constraints(group: str, interval: str, one_open: str, code: str) -> dict:
    return {
        "constraints": [
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name=interval),
            models.UniqueConstraint(fields=[group], condition=Q(valid_to__isnull=True), name=one_open),
            models.UniqueConstraint(fields=["commune", "code"], condition=Q(valid_to__isnull=True), name=code),
        ]
    }


def _to(model: str, related: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related, to=model)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_unit_organisation")]

    operations = [
        migrations.RemoveConstraint(model_name="household", name="people_household_code"),
        migrations.RemoveConstraint(model_name="clan", name="people_clan_code"),
        migrations.RemoveConstraint(model_name="unit", name="people_unit_code"),
        migrations.RemoveConstraint(model_name="unit", name="people_unit_organisation_once"),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(fields=["organisation"], name="people_unit_organisation_once"),
        ),
        migrations.CreateModel(
            name="HouseholdHome",
            fields=_in_commune(("household", _to("people.household", "homes")), ("village", _to("places.place", "+"))),
            options=_constraints("household", "people_home_interval", "people_one_open_home", "people_household_code"),
        ),
        migrations.CreateModel(
            name="ClanSeat",
            fields=_in_commune(("clan", _to("people.clan", "seats"))),
            options=_constraints("clan", "people_clan_seat_interval", "people_one_open_clan_seat", "people_clan_code"),
        ),
        migrations.CreateModel(
            name="UnitSeat",
            fields=_in_commune(("unit", _to("people.unit", "seats"))),
            options=_constraints("unit", "people_unit_seat_interval", "people_one_open_unit_seat", "people_unit_code"),
        ),
        migrations.RunPython(_copy),
    ]
