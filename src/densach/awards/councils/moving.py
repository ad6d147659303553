"""Moving nominations to and from a council, many at once: by the table, the holds and the log of `awards.domain.move`.

A list of 5,000 moves in a constant number of queries; which way there is, is said in one place (`awards.moving`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from densach.awards.councils import queries
from densach.awards.models import Nomination, Step
from densach.awards.moving import WITH_REASON, right_for
from densach.awards.queries import held_among
from densach.history.domain import Act, Happening, record_many


@dataclass(frozen=True)
class Move:
    """Where one nomination goes, and why."""

    nomination: int
    to: Step
    reason: str = ""


def move_all(moves: Sequence[Move], *, act: Act) -> frozenset[int]:
    """Move those that may be moved; one under hold (rule R-12) or no longer at its step stays. Gives the moved ones."""
    rows = {row.pk: row for row in queries.nominations_for_update([move.nomination for move in moves])}
    held = held_among([row.nominee for row in rows.values()])
    free = {key: row for key, row in rows.items() if row.nominee_id not in held}
    able = [move for move in moves if move.nomination in free and _may(free[move.nomination], move)]
    groups: dict[tuple[Step, str], list[int]] = defaultdict(list)
    for move in able:
        groups[move.to, move.reason].append(move.nomination)
    for (step, reason), keys in groups.items():
        queries.set_step(keys, step, reason)
    record_many((_happening(free[move.nomination], move) for move in able), act)
    return frozenset(move.nomination for move in able)


def _may(row: Nomination, move: Move) -> bool:
    return right_for(row.step, move.to) is not None and bool(move.reason or move.to not in WITH_REASON)


def _happening(row: Nomination, move: Move) -> Happening:
    before, after = {"step": row.step, "reason": row.reason}, {"step": move.to, "reason": move.reason}
    return Happening(kind="nomination", object_id=row.uid, event="moved", before=before, after=after)
