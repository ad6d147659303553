from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from densach.assessing.counts import Counter, Standing, objects_of, standing_of
from densach.assessing.domain import Decision, PaperAct, record_past_act, sign_act
from densach.assessing.frame import Frame, Resident, frame_of
from densach.assessing.models import Recognition, RecognitionAct, Subject
from densach.assessing.queries import has_act, recognised, recognised_count
from densach.assessing.titles import BY_MODEL, TITLES, Title
from densach.authority.domain import enter_local_decision
from densach.authority.queries import local_decision
from densach.history.domain import Act
from densach.people.domain import join_units, link_unit
from densach.people.models import HouseholdHome, HouseholdMember, Person
from densach.people.queries import units_of
from densach.places.domain import add_fictional_commune
from densach.places.models import Place
from densach.places.organisations.domain import rename_organisation
from densach.rules.counting import Measure, read_measure
from tests.assessing.making import (
    GOOD,
    LAST_DAY,
    POOR,
    YEAR,
    Small,
    adults,
    answer,
    library,
    open_year,
    run,
    settle,
)
from tests.places.organisations.making import founded, said

CITIZEN = BY_MODEL["citizen"]
MAU = "mau-chu-tich-ubnd-cap-xa"
HOLDERS = read_measure("adults:citizen.qd677")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("adults", Measure("adults")),
        ("persons[15-35]", Measure("persons", (15, 35))),
        ("persons[15-60]:literacy2", Measure("persons", (15, 60), "literacy2")),
        ("families:family.qd387", Measure("families", None, "family.qd387")),
    ],
)
def test_a_measure_is_read_from_its_text(text: str, measure: Measure) -> None:
    assert read_measure(text) == measure
    assert (measure.literacy, measure.title_key) == {
        None: (None, None),
        "literacy2": (2, None),
        "family.qd387": (None, "family.qd387"),
    }[measure.held]


@pytest.mark.parametrize("text", ["", "adults[18]", "adults:", "Adults", "adults[18-20]x"])
def test_what_is_no_measure_is_a_mistake(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}".replace("[", r"\[")):
        read_measure(text)


DAYS = st.dates(date(1900, 1, 1), date(2026, 12, 31))


@given(DAYS, st.dates(date(2026, 12, 31), date(2060, 12, 31)))
def test_a_birth_year_bounds_the_age_that_the_day_would_give(born: date, on: date) -> None:
    age, same = Resident(born, only_year=False, literacy=None).ages(on)
    lowest, highest = Resident(date(born.year, 1, 1), only_year=True, literacy=None).ages(on)
    assert age == same
    assert lowest <= age <= highest <= lowest + 1


def frame(*residents: Resident) -> Frame:
    made = Frame(commune=1, on=LAST_DAY, people=dict(enumerate(residents)))
    made.households = {7: HouseholdHome(code="H7")}
    made.household_people[7] = list(made.people)
    return made


def test_an_unknown_age_or_literacy_counts_as_perhaps() -> None:
    adult = Resident(date(1990, 1, 1), only_year=False, literacy=1)
    unread = Resident(date(1990, 1, 1), only_year=False, literacy=None)
    ageless = Resident(None, only_year=False, literacy=1)
    child = Resident(date(2020, 1, 1), only_year=False, literacy=1)
    counter = Counter(frame(adult, unread, ageless, child))
    assert counter.count(Measure("adults"), "family", 7) == (2, 3)
    assert counter.count(read_measure("persons[15-60]:literacy1"), "commune", 1) == (1, 3)
    assert counter.count(read_measure("persons[15-60]:literacy2"), "commune", 1) == (0, 1)
    assert counter.count(Measure("communes"), "commune", 1) is None


def test_a_title_that_nobody_was_judged_for_is_not_known_and_not_zero() -> None:
    adult = Resident(date(1990, 1, 1), only_year=False, literacy=1)
    assert Counter(frame(adult)).count(HOLDERS, "family", 7) == (0, 1)
    decided = {CITIZEN.key: Standing(frozenset(), frozenset())}
    assert Counter(frame(adult), decided).count(HOLDERS, "family", 7) == (0, 0)


@given(st.lists(st.tuples(st.sampled_from([None, 1950, 2008, 2009, 2020]), st.sampled_from("hon"))))
def test_counting_later_never_leaves_what_was_possible_before(people: list[tuple[int | None, str]]) -> None:
    residents = [Resident(date(year, 6, 1) if year else None, only_year=True, literacy=None) for year, _ in people]
    held = {at for at, (_, state) in enumerate(people) if state == "h"}
    waiting = {at for at, (_, state) in enumerate(people) if state == "o"}

    def count(holders: set[int], still_open: set[int]) -> tuple[int, int]:
        standing = Standing(frozenset(holders), frozenset(still_open))
        counted = Counter(frame(*residents), {CITIZEN.key: standing}).count(HOLDERS, "family", 7)
        assert counted is not None
        return counted

    low, high = count(held, waiting)
    for outcome in (count(held, set()), count(held | waiting, set())):
        assert low <= outcome[0] <= outcome[1] <= high


# From here on with a database.


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def keys(*people: Subject) -> frozenset[int]:
    return frozenset(subject.person_id or 0 for subject in people)


def count(small: Small, standing: Standing, model: str = "commune") -> tuple[int, int] | None:
    counter = Counter(frame_of(small.place, LAST_DAY), {CITIZEN.key: standing})
    parent = small.village if model == "village" else small.place
    return counter.count(HOLDERS, model, parent.pk)


@pytest.mark.django_db
def test_the_frame_holds_who_is_where_on_the_day(small: Small) -> None:
    read = frame_of(small.place, LAST_DAY)
    counter = Counter(read)
    household = small.subject("family", "H1").household_id or 0
    clan = small.subject("clan", "D1").clan_id or 0
    unit = small.subject("unit", "U1").unit_id or 0
    found = {
        (model, text): counter.count(read_measure(text), model, parent)
        for model, parent, text in (
            ("family", household, "adults"),
            ("family", household, "persons"),
            ("clan", clan, "families"),
            ("village", small.village.pk, "families"),
            ("village", small.village.pk, "adults"),
            ("unit", unit, "members"),
            ("unit", unit, "learners"),
            ("commune", small.place.pk, "families"),
            ("commune", small.place.pk, "clans"),
            ("commune", small.place.pk, "villages"),
            ("commune", small.place.pk, "units"),
            ("commune", small.place.pk, "adults"),
        )
    }
    assert [counted for counted in found.values() if counted is not None and counted[0] != counted[1]] == []
    assert {key: counted and counted[0] for key, counted in found.items()} == {
        ("family", "adults"): 2,
        ("family", "persons"): 3,
        ("clan", "families"): 2,
        ("village", "families"): 2,
        ("village", "adults"): 4,
        ("unit", "members"): 2,
        ("unit", "learners"): 2,
        ("commune", "families"): 2,
        ("commune", "clans"): 1,
        ("commune", "villages"): 1,
        ("commune", "units"): 1,
        ("commune", "adults"): 4,
    }


@pytest.mark.django_db
def test_a_household_that_everyone_left_is_no_family(small: Small) -> None:
    left = HouseholdMember.objects.filter(household__homes__code="H2")
    left.update(valid_to=LAST_DAY)
    read = frame_of(small.place, LAST_DAY)
    assert len(list(objects_of(read, BY_MODEL["family"]))) == 1
    for model, parent in (("commune", small.place.pk), ("village", small.village.pk)):
        assert Counter(read).count(Measure("families"), model, parent) == (1, 1)
    day_before = frame_of(small.place, date(YEAR, 12, 30))
    assert len(list(objects_of(day_before, BY_MODEL["family"]))) == 2


@pytest.mark.django_db
def test_the_frame_needs_as_many_queries_for_three_households_as_for_one(
    thai_nguyen: Place, commune: Place, act: Act
) -> None:
    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Hai", on=date(YEAR, 1, 1), act=act)
    settle(commune, act, households=1)
    settle(other, act, households=3, first=2)
    counts = []
    for place in (commune, other):
        with CaptureQueriesContext(connection) as queries:
            frame_of(place, LAST_DAY)
        counts.append(len(queries))
    assert counts == [14, 14]


@pytest.mark.django_db
def test_a_child_counts_once_people_have_decided(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    met, unknown, unmet, silent = adults(small)
    answer(round_, "citizen", {met: dict(GOOD), unknown: {}, unmet: dict(POOR)}, act)
    run(round_, act)

    def standing() -> Standing:
        return standing_of(round_, CITIZEN, frame_of(small.place, LAST_DAY))

    assert standing() == Standing(frozenset(), keys(met, unknown))
    assert count(small, standing()) == (0, 2)
    sign_locally(small, [Decision(subject=met)], act)
    assert standing() == Standing(keys(met), keys(unknown))
    assert (count(small, standing()), count(small, standing(), "village")) == ((1, 2), (1, 2))
    by_people = [Decision(subject=each, reason="Có lý do", scorer="Hội đồng MẪU") for each in (unmet, silent)]
    sign_locally(small, by_people, act, number="2/QĐ-MẪU")
    assert count(small, standing()) == (3, 4)


def sign_locally(small: Small, decisions: list[Decision], act: Act, number: str = "1/QĐ-MẪU") -> None:
    """The real law names nobody who may recognise citizens, so a local decision does."""
    if local_decision(CITIZEN.key, small.place, LAST_DAY) is None:
        enter_local_decision(
            title_key=CITIZEN.key,
            place=small.place,
            office_title="Chủ tịch MẪU",
            citation="Quyết định MẪU",
            valid_from=date(YEAR, 1, 1),
            act=act,
        )
    paper = PaperAct(number=number, signed_on=LAST_DAY, office="", basis="Biên bản MẪU")
    sign_act(open_year(small, act), CITIZEN, paper, library("vn"), decisions, act=act)


@pytest.mark.django_db
def test_what_the_fictional_pack_recognised_is_never_seen_by_the_real_law(small: Small, act: Act) -> None:
    real, fictional = open_year(small, act), open_year(small, act, "vn,demo")
    person = adults(small)[0]
    decisions = [Decision(subject=person, reason="Có lý do", scorer="Hội đồng MẪU")]
    paper = PaperAct(number="1/QĐ-MẪU", signed_on=LAST_DAY, office=MAU, basis="Biên bản MẪU")
    sign_act(fictional, CITIZEN, paper, library("vn", "demo"), decisions, act=act)
    earlier = PaperAct(number="1/QĐ-MẪU", signed_on=date(YEAR, 1, 9), office=MAU, basis="Biên bản MẪU")
    record_past_act(small.place, CITIZEN, YEAR - 1, earlier, library("vn", "demo"), decisions, act=act)
    read = frame_of(small.place, LAST_DAY)
    assert standing_of(fictional, CITIZEN, read).holders == keys(person)
    assert standing_of(real, CITIZEN, read) == Standing(frozenset(), frozenset())


@pytest.mark.django_db
def test_the_same_paper_under_both_readings_is_two_acts(small: Small, act: Act) -> None:
    fictional = open_year(small, act, "vn,demo")
    person = adults(small)[0]
    decisions = [Decision(subject=person, reason="Có lý do", scorer="Hội đồng MẪU")]
    sign_locally(small, decisions, act)
    paper = PaperAct(number="1/QĐ-MẪU", signed_on=LAST_DAY, office=MAU, basis="Biên bản MẪU")
    sign_act(fictional, CITIZEN, paper, library("vn", "demo"), decisions, act=act)
    assert sorted(RecognitionAct.objects.values_list("number", "fictional")) == [
        ("1/QĐ-MẪU", False),
        ("1/QĐ-MẪU", True),
    ]


@pytest.mark.django_db
def test_each_place_counts_its_own_recognitions_of_the_year(small: Small, thai_nguyen: Place, act: Act) -> None:
    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Hai", on=date(YEAR, 1, 1), act=act)
    here, there = open_year(small, act), open_year(settle(other, act, households=1, first=9), act)
    people = adults(small)[:3]
    sign_locally(small, [Decision(subject=each, reason="Có lý do", scorer="Hội đồng MẪU") for each in people], act)
    assert [(recognised_count(each, CITIZEN.key), has_act(each, CITIZEN.key)) for each in (here, there)] == [
        (3, True),
        (0, False),
    ]
    assert has_act(open_year(small, act, "vn,demo"), CITIZEN.key) is False


@pytest.mark.django_db
@pytest.mark.parametrize(("valid_to", "shown"), [(date(2029, 1, 1), True), (None, True), (LAST_DAY, False)])
def test_beside_a_verdict_stands_a_recognition_that_has_not_surely_ended(
    small: Small, act: Act, valid_to: date | None, shown: bool
) -> None:
    person, round_ = adults(small)[0], open_year(small, act)
    recognise_before(small, person, date(YEAR, 2, 1), valid_to)
    assert recognised(round_, CITIZEN.key, LAST_DAY) == {}  # not judged in this round
    answer(round_, "citizen", {person: dict(POOR)}, act)
    run(round_, act)
    assert list(recognised(round_, CITIZEN.key, LAST_DAY)) == ([person.pk] if shown else [])


def recognise_before(
    small: Small, subject: Subject, signed_on: date, valid_to: date | None, title: Title = CITIZEN
) -> None:
    signed = RecognitionAct.objects.create(
        place=small.place, number="9", signed_on=signed_on, office="mau", office_title="MẪU", basis="MẪU"
    )
    Recognition.objects.create(
        act=signed,
        subject=subject,
        title_key=title.key,
        year=YEAR - 1,
        decided_by_people=True,
        reason="Có lý do",
        scorer="Hội đồng MẪU",
        valid_to=valid_to,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("signed_on", "valid_to", "counted"),
    [
        (date(2026, 2, 1), date(2029, 1, 1), (1, 1)),  # surely in force
        (date(2026, 2, 1), date(2027, 1, 1), (1, 1)),  # its last day is the day that is asked about
        (date(2026, 2, 1), LAST_DAY, (0, 0)),  # lapsed on that day
        (date(2026, 2, 1), None, (0, 1)),  # no text says for how long
        (date(2027, 2, 1), date(2030, 1, 1), (0, 0)),  # signed later
    ],
)
def test_an_earlier_recognition_counts_as_far_as_its_time_is_known(
    small: Small, act: Act, signed_on: date, valid_to: date | None, counted: tuple[int, int]
) -> None:
    recognise_before(small, adults(small)[0], signed_on, valid_to)
    round_ = open_year(small, act)
    assert count(small, standing_of(round_, CITIZEN, frame_of(small.place, LAST_DAY))) == counted


@pytest.mark.django_db
def test_who_works_here_and_lives_elsewhere_counts_in_the_unit_alone(small: Small, act: Act) -> None:
    stranger = Person.objects.create(
        full_name="Người Xã Khác MẪU",
        folded="x",
        sort="x",
        sex="female",
        birth_date="1990-01-01",
        birth_precision="day",
    )
    unit = units_of(small.place, LAST_DAY)["U1"]
    join_units(small.place, [(unit, stranger.pk, "member")], on=date(YEAR, 1, 1), act=act)
    read = frame_of(small.place, LAST_DAY)
    counter = Counter(read)
    assert counter.count(Measure("members"), "unit", unit.pk) == (3, 3)
    assert counter.count(Measure("adults"), "commune", small.place.pk) == (4, 4)
    assert stranger.pk not in list(objects_of(read, CITIZEN))


@pytest.mark.django_db
def test_a_member_judged_in_the_commune_of_the_home_is_open_here_too(
    small: Small, thai_nguyen: Place, act: Act
) -> None:
    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Hai", on=date(YEAR, 1, 1), act=act)
    home = settle(other, act, households=1, first=9)
    commuter = adults(home)[0]
    members = [(units_of(small.place, LAST_DAY)["U1"], commuter.person_id or 0, "member")]
    join_units(small.place, members, on=date(YEAR, 1, 1), act=act)
    there = open_year(home, act)
    answer(there, "citizen", {commuter: dict(GOOD)}, act)
    run(there, act)
    here = open_year(small, act)
    assert standing_of(here, CITIZEN, frame_of(small.place, LAST_DAY)) == Standing(frozenset(), keys(commuter))


@pytest.mark.django_db
def test_a_school_that_is_renamed_keeps_its_title(small: Small, act: Act) -> None:
    unit, title = small.subject("unit", "U1"), BY_MODEL["unit"]
    school = founded("Trường Tiểu học MẪU", small.place, act)
    link_unit(small.place, "U1", school, on=date(YEAR, 1, 1), act=act)
    recognise_before(small, unit, date(YEAR, 2, 1), date(YEAR + 3, 1, 1), title)
    rename_organisation(school, "Trường Tiểu học MẪU 2", on=date(YEAR, 7, 1), act=act, said=said())
    read = frame_of(small.place, LAST_DAY)
    assert [each.name for each in read.units.values()] == ["Trường Tiểu học MẪU 2"]
    assert standing_of(open_year(small, act), title, read) == Standing(frozenset(read.units), frozenset())


@pytest.mark.django_db
def test_everything_that_could_hold_a_title_is_counted_by_kind(small: Small) -> None:
    read = frame_of(small.place, LAST_DAY)
    assert {title.model: len(list(objects_of(read, title))) for title in TITLES} == {
        "citizen": 4,
        "family": 2,
        "clan": 1,
        "village": 1,
        "unit": 1,
        "literacy": 1,
        "commune": 1,
    }
