"""Nominations on the list of a signed decision are closed together, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence

from densach.awards.models import Nomination, Step
from densach.history.domain import Act, Happening, record_many
from densach.problems import Refused, problem

BEFORE_AWARD = (Step.PASSED, Step.ELIGIBLE, Step.FORWARDED)


def move_all(nominations: Sequence[Nomination], to: Step, *, act: Act) -> None:
    """Take locked nominations to the award; refused (Q320) where one was meanwhile taken back or decided otherwise."""
    gone = [row for row in nominations if row.step not in BEFORE_AWARD]
    if gone:
        raise Refused(*(problem("Q320", row.uid, name=row.nominee.name, step=Step(row.step).label) for row in gone))
    happened = [
        Happening(kind="nomination", object_id=row.uid, event="moved", before={"step": row.step}, after={"step": to})
        for row in nominations
    ]
    for row in nominations:
        row.step, row.version = to, row.version + 1
    Nomination.objects.bulk_update(nominations, ["step", "version"], batch_size=300)
    record_many(happened, act)
