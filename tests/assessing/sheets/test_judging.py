"""Who sends a sheet is judged at once, just as the whole round would judge: run afterwards, it corrects nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.assessing.making import GOOD, POOR, open_year, run, settle, verdicts
from tests.assessing.sheets.making import begun, sent
from tests.people.making import enter, family

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from densach.assessing.models import Round
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
HEAD, WIFE = "Nguyễn Văn Mẫu 1", "Trần Thị Mẫu 1"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return open_year(small, act, "vn,demo")


def kept(round_: Round) -> dict[tuple[int, str], tuple[str, str, str]]:
    from densach.assessing.models import Assessment

    rows = Assessment.objects.filter(round=round_, title_key__in=["citizen.qd677", "family.qd387"])
    return {(row.subject_id, row.title_key): (row.verdict, row.seal, row.receipt) for row in rows}


def found_right(round_: Round, act: Act) -> dict[tuple[int, str], tuple[str, str, str]]:
    """What was kept, after the round was run and found nothing to enter or to correct for people and families."""
    before = kept(round_)
    tallies = {tally.title.model: tally for tally in run(round_, act)}
    changed = [(tallies[model].entered, tallies[model].corrected) for model in ("citizen", "family")]
    assert (kept(round_), changed) == (before, [(0, 0), (0, 0)])
    return before


@pytest.mark.parametrize("order", [("citizen", "family"), ("family", "citizen")])
def test_a_home_is_judged_as_the_round_judges_it_whoever_sends_first(
    small: Small, round_: Round, act: Act, order: tuple[str, str]
) -> None:
    subjects = {"citizen": small.subject("citizen", HEAD), "family": small.subject("family", "H1")}
    for model in order:
        sent(round_, subjects[model], act)
    assert verdicts(round_, "citizen") == {subjects["citizen"].pk: "met"}
    assert verdicts(round_, "family") == {subjects["family"].pk: "unknown"}  # a title not signed yet is a perhaps
    assert len(found_right(round_, act)) == 2


def test_who_registered_and_has_not_answered_is_a_perhaps_of_the_family(small: Small, round_: Round, act: Act) -> None:
    begun(round_, small.subject("citizen", WIFE), act)
    sent(round_, small.subject("citizen", HEAD), act, POOR)
    sent(round_, small.subject("family", "H1"), act)
    assert sorted(verdict for verdict, *_ in found_right(round_, act).values()) == ["unknown", "unknown", "unmet"]


def test_a_signed_title_of_a_member_is_counted(small: Small, round_: Round, act: Act) -> None:
    from tests.assessing.certificates.making import signed

    signed(small, act)
    sent(round_, small.subject("family", "H1"), act)
    assert [verdict for verdict, *_ in found_right(round_, act).values()] == ["met"]


def test_the_answers_of_another_record_of_the_same_person_count(small: Small, round_: Round, act: Act) -> None:
    from densach.people.models import Person
    from densach.people.records.merging import decide_same, put_forward

    twin = replace(family(small.village, 1)[0], household="H9", number="", full_name="Nguyễn Văn Mẫu Một", birth="1980")
    enter(small.place, [twin], act)
    sent(round_, small.subject("citizen", HEAD), act, GOOD | {"a1": 4})
    kept_record, other = (Person.objects.get(full_name=name) for name in (HEAD, twin.full_name))
    decide_same(put_forward(kept_record, other, act=act).pk, kept_record, act=act)
    sheet = sent(round_, small.subject("citizen", twin.full_name), act)
    assert sheet.subject.person == other
    assert len(found_right(round_, act)) == 1


def test_who_lives_in_two_homes_is_judged_where_they_are_counted(small: Small, round_: Round, act: Act) -> None:
    from densach.people.models import Residence

    first, *_ = family(small.village, 1)
    away = replace(first, household="H2", is_head=False, residence=Residence.TEMPORARY)
    enter(small.place, [away], act, on=date(2026, 3, 1))
    for code in ("H1", "H2"):
        sent(round_, small.subject("family", code), act)
    sent(round_, small.subject("citizen", HEAD), act)
    assert len(found_right(round_, act)) == 3


def test_an_age_that_is_not_known_is_judged_and_counts_as_perhaps(small: Small, round_: Round, act: Act) -> None:
    from densach.people.models import Person

    Person.objects.filter(full_name=WIFE).update(birth_date=None, birth_precision="unknown")
    sent(round_, small.subject("family", "H1"), act)
    sent(round_, small.subject("citizen", WIFE), act)
    assert sorted(verdict for verdict, *_ in found_right(round_, act).values()) == ["met", "unknown"]


@pytest.mark.parametrize("households", [1, 3])
def test_it_asks_as_often_however_many_live_in_the_commune(
    commune: Place, act: Act, households: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from densach.assessing.sheets.judging import judge_home
    from tests.assessing.making import library

    small = settle(commune, act, households)
    round_ = open_year(small, act, "vn,demo")
    for code in range(1, households + 1):
        sent(round_, small.subject("citizen", f"Nguyễn Văn Mẫu {code}"), act)
    subject = small.subject("family", "H1")
    with django_assert_num_queries(38):
        judge_home(round_, subject, library("vn", "demo"), act=act)


def test_a_home_elsewhere_is_left_alone(small: Small, round_: Round, act: Act) -> None:
    sent(round_, small.subject("family", "H2"), act)
    before = kept(round_)
    sent(round_, small.subject("citizen", HEAD), act)
    assert {key: kept(round_)[key] for key in before} == before
