"""Two lines of the ledger that read alike: a person says that they are one achievement, or that they are two."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from densach.authority.access import Viewer
from densach.awards import queries
from densach.awards.access import is_proposer, may_handle
from densach.awards.domain import tidy
from densach.awards.models import Achievement, Claim, Nomination
from densach.awards.told_apart import AchievementsApart
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem


def join_retyped(
    viewer: Viewer, nomination: Nomination, kept: UUID, other: UUID, why: str, *, at: datetime
) -> Achievement:
    """Say that two lines are one achievement: what claims the other claims the kept one from now on.

    Refused without a reason (Q131), and where awards used both (Q132), which is sorted out in the register of awards.
    """
    act = viewer.act(at, why)
    one, two = _both(viewer, nomination, kept, other, why)
    with transaction.atomic():
        locked = {row.pk: queries.achievement_for_update(row) for row in sorted((one, two), key=lambda row: row.pk)}
        first, second = locked[one.pk], locked[two.pk]
        if len(queries.uses_of([first.pk, second.pk])) > 1:
            raise Refused(problem("Q132", "kept", text=first.text[:120]))
        _move_claims(first, second)
        queries.join_achievement_rows(first, second)
        second.same_as = first
        second.save(update_fields=["same_as"])
        record(Happening(kind="achievement", object_id=second.uid, event="joined", after={"to": str(first.uid)}), act)
        _tell(nomination, "retyping_joined", first, second, act)
        return first


def tell_retyped_apart(
    viewer: Viewer, nomination: Nomination, one: UUID, other: UUID, why: str, *, at: datetime
) -> None:
    """Say that two lines that read alike are two achievements, with the reason (Q131)."""
    act = viewer.act(at, why)
    first, second = sorted(_both(viewer, nomination, one, other, why), key=lambda row: row.pk)
    with transaction.atomic():
        kept = {"why": tidy(why)[:300], "by": viewer.account, "said_at": at}
        _, made = AchievementsApart.objects.get_or_create(one=first, other=second, defaults=kept)
        if made:
            _tell(nomination, "retyping_apart", first, second, act)


def _both(viewer: Viewer, nomination: Nomination, one: UUID, other: UUID, why: str) -> tuple[Achievement, Achievement]:
    if not (is_proposer(viewer, nomination) or may_handle(viewer, nomination)):
        raise Refused(problem("H103", nomination.uid))
    nominees = queries.same_nominees(nomination.nominee)
    first, second = (queries.achievement_by_uid(nominees, uid) for uid in (one, other))
    if first is None or second is None or first.pk == second.pk or first.same_as_id or second.same_as_id:
        raise Refused(problem("H103", nomination.uid))
    if not tidy(why):
        raise Refused(problem("Q131", "why"))
    return first, second


def _move_claims(kept: Achievement, other: Achievement) -> None:
    """A nomination that claims both keeps one claim, the one that an award consumed if there is one."""
    standing = {row.nomination_id: row for row in queries.claims_on(kept)}
    for row in queries.claims_on(other):
        beside = standing.get(row.nomination_id)
        if beside is not None:
            _keep_one(beside, row)
        if beside is None or row.consumed_on is not None:
            row.achievement = kept
            row.save(update_fields=["achievement"])


def _keep_one(beside: Claim, row: Claim) -> None:
    if row.consumed_on is None:
        row.delete()
    else:
        beside.delete()


def _tell(nomination: Nomination, event: str, one: Achievement, other: Achievement, act: Act) -> None:
    after = {"one": str(one.uid), "other": str(other.uid)}
    record(Happening(kind="nomination", object_id=nomination.uid, event=event, after=after), act)
