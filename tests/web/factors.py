"""Signing in with a second factor, for tests of roles that need one where nothing is made up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from densach.accounts.models import Account


def sign_in_with_factor(client: Client, who: Account) -> None:
    """A session that has shown a second factor."""
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp", "id": 1}]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
