"""Who sees cases: those who hear them at their place; who brought one, and what it says, the assigned one alone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from densach.accounts.models import Account
from densach.authority.access import Viewer, require
from densach.authority.roles import Right
from densach.awards.access import Wanted, may_hold, nomination_of, nominations_in
from densach.awards.cases import queries
from densach.awards.cases.models import Case
from densach.awards.models import Nomination
from densach.places.models import Place
from densach.problems import Refused, problem

HEARS = Right.HEAR_CASES
ON_A_PAGE = 50


@dataclass(frozen=True)
class Listed:
    """One page of the cases of a place, and how many there are."""

    rows: tuple[Case, ...]
    count: int
    start: int

    @property
    def following(self) -> int | None:
        """Where the next page begins."""
        return self.start + ON_A_PAGE if self.start + ON_A_PAGE < self.count else None

    @property
    def before(self) -> int | None:
        """Where the page before begins."""
        return max(0, self.start - ON_A_PAGE) if self.start else None


def require_hearer(viewer: Viewer) -> Place:
    """The place whose cases one hears; refused (H103) to others."""
    require(viewer, HEARS, "don-thu")
    if viewer.place is None:
        raise Refused(problem("H103", "don-thu"))
    return viewer.place


def cases_seen(viewer: Viewer, start: int = 0) -> Listed:
    """A page of the cases at the viewer's place."""
    rows = queries.cases_at(require_hearer(viewer))
    count = rows.count()
    start = start if start < count else 0
    return Listed(tuple(queries.page_of(rows, start, ON_A_PAGE)), count, start)


def case_of(viewer: Viewer, uid: UUID) -> Case:
    """One case; refused (H103), as if it were not there, to whoever does not hear cases at its place."""
    found = queries.case_by_uid(require_hearer(viewer), uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def is_assigned(viewer: Viewer, case: Case) -> bool:
    """Whether a case is assigned to just this viewer, who still hears cases at its place."""
    return viewer.may(HEARS) and viewer.place == case.place and viewer.account == case.assigned_to


def hearers_at(viewer: Viewer, case: Case) -> list[Account]:
    """To whom a case can be assigned."""
    return queries.who_hears(case.place, viewer.today)


def may_assign(viewer: Viewer, case: Case, hearers: list[Account]) -> bool:
    """Whether one hands a case on: the assigned one, or any who hears cases once that one no longer does."""
    here = viewer.may(HEARS) and viewer.place == case.place
    return here and (viewer.account == case.assigned_to or case.assigned_to not in hearers)


def nominations_called(viewer: Viewer, name: str) -> tuple[Nomination, ...]:
    """The nominations of this name that a case can be about."""
    require_hearer(viewer)
    found = nominations_in(viewer, None, Wanted(text=name)).rows if name else ()
    return tuple(row for row in found if may_hold(viewer, row))


def nomination_to_hear(viewer: Viewer, uid: UUID) -> Nomination:
    """A nomination that a case can be about; else H103."""
    found = nomination_of(viewer, uid)
    if not may_hold(viewer, found):
        raise Refused(problem("H103", uid))
    return found
