"""Identities from elsewhere: linked by who is signed in, or to a new account without a role, never by a mail address.

Of what the provider tells, only its identifier and the name are kept.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy

from densach.accounts.domain import Newcomer, make_account
from densach.accounts.models import Account
from densach.formats.vietnamese import nfc, single_spaced
from densach.history.domain import Act
from densach.web.sentences import say

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class IdentityAdapter(DefaultSocialAccountAdapter):
    """What the sign-in library asks of us about identities from elsewhere."""

    error_messages: dict[str, Any] = {  # noqa: RUF012  - as the library declares it
        code: lazy(say, str)("accounts.identity_" + code) for code in DefaultSocialAccountAdapter.error_messages
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Whoever proves an identity may have an account; it has no role until somebody gives one."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:  # noqa: ARG002
        """Forget the mail address and all that we do not need, before anything is looked up by it or kept."""
        sociallogin.email_addresses = []
        identity = sociallogin.account
        identity.extra_data = {}
        if identity.pk:
            identity.save(update_fields=["extra_data"])

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Account:  # noqa: ARG002
        """The name that others read; the name to sign in with is chance."""
        user: Any = sociallogin.user
        told = single_spaced(nfc(str(data.get("name") or "")))[:120]
        user.name = told if len(told) > 1 else str(say("accounts.identity_unnamed"))
        assert isinstance(user, Account)  # noqa: S101  - the library makes what the settings name
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: object = None) -> Account:  # noqa: ARG002
        """Make the account as any other is made, with its entry in the log."""
        username = "dinh-danh." + "".join(secrets.choice(_LETTERS) for _ in range(8))
        act = Act(who="đăng nhập định danh", at=timezone.now(), why="người dùng tự đăng nhập lần đầu")
        made = make_account(Newcomer(username, str(sociallogin.user)), act=act)
        sociallogin.user = made
        sociallogin.save(request)
        return made

    def on_authentication_error(self, request: HttpRequest, provider: Any, *_: Any, **__: Any) -> None:  # noqa: ARG002
        """Back to signing in, with a sentence; what the provider said is not shown."""
        messages.error(request, say("accounts.identity_error"))
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("web:sign_in")))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:  # noqa: ARG002
        """Back to the page of identities."""
        return reverse("web:identities")
