"""The board of a round: each step with how far it has come, whose it is, by when, and which is the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.assessing.steps.models import RoundStep, Step
from densach.assessing.steps.queries import counted, steps_of
from densach.authority.queries import grants_over
from densach.authority.roles import Role
from densach.people.queries import homes_in_commune

Stand = Literal["done", "late", "now", "waiting"]
# Who usually answers for a step, where the commune named nobody: our own reading of the posts, no text.
_OFFICER, _LEADER, _ASSOCIATION = Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.ASSOCIATION_OFFICER
_USUAL = {Step.CHECKING: _ASSOCIATION, Step.MEETING: _LEADER, Step.DECISION: _LEADER}


@dataclass(frozen=True)
class OnBoard:
    """One step: `done` of `base` things, where it can be counted; `late` says how many days beyond its planned end.

    `heads` are the names of who answers for it: as the commune entered it (`is_named`), else who holds the usual post.
    """

    step: Step
    done: int
    base: int
    row: RoundStep
    heads: tuple[str, ...]
    late: int
    stand: Stand

    @property
    def is_named(self) -> bool:
        """Whether the commune itself named the head."""
        return bool(self.row.head)


@dataclass(frozen=True)
class Board:
    """A round with its steps in order, and the first that is not done.

    `for_state` counts the sheets that wait and that the association may not open: the State checks them.
    """

    round: Round
    steps: tuple[OnBoard, ...]
    for_state: int

    @property
    def next(self) -> OnBoard | None:
        """The step that is to be done now; none where all are done."""
        return next((each for each in self.steps if each.stand != "done"), None)

    def of(self, step: Step) -> OnBoard:
        """One step."""
        return next(each for each in self.steps if each.step == step)


def board_of(round_: Round, today: date, *, reported: bool) -> Board:
    """The board of a round on a day, in four queries; `reported` says whether its report up was numbered."""
    rows, usual = steps_of(round_), _usual_heads(round_, today)
    counts = counted(round_, today)
    numbers, steps = _numbers(round_, counts, reported=reported), []
    current = True
    for step in Step:
        row = rows.get(step) or RoundStep(round=round_, step=step, version=0)
        done, base = numbers[step]
        is_done = row.closed_on is not None or done >= base > 0
        late = 0 if is_done or row.ends is None else max(0, (today - row.ends).days)
        stand: Stand = "done" if is_done else "late" if late else "now" if current else "waiting"
        current = current and is_done
        heads = (row.head,) if row.head else usual.get(_USUAL.get(step, _OFFICER), ())
        steps.append(OnBoard(step, done, base, row, heads, late, stand))
    return Board(round_, tuple(steps), counts["for_state"])


def _usual_heads(round_: Round, today: date) -> Mapping[str, tuple[str, ...]]:
    held = grants_over(round_.place, {_OFFICER, _LEADER, _ASSOCIATION}, today)
    return {role: tuple(grant.account.name for grant in held if grant.role == role) for role in Role}


def _numbers(round_: Round, number: Mapping[str, int], *, reported: bool) -> dict[Step, tuple[int, int]]:
    """Done and base of each step; a base of 0 says that nothing can be counted yet."""
    homes = homes_in_commune(round_.place, judged_on(round_)).count()
    return {
        Step.REGISTERING: (number["families"], homes),
        Step.SELF_ASSESSMENT: (number["registered_answered"], number["registered"]),
        Step.CHECKING: (number["checked"], number["answered"]),
        Step.SAMPLING: (number["drawn_seen"], number["drawn"]),
        Step.JUDGING: (number["registered_judged"], number["registered"]),
        Step.MEETING: (number["meetings_closed"], number["meetings"]),
        Step.LISTING: (number["met_proposed"], number["met"]),
        Step.DECISION: (number["proposed_recognised"], number["proposed"]),
        Step.CERTIFICATES: (number["printed"], number["recognised"]),
        Step.REPORT: (int(reported), 1),
    }
