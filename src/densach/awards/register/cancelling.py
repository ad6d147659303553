"""An award is cancelled by whoever decided it (Luật 06/2022/QH15, Điều 93): the row stays, items and money come back.

What was achieved stays used until a person decides to free it (rule R-49).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from densach.awards.attempts import keeping_attempts
from densach.awards.models import Claim
from densach.awards.register import queries
from densach.awards.register.models import Award, Cancelling, Ground
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem


@dataclass(frozen=True, kw_only=True)
class CancelOrder:
    """The decision that cancels: its number, day, ground, what it rests on, and the reason in words."""

    number: str
    signed: date
    ground: Ground
    basis: str
    reason: str


def cancel_award(award: Award, order: CancelOrder, *, today: date, act: Act) -> Cancelling:
    """Cancel an award; refused for a day to come or before the award (Q340), and a second time (Q341).

    The act is one of the office that decided; items that were handed over are due back.
    """
    with keeping_attempts("award", award.uid, "cancel", act), transaction.atomic():
        if not award.decision.signed_on <= order.signed <= today:
            raise Refused(problem("Q340", order.number, on=award.decision.signed_on.strftime("%d/%m/%Y")))
        now = queries.award_for_update(award)
        known = queries.cancelling_of(now)
        if known is not None:
            raise Refused(problem("Q341", now.uid, number=known.number))
        row = Cancelling.objects.create(
            award=now,
            number=order.number,
            signed_on=order.signed,
            office_title=now.decision.office_title,
            ground=order.ground,
            basis=order.basis,
            reason=order.reason,
            items_due=now.items_given_on is not None,
            cancelled_at=act.at,
        )
        after = {"number": order.number, "signed_on": order.signed, "ground": order.ground, "reason": order.reason}
        record(_happening(now, "cancelled", after), act)
        return row


def take_items_back(award: Award, *, on: date, today: date, act: Act) -> Cancelling:
    """Note that the items of a cancelled award came back; refused where none are due or the day cannot be (Q342)."""
    with transaction.atomic():
        row = queries.cancelling_for_update(award)
        if row is None or not row.items_due or not row.signed_on <= on <= today:
            raise Refused(problem("Q342", award.uid))
        if row.items_back_on is None:
            row.items_back_on = on
            row.save(update_fields=["items_back_on"])
            record(_happening(award, "items_back", {"on": on}), act)
        return row


def free_achievement(award: Award, achievement: UUID, why: str, *, on: date, act: Act) -> Claim:
    """Set an achievement of a cancelled award free, so that it may count again; a person's decision, with its reason.

    Refused without a reason (Q343), while the award stands (Q344), and for an achievement of another (H103).
    """
    if not why.strip():
        raise Refused(problem("Q343", achievement))
    with transaction.atomic():
        now = queries.award_for_update(award)
        if queries.cancelling_of(now) is None:
            raise Refused(problem("Q344", now.uid))
        claim = queries.claim_for_update(now, achievement)
        if claim is None:
            raise Refused(problem("H103", achievement))
        if claim.freed_on is None:
            claim.freed_on, claim.freed_why = on, why.strip()
            claim.save(update_fields=["freed_on", "freed_why"])
            after = {"achievement": str(claim.achievement.uid), "on": on, "why": claim.freed_why}
            record(_happening(now, "achievement_freed", after), act)
        return claim


def _happening(award: Award, event: str, after: dict[str, Any]) -> Happening:
    return Happening(kind="award", object_id=award.uid, event=event, after=after)
