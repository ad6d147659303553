"""Which step of a nomination follows which, and by which right; the table that `domain.move` goes by."""

from __future__ import annotations

from densach.authority.roles import Right
from densach.awards.models import Step

N, H, S = Right.NOMINATE, Right.HANDLE_AWARDS, Right.SIGN_AWARDS
MOVES: dict[Step, dict[Step, Right]] = {
    Step.DRAFT: {Step.SUBMITTED: N, Step.WITHDRAWN: N},
    Step.RETURNED: {Step.SUBMITTED: N, Step.WITHDRAWN: N},
    Step.SUBMITTED: {Step.RETURNED: H, Step.ELIGIBLE: H, Step.WITHDRAWN: N},
    Step.ELIGIBLE: {Step.RETURNED: H, Step.COUNCIL: H, Step.WITHDRAWN: N},
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


def right_for(step: str, to: Step) -> Right | None:
    """The right by which a nomination goes from one step to another; none where it never does."""
    return MOVES[Step(step)].get(to)
