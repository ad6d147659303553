"""What came out for each subject of a round: the sealed facts judged again, with reasons and questions in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from densach.assessing.frame import Frame
from densach.assessing.models import Correction, Kind, Recognition, Round, Subject
from densach.assessing.queries import assessed_with_objects, latest_corrections, recognised, registered_subjects
from densach.assessing.run import judge_of, judged_on
from densach.assessing.titles import TITLES, Title, rubric_on
from densach.people.queries import names_on, persons_described
from densach.places.queries import period_of
from densach.policy.library import Library
from densach.rules.asking import Question, ask
from densach.rules.judging import Judge, Judgement
from densach.rules.receipt import Receipt


@dataclass(frozen=True)
class Outcome:
    """One subject of a round: the computed verdict, and beside it the recognition by people, if there is one."""

    code: str
    name: str
    village: str
    registered: bool
    judge: Judge
    judgement: Judgement
    questions: tuple[Question, ...]
    seal: str
    recognition: Recognition | None
    corrected: Correction | None


@dataclass(frozen=True)
class Described:
    """What a subject is called in lists."""

    code: str
    name: str
    village: str


Outcomes = Mapping[str, list[Outcome]]


def all_outcomes(round_: Round, library: Library, frame: Frame, *, named_on: date) -> Outcomes:
    """The outcomes of every title of a round, by model; people are called as on the day of the paper, `named_on`."""
    return {title.model: list(outcomes(round_, title, library, frame, named_on=named_on)) for title in TITLES}


def outcomes(round_: Round, title: Title, library: Library, frame: Frame, *, named_on: date) -> Iterator[Outcome]:
    """Every assessed subject of a title, in a constant number of queries."""
    judge = judge_of(rubric_on(library, title, judged_on(round_)))
    registered = registered_subjects(round_, title.key)
    held = recognised(round_, title.key, judged_on(round_))
    corrected = latest_corrections([row.pk for row in held.values()])
    called = described(round_, title, frame, named_on)
    for row in assessed_with_objects(round_, title.key):
        receipt = msgspec.json.decode(row.receipt, type=Receipt)
        judgement = judge.judge(receipt.facts)
        about = called.get(object_of(row.subject)) or Described("", str(getattr(row.subject, row.subject.kind)), "")
        yield Outcome(
            code=about.code,
            name=about.name,
            village=about.village,
            registered=row.subject_id in registered,
            judge=judge,
            judgement=judgement,
            questions=ask(judge, receipt.facts, judgement),
            seal=row.seal,
            recognition=(recognition := held.get(row.subject_id)),
            corrected=corrected.get(recognition.pk) if recognition else None,
        )


def object_of(subject: Subject) -> int:
    """The key of the person, household, clan, unit or place that a subject stands for."""
    return int(getattr(subject, f"{subject.kind}_id"))


def described(round_: Round, title: Title, frame: Frame, named_on: date) -> Mapping[int, Described]:
    """What everyone is called on a day who may hold a title, by the key of the object; a constant number of queries."""
    if title.kind is Kind.PERSON:
        people, named = persons_described(round_.place, frame.on), names_on(round_.place, named_on)
        return {
            person: Described(household, named.get(person, name), frame.villages.get(village, ""))
            for person, name, household, village in people
        }
    if title.kind is Kind.HOUSEHOLD:
        named = names_on(round_.place, named_on)
        heads = {
            household: named.get(person, name)
            for person, name, household, _ in persons_described(round_.place, frame.on, heads_only=True)
        }
        return {
            household: Described(
                home.code, f"Hộ {heads.get(home.code, home.code)}", frame.villages.get(home.village_id, "")
            )
            for household, home in frame.households.items()
        }
    if title.kind is Kind.CLAN:
        return {key: Described(seat.code, seat.clan.name, "") for key, seat in frame.clans.items()}
    if title.kind is Kind.UNIT:
        return {key: Described(unit.code, unit.name, "") for key, unit in frame.units.items()}
    villages = {key: Described("", name, name) for key, name in frame.villages.items()}
    commune = period_of(round_.place, judged_on(round_))
    return villages | {frame.commune: Described(commune.code if commune else "", commune.name if commune else "", "")}
