"""Asking a commune back about its file: a question with its reason, the answers, and the word that settles it.

Nothing is rewritten: each word is a message of its own. Whoever writes says how many messages they have read; where
another came meanwhile it is refused (R183), and the same word sent twice is written once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from densach.assessing.models import Round
from densach.assessing.queries import round_for_update
from densach.authority.access import Viewer
from densach.history.domain import Happening, record
from densach.problems import Refused, problem
from densach.reporting.below.access import may_answer, may_ask_about, speaker
from densach.reporting.below.queries import inquiry_for_update, messages_in
from densach.reporting.models import Inquiry, Message

LONGEST = 4000  # letters of one message
LONGEST_BASIS = 300


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it was written; `uid` is that of the form, so that one form asks once."""

    uid: UUID
    text: str
    due: date | None = None
    due_basis: str = ""


def ask(viewer: Viewer, round_: Round, asked: Asked, *, at: datetime) -> Inquiry:
    """Ask a commune about its file; refused where the viewer may not (H103), and for words that cannot be (R18x)."""
    if viewer.place is None or not may_ask_about(viewer, round_.place):
        raise Refused(problem("H103", round_.place.uid))
    _refuse_words(asked.text)
    _refuse_due(asked, viewer.today)
    with transaction.atomic():
        round_for_update(round_)
        if (known := inquiry_for_update(asked.uid)) is not None:
            return _same(known, round_)
        inquiry = Inquiry.objects.create(
            uid=asked.uid, round=round_, asked_from=viewer.place, due=asked.due, due_basis=asked.due_basis.strip()
        )
        _say(viewer, inquiry, Message.Kind.ASKED, asked.text, at=at)
        return inquiry


def answer(viewer: Viewer, uid: UUID, text: str, *, read: int, at: datetime) -> Inquiry:
    """Answer as the commune; refused (H103) to everybody else."""
    return _go_on(viewer, uid, Message.Kind.ANSWERED, text, read=read, at=at)


def ask_again(viewer: Viewer, uid: UUID, text: str, *, read: int, at: datetime) -> Inquiry:
    """Ask once more in the same thread."""
    return _go_on(viewer, uid, Message.Kind.ASKED, text, read=read, at=at)


def settle(viewer: Viewer, uid: UUID, text: str, *, read: int, at: datetime) -> Inquiry:
    """End a thread with a word; what was said in it stays."""
    return _go_on(viewer, uid, Message.Kind.SETTLED, text, read=read, at=at)


def _go_on(viewer: Viewer, uid: UUID, kind: Message.Kind, text: str, *, read: int, at: datetime) -> Inquiry:
    with transaction.atomic():
        inquiry = inquiry_for_update(uid)
        if inquiry is None or not _may(viewer, inquiry, kind):
            raise Refused(problem("H103", uid))
        _refuse_words(text)
        said = messages_in(inquiry)
        if _was_sent(said[read:], viewer, kind, text):
            return inquiry
        if len(said) != read:
            raise Refused(problem("R183", uid, who=said[-1].by.name))
        if said[-1].kind == Message.Kind.SETTLED:
            raise Refused(problem("R188", uid))
        _say(viewer, inquiry, kind, text, at=at, order=len(said) + 1)
        return inquiry


def _may(viewer: Viewer, inquiry: Inquiry, kind: Message.Kind) -> bool:
    """The commune answers; who asks again or settles looks from the place that asked, or from above it."""
    if kind == Message.Kind.ANSWERED:
        return may_answer(viewer, inquiry.round.place)
    return may_ask_about(viewer, inquiry.round.place) and viewer.place == inquiry.asked_from


def _was_sent(later: list[Message], viewer: Viewer, kind: Message.Kind, text: str) -> bool:
    first = later[0] if later else None
    return first is not None and (first.by, first.kind, first.text) == (viewer.account, kind, text.strip())


def _same(known: Inquiry, round_: Round) -> Inquiry:
    if known.round_id != round_.pk:
        raise Refused(problem("H103", known.uid))
    return known


def _say(viewer: Viewer, inquiry: Inquiry, kind: Message.Kind, text: str, *, at: datetime, order: int = 1) -> None:
    who, role = speaker(viewer)
    said = Message.objects.create(inquiry=inquiry, order=order, kind=kind, text=text.strip(), by=who, role=role, at=at)
    due = {"due": inquiry.due, "due_basis": inquiry.due_basis} if inquiry.due and order == 1 else {}
    after = {"round": inquiry.round_id, "order": order, "text": said.text, **due}
    record(Happening(kind="inquiry", object_id=inquiry.pk, event=kind, after=after), viewer.act(at))


def _refuse_words(text: str) -> None:
    if not text.strip():
        raise Refused(problem("R182", "text"))
    if len(text) > LONGEST:
        raise Refused(problem("R187", "text", most=LONGEST, given=len(text)))


def _refuse_due(asked: Asked, today: date) -> None:
    """A deadline stands only with the text that gives it, and is still to come."""
    if (asked.due is None) != (not asked.due_basis.strip()):
        raise Refused(problem("R186", "due"))
    if asked.due is not None and asked.due < today:
        raise Refused(problem("R190", "due"))
    if len(asked.due_basis) > LONGEST_BASIS:
        raise Refused(problem("R187", "due_basis", most=LONGEST_BASIS, given=len(asked.due_basis)))
