"""Moving nominations to and from a council, many at once and only along the steps that there are.

A narrow part of what the room of dossiers does for one nomination: `awards.domain.move`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from densach.awards.councils import queries
from densach.awards.models import Step
from densach.history.domain import Act, Happening, record_many

_FROM = {
    Step.COUNCIL: frozenset({Step.ELIGIBLE}),
    Step.ELIGIBLE: frozenset({Step.COUNCIL}),
    Step.PASSED: frozenset({Step.COUNCIL}),
    Step.REFUSED: frozenset({Step.COUNCIL}),
}


@dataclass(frozen=True)
class Move:
    """Where one nomination goes, and why."""

    nomination: int
    to: Step
    reason: str = ""


def move_all(moves: Sequence[Move], *, today: date, act: Act) -> frozenset[int]:
    """Move those that may be moved; one under hold (rule R-12) or no longer at its step stays. Gives the moved ones."""
    rows = queries.nominations_for_update([move.nomination for move in moves])
    held = queries.held_nominees([row.nominee_id for row in rows], today)
    at = {row.pk: Step(row.step) for row in rows if row.nominee_id not in held}
    able = [move for move in moves if at.get(move.nomination) in _FROM[move.to]]
    groups: dict[tuple[Step, str], list[int]] = defaultdict(list)
    for move in able:
        groups[move.to, move.reason].append(move.nomination)
    for (step, reason), keys in groups.items():
        queries.set_step(keys, step, reason)
    record_many((_happening(move, at[move.nomination]) for move in able), act)
    return frozenset(move.nomination for move in able)


def _happening(move: Move, before: Step) -> Happening:
    after = {"step": move.to.value} | ({"reason": move.reason} if move.reason else {})
    states = {"before": {"step": before.value}, "after": after}
    return Happening(kind="nomination", object_id=move.nomination, event="moved", **states)
