"""The signed decision comes back, is compared and recorded; then there are awards, and it may be published.

Recording uses up the achievements in the same transaction, so that no achievement is ever counted for two awards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from densach.accounts.models import Account
from densach.assessing.signing.domain import Sent, likeness_of
from densach.assessing.signing.models import Likeness
from densach.awards.attempts import keeping_attempts
from densach.awards.models import Nomination, Step
from densach.awards.moving import Move, move_all
from densach.awards.queries import nominations_for_update
from densach.awards.register import queries
from densach.awards.register.models import Award, Decision, Listed, Notice, SignedFile
from densach.awards.register.preparing import happening, refuse_held_or_used
from densach.formats.signatures import Integrity, Signature
from densach.formats.vietnamese import fold
from densach.history.domain import Act, Happening, record, record_many
from densach.problems import Refused, problem

FORGED = (Integrity.BROKEN, Integrity.CHANGED_AFTER)


def send_file(decision: Decision, sent: Sent, *, act: Act) -> SignedFile:
    """Keep a signed file; the same twice is kept once.

    Refused where the decision was dropped (Q313), where a signature no longer fits what is shown (Q314), and where the
    file cannot be read beside the prepared one (Q315).
    """
    digest = sha256(sent.content).hexdigest()
    with keeping_attempts("award_decision", decision.uid, "send file", act), transaction.atomic():
        for found in sent.signatures:
            if found.integrity in FORGED:
                raise Refused(problem("Q314", sent.name, signer=found.signer or found.field))
        now = _not_dropped(decision)
        known = next((row for row in queries.files_of(now) if row.sha256 == digest), None)
        if known is not None:
            return known
        likeness, differs = likeness_of(sent.content, sent.prepared)
        if likeness is Likeness.OTHER and sent.prepared:
            raise Refused(problem("Q315", sent.name))
        row = SignedFile.objects.create(
            decision=now,
            name=sent.name[:200],
            content=sent.content,
            sha256=digest,
            likeness=likeness,
            signatures=[signature_said(each) for each in sent.signatures],
            differs=[asdict(each) for each in differs],
            sent_at=act.at,
        )
        record(happening(now, "file_sent", {"sha256": digest, "likeness": likeness}), act)
        return row


def confirm_compared(file: SignedFile, *, act: Act) -> SignedFile:
    """Note that somebody compared a signed file with the prepared one by eye; twice it changes nothing."""
    with transaction.atomic():
        now = queries.file_for_update(file)
        if now.waits_for_eyes:
            now.compared_at = act.at
            now.save(update_fields=["compared_at"])
            record(happening(now.decision, "compared", {"sha256": now.sha256}), act)
        return now


def record_signed(decision: Decision, by: Account, *, act: Act) -> Decision:
    """Record that the office signed: awards come to be, achievements are used up, nominations are closed.

    Twice by the same person it changes nothing. Refused where another recorded it (Q316), where it was dropped (Q313),
    where a file waits to be compared by eye (Q317), under hold (Q307) and with a used achievement (Q308): then nothing
    of the whole decision is recorded.
    """
    with keeping_attempts("award_decision", decision.uid, "record", act):
        try:
            with transaction.atomic():
                now = _not_dropped(decision)
                if now.recorded_at is not None:
                    if now.recorded_by_id != by.pk:
                        raise Refused(problem("Q316", now.number, name=now.recorded_by))
                    return now
                if any(each.waits_for_eyes for each in queries.files_of(now)):
                    raise Refused(problem("Q317", now.number))
                return _recorded(now, by, act)
        except IntegrityError as error:  # the same achievement was used between the look and the write
            raise Refused(problem("Q318", decision.number)) from error


def publish(decision: Decision, *, act: Act) -> Decision:
    """Open the public page of a signed decision; refused before it is recorded as signed (Q319)."""
    with transaction.atomic():
        now = queries.decision_for_update(decision)
        if now.recorded_at is None:
            raise Refused(problem("Q319", now.number))
        if now.published_at is None:
            now.published_at = act.at
            now.save(update_fields=["published_at"])
            record(happening(now, "published", {}), act)
        return now


def signature_said(found: Signature) -> dict[str, Any]:
    """A signature as it is kept."""
    at = found.signed_at.isoformat() if found.signed_at else ""
    kinds = {name: getattr(found, name).value.replace("-", "_") for name in ("time", "integrity", "trust")}
    return {"signer": found.signer, "organisation": found.organisation, "at": at, **kinds}


def _recorded(decision: Decision, by: Account, act: Act) -> Decision:
    listed = queries.listed_in(decision)
    rows = nominations_for_update(row.nomination_id for row in listed)
    moves = [Move(row, Step.AWARDED, {"reason": ""}) for row in rows]
    _refuse_gone(moves)
    queries.lock_achievements([row.pk for row in rows])
    refuse_held_or_used(rows)
    awards = Award.objects.bulk_create(_award(decision, row) for row in listed)
    queries.consume_claims([row.pk for row in rows], decision.signed_on)
    move_all(moves, act=act)
    _notices(decision, awards, listed)
    decision.recorded_at, decision.recorded_by = act.at, by
    decision.save(update_fields=["recorded_at", "recorded_by"])
    record(happening(decision, "signed", {"number": decision.number, "count": len(awards)}), act)
    record_many([_given(each, decision) for each in queries.awards_of_decision(decision)], act)
    return decision


def _refuse_gone(moves: Sequence[Move]) -> None:
    """Refuse (Q320) where one was meanwhile taken back or decided otherwise."""
    gone = [move.nomination for move in moves if not move.is_laid_down]
    if gone:
        raise Refused(*(problem("Q320", row.uid, name=row.nominee.name, step=Step(row.step).label) for row in gone))


def _award(decision: Decision, row: Listed) -> Award:
    nomination, days = row.nomination, _days(row.nomination)
    return Award(
        decision=decision,
        ordinal=row.ordinal,
        nomination=nomination,
        nominee=nomination.nominee,
        kind=row.kind,
        mode=nomination.mode,
        name=row.name,
        folded=fold(row.name),
        about=row.about,
        for_what=row.for_what,
        period_from=min((began for began, _ in days), default=None),
        period_to=max((ended for _, ended in days), default=None),
        items=decision.award_name[:200],
    )


def _days(nomination: Nomination) -> list[tuple[Any, Any]]:
    return [(claim.achievement.began_on, claim.achievement.ended_on) for claim in nomination.claims.all()]


def _notices(decision: Decision, awards: Sequence[Award], listed: Sequence[Listed]) -> None:
    proposers = {row.nomination.proposer_id: row.nomination.proposed_by for row in listed}
    rows = [Notice(decision=decision, proposer_id=place, addressee=name) for place, name in proposers.items()]
    rows += [Notice(decision=decision, award=award, addressee=award.name) for award in awards]
    Notice.objects.bulk_create(rows)


def _given(award: Award, decision: Decision) -> Happening:
    after = {"number": decision.number, "ordinal": award.ordinal, "name": award.name, "award": decision.award}
    return Happening(kind="award", object_id=award.uid, event="given", after=after)


def _not_dropped(decision: Decision) -> Decision:
    """The decision as it is now, locked; refused (Q313) where it was dropped."""
    now = queries.decision_for_update(decision)
    if now.dropped_at is not None:
        raise Refused(problem("Q313", now.number, number=now.number))
    return now
