from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest
from django.db import IntegrityError, transaction

from densach.authority.competence import competent_office, office_exists
from densach.authority.domain import enter_local_decision
from densach.authority.models import LocalDecision
from densach.authority.queries import local_decision
from densach.history.domain import Act, verify_chain
from densach.history.models import Entry
from densach.places.models import Place
from densach.policy.library import open_library
from densach.problems import Refused

LAW = open_library()
WITH_DEMO = open_library(("vn", "demo"))
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("title_key", "on", "known", "offices"),
    [
        ("commune.tt25", date(2024, 2, 11), "not_recorded", []),
        ("commune.tt25", date(2024, 2, 12), "named", ["truong-phong-gddt-cap-huyen"]),
        ("commune.tt25", date(2025, 6, 30), "named", ["truong-phong-gddt-cap-huyen"]),
        ("commune.tt25", date(2025, 7, 1), "nobody_known", []),
        ("unit_district.tt24", date(2025, 7, 1), "nobody_known", []),
        ("unit_province.tt24", TODAY, "named", ["chu-tich-ubnd-cap-tinh"]),
        ("unit.tt22", date(2023, 1, 1), "named", ["chu-tich-ubnd-cap-huyen", "chu-tich-ubnd-cap-tinh"]),
        ("citizen.qd677", TODAY, "nobody_known", []),
        ("family.qd281", date(2018, 1, 1), "nobody_known", []),  # the commune is only remembered, which decides nothing
        ("title.mau", TODAY, "not_recorded", []),
    ],
)
def test_who_may_recognise_is_read_from_the_dated_powers(
    title_key: str, on: date, known: str, offices: list[str]
) -> None:
    competence = competent_office(LAW, title_key, on)
    assert (competence.known, [office.id for office in competence.offices]) == (known, offices)
    assert bool(competence.powers) == (known != "not_recorded")


def test_every_power_that_is_told_brings_its_citation() -> None:
    for title_key in LAW.powers:
        for power in competent_office(LAW, title_key, TODAY).powers:
            assert power.cites != ()


def test_a_fictional_office_stands_in_for_the_gap_and_only_where_it_was_opened() -> None:
    assert competent_office(LAW, "citizen.qd677", TODAY).known == "nobody_known"
    competence = competent_office(WITH_DEMO, "citizen.qd677", TODAY)
    assert [(office.id, office.mark) for office in competence.offices] == [("mau-chu-tich-ubnd-cap-xa", "fictional")]
    assert competence.names("mau-chu-tich-ubnd-cap-xa")
    assert not competence.names("truong-phong-gddt-cap-huyen")


@pytest.mark.parametrize(("on", "exists"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False)])
def test_a_dissolved_office_existed_until_its_last_day(on: date, exists: bool) -> None:
    assert office_exists(LAW.offices["truong-phong-gddt-cap-huyen"], on) == exists


def test_a_power_known_for_certain_and_a_gap_side_by_side_name_the_office() -> None:
    (power,) = LAW.powers["province.tt25"]
    gap = msgspec.structs.replace(power, office=None, mark="unknown")
    both = replace(LAW, powers={"province.tt25": (gap, power)})
    assert competent_office(both, "province.tt25", TODAY).known == "named"


MARCH, OFFICE, CITATION = date(2026, 3, 1), "Giám đốc Sở MẪU", "Quyết định 5/QĐ-MẪU, Điều 2"


def enter(
    place: Place, act: Act, office_title: str = OFFICE, citation: str = CITATION, valid_from: date = MARCH
) -> LocalDecision:
    return enter_local_decision(
        title_key="commune.tt25",
        place=place,
        office_title=office_title,
        citation=citation,
        valid_from=valid_from,
        act=act,
    )


@pytest.mark.django_db
def test_a_local_decision_holds_in_its_place_for_its_title_from_its_day(
    commune: Place, thai_nguyen: Place, act: Act
) -> None:
    decision = enter(commune, act)
    found = {
        (title_key, place, on): local_decision(title_key, place, on)
        for title_key in ("commune.tt25", "citizen.qd677")
        for place in (commune, thai_nguyen)
        for on in (date(2026, 2, 28), date(2026, 3, 1))
    }
    assert [key for key, row in found.items() if row] == [("commune.tt25", commune, date(2026, 3, 1))]
    assert found["commune.tt25", commune, date(2026, 3, 1)] == decision


@pytest.mark.django_db
def test_a_local_decision_is_logged_with_its_citation(commune: Place, act: Act) -> None:
    decision = enter(commune, act)
    (entry,) = Entry.objects.filter(kind="local_decision", object_id=str(decision.pk))
    assert (entry.who, entry.event) == (act.who, "entered")
    assert entry.state_after["citation"] == "Quyết định 5/QĐ-MẪU, Điều 2"
    assert verify_chain("local_decision", decision.pk) == []


@pytest.mark.django_db
def test_the_same_local_decision_twice_stands_once(commune: Place, act: Act) -> None:
    assert enter(commune, act) == enter(commune, act)
    assert Entry.objects.filter(kind="local_decision").count() == 1


@pytest.mark.django_db
def test_a_later_local_decision_ends_the_earlier_one(commune: Place, act: Act) -> None:
    april = date(2026, 4, 1)
    first, second = enter(commune, act), enter(commune, act, office_title="Chủ tịch MẪU", valid_from=april)
    held = [local_decision("commune.tt25", commune, day) for day in (MARCH, date(2026, 3, 31), april)]
    assert held == [first, first, second]
    log = Entry.objects.filter(kind="local_decision", object_id=str(first.pk))
    assert [entry.event for entry in log] == ["entered", "ended"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("office_title", "citation", "valid_from", "code"),
    [
        ("Chủ tịch MẪU", CITATION, MARCH, "R110"),
        (OFFICE, CITATION, date(2026, 2, 1), "R110"),
        (OFFICE, " ", date(2026, 4, 1), "R111"),
        ("", CITATION, date(2026, 4, 1), "R111"),
    ],
)
def test_a_local_decision_that_cannot_stand_is_refused_and_changes_nothing(
    commune: Place, act: Act, office_title: str, citation: str, valid_from: date, code: str
) -> None:
    first = enter(commune, act)
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        enter(commune, act, office_title, citation, valid_from)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert (Entry.objects.count(), LocalDecision.objects.get()) == (entries, first)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"citation": ""}, {"valid_to": MARCH}, {}])
def test_the_database_wants_a_citation_a_stretch_of_days_and_one_at_a_time(
    commune: Place, act: Act, wrong: dict[str, str | date]
) -> None:
    enter(commune, act)
    row = LocalDecision(title_key="commune.tt25", place=commune, office_title=OFFICE, citation="MẪU", valid_from=MARCH)
    for name, value in wrong.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
