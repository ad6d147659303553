"""The share of ethnic minorities among those put forward and awarded in a round: counts of the protected room alone.

Only a round in which nothing can change any more is counted: else whoever counts before and after one more name would
read from the difference what that person is. A later cancelling is left out for the same reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from densach.assessing.privacy.counting import GROUPS, Counted, count_minorities
from densach.authority.access import Viewer
from densach.awards.models import AwardRound, Step
from densach.awards.register.access import places_of
from densach.awards.statistics import queries
from densach.measures.suppression import TOTAL
from densach.people.numbers import Keys
from densach.problems import Refused, problem

AWARDED, NOT_AWARDED = "awarded", "not_awarded"


@dataclass(frozen=True)
class Part:
    """So many of a minority among so many of whom it is known; None is hidden because a group is small."""

    count: int | None
    base: int | None


@dataclass(frozen=True)
class Minorities:
    """The persons of a round: who was put forward, who was awarded, and of how many nothing is said."""

    round: AwardRound
    nominated: Part
    awarded: Part
    unknown: int
    is_told: bool


@dataclass(frozen=True)
class Countable:
    """A round, and whether nothing in it can change any more."""

    round: AwardRound
    is_over: bool


def rounds_to_count(viewer: Viewer) -> list[Countable]:
    """The rounds of the places whose register one reads, the latest first."""
    rounds = queries.rounds_of(places_of(viewer))
    still = queries.rounds_with_open([row.pk for row in rounds])
    return [Countable(row, _is_closed(row, viewer.today) and row.pk not in still) for row in rounds]


def minorities_in(viewer: Viewer, uid: UUID, *, keys: Keys, at: datetime) -> Minorities:
    """Count a round, which the log of the round keeps; refused (Q810) before it is over."""
    found = next((each for each in rounds_to_count(viewer) if each.round.uid == uid), None)
    if found is None:
        raise Refused(problem("H103", uid))
    if not found.is_over:
        raise Refused(problem("Q810", uid, round=found.round.name))
    outcomes: dict[int, str] = {}
    for person, step in queries.persons_put(found.round):
        if outcomes.get(person) != AWARDED:
            outcomes[person] = AWARDED if step == Step.AWARDED else NOT_AWARDED
    about = ("award_round", found.round.uid)
    counted = count_minorities(outcomes, about, keys=keys, act=viewer.act(at, "thống kê công bằng"))
    return Minorities(found.round, _part(counted, TOTAL), _part(counted, AWARDED), counted.unknown, counted.is_told)


def _part(counted: Counted, outcome: str) -> Part:
    groups = [counted.cells.get((group, outcome)) for group in GROUPS]
    return Part(groups[0], sum(each or 0 for each in groups)) if groups[0] else Part(None, None)


def _is_closed(row: AwardRound, today: date) -> bool:
    return row.closes_on is not None and row.closes_on < today
