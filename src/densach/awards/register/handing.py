"""What is told and handed over after a decision, and what is issued again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from densach.awards.register import queries
from densach.awards.register.deadlines import Days
from densach.awards.register.models import Award, Decision, Notice, Reissue
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A certificate is asked for again: when, why, and what stood on the old one."""

    on: date
    reason: str
    note: str = ""


def tell(decision: Decision, notice: UUID, how: str, *, on: date, today: date, act: Act) -> Notice:
    """Note that somebody was told of a decision; refused for a day before it or to come (Q350), and without how."""
    if not decision.signed_on <= on <= today:
        raise Refused(problem("Q350", on.isoformat(), on=decision.signed_on.strftime("%d/%m/%Y")))
    with transaction.atomic():
        row = queries.notice_for_update(decision, notice)
        if row is None:
            raise Refused(problem("H103", notice))
        if row.told_on is None:
            row.told_on, row.how = on, how
            row.save(update_fields=["told_on", "how"])
            after = {"addressee": row.addressee, "on": on, "how": how}
            record(Happening(kind="award_decision", object_id=decision.uid, event="told", after=after), act)
        return row


def hand_over(award: Award, items: str, received_by: str, *, on: date, today: date, act: Act) -> Award:
    """Note which items were handed over, to whom and when; refused once cancelled (Q332) or for a wrong day (Q350)."""
    if not award.decision.signed_on <= on <= today:
        raise Refused(problem("Q350", on.isoformat(), on=award.decision.signed_on.strftime("%d/%m/%Y")))
    with transaction.atomic():
        now = queries.award_for_update(award)
        if queries.cancelling_of(now) is not None:
            raise Refused(problem("Q332", now.uid))
        now.items, now.items_given_on, now.items_received_by = items, on, received_by
        now.save(update_fields=["items", "items_given_on", "items_received_by"])
        record(_happening(now, "items_given", {"items": items, "on": on, "received_by": received_by}), act)
        return now


def ask_again(award: Award, asked: Asked, days: Days | None, *, today: date, act: Act) -> Reissue:
    """Note that a certificate is to be issued again, with the days that a text gives for it, if one does.

    Refused for a cancelled award (Q332), while another re-issue of it waits (Q351), and for a wrong day (Q350).
    """
    if not award.decision.signed_on <= asked.on <= today:
        raise Refused(problem("Q350", asked.on.isoformat(), on=award.decision.signed_on.strftime("%d/%m/%Y")))
    with transaction.atomic():
        now = queries.award_for_update(award)
        if queries.cancelling_of(now) is not None:
            raise Refused(problem("Q332", now.uid))
        if queries.open_reissue(now) is not None:
            raise Refused(problem("Q351", now.uid))
        row = Reissue.objects.create(
            award=now,
            asked_on=asked.on,
            reason=asked.reason,
            old_number=f"{now.decision.number} / {now.ordinal}",
            days=days.count if days else None,
            days_source=days.source[:300] if days else "",
            due_on=days.due_on if days else None,
            note=asked.note,
        )
        record(_happening(now, "reissue_asked", {"on": asked.on, "reason": asked.reason, "due_on": row.due_on}), act)
        return row


def issue_again(award: Award, *, on: date, today: date, act: Act) -> Reissue:
    """Note that the certificate was issued again; refused where none waits or the day cannot be (Q352)."""
    with transaction.atomic():
        row = queries.open_reissue(award)
        if row is None or not row.asked_on <= on <= today:
            raise Refused(problem("Q352", award.uid))
        row.issued_on = on
        row.save(update_fields=["issued_on"])
        record(_happening(award, "reissued", {"on": on, "old_number": row.old_number}), act)
        return row


def _happening(award: Award, event: str, after: dict[str, Any]) -> Happening:
    return Happening(kind="award", object_id=award.uid, event=event, after=after)
