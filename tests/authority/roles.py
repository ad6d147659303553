"""Made-up accounts in a role, and whoever looks in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from densach.authority.roles import Role

if TYPE_CHECKING:
    from densach.accounts.models import Account
    from densach.authority.access import Viewer
    from densach.authority.granting import Thing
    from densach.authority.models import Grant
    from densach.history.domain import Act

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)
BASIS = "Quyết định MẪU số 01/QĐ-UBND"


def account(username: str) -> Account:
    """An account that signs in by name; its password is `matkhau-MAU-1315`."""
    from densach.accounts.models import Account

    return Account.objects.create(
        username=username, name=f"Người MẪU {username}", made_at=NOW, password=_stored("matkhau-MAU-1315")
    )


@cache
def _stored(password: str) -> str:
    """As it is stored; made once, because it takes long on purpose."""
    from django.contrib.auth.hashers import make_password

    return make_password(password)


def given(who: Account, role: Role, thing: Thing, act: Act) -> Grant:
    """A role of this year that nobody in the test had to give."""
    from densach.authority.granting import Charge, give_first_role

    days = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1)}
    return give_first_role(who, Charge(role=role, thing=thing, basis=BASIS, **days), act=act)


def viewer(role: Role, thing: Thing, act: Act, today: date = TODAY) -> Viewer:
    """Somebody who looks in one role over one thing."""
    from densach.accounts.models import Account
    from densach.authority.access import viewer_of

    who = account(f"{role}-{Account.objects.count()}")
    given(who, role, thing, act)
    return viewer_of(who, None, today)


def in_role(who: Account, grant: Grant | None, today: date = TODAY) -> Viewer:
    """The account in one of its roles."""
    from densach.authority.access import viewer_of

    return viewer_of(who, UUID(str(grant.uid)) if grant else None, today)
