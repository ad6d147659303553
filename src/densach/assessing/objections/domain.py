"""Everything that can happen to an objection: it is made, answered with a reason, and gone on with.

No text seen gives a deadline for the answer (Quyết định 387/QĐ-TTg, 677/QĐ-TTg), so none is kept here.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from densach.accounts.models import Account
from densach.assessing.objections.models import About, Objection, Outcome, Said, State
from densach.assessing.objections.queries import objection_for_update, open_objection
from densach.assessing.sheets.models import Sheet
from densach.assessing.sheets.queries import day_proposed, has_list
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem


def make_objection(sheet: Sheet, about: About, *, asks: str, text: str, by: Account | None, act: Act) -> Objection:
    """Object to what came out for a sheet, or to its subject being left off the list.

    Refused before there is anything to object to (K121, K122), while another waits (K123), and without words (K120).
    """
    if not (asks.strip() and text.strip()):
        raise Refused(problem("K120", sheet.uid))
    _refuse_too_early(sheet, about)
    try:
        with transaction.atomic():
            if open_objection(sheet, about) is not None:
                raise _another_waits(sheet)
            made = Objection.objects.create(sheet=sheet, about=about, asks=asks.strip(), made_at=act.at)
            after = {"sheet": str(sheet.uid), "about": about, "asks": made.asks}
            record(Happening(kind="objection", object_id=made.uid, event="made", after=after), act)
            _say(made, text, "", by, act)
            return made
    except IntegrityError as error:  # made by two at the same moment: one of them is kept
        raise _another_waits(sheet) from error


def answer_objection(objection: Objection, outcome: Outcome, text: str, *, by: Account | None, act: Act) -> Objection:
    """Answer what was written, with the reason (K120 without); refused where it was answered already (K124)."""
    with transaction.atomic():
        now = objection_for_update(objection)
        if now.state != State.OPEN:
            raise Refused(problem("K124", now.uid))
        return _go_on(now, State.ANSWERED, text, outcome, by, act)


def write_again(objection: Objection, text: str, *, by: Account | None, act: Act) -> Objection:
    """Add something, before or after an answer (K120 without words); then it waits for an answer again."""
    with transaction.atomic():
        now = objection_for_update(objection)
        waiting = open_objection(now.sheet, now.about)
        if waiting is not None and waiting.pk != now.pk:
            raise _another_waits(now.sheet)
        return _go_on(now, State.OPEN, text, "", by, act)


def _go_on(now: Objection, state: State, text: str, outcome: str, by: Account | None, act: Act) -> Objection:
    if not text.strip():
        raise Refused(problem("K120", now.uid))
    before, now.state = now.state, state
    now.save(update_fields=["state"])
    event = "answered" if outcome else "continued"
    states = {"before": {"state": before}, "after": {"state": state, "outcome": outcome}}
    record(Happening(kind="objection", object_id=now.uid, event=event, **states), act)
    _say(now, text, outcome, by, act)
    return now


def _say(objection: Objection, text: str, outcome: str, by: Account | None, act: Act) -> None:
    Said.objects.create(objection=objection, text=text.strip(), outcome=outcome, by=by, at=act.at)


def _refuse_too_early(sheet: Sheet, about: About) -> None:
    if sheet.sent_at is None:
        raise Refused(problem("K121", sheet.uid))
    if about is About.LEFT_OFF and (not has_list(sheet) or day_proposed(sheet) is not None):
        raise Refused(problem("K122", sheet.uid))


def _another_waits(sheet: Sheet) -> Refused:
    return Refused(problem("K123", sheet.uid))
