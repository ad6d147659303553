"""Who is looking, in which role, and how far it reaches; every room asks here before it shows or changes anything.

Whatever lies outside is answered as if it did not exist (H103), so that nobody learns by guessing that it does.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from densach.accounts.models import Account
from densach.authority.models import Grant
from densach.authority.queries import grants_in_force, place_on
from densach.authority.roles import POSTS, Over, Post, Right, Role
from densach.history.domain import Act
from densach.places.models import Place, PlacePeriod
from densach.places.queries import period_of
from densach.problems import Refused, problem


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks, on a day, in one of the roles held; without a role only what is public can be seen.

    `where` is the place of the role today, or the place in which its household, clan, unit or person stands. `asked`
    keeps what the register said of a thing, so that one page never asks it twice.
    """

    account: Account | None
    grants: tuple[Grant, ...]
    acting: Grant | None
    where: PlacePeriod | None
    today: date
    asked: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def role(self) -> Role | None:
        """The role one looks in."""
        return Role(self.acting.role) if self.acting else None

    @property
    def post(self) -> Post | None:
        """What goes with that role."""
        return POSTS[self.role] if self.role else None

    @property
    def place(self) -> Place | None:
        """The place that the role is held over; none where it is held over less than a place."""
        return self.acting.place if self.acting else None

    @property
    def in_demonstration(self) -> bool | None:
        """Whether this database shows made-up places, as it was read with the roles; unknown without any."""
        return self.grants[0].in_demonstration if self.grants else None

    def may(self, right: Right) -> bool:
        """Whether the role gives a right at all, over whatever it is held."""
        return self.post is not None and right in self.post.rights

    def reaches(self, path: str) -> bool:
        """Whether a place with this path lies in the place of the role."""
        return self.place is not None and self.where is not None and path.startswith(self.where.path)

    def holds(self, over: Over, key: int) -> bool:
        """Whether the role is held over just this thing."""
        return self.acting is not None and getattr(self.acting, f"{over}_id") == key

    def act(self, at: datetime, why: str = "") -> Act:
        """The circumstances under which this viewer does something; the log names accounts by their identity."""
        return Act(who=f"{self.account.uid} {self.role or ''}".strip() if self.account else "", at=at, why=why)


def nobody(today: date) -> Viewer:
    """A visitor who has not signed in."""
    return Viewer(None, (), None, None, today)


def viewer_of(account: Account, chosen: UUID | None, today: date) -> Viewer:
    """The viewer an account is today, in the role that was chosen, else in the one that reaches furthest."""
    grants = tuple(sorted(grants_in_force(account, today), key=_reach))
    acting = next((grant for grant in grants if grant.uid == chosen), next(iter(grants), None))
    where = (acting.place_now or place_of(acting, today)) if acting else None
    return Viewer(account, grants, acting, where, today)


def require(viewer: Viewer, right: Right, where: object = "") -> None:
    """Refuse (H103), as if there were nothing here, whoever does not have the right."""
    if not viewer.may(right):
        raise Refused(problem("H103", where))


def place_within(viewer: Viewer, right: Right, place: Place) -> PlacePeriod:
    """The row of today of a place that the viewer has a right in; refused (H103) outside."""
    row = period_of(place, viewer.today)
    if row is None or not viewer.may(right) or not viewer.reaches(row.path):
        raise Refused(problem("H103", place.uid))
    return row


def _reach(grant: Grant) -> int:
    return [*reversed(Over)].index(grant.over)


def place_of(grant: Grant, today: date) -> PlacePeriod | None:
    """The row of today of the place in which a role is held, as far as it is known."""
    return place_on(grant.over, getattr(grant, f"{grant.over}_id"), today)
