"""Who holds what in a viewer's place: for those who give roles there, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from densach.authority.access import Viewer, require
from densach.authority.describing import HeldRole, described
from densach.authority.granting import may_give
from densach.authority.models import Grant
from densach.authority.queries import grants_in_force, grants_named, grants_of_unit, grants_within
from densach.authority.roles import Right, Role
from densach.problems import Refused, problem

A_PAGE = 50
SOON = timedelta(days=30)  # long enough to have a new assignment signed before the old one ends


@dataclass(frozen=True)
class Asked:
    """Which roles are looked for: of whose name a text is part, of one role, ending soon; from one of them on."""

    text: str = ""
    role: Role | None = None
    ending: bool = False
    start: int = 0


@dataclass(frozen=True)
class Page:
    """Some roles with the names of what they are over, how many there are, and whether more follow."""

    held: list[HeldRole]
    count: int
    has_more: bool


def holders(viewer: Viewer, asked: Asked) -> Page:
    """The roles held in the viewer's place, by the names of their holders."""
    found = grants_named(_in_scope(viewer), asked.text, asked.role)
    if asked.ending:
        found = found.filter(valid_to__lte=viewer.today + SOON)
    some = list(found[asked.start : asked.start + A_PAGE + 1])
    return Page(described(some[:A_PAGE], viewer.today), found.count(), len(some) > A_PAGE)


def ending_soon(viewer: Viewer) -> int:
    """How many roles that the viewer may give end within a month."""
    names = viewer.post.names if viewer.post else frozenset()
    return _in_scope(viewer).filter(role__in=names, valid_to__lte=viewer.today + SOON).count()


def holder(viewer: Viewer, uid: UUID) -> Grant:
    """One role that is held in the viewer's place; refused (H103) elsewhere."""
    grant = _in_scope(viewer).filter(uid=uid).first()
    if grant is None:
        raise Refused(problem("H103", uid))
    return grant


def may_end(viewer: Viewer, grant: Grant) -> bool:
    """Whether the viewer may end it, hand it over and give its holder a new code."""
    return may_give(viewer, grant)


def may_give_all_of(viewer: Viewer, grant: Grant) -> bool:
    """Whether the viewer may give every role that its holder has: else a new password would be a way to higher ones."""
    return all(may_give(viewer, held) for held in grants_in_force(grant.account, viewer.today))


def _in_scope(viewer: Viewer) -> QuerySet[Grant]:
    require(viewer, Right.GIVE_RIGHTS, "vai")
    if viewer.acting is not None and viewer.acting.unit is not None:
        return grants_of_unit(viewer.acting.unit, viewer.today)
    if viewer.where is None or viewer.place is None:
        raise Refused(problem("H103", "vai"))
    return grants_within(viewer.where, viewer.today)
