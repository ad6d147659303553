"""Signing in as somebody of a commune, for the tests of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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


def queries_of(client: Client, *addresses: str) -> dict[str, int]:
    """How many queries each page takes, once what was just done has been said."""
    client.get(addresses[0])
    counted = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counted[address] = len(captured)
    return counted
