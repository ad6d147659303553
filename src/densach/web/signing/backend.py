"""Whose session it is; nearly every page asks."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from densach.accounts.models import Account
from densach.accounts.queries import account_by_key


class Backend(AuthenticationBackend):
    """The library's own, but for how the account of a session is found."""

    def get_user(self, user_id: int) -> Account | None:
        """The account, unless it was closed meanwhile."""
        account = account_by_key(user_id)
        return account if account is not None and self.user_can_authenticate(account) else None
