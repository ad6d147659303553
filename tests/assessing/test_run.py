from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.assessing import queries
from densach.assessing.domain import Decision, PaperAct, enter_answers, sign_act
from densach.assessing.models import Assessment, PolicyVersion, Round, Stage, Subject
from densach.assessing.run import Tally, judge_of, judge_title, judged_on, run_round
from densach.assessing.titles import BY_MODEL, TITLES, Title, in_order, rubric_on
from densach.authority.competence import competent_office
from densach.history.domain import Act
from densach.history.models import Entry
from densach.people.domain import enter_units
from densach.people.models import Person
from densach.places.domain import add_fictional_commune
from densach.places.models import Place
from densach.policy.library import Effective
from densach.problems import Refused
from densach.rules.receipt import Receipt, canonical, is_whole, replay
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
    verdicts,
)
from tests.people.making import number

pytestmark = pytest.mark.django_db

GROUPS = (("family", "H1"), ("family", "H2"), ("clan", "D1"), ("village", ""), ("unit", "U1"), ("commune", ""))
DEMO = ("vn", "demo")


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def effective(packs: tuple[str, ...]) -> dict[str, Effective]:
    law = library(*packs)
    return {title.model: rubric_on(law, title, LAST_DAY) for title in TITLES}


def best_answers(title: Title, packs: tuple[str, ...]) -> dict[str, int | bool | str]:
    """Yes to everything and the most points, for every fact that is not counted from the register."""
    facts = (fact for fact in effective(packs)[title.model].rubric.facts if fact.counts is None)
    return {fact.id: True if fact.kind == "boolean" else fact.high or 0 for fact in facts if fact.kind != "choice"}


def fill_in(small: Small, round_: Round, act: Act) -> None:
    """Everybody registers and answers as well as can be."""
    packs = tuple(round_.packs.split(","))
    answer(round_, "citizen", {subject: dict(GOOD) for subject in adults(small)}, act)
    for model, code in GROUPS:
        answer(round_, model, {small.subject(model, code): best_answers(BY_MODEL[model], packs)}, act)


def run_and_sign(round_: Round, act: Act) -> list[Tally]:
    """Judge title by title; the fictional offices sign for all that are met before their parents are judged."""
    law = library(*DEMO)

    def sign(title: Title) -> None:
        offices = competent_office(law, title.key, LAST_DAY).offices
        met = [key for key, row in queries.assessments(round_, title.key).items() if row.verdict == "met"]
        if offices and met and title.model != "literacy":
            form = PaperAct(number=f"{title.model}/QĐ-MẪU", signed_on=LAST_DAY, office=offices[0].id, basis="MẪU")
            decisions = [Decision(subject=subject) for subject in Subject.objects.filter(pk__in=met)]
            sign_act(round_, title, form, law, decisions, act=act)

    return run_round(round_, law, act=act, after=sign, progress=lambda _title, _count: None)


@pytest.mark.parametrize("packs", [("vn",), DEMO])
def test_children_are_judged_before_their_parents_and_everyone_once(packs: tuple[str, ...]) -> None:
    order = [title.model for title in in_order(effective(packs))]
    assert sorted(order) == sorted(BY_MODEL)
    if "demo" in packs:
        before = [("citizen", "family"), ("family", "clan"), ("family", "village"), ("citizen", "unit")]
        before += [(model, "commune") for model in ("citizen", "family", "clan", "village", "unit")]
        assert [pair for pair in before if order.index(pair[0]) > order.index(pair[1])] == []


def test_rubrics_that_count_each_other_are_refused() -> None:
    rubrics = effective(DEMO)
    citizen = rubrics["citizen"].rubric
    circular = msgspec.structs.replace(citizen.facts[0], counts="families:family.qd387")
    wrong = msgspec.structs.replace(citizen, facts=(circular, *citizen.facts[1:]))
    with pytest.raises(Refused) as refused:
        in_order({**rubrics, "citizen": replace(rubrics["citizen"], rubric=wrong)})
    assert [(problem.code, set(problem.where.split(" → "))) for problem in refused.value.problems] == [
        ("R102", {"citizen", "family"})
    ]


def test_by_the_law_as_we_know_it_citizens_are_decided_and_their_groups_are_not(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    fill_in(small, round_, act)
    good, empty, poor, silent = adults(small)
    enter_answers(round_, BY_MODEL["citizen"].key, Stage.SELF, {empty.pk: {}, poor.pk: dict(POOR)}, act=act)
    run(round_, act)
    assert verdicts(round_, "citizen") == {good.pk: "met", empty.pk: "unknown", poor.pk: "unmet", silent.pk: "met"}
    for model in ("family", "clan", "village", "unit"):
        assert set(verdicts(round_, model).values()) == {"unknown"}
    assert verdicts(round_, "commune") == {small.subject("commune").pk: "unknown"}


def test_only_who_registered_or_answered_is_judged_and_the_commune_always(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    run(round_, act)
    assert {title.model: len(verdicts(round_, title.model)) for title in TITLES} == {
        "citizen": 0,
        "family": 0,
        "clan": 0,
        "village": 0,
        "unit": 0,
        "literacy": 1,
        "commune": 1,
    }


def test_with_the_fictional_pack_the_chain_runs_to_the_end(small: Small, act: Act) -> None:
    round_ = open_year(small, act, "vn,demo")
    fill_in(small, round_, act)
    run_and_sign(round_, act)
    for model in ("citizen", "family", "clan", "village", "unit", "commune"):
        assert set(verdicts(round_, model).values()) == {"met"}
    assert {title.model: queries.recognised_count(round_, title.key) for title in TITLES} == {
        "citizen": 4,
        "family": 2,
        "clan": 1,
        "village": 1,
        "unit": 1,
        "literacy": 0,
        "commune": 1,
    }


def test_while_nobody_signs_the_parents_stay_unknown_and_are_not_failed(small: Small, act: Act) -> None:
    round_ = open_year(small, act, "vn,demo")
    fill_in(small, round_, act)
    run(round_, act)
    assert set(verdicts(round_, "citizen").values()) == {"met"}
    for model in ("clan", "village", "unit", "commune"):
        assert set(verdicts(round_, model).values()) == {"unknown"}


def test_a_clan_fails_once_it_is_sure_that_too_few_families_can_follow(small: Small, act: Act) -> None:
    round_ = open_year(small, act, "vn,demo")
    clan, family = small.subject("clan", "D1"), BY_MODEL["family"]
    answer(round_, "clan", {clan: {"clan_fund": True}}, act)
    nothing: dict[str, int | bool | str] = {
        fact: False if isinstance(best, bool) else 0 for fact, best in best_answers(family, DEMO).items()
    }
    answer(round_, "family", {small.subject("family", code): nothing for code in ("H1", "H2")}, act)
    run(round_, act)
    assert set(verdicts(round_, "family").values()) == {"unmet"}
    assert verdicts(round_, "clan") == {clan.pk: "unmet"}


def test_the_same_run_twice_changes_nothing(small: Small, act: Act) -> None:
    round_ = open_year(small, act, "vn,demo")
    fill_in(small, round_, act)
    first = run_and_sign(round_, act)
    entries = Entry.objects.count()
    again = run_and_sign(round_, act)
    assert [(tally.entered, tally.corrected) for tally in again] == [(0, 0)] * len(TITLES)
    assert [tally.unchanged for tally in again] == [tally.entered for tally in first]
    assert Entry.objects.count() == entries


def test_a_verified_answer_stands_over_the_subjects_own(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    subject = adults(small)[0]
    answer(round_, "citizen", {subject: dict(GOOD)}, act)
    enter_answers(round_, BY_MODEL["citizen"].key, Stage.VERIFIED, {subject.pk: {"b2": 4}}, act=act)
    run(round_, act)
    assert verdicts(round_, "citizen") == {subject.pk: "unmet"}


def test_what_the_register_counts_cannot_be_typed(small: Small, act: Act) -> None:
    round_ = open_year(small, act, "vn,demo")
    family = small.subject("family", "H1")
    typed = {"adults": 40, "adults_citizens": 40, **best_answers(BY_MODEL["family"], DEMO)}
    answer(round_, "family", {family: typed}, act)
    run(round_, act)
    receipt = msgspec.json.decode(Assessment.objects.get(subject=family).receipt, type=Receipt)
    assert (receipt.facts["adults"], receipt.facts["adults_citizens"]) == (2, 0)


def test_a_unit_whose_members_nobody_entered_does_not_stop_the_round(small: Small, act: Act) -> None:
    # The sheet asks for at least one member: a register without any says nothing, and nothing is not zero.
    round_ = open_year(small, act, "vn,demo")
    enter_units(small.place, {"U2": ("Xưởng MẪU", "enterprise")}, on=date(YEAR, 1, 1), act=act)
    empty = small.subject("unit", "U2")
    answer(round_, "unit", {empty: best_answers(BY_MODEL["unit"], DEMO)}, act)
    run(round_, act)
    assert verdicts(round_, "unit") == {empty.pk: "unknown"}


def test_a_receipt_is_whole_names_nobody_and_replays_from_the_bytes_that_were_kept(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    subject = adults(small)[0]
    answer(round_, "citizen", {subject: dict(GOOD)}, act)
    run(round_, act)
    row = Assessment.objects.get(subject=subject)
    receipt = msgspec.json.decode(row.receipt, type=Receipt)
    assert is_whole(receipt)
    assert (receipt.subject, receipt.on, row.seal) == (str(subject.pseudonym), "2026-12-31", receipt.seal)
    person = Person.objects.get(subject=subject)
    for secret in (person.full_name, person.folded, number(1), person.number_hash or "-", str(person.uid)):
        assert secret not in row.receipt
    kept = {version.policy_id: bytes(version.content) for version in PolicyVersion.objects.all()}
    for policy_id, digest in receipt.policy:
        assert sha256(kept[policy_id]).hexdigest() == digest
    judge = judge_of(rubric_on(library("vn"), BY_MODEL["citizen"], judged_on(round_)))
    assert canonical(replay(judge, receipt)).decode() == row.receipt


def test_three_households_need_as_many_queries_as_one(thai_nguyen: Place, commune: Place, act: Act) -> None:
    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Hai", on=date(YEAR, 1, 1), act=act)
    counts = []
    for small in (settle(commune, act, households=1), settle(other, act, households=3, first=2)):
        round_ = open_year(small, act)
        answer(round_, "citizen", {subject: dict(GOOD) for subject in adults(small)}, act)
        run(round_, act)  # the policy bytes and subjects are kept from here on
        with CaptureQueriesContext(connection) as made:
            run(round_, act)
        counts.append(len(made))
    assert counts == [counts[0]] * 2


def test_a_run_that_is_killed_leaves_whole_titles_and_no_half_of_one(small: Small, act: Act) -> None:
    class Killed(Exception):  # noqa: N818  - it stands for the end of the process
        pass

    def kill(_title: Title, _count: int) -> None:
        raise Killed

    round_ = open_year(small, act)
    answer(round_, "citizen", {subject: dict(GOOD) for subject in adults(small)}, act)
    entries = Entry.objects.count()
    title, law = BY_MODEL["citizen"], library("vn")
    with pytest.raises(Killed):
        judge_title(round_, title, rubric_on(law, title, LAST_DAY), law, act=act, progress=kill)
    assert (Assessment.objects.count(), PolicyVersion.objects.count(), Entry.objects.count()) == (0, 0, entries)
    run(round_, act)
    assert set(verdicts(round_, "citizen").values()) == {"met"}


def test_a_title_without_a_rubric_on_the_day_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        rubric_on(library("vn"), BY_MODEL["commune"], date(2024, 2, 11))
    assert [problem.code for problem in refused.value.problems] == ["R101"]
    assert rubric_on(library("vn"), BY_MODEL["commune"], date(2024, 2, 12)).rubric.id == "xa-tt25-2023"
