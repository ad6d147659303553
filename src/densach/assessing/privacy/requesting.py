"""Requests about one's own data: asked, answered, settled with a reason, each by the days of the law.

What rests on consent is erased the moment it is asked. What the State must keep is refused with its article, and
whoever sees it otherwise can object, which a person then decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from densach.accounts.models import Account
from densach.assessing.privacy.clock import due_days
from densach.assessing.privacy.consenting import Word, withdraw_consent
from densach.assessing.privacy.correcting import FIELDS, checked, put_right
from densach.assessing.privacy.models import OPEN, DataRequest, Giver, Message, State
from densach.assessing.privacy.queries import home_of, open_request, request_for_update
from densach.formats.vietnamese import nfc
from densach.history.domain import Act, Happening, record
from densach.people.models import Person
from densach.people.protected.queries import person_locked
from densach.places.models import Place
from densach.policy.personal_data import purposes, request_rules
from densach.policy.purposes import Purpose, RequestKind
from densach.problems import Refused, problem

LONGEST_TEXT = 1000
ASKED_OF_PEOPLE: tuple[RequestKind, ...] = ("correct", "restrict", "object")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What is asked: to correct a field (`wanted` shall stand there), or to restrict or stop a purpose, and why."""

    kind: RequestKind
    about: str
    wanted: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A sentence for the thread of a request: who writes it, and whether as the officer who answers."""

    text: str
    by: Account | None
    role: str
    officer: bool


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """How a request is settled, by whom, and why."""

    done: bool
    reason: str
    by: Account | None
    role: str


def ask_people(person: Person, ask: Ask, word: Word, *, on: date, act: Act) -> DataRequest:
    """Ask the commune to correct, restrict or stop something; asked twice it stays one request.

    Refused for what cannot stand in a field (U157), without a word why (U158), and where no commune is known (U156).
    """
    wanted = _wanted(ask, on)
    with transaction.atomic():
        person_locked(person)
        waiting = open_request(person, ask.kind, ask.about)
        if waiting is not None:
            return waiting
        row = _unsaved(person, ask, word, on, act)
        row.commune, row.wanted = _commune_of(person, on), wanted
        row.save(force_insert=True)
        _log(row, "asked", {"kind": row.kind, "about": row.about}, act)
        return row


def ask_erasure(person: Person, chosen: Sequence[str], word: Word, *, on: date, act: Act) -> DataRequest:
    """Erase what is kept for some purposes: at once what rests on consent; the duties of the State are refused.

    Refused (U161) where nothing was chosen.
    """
    wanted = [purpose for name, purpose in purposes().items() if name in chosen]
    if not wanted:
        raise Refused(problem("U161", "purposes"))
    with transaction.atomic():
        person_locked(person)
        erased = [purpose for purpose in wanted if purpose.basis == "consent"]
        kept = [purpose for purpose in wanted if purpose.basis == "duty"]
        for purpose in erased:
            withdraw_consent(person, purpose.id, word, on=on, act=act)
        row = _unsaved(person, Ask(kind="delete", about=" ".join(p.id for p in wanted)), word, on, act)
        row.state = State.REFUSED if not erased else State.PARTLY if kept else State.DONE
        row.settled_on = row.received_on = on
        row.reason, row.cites = _erasure_told(erased, kept), _cited(kept)
        row.save(force_insert=True)
        _log(row, "erasure settled", {"kind": row.kind, "about": row.about, "state": row.state}, act)
        return row


def note_copy_given(person: Person, form: str, word: Word, *, on: date, act: Act) -> DataRequest:
    """Somebody took a copy of all that is held: asked and settled in one."""
    with transaction.atomic():
        row = _unsaved(person, Ask(kind="provide", about=form), word, on, act)
        row.state, row.settled_on, row.received_on, row.reason = State.DONE, on, on, "Bản sao được đưa ngay."
        row.save(force_insert=True)
        _log(row, "copy given", {"kind": row.kind, "form": form}, act)
        return row


def write_in_thread(request: DataRequest, words: Words, *, on: date, act: Act) -> Message:
    """Write a sentence in a thread; the first one of an officer answers that the request came in.

    Refused where it says nothing (U158), and once the request was settled (U159).
    """
    said = _text(words.text, "text")
    with transaction.atomic():
        now = _open_locked(request)
        message = Message(request=now, at=act.at, by=words.by, role=words.role, text=said)
        message.save(force_insert=True)
        if words.officer and now.state == State.WAITING:
            now.state, now.received_on = State.RECEIVED, on
            now.save(update_fields=["state", "received_on"])
        _log(now, "answered" if words.officer else "written to", {"state": now.state}, act)
        return message


def settle(request: DataRequest, how: Settlement, *, on: date, act: Act) -> DataRequest:
    """Settle a request with its reason (U158 without), once (U159).

    What is done to a name, birth date or sex stands in the register in the same moment; restricting or stopping what
    rests on consent withdraws it. A duty of the State that goes on is refused with its article.
    """
    reason = _text(how.reason, "reason")
    with transaction.atomic():
        now = _open_locked(request)
        if how.done:
            _carry_out(now, reason, on, act)
        purpose = purposes().get(now.about)
        now.state = State.DONE if how.done else State.REFUSED
        now.cites = _cited([purpose]) if purpose and not how.done else ""
        now.settled_on, now.settled_by, now.reason = on, how.by, reason
        now.received_on = now.received_on or on
        now.save()
        _log(now, "settled", {"state": now.state}, act)
        return now


def _carry_out(request: DataRequest, reason: str, on: date, act: Act) -> None:
    person = request.person.same_as or request.person
    if request.kind == "correct":
        put_right(person, request.about, request.wanted, on=on, basis=reason, act=act)
        return
    purpose = purposes().get(request.about)
    if purpose is not None and purpose.basis == "consent":
        word = Word(giver=Giver(request.giver), by=request.by, role=request.role, paper=request.paper)
        withdraw_consent(person, purpose.id, word, on=on, act=act)


def _wanted(ask: Ask, on: date) -> str:
    if ask.kind == "correct" and ask.about in FIELDS:
        return checked(ask.about, ask.wanted, on)
    if ask.kind in {"restrict", "object"} and ask.about in purposes():
        _text(ask.text, "text")
        return ""
    raise Refused(problem("H103", ask.about))


def _unsaved(person: Person, ask: Ask, word: Word, on: date, act: Act) -> DataRequest:
    due = due_days(request_rules()[ask.kind], on)
    return DataRequest(
        person=person,
        kind=ask.kind,
        about=ask.about,
        asked=nfc(ask.text).strip()[:LONGEST_TEXT],
        asked_on=on,
        answer_by=due.answer_by,
        settle_by=due.settle_by,
        giver=word.giver,
        how=word.how,
        paper=word.paper,
        at=act.at,
        by=word.by,
        role=word.role,
    )


def _commune_of(person: Person, on: date) -> Place:
    home = home_of(person, on)
    if home is None:
        raise Refused(problem("U156", "commune"))
    return home.household.home_on(on).commune


def _open_locked(request: DataRequest) -> DataRequest:
    now = request_for_update(request.uid)
    if now is None:
        raise Refused(problem("H103", request.uid))
    if now.state not in OPEN:
        raise Refused(problem("U159", now.uid, state=State(now.state).label))
    return now


def _text(text: str, where: str) -> str:
    said = nfc(text).strip()
    if not 0 < len(said) <= LONGEST_TEXT:
        raise Refused(problem("U158", where, most=LONGEST_TEXT))
    return said


def _erasure_told(erased: Sequence[Purpose], kept: Sequence[Purpose]) -> str:
    gone = f"Đã xóa, thôi dùng: {'; '.join(p.name_vi for p in erased)}." if erased else ""
    stays = f"Giữ theo nhiệm vụ nhà nước: {'; '.join(p.name_vi for p in kept)}." if kept else ""
    return f"{gone} {stays}".strip()


def _cited(kept: Sequence[Purpose]) -> str:
    """The ids of the purposes whose articles stand behind a refusal; the page reads them from the law."""
    return " ".join(purpose.id for purpose in kept if purpose.basis == "duty")


def _log(request: DataRequest, event: str, after: dict[str, object], act: Act) -> None:
    record(Happening(kind="data_request", object_id=request.pk, event=event, after=after), act)
