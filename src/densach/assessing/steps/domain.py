"""Everything that can happen to a step: it is planned, said to be done, and opened again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from densach.assessing.domain import open_round
from densach.assessing.models import Round
from densach.assessing.queries import round_for_update
from densach.assessing.steps.models import RoundStep, Step
from densach.assessing.steps.queries import step_for_update
from densach.history.domain import Act, Happening, record
from densach.places.models import Place
from densach.places.queries import period_of
from densach.problems import Refused, problem


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a commune plans for a step: from a day to a day, both its own choice, and who answers for it."""

    begins: date | None = None
    ends: date | None = None
    head: str = ""


def begin_year(place: Place, year: int, packs: str, *, act: Act) -> Round:
    """Open the round of a commune for a year, also in the middle of it.

    Refused (R160) for a year at whose end the commune is not known to be there.
    """
    if period_of(place, date(year, 12, 31)) is None:
        raise Refused(problem("R160", place.uid, year=year))
    return open_round(place, year, packs, act=act)


def plan_step(round_: Round, step: Step, plan: Plan, version: int, *, act: Act) -> RoundStep:
    """Write down the days and the head of a step; refused where it ends before it begins (R161)."""
    if plan.begins and plan.ends and plan.ends < plan.begins:
        raise Refused(problem("R161", step, begins=plan.begins.isoformat(), ends=plan.ends.isoformat()))

    def change(row: RoundStep) -> None:
        row.begins, row.ends, row.head = plan.begins, plan.ends, plan.head.strip()

    return _change(round_, step, version, "planned", change, act)


def close_step(round_: Round, step: Step, on: date, version: int, *, act: Act) -> RoundStep:
    """Say that a step is done, though its numbers do not say so yet."""

    def change(row: RoundStep) -> None:
        row.closed_on = on

    return _change(round_, step, version, "closed", change, act)


def open_step_again(round_: Round, step: Step, version: int, *, act: Act) -> RoundStep:
    """Take back that a step is done."""

    def change(row: RoundStep) -> None:
        row.closed_on = None

    return _change(round_, step, version, "opened_again", change, act)


def _change(
    round_: Round, step: Step, version: int, event: str, change: Callable[[RoundStep], None], act: Act
) -> RoundStep:
    """Lock the round, refuse (R162) whoever did not see the last change, and log what differs.

    A step that was never written has version 0.
    """
    with transaction.atomic():
        round_for_update(round_)
        row = step_for_update(round_, step) or RoundStep(round=round_, step=step, version=0)
        if row.version != version:
            raise Refused(problem("R162", step, step=step.label))
        before = _state(row) if row.pk else None
        change(row)
        row.version += 1
        row.save()
        record(Happening(kind="round_step", object_id=row.pk, event=event, before=before, after=_state(row)), act)
        return row


def _state(row: RoundStep) -> dict[str, object]:
    return {"step": row.step, "begins": row.begins, "ends": row.ends, "head": row.head, "closed_on": row.closed_on}
