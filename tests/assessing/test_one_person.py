"""A person of several records is counted, judged and recognised once; undone, everything is as it was before."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from densach.assessing.counts import standing_of
from densach.assessing.domain import enter_answers, register, subjects_for
from densach.assessing.frame import frame_of
from densach.assessing.models import Kind, Recognition, RecognitionAct, Round, Stage, Subject
from densach.assessing.queries import (
    assessed_with_objects,
    met_subjects,
    recognised,
    recognised_count,
    registered_count,
    standing_assessments,
)
from densach.assessing.run import judge_of, judge_title, judged_subjects
from densach.assessing.titles import BY_MODEL, TITLES, rubric_on
from densach.assessing.workbooks.finding import Commune
from densach.authority.models import LocalDecision
from densach.history.domain import Act
from densach.people.models import Person
from densach.people.records.merging import undo_same
from densach.places.models import Place
from densach.reporting.four_counts import counts_by_village, four_counts
from tests.assessing.making import GOOD, LAST_DAY, POOR, YEAR, Small, answer, library, open_year, run, settle
from tests.people.making import KEYS
from tests.people.pairing import SAID, join

pytestmark = pytest.mark.django_db

CITIZEN = BY_MODEL["citizen"]


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def person(name: str) -> Person:
    return Person.objects.get(full_name=name)


def adults() -> tuple[Person, Person, Person, Person]:
    """The two heads and the two wives."""
    names = [f"{name} {order}" for name in ("Nguyễn Văn Mẫu", "Trần Thị Mẫu") for order in (1, 2)]
    one, two, three, four = map(person, names)
    return one, two, three, four


def subject(who: Person) -> Subject:
    return subjects_for(Kind.PERSON, [who.pk])[who.pk]


def signed(small: Small, number: str) -> RecognitionAct:
    local = LocalDecision.objects.create(
        title_key=CITIZEN.key, place=small.place, office_title="Hội MẪU", citation=number, valid_from=date(2020, 1, 1),
        valid_to=date(2020, 1, 2),
    )  # fmt: skip
    return RecognitionAct.objects.create(
        place=small.place, number=number, signed_on=LAST_DAY, office_title="Hội MẪU", local_decision=local, basis="MẪU"
    )


def recognise(by: RecognitionAct, *whom: Person) -> None:
    for who in whom:
        Recognition.objects.create(
            act=by, subject=subject(who), title_key=CITIZEN.key, year=YEAR, decided_by_people=True, reason="MẪU",
            scorer="MẪU",
        )  # fmt: skip


def test_two_records_are_one_person_in_the_frame(small: Small) -> None:
    head, other, *_ = adults()
    before = frame_of(small.place, LAST_DAY)
    pair = join(head, other)
    frame = frame_of(small.place, LAST_DAY)
    assert frame.people.keys() == before.people.keys() - {other.pk}
    # Both records have a permanent home of the same kind: the one of the record that is kept counts.
    homes = [len(people) for people in frame.household_people.values()]
    assert homes == [3, 2]
    unit = next(iter(frame.units))
    assert frame.unit_people[unit, "member"] == [head.pk]
    undo_same(pair.pk, act=SAID)
    assert frame_of(small.place, LAST_DAY) == before


def test_what_the_kept_record_leaves_open_another_may_know(small: Small) -> None:
    _, _, wife, _ = adults()
    child = person("Nguyễn Mẫu Con 1")
    Person.objects.filter(pk=child.pk).update(literacy=None, birth_date=None, birth_precision="unknown")
    join(child, wife)
    known = frame_of(small.place, LAST_DAY).people[child.pk]
    assert (known.born, known.only_year, known.literacy) == (date(1982, 1, 1), True, 1)
    Person.objects.filter(pk=child.pk).update(literacy=0, birth_date=date(1981, 2, 3), birth_precision="day")
    known = frame_of(small.place, LAST_DAY).people[child.pk]
    assert (known.born, known.only_year, known.literacy) == (date(1981, 2, 3), False, 0)


def test_registration_and_answers_of_the_other_record_count_for_the_one(small: Small, act: Act) -> None:
    head, other, *_ = adults()
    round_ = open_year(small, act)
    answer(round_, "citizen", {subject(other): dict(GOOD)}, act)
    enter_answers(round_, CITIZEN.key, Stage.SELF, {subject(head).pk: {"a1": 3}}, act=act)
    join(head, other)
    judge = judge_of(rubric_on(library(), CITIZEN, LAST_DAY))
    ((judged),) = judged_subjects(round_, CITIZEN, judge)
    # What the kept record says stands over what the other says, answer by answer.
    assert (judged.object_id, judged.facts) == (head.pk, {**GOOD, "a1": 3})


def test_a_verdict_from_before_the_joining_counts_once(small: Small, act: Act) -> None:
    head, other, *_ = adults()
    round_ = open_year(small, act)
    answer(round_, "citizen", {subject(other): dict(GOOD)}, act)
    run(round_, act)
    join(head, other)
    # Not judged again yet: the verdict of the joined record stands for the person.
    assert [row.subject for row in assessed_with_objects(round_, CITIZEN.key)] == [subject(other)]
    assert standing_assessments(round_, CITIZEN.key)[subject(head).pk].verdict == "met"
    register(round_, CITIZEN.key, [subject(head)], act=act)
    run(round_, act)
    assert [row.subject for row in assessed_with_objects(round_, CITIZEN.key)] == [subject(head)]
    assert met_subjects(round_, CITIZEN.key) == [subject(head)]
    assert registered_count(round_, CITIZEN.key) == 1


def test_a_title_held_by_both_records_is_one_title(small: Small, act: Act) -> None:
    head, other, *_ = adults()
    round_ = open_year(small, act)
    answer(round_, "citizen", {subject(head): dict(GOOD)}, act)
    run(round_, act)
    recognise(signed(small, "1/QĐ-MẪU"), head, other)  # both by the same act
    assert recognised_count(round_, CITIZEN.key) == 2
    join(head, other)
    assert recognised_count(round_, CITIZEN.key) == 1
    standing = standing_of(round_, CITIZEN, frame_of(small.place, LAST_DAY))
    assert standing.holders == {head.pk}


def test_a_title_of_the_joined_record_is_held_by_the_person(small: Small, act: Act) -> None:
    head, other, *_ = adults()
    round_ = open_year(small, act)
    answer(round_, "citizen", {subject(head): dict(POOR)}, act)
    run(round_, act)
    recognise(signed(small, "1/QĐ-MẪU"), other)
    join(head, other)
    assert standing_of(round_, CITIZEN, frame_of(small.place, LAST_DAY)).holders == {head.pk}
    held = recognised(round_, CITIZEN.key, LAST_DAY)
    assert held[subject(head).pk].act.number == "1/QĐ-MẪU"


def test_a_row_finds_the_person_that_is_kept(small: Small) -> None:
    head, other, *_ = adults()
    join(other, head)
    commune = Commune(small.place, KEYS, LAST_DAY)
    assert commune.coded("citizen", "999080000001") == other.pk
    assert commune.coded("citizen", "H1", "nguyen van mau 1") == other.pk


def everything(round_: Round) -> list[object]:
    """All that is counted, judged and held in a commune."""
    frame = frame_of(round_.place, LAST_DAY)
    judge = judge_of(rubric_on(library(), CITIZEN, LAST_DAY))
    return [
        frame,
        [astuple(row)[1:] for row in four_counts(round_, frame)],
        counts_by_village(round_, frame),
        [standing_of(round_, title, frame) for title in TITLES],
        [(judged.object_id, judged.facts) for judged in judged_subjects(round_, CITIZEN, judge)],
        [row.pk for row in met_subjects(round_, CITIZEN.key)],
        {key: row.pk for key, row in recognised(round_, CITIZEN.key, LAST_DAY).items()},
    ]


PEOPLE = st.integers(0, 8)
PAIRS = st.lists(st.tuples(PEOPLE, PEOPLE).filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=5)


@pytest.mark.slow
def test_joined_and_undone_all_is_as_it_was(commune: Place, act: Act) -> None:
    small = settle(commune, act, households=3)
    round_ = open_year(small, act)
    everyone = list(Person.objects.order_by("pk"))
    subjects_for(Kind.PERSON, [each.pk for each in everyone])

    @settings(max_examples=25, deadline=None)
    @given(st.sets(PEOPLE), st.sets(PEOPLE), st.sets(PEOPLE), PAIRS, st.randoms(use_true_random=False))
    def check(
        registered: set[int], answered: set[int], named: set[int], pairs: list[tuple[int, int]], random: object
    ) -> None:
        with transaction.atomic():
            register(round_, CITIZEN.key, [subject(everyone[at]) for at in sorted(registered)], act=act)
            given_facts = {subject(everyone[at]).pk: {"a1": at, "a2": 9} for at in sorted(answered)}
            enter_answers(round_, CITIZEN.key, Stage.SELF, given_facts, act=act)
            recognise(signed(small, "9/QĐ-MẪU"), *(everyone[at] for at in sorted(named)))
            law = rubric_on(library(), CITIZEN, LAST_DAY)
            judge_title(round_, CITIZEN, law, library(), act=act, progress=lambda _title, _count: None)
            before = everything(round_)
            joined = _join_all(everyone, pairs)
            frame = frame_of(small.place, LAST_DAY)
            assert len(frame.people) == len(everyone) - len(joined)
            assert len(frame.persons_in(frame.households)) == len(frame.people)
            random.shuffle(joined)  # type: ignore[attr-defined]
            for pair in joined:
                undo_same(pair, act=SAID)
            assert everything(round_) == before
            transaction.set_rollback(True)

    check()


def _join_all(everyone: list[Person], pairs: list[tuple[int, int]]) -> list[int]:
    """Join the people of each pair as they are counted by then; gives the pairs that were joined."""
    made = []
    for one, other in pairs:
        first, second = (Person.objects.get(pk=everyone[at].pk) for at in (one, other))
        first, second = first.same_as or first, second.same_as or second
        if first != second:
            made.append(join(first, second).pk)
    return made
