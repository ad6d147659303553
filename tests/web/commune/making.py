"""Signing in as somebody of a commune, for the tests of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client

from tests.authority.roles import account, given

if TYPE_CHECKING:
    from densach.authority.granting import Thing
    from densach.authority.roles import Role
    from densach.history.domain import Act


def signed_in(role: Role, thing: Thing, act: Act) -> Client:
    """A browser in which somebody of this role has signed in."""
    from densach.accounts.models import Account

    who = account(f"{role}-{Account.objects.count()}")
    given(who, role, thing, act)
    client = Client()
    client.force_login(who)
    return client
