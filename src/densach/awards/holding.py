"""A hold (tạm dừng xét) is entered and left at any step, and leaves the step as it was.

Nghị định 152/2025/NĐ-CP, Điều 4 khoản 4: while discipline is being considered, while there are signs of a violation, or
while a complaint or what the press says is being verified, nobody considers and nobody awards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from densach.authority.access import Viewer
from densach.awards import queries
from densach.awards.access import may_hold
from densach.awards.attempts import keeping_attempts
from densach.awards.domain import tidy
from densach.awards.models import Hold, HoldEnd, HoldGround, Nomination
from densach.history.domain import Act, Happening, State, record
from densach.problems import Refused, problem


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a hold ends, by which paper, and after a discipline the day it was served."""

    end: HoldEnd
    basis: str
    on: date
    served_on: date | None = None


def enter_hold(
    viewer: Viewer, nomination: Nomination, ground: HoldGround, basis: str, on: date, *, at: datetime
) -> Hold:
    """Let the nominee of a nomination enter a hold; refused without its paper (Q125) and from a day to come (Q126)."""
    _require(viewer, nomination)
    act = viewer.act(at, basis)
    if not tidy(basis):
        raise Refused(problem("Q125", "basis"))
    if on > viewer.today:
        raise Refused(problem("Q126", "on"))
    with transaction.atomic():
        nominee = nomination.nominee.same_as or nomination.nominee
        row = Hold.objects.create(nominee=nominee, ground=ground, basis=tidy(basis)[:300], began_on=on)
        _told(nomination, row, "hold_entered", {"ground": ground, "began_on": on}, act)
        return row


def leave_hold(viewer: Viewer, nomination: Nomination, uid: UUID, ended: Ended, *, at: datetime) -> Hold:
    """End a hold by the paper that concludes it; refused without it (Q125), and for days that cannot be (Q126).

    One that ended already is not there to end (H103).
    """
    _require(viewer, nomination)
    act = viewer.act(at, ended.basis)
    with keeping_attempts("nomination", nomination.uid, "leave_hold", act), transaction.atomic():
        row = queries.hold_for_update(queries.same_nominees(nomination.nominee), uid)
        if row is None or row.ended_on is not None:
            raise Refused(problem("H103", uid))
        if not tidy(ended.basis):
            raise Refused(problem("Q125", "basis"))
        if not row.began_on <= ended.on <= viewer.today:
            raise Refused(problem("Q126", "on"))
        row.ended_on, row.end, row.end_basis = ended.on, ended.end, tidy(ended.basis)[:300]
        row.served_on = ended.served_on if ended.end == HoldEnd.VIOLATION else None
        row.save(update_fields=["ended_on", "end", "end_basis", "served_on"])
        after = {"end": row.end, "ended_on": row.ended_on, "served_on": row.served_on}
        _told(nomination, row, "hold_left", after, act)
        return row


def _require(viewer: Viewer, nomination: Nomination) -> None:
    if not may_hold(viewer, nomination):
        raise Refused(problem("H103", nomination.uid))


def _told(nomination: Nomination, row: Hold, event: str, after: State, act: Act) -> None:
    """In the log of the nomination, and in that of the nominee for whatever else is put forward for it."""
    record(Happening(kind="nomination", object_id=nomination.uid, event=event, after=after), act)
    record(Happening(kind="nominee", object_id=row.nominee.uid, event=event, after=after), act)
