"""Sessions of people in their roles, made beside a site that a browser then looks at."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import Client

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.models import Account
from densach.authority.granting import END_OF_THE_MOVEMENT, Charge, Thing, give_first_role
from densach.authority.roles import Role
from densach.history.domain import Act

ACT = Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC), why="để thử")
FIRST_DAY = date(2026, 1, 1)


def session_as(who: Account, role: Role, thing: Thing) -> str:
    """Give somebody a role until the movement ends; the key of a session."""
    days = {"valid_from": FIRST_DAY, "valid_to": END_OF_THE_MOVEMENT}
    give_first_role(who, Charge(role=role, thing=thing, basis="Quyết định MẪU số 01", **days), act=ACT)
    return session_of(who)


def session_of(who: Account) -> str:
    """The key of a session in which the account has signed in."""
    browser = Client()
    browser.force_login(who)
    return str(browser.session.session_key)
