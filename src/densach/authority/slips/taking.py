"""Taking up a role with a slip: by its code and the year of birth, then with a new account or the one in use."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from densach.accounts.codes import code_hash
from densach.accounts.domain import Newcomer, keep_phone, make_account, name_to_sign_in
from densach.accounts.models import Account
from densach.authority.granting import END_OF_THE_MOVEMENT, Charge, give_first_role
from densach.authority.models import Grant
from densach.authority.roles import Role
from densach.authority.slips.models import Slip
from densach.authority.slips.queries import slip_by_hash_for_update, slip_for_update
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem

MOST_TRIES = 5  # with the right code and the wrong year: whoever found a slip in the street gets no further


def look_at_slip(code: str, birth_year: str, *, today: date) -> Slip:
    """The slip, if the code and the year of birth are right and it still holds; refused alike (U121) for all else."""
    with transaction.atomic():
        slip = slip_by_hash_for_update(code_hash(code))
        if slip is None or not _holds(slip, today):
            raise Refused(problem("U121", "code"))
        fits = slip.holder.birth_date is not None and birth_year.strip() == str(slip.holder.birth_date.year)
        if not fits:
            slip.tries += 1
            slip.save(update_fields=["tries"])
    if not fits:
        raise Refused(problem("U121", "code"))
    return slip


def slip_looked_at(uid: UUID, *, today: date) -> Slip:
    """The slip that was looked at before, while it still holds; refused (U121) where it does not."""
    with transaction.atomic():
        return _open(uid, today)


def take_as_newcomer(uid: UUID, username: str, password: str, *, at: datetime, today: date) -> Account:
    """Make an account for whom the slip is meant and give it the role; nothing is kept where anything is refused."""
    with transaction.atomic():
        slip = _open(uid, today)
        act = Act(who=f"phiếu {slip.number}", at=at, why=_basis(slip))
        account = make_account(Newcomer(username, slip.holder.full_name), password=password, act=act)
        _use(slip, account, at=at, today=today)
        return account


def take_by_phone(uid: UUID, phone: str, *, at: datetime, today: date) -> Account:
    """The same with a phone that a code has just confirmed: by a code to it the account is entered from now on.

    The account has no password and a name made for it; refused (U115) in the unlikely case that the name is taken.
    """
    with transaction.atomic():
        slip = _open(uid, today)
        act = Act(who=f"phiếu {slip.number}", at=at, why=_basis(slip))
        name = slip.holder.full_name
        account = make_account(Newcomer(name_to_sign_in(name), name), act=act)
        keep_phone(account, phone, act=act)
        _use(slip, account, at=at, today=today)
        return account


def take_with_account(uid: UUID, account: Account, *, at: datetime, today: date) -> Grant:
    """Add the role to an account that is signed in; refused (U104) where it holds it already."""
    with transaction.atomic():
        return _use(_open(uid, today), account, at=at, today=today)


def _open(uid: UUID, today: date) -> Slip:
    slip = slip_for_update(uid)
    if slip is None or not _holds(slip, today):
        raise Refused(problem("U121", "code"))
    return slip


def _use(slip: Slip, account: Account, *, at: datetime, today: date) -> Grant:
    act = Act(who=str(account.uid), at=at, why=_basis(slip))
    days = {"valid_from": today, "valid_to": END_OF_THE_MOVEMENT}
    grant = give_first_role(
        account, Charge(role=Role(slip.role), thing=slip.thing, basis=_basis(slip), **days), act=act
    )
    slip.used_by, slip.used_at = account, at
    slip.save(update_fields=["used_by", "used_at"])
    record(Happening(kind="slip", object_id=slip.pk, event="used", after={"account": str(account.uid)}), act)
    return grant


def _holds(slip: Slip, today: date) -> bool:
    return slip.used_at is None and slip.ended_at is None and today < slip.valid_to and slip.tries < MOST_TRIES


def _basis(slip: Slip) -> str:
    return f"Phiếu giấy số {slip.number}"
