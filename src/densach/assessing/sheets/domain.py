"""Everything that can happen to a sheet: it is begun, written on, sent, checked, and given back.

Who may do it is asked in `access`; here each event locks the sheet, refuses what may not be, and writes its rows and
their log in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from densach.accounts.models import Account
from densach.assessing.domain import Facts, enter_answers, register
from densach.assessing.models import Kind, Round, Stage, Subject
from densach.assessing.queries import round_for_update
from densach.assessing.sheets.models import Sheet, State, Way
from densach.assessing.sheets.queries import sheet_for_update, sheet_of
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem

CAN_BE_WRITTEN = frozenset({State.WRITING, State.GIVEN_BACK})


def begin_sheet(round_: Round, subject: Subject, title_key: str, *, by: Account | None, way: Way, act: Act) -> Sheet:
    """Register a subject for a title and lay its sheet open; one that was begun is given back as it is."""
    with transaction.atomic():
        round_for_update(round_)  # whoever begins the same sheet at the same moment waits, and is given this one
        known = sheet_of(round_, subject, title_key)
        if known is not None:
            return known
        register(round_, title_key, [subject], act=act)
        sheet = Sheet(round=round_, subject=subject, title_key=title_key, written_by=by, way=way, changed_at=act.at)
        sheet.save(force_insert=True)
        record(_happening(sheet, "begun", {}, {"title_key": title_key, "way": way}), act)
        return sheet


def write_on(sheet: Sheet, facts: Facts, version: int, *, by: Account | None, way: Way, act: Act) -> Sheet:
    """Keep what is written so far; a fact of None is taken away.

    Refused once it was sent (K101), and where somebody else wrote since this version was shown (K102).
    """

    def change(now: Sheet) -> None:
        _refuse_unless(now, CAN_BE_WRITTEN)
        _refuse_older(now, version)
        now.draft = {name: value for name, value in {**now.draft, **facts}.items() if value is not None}
        now.written_by, now.way = by, way

    return _change(sheet, "written", change, act)


def send_sheet(sheet: Sheet, version: int, *, act: Act) -> Sheet:
    """Send what is written for checking, as the subject's own answers; refused as `write_on`, and empty (K103).

    Of a group everything may be counted, and nothing be left to write; its sheet goes as it is.
    """

    def change(now: Sheet) -> None:
        _refuse_unless(now, CAN_BE_WRITTEN)
        _refuse_older(now, version)
        if not now.draft and now.subject.kind in {Kind.PERSON, Kind.HOUSEHOLD}:
            raise Refused(problem("K103", now.uid))
        enter_answers(now.round, now.title_key, Stage.SELF, {now.subject_id: now.draft}, act=act)
        now.state, now.sent_at, now.checked_at, now.checked_by, now.note = State.SENT, act.at, None, None, ""

    return _change(sheet, "sent", change, act)


def check_sheet(sheet: Sheet, facts: Facts, version: int, *, by: Account | None, note: str, act: Act) -> Sheet:
    """Score a sheet that was sent: what the checker found stands over the subject's own answers."""

    def change(now: Sheet) -> None:
        _refuse_unless(now, {State.SENT, State.CHECKED})
        _refuse_older(now, version)
        enter_answers(now.round, now.title_key, Stage.VERIFIED, {now.subject_id: facts}, act=act)
        now.state, now.checked_at, now.checked_by, now.note = State.CHECKED, _once_sent(now, act), by, note.strip()

    return _change(sheet, "checked", change, act)


def give_back(sheet: Sheet, version: int, *, by: Account | None, note: str, act: Act) -> Sheet:
    """Give a sheet back to be completed, saying what is missing (K104 without); what was answered stays."""

    def change(now: Sheet) -> None:
        _refuse_unless(now, {State.SENT, State.CHECKED})
        _refuse_older(now, version)
        if not note.strip():
            raise Refused(problem("K104", now.uid))
        now.state, now.checked_at, now.checked_by, now.note = State.GIVEN_BACK, _once_sent(now, act), by, note.strip()

    return _change(sheet, "given_back", change, act)


def check_again(sheet: Sheet, *, act: Act) -> Sheet:
    """Let a checked sheet wait for its checker once more, because a second look found others of its village bad."""

    def change(now: Sheet) -> None:
        _refuse_unless(now, {State.CHECKED})
        now.state, now.checked_at, now.checked_by, now.note = State.SENT, None, None, ""

    return _change(sheet, "to_check_again", change, act)


def _change(sheet: Sheet, event: str, change: Callable[[Sheet], None], act: Act) -> Sheet:
    """Lock the sheet, change it, and log what differs."""
    with transaction.atomic():
        now = sheet_for_update(sheet.uid)
        if now is None:
            raise Refused(problem("H103", sheet.uid))
        before = _state(now)
        change(now)
        now.version, now.changed_at = now.version + 1, act.at
        now.save()
        after = _state(now)
        changed = {name for name in after if after[name] != before[name]}
        record(_happening(now, event, *({name: state[name] for name in changed} for state in (before, after))), act)
        return now


def _once_sent(sheet: Sheet, act: Act) -> datetime:
    """The time of a check, which is never before the sheet was sent, whatever the clock of another machine says."""
    return max(act.at, sheet.sent_at or act.at)


def _state(sheet: Sheet) -> dict[str, object]:
    return {"state": sheet.state, "way": sheet.way, "draft": dict(sheet.draft), "note": sheet.note}


def _refuse_unless(sheet: Sheet, states: frozenset[State] | set[State]) -> None:
    if State(sheet.state) not in states:
        raise Refused(problem("K101", sheet.uid, state=State(sheet.state).label))


def _refuse_older(sheet: Sheet, version: int) -> None:
    if version != sheet.version:
        raise Refused(problem("K102", sheet.uid))


def _happening(sheet: Sheet, event: str, before: Mapping[str, object], after: Mapping[str, object]) -> Happening:
    return Happening(kind="sheet", object_id=sheet.pk, event=event, before=dict(before) or None, after=dict(after))
