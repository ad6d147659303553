"""By when a step is due: by the parameters of the authority that decides, from the day the whole dossier came in.

Each deadline has its own rule of what asking for opinions does; a day that no text or calendar gives is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from densach.awards import by_law
from densach.awards.models import Nomination, Opinion
from densach.policy.commendation.model import Deadline, Parameters
from densach.policy.commendation.working_days import Asked, Due, calendar_of, due_by

BEFORE_THE_DECISION = ("return_if_ineligible", "appraise")


@dataclass(frozen=True)
class Term:
    """One deadline of a nomination: its text with citation and mark, and its day or why there is none."""

    deadline: Deadline
    due: Due
    late: bool


def terms_of(nomination: Nomination, parameters: Parameters, opinions: Sequence[Opinion], today: date) -> list[Term]:
    """The deadlines that run from the receipt of a nomination; none before it came in."""
    if nomination.received_on is None:
        return []
    calendar = calendar_of(by_law.law().calendars.values())
    asked = [Asked(each.asked_on, each.answered_on, each.agrees) for each in opinions]
    found = []
    for deadline in parameters.deadlines:
        if deadline.code in BEFORE_THE_DECISION:
            due = due_by(calendar, deadline, nomination.received_on, asked)
            found.append(Term(deadline, due, bool(due.is_late(today))))
    return found
