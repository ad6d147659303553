"""What others say of a nomination: each level confirms or does not, and bodies that were asked give their opinion."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from densach.authority.access import Viewer
from densach.awards import queries
from densach.awards.access import may_confirm, may_handle
from densach.awards.attempts import keeping_attempts
from densach.awards.domain import tidy
from densach.awards.models import ENDED, Confirmation, Consultation, Nomination
from densach.history.domain import Act, Happening, State, record
from densach.problems import Refused, problem


def confirm(viewer: Viewer, nomination: Nomination, words: str, *, agrees: bool, at: datetime) -> Confirmation:
    """Confirm for one's level what the report says, or say what is not so (Q127 without words).

    Each level does so once (Q128); whoever is on no level between the proposer and the round is told that there is
    nothing here (H103).
    """
    act = viewer.act(at, words)
    place, account = viewer.place, viewer.account
    if not may_confirm(viewer, nomination) or not place or not account or nomination.step in ENDED:
        raise Refused(problem("H103", nomination.uid))
    if not agrees and not tidy(words):
        raise Refused(problem("Q127", "words"))
    said = {"agrees": agrees, "words": tidy(words)}
    with keeping_attempts("nomination", nomination.uid, "confirm", act):
        try:
            with transaction.atomic():
                row = Confirmation.objects.create(nomination=nomination, place=place, by=account, said_at=at, **said)
                _told(nomination, "confirmed", said | {"place": str(place.uid)}, act)
                return row
        except IntegrityError as error:
            raise Refused(problem("Q128", "words")) from error


def ask_opinion(viewer: Viewer, nomination: Nomination, addressee: str, matter: str, *, at: datetime) -> Consultation:
    """Ask another body for its opinion (hiệp y); refused without addressee and matter (Q129)."""
    act = viewer.act(at)
    _require(viewer, nomination)
    if not (tidy(addressee) and tidy(matter)):
        raise Refused(problem("Q129", "addressee"))
    with transaction.atomic():
        said = {"addressee": tidy(addressee)[:200], "matter": tidy(matter), "asked_on": viewer.today}
        row = Consultation.objects.create(nomination=nomination, **said)
        _told(nomination, "opinion_asked", {"opinion": str(row.uid), **said}, act)
        return row


def answer_opinion(
    viewer: Viewer, nomination: Nomination, uid: UUID, answer: str, on: date, *, agrees: bool, at: datetime
) -> Consultation:
    """Record the answer as it came; a day before the question or after today is refused (Q126), a second answer (Q133).

    Who does not agree says why (Q127).
    """
    act = viewer.act(at)
    _require(viewer, nomination)
    with keeping_attempts("nomination", nomination.uid, "answer_opinion", act), transaction.atomic():
        row = queries.opinion_for_update(nomination, uid)
        if row is None:
            raise Refused(problem("H103", uid))
        _refuse_answer(viewer, row, answer, on, agrees=agrees)
        row.answered_on, row.agrees, row.answer = on, agrees, tidy(answer)
        row.save(update_fields=["answered_on", "agrees", "answer"])
        after: State = {"opinion": str(uid), "answered_on": on, "agrees": agrees, "answer": row.answer}
        _told(nomination, "opinion_answered", after, act)
        return row


def _refuse_answer(viewer: Viewer, row: Consultation, answer: str, on: date, *, agrees: bool) -> None:
    if row.answered_on is not None:
        raise Refused(problem("Q133", "answer", addressee=row.addressee))
    if not row.asked_on <= on <= viewer.today:
        raise Refused(problem("Q126", "on"))
    if not agrees and not tidy(answer):
        raise Refused(problem("Q127", "answer"))


def _require(viewer: Viewer, nomination: Nomination) -> None:
    if not may_handle(viewer, nomination) or nomination.step in ENDED:
        raise Refused(problem("H103", nomination.uid))


def _told(nomination: Nomination, event: str, after: State, act: Act) -> None:
    record(Happening(kind="nomination", object_id=nomination.uid, event=event, after=after), act)
