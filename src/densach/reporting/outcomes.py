"""What came out for each subject of a round: the sealed facts judged again, with reasons and questions in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from densach.assessing.frame import Frame
from densach.assessing.models import Assessment, Kind, Recognition, Round
from densach.assessing.queries import assessed_with_objects, recognised, registrations
from densach.assessing.run import judge_of, judged_on
from densach.assessing.titles import TITLES, Title, rubric_on
from densach.people.queries import persons_described
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


@dataclass(frozen=True)
class Described:
    """What a subject is called in lists."""

    code: str
    name: str
    village: str


Outcomes = Mapping[str, list[Outcome]]


def all_outcomes(round_: Round, library: Library, frame: Frame) -> Outcomes:
    """The outcomes of every title of a round, by model."""
    return {title.model: list(outcomes(round_, title, library, frame)) for title in TITLES}


def outcomes(round_: Round, title: Title, library: Library, frame: Frame) -> Iterator[Outcome]:
    """Every assessed subject of a title, in a constant number of queries."""
    judge = judge_of(rubric_on(library, title, judged_on(round_)))
    registered = registrations(round_, title.key)
    held = recognised(round_, title.key, judged_on(round_))
    described = _described(round_, title, frame)
    for row in assessed_with_objects(round_, title.key):
        receipt = msgspec.json.decode(row.receipt, type=Receipt)
        judgement = judge.judge(receipt.facts)
        about = described.get(_object_of(row)) or Described("", str(getattr(row.subject, row.subject.kind)), "")
        yield Outcome(
            code=about.code,
            name=about.name,
            village=about.village,
            registered=row.subject_id in registered,
            judge=judge,
            judgement=judgement,
            questions=ask(judge, receipt.facts, judgement),
            seal=row.seal,
            recognition=held.get(row.subject_id),
        )


def _object_of(row: Assessment) -> int:
    return int(getattr(row.subject, f"{row.subject.kind}_id"))


def _described(round_: Round, title: Title, frame: Frame) -> Mapping[int, Described]:
    if title.kind is Kind.PERSON:
        people = persons_described(round_.place, frame.on)
        return {
            person: Described(household, name, frame.villages.get(village, ""))
            for person, name, household, village in people
        }
    if title.kind is Kind.HOUSEHOLD:
        described = persons_described(round_.place, frame.on, heads_only=True)
        heads = {household: name for _, name, household, _ in described}
        return {
            household: Described(
                home.code, f"Hộ {heads.get(home.code, home.code)}", frame.villages.get(home.village_id, "")
            )
            for household, home in frame.households.items()
        }
    if title.kind is Kind.CLAN:
        return {key: Described(seat.code, seat.clan.name, "") for key, seat in frame.clans.items()}
    if title.kind is Kind.UNIT:
        return {key: Described(seat.code, seat.unit.name, "") for key, seat in frame.units.items()}
    villages = {key: Described("", name, name) for key, name in frame.villages.items()}
    commune = period_of(round_.place, judged_on(round_))
    return villages | {frame.commune: Described(commune.code if commune else "", commune.name if commune else "", "")}
