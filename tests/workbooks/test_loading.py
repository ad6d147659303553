"""A whole commune is loaded from its workbooks, once: what is loaded twice, tried or broken off changes nothing."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.history.domain import Act, verify_chain
from densach.places.models import Place
from densach.problems import Refused
from tests.assessing.making import LAST_DAY, YEAR
from tests.people.making import KEYS, number
from tests.workbooks.making import (
    HEAD,
    WIFE,
    everything,
    filled_templates,
    load,
    refusal,
    sample,
    written,
)

if TYPE_CHECKING:
    from densach.assessing.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(commune: Place, act: Act) -> Round:
    return opened(commune, act)


def opened(commune: Place, act: Act, packs: str = "vn,demo", year: int = YEAR) -> Round:
    from densach.assessing.domain import open_round

    return open_round(commune, year, packs, act=act)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return filled_templates(tmp_path_factory.mktemp("xa-mau"), "vn", "demo")


def test_the_whole_commune_is_loaded_as_it_was_made(round_: Round, act: Act, filled: list[Path]) -> None:
    from densach.assessing.models import Answers, Registration
    from densach.people.models import Clan, ClanHousehold, Household, HouseholdMember, Person, Unit, UnitMember
    from densach.places.queries import villages_of

    for path in filled:
        load(path, round_, act)
    made = sample()
    assert {row.name for row in villages_of(round_.place, LAST_DAY)} == {village.name for village in made.villages}
    assert {
        (row.full_name, row.sex, row.birth_date, row.literacy, row.number_hash) for row in Person.objects.all()
    } == {
        (p.full_name, p.sex, p.birth_date, p.literacy, KEYS.hash(p.personal_number) if p.personal_number else None)
        for p in made.people
    }
    assert Counter(HouseholdMember.objects.values_list("household__homes__code", flat=True)) == Counter(
        person.household for person in made.people
    )
    assert set(HouseholdMember.objects.filter(is_head=True).values_list("person__full_name", flat=True)) == {
        home.head.full_name for home in made.households
    }
    assert Household.objects.count() == len(made.households)
    assert set(Clan.objects.values_list("seats__code", "name")) == {(clan.code, clan.name) for clan in made.clans}
    assert set(ClanHousehold.objects.values_list("clan__seats__code", "household__homes__code")) == {
        (clan.code, home) for clan in made.clans for home in clan.households
    }
    assert set(Unit.objects.values_list("seats__code", "name", "kind")) == {
        (u.code, u.name, u.kind) for u in made.units
    }
    assert UnitMember.objects.count() == sum(len(unit.members) + len(unit.learners) for unit in made.units)
    answered = Answers.objects.filter(title_key="citizen.qd677")
    assert {tuple(sorted(row.facts.items())) for row in answered} == {
        tuple(sorted((key, points) for key, points in each.points.items() if points is not None))
        for each in made.answers
    }
    registered = Counter(Registration.objects.values_list("title_key", flat=True))
    assert registered == {
        "citizen.qd677": len(made.answers),
        "family.qd387": sum(home.registered for home in made.households),
        "clan.qd387": sum(clan.registered for clan in made.clans),
        "village.qd387": len(made.villages),
        "unit_commune.qd387": sum(unit.registered for unit in made.units),
        "literacy.nd20": 1,
        "commune.tt25": 1,
    }


def test_the_same_workbooks_twice_change_nothing(round_: Round, act: Act, filled: list[Path]) -> None:
    for path in filled:
        load(path, round_, act)
    before = everything()
    for path in filled:
        again = load(path, round_, act)
        assert {(entered, corrected) for entered, corrected, _ in again.sheets.values()} <= {(0, 0)}
    assert everything() == before


def test_a_person_in_another_household_next_year_stays_one_person(commune: Place, act: Act, tmp_path: Path) -> None:
    from densach.people.models import HouseholdMember, Person

    load(written(tmp_path, "register", [HEAD, WIFE]), opened(commune, act, "vn"), act)
    moved = {**HEAD, "household": "H7", "village": "Thôn Hạ"}
    load(written(tmp_path, "register", [moved, WIFE]), opened(commune, act, "vn", YEAR + 1), act)
    assert Person.objects.count() == 2
    rows = HouseholdMember.objects.filter(person__full_name=HEAD["full_name"]).order_by("valid_from")
    assert [(row.household.homes.get().code, row.valid_from, row.valid_to) for row in rows] == [
        ("H1", date(YEAR, 1, 1), date(YEAR + 1, 1, 1)),
        ("H7", date(YEAR + 1, 1, 1), None),
    ]


def test_a_corrected_name_is_logged_with_what_it_was(round_: Round, act: Act, tmp_path: Path) -> None:
    from densach.history.queries import chain_of
    from densach.people.models import Person

    load(written(tmp_path, "register", [HEAD]), round_, act)
    done = load(written(tmp_path, "register", [{**HEAD, "full_name": "Nguyễn Văn Mậu"}]), round_, act)
    assert done.sheets == {"register": (0, 1, 0)}
    person = Person.objects.get()
    entered, corrected = chain_of("person", str(person.pk))
    assert (entered.event, corrected.event) == ("entered", "corrected")
    assert entered.state_after["full_name"] == "Nguyễn Văn Mẫu"
    assert set(corrected.state_after) == {"full_name", "sort"}
    assert corrected.state_before["full_name"] == "Nguyễn Văn Mẫu"
    assert corrected.state_after["full_name"] == "Nguyễn Văn Mậu"
    assert verify_chain("person", person.pk) == []


def test_no_personal_number_stands_in_the_log_or_in_clear(round_: Round, act: Act, tmp_path: Path) -> None:
    load(written(tmp_path, "register", [HEAD]), round_, act)
    assert str(HEAD["personal_number"]) not in str(everything())


def queries_to_load(path: Path, round_: Round, act: Act) -> int:
    with CaptureQueriesContext(connection) as captured:
        load(path, round_, act)
    return len(captured)


def household(order: int) -> list[dict[str, Any]]:
    return [{**HEAD, "household": f"H{order}", "personal_number": number(order)}, {**WIFE, "household": f"H{order}"}]


REGISTER = [household(order) for order in range(5)]
SAID = {
    "register": REGISTER,
    "citizen.farmers": [
        [{"household": row["household"], "full_name": row["full_name"], "registered": "có", "a1": 9} for row in home]
        for home in REGISTER
    ],
    "family": [[{"household": home[0]["household"], "registered": "có"}] for home in REGISTER],
}


@pytest.mark.parametrize(("form_id", "queries"), [("register", 33), ("citizen.farmers", 25), ("family", 21)])
def test_as_many_queries_for_one_household_as_for_three(
    commune: Place, act: Act, tmp_path: Path, form_id: str, queries: int
) -> None:
    first = opened(commune, act)
    known = [REGISTER[0]] if form_id == "register" else REGISTER
    load(written(tmp_path, "register", [row for home in known for row in home], "vn", "demo"), first, act)
    one, three = SAID[form_id][1], [row for home in SAID[form_id][2:] for row in home]
    found = [queries_to_load(written(tmp_path, form_id, rows, "vn", "demo"), first, act) for rows in (one, three)]
    assert found == [queries, queries]


SCHOOL = {"unit": "U1", "name": "Trường MẪU", "kind": "Cơ sở giáo dục", "registered": "có"}


def members(tmp_path: Path, *rows: dict[str, Any]) -> Path:
    return written(tmp_path, "unit.members", [{"unit": "U1", "role": "Thành viên", **row} for row in rows])


@pytest.fixture
def working(commune: Place, thai_nguyen: Place, act: Act, tmp_path: Path) -> Round:
    """A round of a commune with a school, beside another commune in whose register a teacher stands."""
    from densach.places.domain import add_fictional_commune

    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Hai", on=date(YEAR, 1, 1), act=act)
    load(written(tmp_path, "register", [HEAD, WIFE]), opened(other, act, "vn"), act)
    here = opened(commune, act, "vn")
    load(written(tmp_path, "register", household(7)), here, act)
    load(written(tmp_path, "unit", [SCHOOL]), here, act)
    return here


def test_who_lives_in_another_commune_is_a_member_by_number_and_name(working: Round, act: Act, tmp_path: Path) -> None:
    from densach.people.models import UnitMember

    teacher = {"full_name": HEAD["full_name"], "personal_number": HEAD["personal_number"]}
    load(members(tmp_path, teacher, {"household": "H7", "full_name": WIFE["full_name"]}), working, act)
    found = UnitMember.objects.order_by("pk").values_list(
        "person__full_name", "person__households__household__homes__code"
    )
    assert list(found) == [("Nguyễn Văn Mẫu", "H1"), ("Trần Thị Mẫu", "H7")]


def test_a_number_of_somebody_else_or_a_name_from_elsewhere_is_nobody(working: Round, act: Act, tmp_path: Path) -> None:
    stranger = {"full_name": "Lê Văn Lạ", "personal_number": HEAD["personal_number"]}
    nameless = {"household": "H1", "full_name": HEAD["full_name"]}
    for row in (stranger, nameless, {"full_name": HEAD["full_name"]}, {**stranger, "personal_number": number(99)}):
        refused = refusal(members(tmp_path, row), working, act)
        assert [(found.code, found.words["value"]) for found in refused] == [("W222", row["full_name"])]


def test_as_many_queries_for_one_member_from_elsewhere_as_for_two(working: Round, act: Act, tmp_path: Path) -> None:
    teacher = {"full_name": HEAD["full_name"], "personal_number": HEAD["personal_number"]}
    stranger = {"full_name": "Người Khác", "personal_number": number(98)}
    counts = []
    for rows in ((teacher,), (teacher, stranger)):
        path = members(tmp_path, *rows)
        with CaptureQueriesContext(connection) as captured, suppress(Refused):
            load(path, working, act)
        counts.append(sum("number_hash" in (each["sql"] or "a prepared one") for each in captured))
    assert counts[0] == counts[1]


def test_a_code_that_changed_in_a_merger_is_refused_at_its_cell(thai_nguyen: Place, act: Act, tmp_path: Path) -> None:
    from densach.people.merger.carrying import carry_over
    from tests.people.merger import MERGED, end_old, merger, settle_old

    made = merger(thai_nguyen, act, merged=False)
    settle_old(made, act)
    end_old(made, act)
    carry_over(made.n, MERGED, act=act)
    round_ = opened(made.n, act, "vn")
    (found,) = refusal(written(tmp_path, "register", [{**HEAD, "household": "H5"}, WIFE]), round_, act)
    assert (found.code, found.where, found.words["now"]) == ("N140", "Sổ hộ!C8", "H1-99101, H1-99102")
    groups = written(
        tmp_path, "unit", [{"unit": "U1", "name": "Trường MẪU", "kind": "Cơ sở giáo dục", "registered": "có"}]
    )
    assert [(p.code, p.where) for p in refusal(groups, round_, act)] == [("N140", "Đơn vị!B7")]
