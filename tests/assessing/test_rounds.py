from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from densach.assessing.domain import close_round, enter_answers, open_round, register, subjects_for
from densach.assessing.models import (
    Answers,
    Assessment,
    Kind,
    Proposal,
    Recognition,
    RecognitionAct,
    Registration,
    Round,
    Stage,
    Subject,
)
from densach.assessing.titles import BY_MODEL
from densach.history.domain import Act, verify_chain
from densach.history.models import Entry
from densach.people.models import Person
from densach.places.models import Place
from densach.problems import Refused
from tests.assessing.making import GOOD, LAST_DAY, YEAR, Small, adults, open_year, settle

pytestmark = pytest.mark.django_db
CITIZEN = BY_MODEL["citizen"].key


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def test_a_round_opens_once_for_a_year_and_a_reading_of_the_law(small: Small, act: Act) -> None:
    first = open_year(small, act)
    assert open_year(small, act) == first
    assert open_year(small, act, "vn,demo") != first
    assert sorted(Round.objects.values_list("year", "packs")) == [(YEAR, "vn"), (YEAR, "vn,demo")]
    assert [entry.event for entry in Entry.objects.filter(kind="round", object_id=str(first.pk))] == ["opened"]


def test_a_real_place_never_goes_by_the_fictional_pack(thai_nguyen: Place, act: Act) -> None:
    with pytest.raises(Refused) as refused:
        open_round(thai_nguyen, YEAR, "vn,demo", act=act)
    assert [problem.code for problem in refused.value.problems] == ["R103"]
    assert Round.objects.count() == 0
    assert not open_round(thai_nguyen, YEAR, "vn", act=act).is_fictional


def test_registering_twice_registers_once(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    assert [register(round_, CITIZEN, adults(small), act=act) for _ in range(2)] == [4, 0]
    assert Registration.objects.count() == 4


def test_self_assessment_and_verification_stand_side_by_side(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    subject = adults(small)[0]
    for stage, points in ((Stage.SELF, 9), (Stage.VERIFIED, 4), (Stage.SELF, 8)):
        enter_answers(round_, CITIZEN, stage, {subject.pk: {"a1": points}}, act=act)
    rows = Answers.objects.order_by("pk").values_list("stage", "facts")
    assert list(rows) == [("self", {"a1": 8}), ("verified", {"a1": 4})]
    log = Entry.objects.filter(kind="answers", object_id=str(Answers.objects.earliest("pk").pk))
    assert [entry.event for entry in log] == ["entered", "corrected"]


def test_a_closed_round_takes_no_more_answers_and_closes_once(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    same = Round.objects.get(pk=round_.pk)  # as another process holds it
    close_round(round_, date(2027, 3, 31), act=act)
    subject = adults(small)[0]
    for attempt in (
        lambda: register(same, CITIZEN, [subject], act=act),
        lambda: enter_answers(same, CITIZEN, Stage.SELF, {subject.pk: dict(GOOD)}, act=act),
        lambda: close_round(same, date(2027, 4, 1), act=act),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert [problem.code for problem in refused.value.problems] == ["R108"]
    assert Round.objects.get().closed_on == date(2027, 3, 31)
    assert verify_chain("round", round_.pk) == []


def test_one_thing_is_one_subject(small: Small) -> None:
    ids = [person.pk for person in Person.objects.all()]
    first = subjects_for(Kind.PERSON, [*ids, *ids])
    assert subjects_for(Kind.PERSON, ids) == first
    assert Subject.objects.filter(kind=Kind.PERSON).count() == len(ids)
    assert len({subject.pseudonym for subject in first.values()}) == len(ids)
    assert small.subject("village") != small.subject("commune")


def refused_by_the_database(row: object) -> bool:
    try:
        with transaction.atomic():
            row.save()  # type: ignore[attr-defined]
    except IntegrityError:
        return True
    return False


def test_the_database_lets_a_subject_be_one_thing_only(small: Small) -> None:
    person, place = Person.objects.earliest("pk"), small.place
    for wrong in (
        Subject(kind=Kind.PERSON),
        Subject(kind=Kind.PERSON, place=place),
        Subject(kind=Kind.PERSON, person=person, place=place),
        Subject(kind="other", person=person),
    ):
        assert refused_by_the_database(wrong)
    assert not refused_by_the_database(Subject(kind=Kind.PERSON, person=person))
    assert refused_by_the_database(Subject(kind=Kind.PERSON, person=person))


def test_the_database_keeps_the_states_of_a_round(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    subject = adults(small)[0]
    about = {"round": round_, "subject": subject, "title_key": CITIZEN}
    said = {"rubric": "mau", "seal": "mau", "receipt": "{}"}
    for wrong in (
        Round(place=small.place, year=YEAR, packs="vn"),
        Round(place=small.place, year=2013, packs="vn"),
        Assessment(**about, **said, verdict="perhaps"),
        Assessment(**about, **said, verdict="met", points_low=80, points_high=79),
        Proposal(**about, computed="unknown", reason="có", scorer=""),
        Proposal(**about, computed="unmet", reason="", scorer="có"),
    ):
        assert refused_by_the_database(wrong)
    for once in (Assessment(**about, **said, verdict="met"), Proposal(**about, computed="met")):
        assert not refused_by_the_database(once)


def test_the_database_keeps_the_states_of_an_act(small: Small) -> None:
    paper = {"place": small.place, "signed_on": LAST_DAY, "office_title": "MẪU", "office": "mau"}
    for wrong in ({"number": "", "basis": "Tờ trình"}, {"number": "1", "basis": ""}):
        assert refused_by_the_database(RecognitionAct(**paper, **wrong))
    assert refused_by_the_database(RecognitionAct(**{**paper, "office": ""}, number="1", basis="Tờ trình"))
    signed = RecognitionAct(**paper, number="1", basis="Tờ trình")
    assert not refused_by_the_database(signed)
    assert refused_by_the_database(RecognitionAct(**paper, number="1", basis="Tờ trình"))

    about = {"act": signed, "subject": adults(small)[0], "title_key": CITIZEN, "year": YEAR}
    people = {"decided_by_people": True, "reason": "Có lý do", "scorer": "Hội đồng MẪU"}
    for row in (
        Recognition(**about, computed="met", **people),
        Recognition(**about, computed="unmet"),
        Recognition(**about, computed=""),
        Recognition(**about, computed="unknown", **{**people, "reason": ""}),
        Recognition(**about, computed="unknown", **{**people, "scorer": ""}),
        Recognition(**about, computed="met", valid_from=LAST_DAY, valid_to=LAST_DAY),
    ):
        assert refused_by_the_database(row)
    assert not refused_by_the_database(Recognition(**about, computed="unmet", **people))
    assert refused_by_the_database(Recognition(**about, computed="met"))
