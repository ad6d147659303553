"""A unit that is assessed is an organisation of the world: its name and kind of a day, its titles through both."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.history.domain import Act, verify_chain
from densach.people.domain import enter_units, link_unit, unlink_unit
from densach.people.models import UNIT_KINDS, Unit
from densach.people.queries import UnitOnDay, units_on
from densach.places.domain import add_village
from densach.places.lookup import get_place
from densach.places.models import OrganisationKind, Place
from densach.places.organisations.domain import close_organisation, rename_organisation
from densach.problems import Refused
from tests.places.organisations.making import NEW_YEAR, founded, said

pytestmark = pytest.mark.django_db
LATER = date(2026, 7, 1)


@pytest.fixture
def unit(commune: Place, act: Act) -> Unit:
    return enter_units(commune, {"U1": ("TH MẪU (sổ)", "school")}, on=date(2025, 1, 1), act=act)["U1"]


def refused(commune: Place, code: str, name: str, kind: str, seat: Place, act: Act) -> list[str]:
    with pytest.raises(Refused) as found:
        link_unit(commune, code, founded(name, seat, act, kind=kind), on=NEW_YEAR, act=act)
    return [problem.code for problem in found.value.problems]


def test_every_kind_of_organisation_is_one_kind_of_unit() -> None:
    assert UNIT_KINDS.keys() == set(OrganisationKind)


def test_a_linked_unit_is_called_what_its_organisation_is_called_on_the_day(
    commune: Place, unit: Unit, act: Act
) -> None:
    school = founded("Trường Tiểu học MẪU", commune, act)
    link_unit(commune, "U1", school, on=NEW_YEAR, act=act)
    rename_organisation(school, "Trường Tiểu học MẪU 2", on=LATER, act=act, said=said())
    assert [units_on(commune, on)[unit.pk].name for on in (date(2025, 1, 1), NEW_YEAR, LATER)] == [
        "TH MẪU (sổ)",
        "Trường Tiểu học MẪU",
        "Trường Tiểu học MẪU 2",
    ]
    close_organisation(school, on=date(2027, 1, 1), act=act, said=said())
    assert units_on(commune, date(2027, 1, 1)) == {unit.pk: UnitOnDay("U1", "TH MẪU (sổ)", "school")}
    unlink_unit(commune, "U1", act=act)
    assert units_on(commune, LATER)[unit.pk].name == "TH MẪU (sổ)"
    assert verify_chain("unit", unit.pk) == []


@pytest.mark.usefixtures("unit")
def test_what_is_not_the_same_thing_is_not_linked(commune: Place, thai_nguyen: Place, act: Act) -> None:
    assert refused(commune, "U9", "Trường MẪU", "primary", commune, act) == ["O118"]
    assert refused(commune, "U1", "Xưởng MẪU", "enterprise", commune, act) == ["O120"]
    assert refused(commune, "U1", "Trường ở nơi khác", "primary", thai_nguyen, act) == ["O121"]
    later = founded("Trường MẪU mới", commune, act, on=LATER)
    with pytest.raises(Refused) as found:
        link_unit(commune, "U1", later, on=NEW_YEAR, act=act)
    assert [problem.code for problem in found.value.problems] == ["O103"]
    with pytest.raises(Refused) as unknown:
        unlink_unit(commune, "U9", act=act)
    assert [problem.code for problem in unknown.value.problems] == ["O118"]


def test_one_unit_is_one_organisation_and_one_organisation_one_unit(commune: Place, unit: Unit, act: Act) -> None:
    enter_units(commune, {"U2": ("Khác", "school")}, on=NEW_YEAR, act=act)
    village = add_village(commune, "Thôn Đoài", on=NEW_YEAR, act=act, source="MẪU")
    school, other = founded("Trường MẪU", commune, act), founded("Trường MẪU B", village, act)
    for _ in range(2):  # said twice it stands once
        assert link_unit(commune, "U1", school, on=NEW_YEAR, act=act).pk == unit.pk
    for code, organisation in (("U1", other), ("U2", school)):
        with pytest.raises(Refused) as found:
            link_unit(commune, code, organisation, on=NEW_YEAR, act=act)
        assert [problem.code for problem in found.value.problems] == ["O119"]
    link_unit(commune, "U2", other, on=NEW_YEAR, act=act)


def test_as_many_queries_for_one_linked_unit_as_for_three(commune: Place, act: Act) -> None:
    counts = []
    for codes in (("U1",), ("U2", "U3")):
        for code in codes:
            enter_units(commune, {code: (code, "school")}, on=NEW_YEAR, act=act)
            link_unit(commune, code, founded(f"Trường MẪU {code}", commune, act), on=NEW_YEAR, act=act)
        with CaptureQueriesContext(connection) as asked:
            units_on(commune, NEW_YEAR)
        counts.append(len(asked))
    assert counts == [2, 2]


def test_a_real_place_has_no_units_of_ours() -> None:
    assert units_on(get_place("00004", NEW_YEAR).place, NEW_YEAR) == {}
