"""The second factor: what the library asks of us, and which roles cannot be used without one."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.safestring import SafeString

from densach.accounts.models import Account
from densach.accounts.secrets import hide, reveal
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.formats.certificates.qr import qr_svg
from densach.web.sentences import say

# Who signs, gives rights or lets law come into force is worth a thief's while; all others may use one, and need not.
RIGHTS = frozenset({Right.SIGN, Right.GIVE_RIGHTS, Right.APPROVE_LAW})
NAME = "Đèn Sách"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Our words, our picture, and secrets that a copy of the database does not tell."""

    error_messages: dict[str, Any] = {  # noqa: RUF012  - as the library declares it
        code: lazy(say, str)("accounts.factor_" + code) for code in DefaultMFAAdapter.error_messages
    }

    def get_totp_label(self, user: Any) -> str:
        """The sign-in name, as it stands in the app on the phone."""
        return str(user.username)

    def get_totp_issuer(self) -> str:
        """Who asks for the code."""
        return NAME

    def build_totp_svg(self, url: str) -> str:
        """The QR code for the app, drawn by us into the page."""
        return SafeString(qr_svg(url))

    def encrypt(self, text: str) -> str:
        """Hide a secret before it is written."""
        return hide(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret that was written."""
        return reveal(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002, ARG002  - the library's signature
        """A name for a key that got none."""
        return str(say("accounts.key_unnamed"))


def needs_second_factor(seen: Viewer) -> bool:
    """Whether the role in use is one that needs it."""
    return seen.post is not None and not RIGHTS.isdisjoint(seen.post.rights)


def came_with_second_factor(request: HttpRequest) -> bool:
    """Whether this session has shown one."""
    user = request.user
    records = get_authentication_records(request, user) if isinstance(user, Account) else []
    return any(record["method"] == "mfa" for record in records)
