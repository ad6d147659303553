"""By when the centre, and then the province, is due, by the central parameters, as far as an answer gives a day 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from densach.awards import by_law
from densach.awards.calendars import working_calendar
from densach.awards.central.access import PRIME_MINISTER
from densach.awards.central.models import Answer, Receipt
from densach.policy.commendation.model import Deadline, Words
from densach.policy.commendation.parameters import parameters_for
from densach.policy.commendation.working_days import Asked, Due, due_by

NOT_BEGUN = Words("Chưa bắt đầu: chưa có ngày để tính.", "Not begun: there is no day to count from.")
# Which answer gives day 0, and whether by its own day or by the day it came here.
BEGINS: Mapping[str, tuple[Answer, str]] = {
    "complete_dossier": (Answer.ACCEPTED, "on"),
    "decision": (Answer.DECIDED, "on"),
    "decision_received": (Answer.DECIDED, "came_on"),
    "notice": (Answer.NOT_AWARDED, "on"),
}


@dataclass(frozen=True)
class Term:
    """A deadline with the day it is counted from and the day it is due, or why there is none."""

    deadline: Deadline
    day_0: date | None
    due: Due
    is_late: bool


def terms_of(receipts: Sequence[Receipt], today: date) -> list[Term]:
    """The deadlines of the centre for a package with these answers; one that was met is no longer late."""
    calendar = working_calendar()
    receipts = [row for row in receipts if row.taken_back_at is None]
    days = {(row.answer, name): getattr(row, name) for row in reversed(receipts) for name in ("on", "came_on")}
    asked = _asked(days)
    ended = any(row.packed_id for row in receipts)
    found = []
    for deadline in parameters_for(by_law.law(), PRIME_MINISTER, None).deadlines:
        begins = BEGINS.get(deadline.starts)
        day_0 = days.get(begins) if begins else None
        due = Due(None, NOT_BEGUN) if day_0 is None else due_by(calendar, deadline, day_0, asked)
        late = bool(due.is_late(today)) and not (deadline.starts == "complete_dossier" and ended)
        found.append(Term(deadline, day_0, due, late))
    return found


def _asked(days: Mapping[tuple[str, str], date]) -> list[Asked]:
    """The opinions that the centre asked for, as one: what counts is when the last agreeing one came."""
    on = days.get((Answer.ASKING, "on"))
    agreed = days.get((Answer.AGREED, "on"))
    return [Asked(on, agreed, agreed is not None or None)] if on else []
