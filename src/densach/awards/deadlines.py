"""By when a step is due: by the parameters of the authority that decides, from the day the whole dossier came in.

Each deadline has its own rule of what asking for opinions does; a day that no text or calendar gives is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from densach.awards.calendars import working_calendar
from densach.awards.models import Nomination
from densach.awards.showing import Around
from densach.policy.commendation.model import Deadline, Parameters
from densach.policy.commendation.working_days import Asked, Due, Pause, due_by

BEFORE_THE_DECISION = ("return_if_ineligible", "appraise")


@dataclass(frozen=True)
class Term:
    """One deadline of a nomination: its text with citation and mark, and its day or why there is none."""

    deadline: Deadline
    due: Due
    late: bool


def terms_of(nomination: Nomination, parameters: Parameters, around: Around, today: date) -> list[Term]:
    """The deadlines that run from the receipt of a nomination; none before it came in."""
    if nomination.received_on is None:
        return []
    calendar = working_calendar()
    asked = [Asked(each.asked_on, each.answered_on, each.agrees) for each in around.opinions]
    held = [Pause(each.began_on, each.ended_on) for each in around.holds]
    found = []
    for deadline in parameters.deadlines:
        if deadline.code in BEFORE_THE_DECISION:
            due = due_by(calendar, deadline, nomination.received_on, asked, held)
            found.append(Term(deadline, due, bool(due.is_late(today))))
    return found
