"""What the sign-in library asks of us: our words, our rules, our way to send, and our log."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy

from densach.accounts.domain import note_sign_in
from densach.accounts.models import Way
from densach.accounts.passwords import refuse_weak
from densach.accounts.queries import account_by_username
from densach.problems import Refused
from densach.web.sentences import catalogue, say
from densach.web.signing.networks import address_of, network_shown
from densach.web.signing.ways import way_of
from densach.web.templatetags.pages import told


class AccountAdapter(DefaultAccountAdapter):
    """Accounts as this product has them: nobody signs up, what is wrong is said in our words."""

    error_messages: dict[str, Any] = {  # noqa: RUF012  - as the library declares it
        code: lazy(say, str)("accounts.error_" + code) for code in DefaultAccountAdapter.error_messages
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  - the library's signature
        """Nobody makes an account by themselves: it comes with a slip, or from an officer."""
        return False

    def clean_password(self, password: str, user: Any = None) -> str:
        """Take a password or say why not."""
        try:
            refuse_weak(password, *((user.username, user.name) if user else ()))
        except Refused as refusal:
            raise ValidationError([told(problem) for problem in refusal.problems]) from refusal
        return password

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that tries are counted for."""
        return str(address_of(request) or "0.0.0.0")  # noqa: S104  - all who hide theirs count as one

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the account."""
        return reverse("web:account")

    def post_login(self, request: HttpRequest, user: Any, **circumstances: Any) -> HttpResponse:
        """Log by which way somebody came in."""
        way = way_of(get_authentication_records(request, user))
        note_sign_in(user, way, succeeded=True, network=network_shown(request), at=timezone.now())
        response: HttpResponse = super().post_login(request, user, **circumstances)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log a wrong password; for an unknown account too, which takes as long."""
        account = account_by_username(credentials.get("username", ""))
        note_sign_in(account, Way.PASSWORD, succeeded=False, network=network_shown(request), at=timezone.now())

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what happened in our words; what we have no sentence for goes without saying."""
        key = "accounts.done_" + PurePath(message_template or "").stem
        if not message and key in catalogue():
            message = say(key, **{name: str(word) for name, word in (message_context or {}).items()})
        if message:
            messages.add_message(request, level, str(message), extra_tags=extra_tags)
