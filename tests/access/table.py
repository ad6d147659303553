"""Who may open each address of the site: the whole of it, so that a new address cannot be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from densach.authority.roles import POSTS, Right, Role
from tests.access.world import Side

Who = frozenset[Role] | Literal["anybody", "signed_in"]
Words = Callable[[Side], dict[str, Any]]


@dataclass(frozen=True)
class Address:
    """Who may open an address, by which words it speaks of one commune, and how it is asked.

    `alone` are roles of those that reach only the first commune; all others of `who` reach both.
    """

    who: Who
    words: Words | None = None
    method: Literal["get", "post"] = "get"


def holding(*rights: Right) -> frozenset[Role]:
    """The roles that have all these rights."""
    return frozenset(role for role, post in POSTS.items() if set(rights) <= post.rights)


PUBLIC = Address("anybody")
OWN = Address("signed_in")
OWN_POST = Address("signed_in", method="post")

TABLE: dict[str, Address] = {
    **dict.fromkeys(
        ("home", "find", "competence", "law", "check", "figures", "about", "accessibility", "health"), PUBLIC
    ),
    "duties": OWN,
}
