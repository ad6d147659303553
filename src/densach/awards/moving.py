"""Which step of a nomination follows which, and by which right; and the one place that writes a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from densach.authority.roles import Right
from densach.awards import queries
from densach.awards.models import Nomination, Step
from densach.history.domain import Act, Happening, record_many

N, H, S = Right.NOMINATE, Right.HANDLE_AWARDS, Right.SIGN_AWARDS
MOVES: dict[Step, dict[Step, Right]] = {
    Step.DRAFT: {Step.SUBMITTED: N, Step.WITHDRAWN: N},
    Step.RETURNED: {Step.SUBMITTED: N, Step.WITHDRAWN: N},
    Step.SUBMITTED: {Step.RETURNED: H, Step.ELIGIBLE: H, Step.WITHDRAWN: N},
    Step.ELIGIBLE: {Step.RETURNED: H, Step.COUNCIL: H, Step.AWARDED: S, Step.WITHDRAWN: N},
    Step.COUNCIL: {Step.ELIGIBLE: H, Step.PASSED: H, Step.REFUSED: H, Step.WITHDRAWN: N},
    Step.PASSED: {Step.FORWARDED: H, Step.AWARDED: S, Step.REFUSED: S, Step.WITHDRAWN: N},
    Step.FORWARDED: {Step.AWARDED: H, Step.REFUSED: H, Step.RETURNED: H, Step.WITHDRAWN: N},
    Step.REFUSED: {},
    Step.AWARDED: {},
    Step.WITHDRAWN: {},
}
# A hold stops what considers or awards (Nghị định 152/2025/NĐ-CP, Điều 4 khoản 4); giving back and taking back do not.
UNDER_HOLD = frozenset({Step.RETURNED, Step.WITHDRAWN})
WITH_REASON = frozenset({Step.RETURNED, Step.REFUSED, Step.WITHDRAWN})


# What an answer of the centre moved goes back to where it was, once the answer turns out to be entered wrongly.
BACK = {Step.RETURNED: Step.FORWARDED, Step.REFUSED: Step.FORWARDED}


@dataclass(frozen=True)
class Move:
    """Where a locked nomination goes, and what else changes with its step; `undoes` says that it goes back (`BACK`)."""

    nomination: Nomination
    to: Step
    changes: Mapping[str, Any] = field(default_factory=dict)
    undoes: bool = False

    @property
    def is_laid_down(self) -> bool:
        """Whether the table knows the way, and the reason is given where one is due."""
        if self.undoes:
            return BACK.get(Step(self.nomination.step)) == self.to
        reasoned = self.to not in WITH_REASON or bool(self.changes.get("reason"))
        return reasoned and right_for(self.nomination.step, self.to) is not None


def move_all(moves: Sequence[Move], *, act: Act) -> None:
    """Take locked nominations to other steps and log each, many in a constant number of queries.

    Who calls has refused, or left out, what is under hold; a way that is not laid down is a ValueError.
    """
    if not all(move.is_laid_down for move in moves):
        raise ValueError("a nomination goes only the ways of the table")
    happened = [_happening(move) for move in moves]
    queries.change_many((move.nomination, {"step": move.to, **move.changes}) for move in moves)
    record_many(happened, act)


def right_for(step: str, to: Step) -> Right | None:
    """The right by which a nomination goes from one step to another; none where it never does."""
    return MOVES[Step(step)].get(to)


def _happening(move: Move) -> Happening:
    row, after = move.nomination, {"step": move.to, **move.changes}
    before = {name: getattr(row, name) for name in after}
    return Happening(kind="nomination", object_id=row.uid, event="moved", before=before, after=after)
