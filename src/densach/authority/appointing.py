"""Giving roles to people by what they are known as, or with an account made for them; and helping who forgot.

Nobody ever chooses from a list of accounts: an officer writes the exact name, mail or phone that a person gave them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from densach.accounts.domain import Newcomer, give_first_code, make_account
from densach.accounts.models import Account
from densach.accounts.phones import phone_typed
from densach.accounts.queries import account_named
from densach.authority.access import Viewer
from densach.authority.granting import Charge, give_role, hand_over
from densach.authority.holding import holder, may_give_all_of
from densach.authority.models import Grant
from densach.problems import Refused, problem


@dataclass(frozen=True)
class Recipient:
    """Who gets a role: the account known by what was typed, or somebody new."""

    known_as: str = ""
    newcomer: Newcomer | None = None


@dataclass(frozen=True)
class Appointed:
    """A role that was given, and for somebody new the code for a first password, told this once."""

    grant: Grant
    code: str = ""


def appoint(viewer: Viewer, recipient: Recipient, charge: Charge, *, at: datetime) -> Appointed:
    """Give a role; refused where nobody is known so (U126), and as `give_role` and `make_account` refuse."""
    with transaction.atomic():
        account, code = _account(viewer, recipient, charge.basis, at)
        return Appointed(give_role(viewer, account, charge, at=at), code)


def succeed(viewer: Viewer, uid: UUID, recipient: Recipient, *, on: date, basis: str, at: datetime) -> Appointed:
    """Hand a role over to somebody from a day on; refused as `appoint` and `hand_over` refuse."""
    with transaction.atomic():
        holder(viewer, uid)
        account, code = _account(viewer, recipient, basis, at)
        return Appointed(hand_over(viewer, uid, account, on=on, basis=basis, at=at), code)


def renew_code(viewer: Viewer, uid: UUID, why: str, *, at: datetime) -> Appointed:
    """A new code for whoever holds a role and forgot the password.

    Refused without a reason (U128), and where its holder has a role that the viewer could not give (U127).
    """
    grant = holder(viewer, uid)
    if not why.strip():
        raise Refused(problem("U128", "code_why"))
    if not may_give_all_of(viewer, grant):
        raise Refused(problem("U127", grant.role))
    return Appointed(grant, give_first_code(grant.account, act=viewer.act(at, why)))


def _account(viewer: Viewer, recipient: Recipient, basis: str, at: datetime) -> tuple[Account, str]:
    act = viewer.act(at, basis)
    if recipient.newcomer is not None:
        made = make_account(recipient.newcomer, act=act)
        return made, give_first_code(made, act=act)
    found = account_named(recipient.known_as, phone_typed(recipient.known_as))
    if found is None:
        raise Refused(problem("U126", "known_as"))
    return found, ""
