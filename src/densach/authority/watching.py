"""The log of sign-ins of those who hold a role in a viewer's place: for roles that read the log."""

from __future__ import annotations

from dataclasses import dataclass

from densach.accounts.models import SignIn
from densach.accounts.queries import sign_ins_of_accounts
from densach.authority.access import Viewer, require
from densach.authority.queries import grants_named, grants_within
from densach.authority.roles import Right
from densach.places.models import Level
from densach.problems import Refused, problem

A_PAGE = 50


@dataclass(frozen=True)
class Page:
    """Some rows of the log, the latest first, and whether more follow."""

    rows: list[SignIn]
    has_more: bool


def sign_ins_within(viewer: Viewer, text: str, start: int) -> Page:
    """How people with a role here signed in or tried, of whose name a text is part.

    What was tried with names that nobody has belongs to no place, and is shown over the country only.
    """
    require(viewer, Right.READ_LOG, "nhat-ky")
    if viewer.where is None or viewer.place is None:
        raise Refused(problem("H103", "nhat-ky"))
    grants = grants_named(grants_within(viewer.where, viewer.today), text, None)
    with_nobodys = viewer.where.level == Level.COUNTRY and not text
    found = sign_ins_of_accounts(grants.order_by().values("account"), with_nobodys=with_nobodys)
    some = list(found[start : start + A_PAGE + 1])
    return Page(some[:A_PAGE], len(some) > A_PAGE)
