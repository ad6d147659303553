"""Everything that can happen to a case: received, assigned, its informant read, verified, answered, closed.

The log says that an informant is kept and who read it when; it never says who that is, nor what a case says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from densach.authority.access import Viewer
from densach.awards.cases import queries
from densach.awards.cases.access import is_assigned, may_assign, require_hearer
from densach.awards.cases.models import Case, CaseKind, How, State
from densach.awards.cases.sealing import (
    Told,
    refuse_telling,
    seal,
    seal_anew,
    seal_text,
    unseal,
    unseal_text,
)
from densach.awards.holding import Ended, enter_hold, leave_hold
from densach.awards.models import HoldEnd, HoldGround, Nomination
from densach.history import domain as history
from densach.history.domain import Act, Happening, record, record_many
from densach.people.numbers import Keys
from densach.problems import Refused, problem

OUTCOMES = (HoldEnd.NO_VIOLATION, HoldEnd.VIOLATION)


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What was handed in, when, how, about which nomination, and by whom."""

    kind: CaseKind
    how: How
    received_on: date
    what: str = field(repr=False)
    told: Told
    nomination: Nomination | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What verifying came to, by which paper, and what was answered when."""

    outcome: HoldEnd
    basis: str
    answer: str
    on: date


def receive_case(viewer: Viewer, brought: Brought, *, keys: Keys, at: datetime) -> Case:
    """Take a case in, assigned to whoever does; refused for a day to come (Q701) and without what it says (Q706)."""
    place, act = require_hearer(viewer), viewer.act(at)
    if viewer.account is None:
        raise Refused(problem("H103", "don-thu"))
    _require_days(brought.received_on <= viewer.today, "received_on")
    _require_texts(what=brought.what)
    case = Case(
        place=place,
        kind=brought.kind,
        nomination=brought.nomination,
        received_on=brought.received_on,
        how=brought.how,
        assigned_to=viewer.account,
    )
    with transaction.atomic():
        case.save(force_insert=True)
        seal_text(case, brought.what, keys).save(force_insert=True)
        seal(case, brought.told, keys).save(force_insert=True)
        _told(case, "received", {"kind": case.kind, "received_on": case.received_on, "informant": "kept"}, act)
        return case


def assign_case(viewer: Viewer, case: Case, uid: UUID, *, at: datetime) -> Case:
    """Hand a case on to another who hears cases at its place; refused for anybody else (Q702)."""
    with transaction.atomic():
        now = queries.case_for_update(case)
        hearers = queries.who_hears(now.place, viewer.today)
        if not may_assign(viewer, now, hearers):
            raise Refused(problem("H103", now.uid))
        account = next((each for each in hearers if each.uid == uid), None)
        if account is None:
            raise Refused(problem("Q702", "account"))
        _change(now, "assigned", {"assigned_to": account}, {"to": str(account.uid)}, viewer.act(at))
        return now


def read_text(viewer: Viewer, case: Case, *, keys: Keys) -> str:
    """What a case says, for the one it is assigned to (else H103)."""
    if not is_assigned(viewer, case):
        raise Refused(problem("H103", case.uid))
    return unseal_text(case, keys)


def read_informant(viewer: Viewer, case: Case, *, keys: Keys, at: datetime) -> Told:
    """Who brought a case, for the one it is assigned to (else H103); each reading is logged, without what was read."""
    with transaction.atomic():
        now = _assigned(viewer, case)
        told = unseal(now, keys)
        _told(now, "informant_read", {}, viewer.act(at))
        return told


def start_verifying(viewer: Viewer, case: Case, basis: str, on: date, *, keys: Keys, at: datetime) -> Case:
    """Begin to verify, which opens a hold on the nominee (rule R-12).

    Refused where it is no case just received (Q704), without the paper (Q706), where that names the informant (Q703),
    and for a day before receipt or to come (Q701).
    """
    with transaction.atomic():
        now = _assigned(viewer, case, State.RECEIVED)
        _require_texts(basis=basis)
        _require_days(now.received_on <= on <= viewer.today, "on")
        refuse_telling(unseal(now, keys), basis=basis)
        held = None
        if now.nomination:
            held = enter_hold(viewer, now.nomination, HoldGround.COMPLAINT, basis, on, at=at)
        changes: dict[str, object] = {"state": State.VERIFYING, "hold": held}
        _change(now, "verifying", changes, {"state": State.VERIFYING, "held": bool(held)}, viewer.act(at))
        return now


def answer_case(viewer: Viewer, case: Case, said: Answer, *, keys: Keys, at: datetime) -> Case:
    """Write what verifying came to and what was answered, which ends the hold.

    Refused where nothing is being verified (Q704), without paper or answer (Q706), where one of them names the
    informant (Q703), and for a day before receipt or to come (Q701).
    """
    with transaction.atomic():
        now = _assigned(viewer, case, State.VERIFYING)
        _require_texts(basis=said.basis, answer=said.answer)
        _require_days(now.received_on <= said.on <= viewer.today, "on")
        refuse_telling(unseal(now, keys), basis=said.basis, answer=said.answer)
        if now.nomination and now.hold and now.hold.ended_on is None:
            ended = Ended(end=said.outcome, basis=said.basis, on=said.on)
            leave_hold(viewer, now.nomination, now.hold.uid, ended, at=at)
        told = {"state": State.ANSWERED, "outcome": said.outcome, "answered_on": said.on}
        _change(now, "answered", told | {"basis": said.basis, "answer": said.answer}, told, viewer.act(at))
        return now


def close_case(viewer: Viewer, case: Case, why: str, *, keys: Keys, at: datetime) -> Case:
    """Close a case that was answered; one that is not taken up is closed with a reason (Q705)."""
    with transaction.atomic():
        now = _assigned(viewer, case, State.RECEIVED, State.ANSWERED)
        if now.state == State.RECEIVED and not why:
            raise Refused(problem("Q705", "why"))
        refuse_telling(unseal(now, keys), why=why)
        _change(now, "closed", {"state": State.CLOSED, "closed_why": why}, {"state": State.CLOSED}, viewer.act(at))
        return now


def rotate_cases(keys: Keys, *, act: Act) -> int:
    """Encrypt again, under the key in use, what of cases is under an older one; gives how many rows."""
    with transaction.atomic():
        rows = queries.sealed_with_other_keys(keys.current)
        for row in rows:
            seal_anew(row, keys)
            row.save(update_fields=["cipher", "key"])
        cases = {row.case_id: row.case for row in rows}
        record_many((_happening(each, "key_changed", {}) for each in cases.values()), act)
        return len(rows)


def _assigned(viewer: Viewer, case: Case, *states: State) -> Case:
    """The case as it is now, locked, for the one it is assigned to (else H103), in one of some states (else Q704)."""
    now = queries.case_for_update(case)
    if not is_assigned(viewer, now):
        raise Refused(problem("H103", now.uid))
    if states and now.state not in states:
        raise Refused(problem("Q704", now.uid, state=State(now.state).label))
    return now


def _require_texts(**texts: str) -> None:
    faults = [problem("Q706", where) for where, text in texts.items() if not text.strip()]
    if faults:
        raise Refused(*faults)


def _require_days(fits: bool, where: str) -> None:
    if not fits:
        raise Refused(problem("Q701", where))


def _change(now: Case, event: str, changes: dict[str, object], told: history.State, act: Act) -> None:
    for name, value in changes.items():
        setattr(now, name, value)
    now.save(update_fields=list(changes))
    _told(now, event, told, act)


def _told(case: Case, event: str, after: history.State, act: Act) -> None:
    record(_happening(case, event, after), act)


def _happening(case: Case, event: str, after: history.State) -> Happening:
    return Happening(kind="case", object_id=case.uid, event=event, after=after)
