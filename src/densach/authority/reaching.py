"""Which person, household, clan, unit or place a viewer reaches: what the role is held over, or what lies in its place.

Whoever heads a household also reaches its members. All else is answered as if it were not there (H103).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from uuid import UUID

from densach.authority.access import Viewer, place_of
from densach.authority.granting import Thing, over_of
from densach.authority.models import Grant
from densach.authority.roles import Right
from densach.people.models import Clan, Household, Person, Unit
from densach.people.queries import household_lived_in, thing_by_uid
from densach.places.models import Place
from densach.problems import Refused, problem

T = TypeVar("T", Person, Household, Clan, Unit, Place)


def reach(viewer: Viewer, model: type[T], uid: UUID, *, own: Right, others: Right) -> T:
    """The thing of this identity, where the role is held over it and gives `own`, or reaches it and gives `others`."""
    thing = thing_by_uid(model, uid)
    if thing is None or not (is_own(viewer, thing, own) or is_reached(viewer, thing, others)):
        raise Refused(problem("H103", uid))
    return thing


def is_own(viewer: Viewer, thing: Thing, right: Right) -> bool:
    """Whether the role is held over just this thing, or over the household that this person lives in."""
    return viewer.may(right) and (viewer.holds(over_of(thing), thing.pk) or _is_of_own_household(viewer, thing))


def _is_of_own_household(viewer: Viewer, thing: Thing) -> bool:
    if not isinstance(thing, Person) or viewer.acting is None or viewer.acting.household_id is None:
        return False
    home = viewer.acting.household_id
    return bool(_once(viewer, ("lives in", home, thing.pk), lambda: household_lived_in(thing, home, viewer.today)))


def is_reached(viewer: Viewer, thing: Thing, right: Right) -> bool:
    """Whether the thing stands in the place that the role is held over."""
    if not viewer.may(right) or viewer.place is None:
        return False
    over = over_of(thing)
    where = _once(viewer, (over, thing.pk), lambda: place_of(Grant(**{over: thing}), viewer.today))
    return where is not None and viewer.reaches(where.path)


def _once(viewer: Viewer, what: Hashable, ask: Callable[[], Any]) -> Any:
    if what not in viewer.asked:
        viewer.asked[what] = ask()
    return viewer.asked[what]
