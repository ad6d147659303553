"""Who sees what of a person: worked out from the posts themselves, so that the page never says other than the code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from densach.authority.roles import POSTS, Over, Right, Role
from densach.places.models import Line
from densach.policy.purposes import Purpose

# With which rights each kind of data is opened; whoever it is about sees it all, and contact is seen by nobody else.
OPENED_WITH: Mapping[str, frozenset[Right]] = {
    "identity": frozenset({Right.SEE_NAMES}),
    "home": frozenset({Right.SEE_NAMES}),
    "sheets": frozenset({Right.FILL_IN_FOR_OTHERS, Right.CHECK_SHEETS}),
    "evidence": frozenset({Right.CHECK_SHEETS, Right.RUN_ROUND}),
    "recognitions": frozenset({Right.RUN_ROUND, Right.SIGN}),
    "protected": frozenset({Right.SEE_PROTECTED}),
    "contact": frozenset(),
    "praise": frozenset({Right.NOMINATE, Right.HANDLE_AWARDS}),
    "log": frozenset({Right.READ_LOG}),
}


def seers(holdings: Iterable[str]) -> tuple[Role, ...]:
    """The roles that open some kinds of data about the people in their place, in the order of the posts."""
    rights = frozenset().union(*(OPENED_WITH[name] for name in holdings))
    return tuple(role for role, post in POSTS.items() if post.over is Over.PLACE and rights & post.rights)


def seers_for(purpose: Purpose) -> tuple[Role, ...]:
    """The roles that see the data of a purpose: those of the association, or those of all others."""
    if purpose.used_by in {"everybody", "person"}:
        return ()
    of_association = purpose.used_by == "association"
    return tuple(role for role in seers(purpose.holds) if (POSTS[role].line == Line.ASSOCIATION) == of_association)
