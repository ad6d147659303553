from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from densach.history.domain import Act, verify_chain
from densach.history.models import Entry
from densach.people.domain import (
    Entered,
    Resident,
    enter_clans,
    enter_units,
    join_clans,
    join_units,
    rotate_numbers,
)
from densach.people.models import (
    Clan,
    ClanHousehold,
    ClanSeat,
    Household,
    HouseholdHome,
    HouseholdMember,
    Person,
    Unit,
    UnitMember,
    UnitSeat,
)
from densach.people.numbers import Keys
from densach.places.models import Place
from densach.problems import Refused
from tests.people.making import KEYS, NEW_YEAR, enter, family, number, village

pytestmark = pytest.mark.django_db
LATER = date(2027, 1, 1)


@pytest.fixture
def doai(commune: Place, act: Act) -> Place:
    return village(commune, act)


def homes() -> list[tuple[str, str, date, date | None]]:
    rows = HouseholdMember.objects.order_by("pk").values_list(
        "person__full_name", "household__homes__code", "valid_from", "valid_to"
    )
    return list(rows)


def test_a_register_makes_households_persons_and_who_lives_where(commune: Place, doai: Place, act: Act) -> None:
    assert enter(commune, [*family(doai, 1), *family(doai, 2)], act) == Entered(6, 0, 0)
    assert sorted(HouseholdHome.objects.values_list("code", "village")) == [("H1", doai.pk), ("H2", doai.pk)]
    assert homes()[:2] == [
        ("Nguyễn Văn Mẫu 1", "H1", NEW_YEAR, None),
        ("Trần Thị Mẫu 1", "H1", NEW_YEAR, None),
    ]
    head = Person.objects.get(full_name="Nguyễn Văn Mẫu 1")
    assert (head.folded, head.birth_date, head.birth_precision, head.literacy) == (
        "nguyen van mau 1",
        date(1980, 5, 1),
        "day",
        2,
    )
    assert KEYS.open(bytes(head.number_cipher or b""), head.number_key) == number(1)
    wife = Person.objects.get(full_name="Trần Thị Mẫu 1")
    assert (wife.birth_date, wife.birth_precision, wife.number_hash) == (date(1982, 1, 1), "year", None)


def test_the_same_register_twice_changes_nothing(commune: Place, doai: Place, act: Act) -> None:
    enter(commune, family(doai, 1), act)
    entries = Entry.objects.count()
    assert enter(commune, family(doai, 1), act, on=LATER) == Entered(0, 0, 3)
    assert (Entry.objects.count(), HouseholdMember.objects.count()) == (entries, 3)


def test_a_corrected_line_changes_its_person_and_says_so(commune: Place, doai: Place, act: Act) -> None:
    head, *rest = family(doai, 1)
    enter(commune, [head, *rest], act)
    assert enter(commune, [replace(head, full_name="Nguyễn Văn Khác"), *rest], act) == Entered(0, 1, 2)
    person = Person.objects.get(full_name="Nguyễn Văn Khác")
    last = Entry.objects.filter(kind="person", object_id=str(person.pk)).order_by("sequence").last()
    assert last is not None
    assert last.state_before["full_name"] == "Nguyễn Văn Mẫu 1"
    assert last.state_after["full_name"] == "Nguyễn Văn Khác"
    assert verify_chain("person", person.pk) == []


def test_what_a_line_leaves_empty_does_not_erase_what_is_known(commune: Place, doai: Place, act: Act) -> None:
    head, *rest = family(doai, 1)
    enter(commune, [head, *rest], act)
    # A line without birth date and literacy, found by its number.
    assert enter(commune, [replace(head, birth="", literacy=None)], act) == Entered(0, 0, 1)


def test_a_number_never_stands_in_the_log(commune: Place, doai: Place, act: Act) -> None:
    enter(commune, family(doai, 1), act)
    written = " ".join(f"{entry.before} {entry.after}" for entry in Entry.objects.filter(kind="person"))
    assert number(1) not in written
    assert KEYS.hash(number(1)) not in written


def test_who_stands_in_another_household_a_year_later_moved_there(commune: Place, doai: Place, act: Act) -> None:
    head, *rest = family(doai, 1)
    enter(commune, [head, *rest], act)
    enter(commune, [replace(head, household="H9"), *rest], act, on=LATER)
    assert homes() == [
        ("Nguyễn Văn Mẫu 1", "H1", NEW_YEAR, LATER),
        ("Trần Thị Mẫu 1", "H1", NEW_YEAR, None),
        ("Nguyễn Mẫu Con 1", "H1", NEW_YEAR, None),
        ("Nguyễn Văn Mẫu 1", "H9", LATER, None),
    ]


def test_another_household_on_the_same_day_corrects_a_mistake(commune: Place, doai: Place, act: Act) -> None:
    head, *_ = family(doai, 1)
    enter(commune, [replace(head, household="H8")], act)
    enter(commune, [head], act)
    assert homes() == [("Nguyễn Văn Mẫu 1", "H1", NEW_YEAR, None)]


def test_a_file_that_names_another_head_is_believed(commune: Place, doai: Place, act: Act) -> None:
    head, wife, child = family(doai, 1)
    enter(commune, [head, wife, child], act)
    enter(commune, [replace(head, is_head=False), replace(wife, is_head=True), child], act)
    heads = HouseholdMember.objects.filter(is_head=True).values_list("person__full_name", flat=True)
    assert list(heads) == ["Trần Thị Mẫu 1"]
    # A file that names no head leaves the one that is known.
    enter(commune, [replace(wife, is_head=False)], act)
    assert list(heads.all()) == ["Trần Thị Mẫu 1"]


def test_many_households_need_as_many_queries_as_one(commune: Place, doai: Place, act: Act) -> None:
    counts = []
    for orders in ((1,), (2, 3, 4)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            enter(commune, [line for order in orders for line in family(doai, order)], act)
        counts.append(len(queries))
    assert counts == [counts[0], counts[0]]
    assert counts[0] < 40


def test_nothing_is_half_written_when_the_work_stops_in_the_middle(commune: Place, doai: Place, act: Act) -> None:
    before = Entry.objects.count()
    impossible = Resident(household="H2", village=doai, full_name="Ngày Không Có", sex="male", birth="2025-02-30")
    with pytest.raises(ValueError, match="day is out of range"):
        enter(commune, [*family(doai, 1), impossible], act)
    counts = [model.objects.count() for model in (Household, Person, HouseholdMember)]
    assert (counts, Entry.objects.count()) == ([0, 0, 0], before)


def test_numbers_under_a_lost_key_stop_the_import(commune: Place, doai: Place, act: Act) -> None:
    # With another hashing key nobody would be found by number, and everyone would be entered a second time.
    from densach.people.domain import enter_residents

    enter(commune, family(doai, 1), act)
    others = Keys({"k2": bytes(32)}, "k2", b"x" * 32)
    with pytest.raises(Refused) as refused:
        enter_residents(commune, family(doai, 1), on=NEW_YEAR, keys=others, act=act)
    assert [problem.code for problem in refused.value.problems] == ["N103"]


def test_rotating_encrypts_every_number_again_and_once(commune: Place, doai: Place, act: Act) -> None:
    enter(commune, [*family(doai, 1), *family(doai, 2)], act)
    keys = Keys({**KEYS.by_id, "k2": bytes(32)}, "k2", KEYS.hashing)
    assert (rotate_numbers(keys, act=act), rotate_numbers(keys, act=act)) == (2, 0)
    rows = Person.objects.exclude(number_hash=None).order_by("pk")
    assert {row.number_key for row in rows} == {"k2"}
    assert [keys.open(bytes(row.number_cipher or b""), "k2") for row in rows] == [number(1), number(2)]


def test_clans_and_units_take_each_membership_once(commune: Place, doai: Place, act: Act) -> None:
    enter(commune, family(doai, 1), act)
    home, person = Household.objects.get(), Person.objects.order_by("pk")[0]
    for _ in range(2):
        clan = enter_clans(commune, {"D1": "Họ Nguyễn MẪU"}, on=NEW_YEAR, act=act)["D1"]
        unit = enter_units(commune, {"U1": ("Trường MẪU", "school")}, on=NEW_YEAR, act=act)["U1"]
        join_clans(commune, [(clan, home), (clan, home)], on=NEW_YEAR, act=act)
        join_units(commune, [(unit, person.pk, "member"), (unit, person.pk, "learner")], on=NEW_YEAR, act=act)
    assert (Clan.objects.count(), ClanHousehold.objects.count()) == (1, 1)
    assert sorted(UnitMember.objects.values_list("role", flat=True)) == ["learner", "member"]
    assert Unit.objects.get().kind == "school"


def refused_by_the_database(*rows: object) -> bool:
    try:
        with transaction.atomic():
            for row in rows:
                row.save()  # type: ignore[attr-defined]
    except IntegrityError:
        return True
    return False


def test_the_database_keeps_memberships_whole(commune: Place, doai: Place, act: Act) -> None:
    enter(commune, family(doai, 1), act)
    home, person = Household.objects.get(), Person.objects.order_by("pk")[0]
    clan = enter_clans(commune, {"D1": "Họ MẪU"}, on=NEW_YEAR, act=act)["D1"]
    unit = enter_units(commune, {"U1": ("Xưởng MẪU", "enterprise")}, on=NEW_YEAR, act=act)["U1"]
    other = Household.objects.create()

    def lives(end: date | None, where: Household = other) -> HouseholdMember:
        return HouseholdMember(household=where, person=person, valid_from=NEW_YEAR, valid_to=end)

    assert refused_by_the_database(lives(None))  # a second open household
    assert refused_by_the_database(lives(NEW_YEAR))  # an empty interval
    assert not refused_by_the_database(lives(LATER))
    assert refused_by_the_database(*(ClanHousehold(clan=clan, household=home, valid_from=NEW_YEAR) for _ in range(2)))
    member = {"unit": unit, "person": person, "role": "member", "valid_from": NEW_YEAR}
    assert refused_by_the_database(UnitMember(**member), UnitMember(**member))
    assert refused_by_the_database(UnitMember(**member, valid_to=NEW_YEAR))
    here = {"commune": commune, "village": doai, "valid_from": NEW_YEAR}
    assert refused_by_the_database(HouseholdHome(household=other, code="H1", **here))  # a code in use
    assert refused_by_the_database(HouseholdHome(household=home, code="H2", **here))  # a second open home
    assert refused_by_the_database(HouseholdHome(household=other, code="H2", **here, valid_to=NEW_YEAR))
    assert refused_by_the_database(*(ClanSeat(clan=clan, commune=commune, code="D2", valid_from=NEW_YEAR),))
    assert refused_by_the_database(*(UnitSeat(unit=unit, commune=commune, code="U2", valid_from=NEW_YEAR),))


@pytest.mark.parametrize(
    "wrong",
    [
        {"birth_date": date(1980, 1, 1)},  # a date of unknown precision
        {"birth_precision": "day"},
        {"number_hash": "a" * 64},
        {"number_cipher": b"a", "number_key": "k1"},
        {"literacy": 3},
    ],
)
@pytest.mark.usefixtures("commune")
def test_the_database_keeps_persons_whole(wrong: dict[str, object]) -> None:
    fields = {"full_name": "MẪU", "folded": "mau", "sort": "mau", "sex": "male"}
    assert not refused_by_the_database(Person(**fields))
    assert refused_by_the_database(Person(**{**fields, **wrong}))
