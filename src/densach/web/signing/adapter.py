"""What the sign-in library asks of us: our words, our rules, our way to send, and our log."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy

from densach.accounts.domain import keep_phone, note_sign_in
from densach.accounts.models import Account, Way
from densach.accounts.passwords import refuse_weak
from densach.accounts.phones import phone_typed
from densach.accounts.queries import account_by_phone, account_by_username
from densach.accounts.sending import sender
from densach.history.domain import Act
from densach.problems import Refused
from densach.web.sentences import catalogue, say
from densach.web.signing.later import send_later
from densach.web.signing.networks import address_of, network_shown
from densach.web.signing.phone_field import PhoneField
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

    def get_login_stages(self) -> list[str]:
        """What comes between the first step and being in; mail and phone are confirmed elsewhere, by who wants them."""
        stages: list[str] = super().get_login_stages()
        return [stage for stage in stages if not stage.endswith(("EmailVerificationStage", "PhoneVerificationStage"))]

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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail in our words, behind the back of the page."""
        kind = PurePath(template_prefix).name
        text = say("accounts.mail_" + kind, code=context.get("code", ""), address=settings.ADDRESS.geturl())
        mail = EmailMessage(say("accounts.subject_" + kind), text, to=[email])
        send_later(mail.send)

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **_: Any) -> None:  # noqa: ARG002
        """Send a code to a phone, behind the back of the page."""
        found, text = sender(), str(say("accounts.text_message", code=code))
        if found is not None:
            send_later(partial(found.send, phone, text))

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """A phone as people write it."""
        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone: str) -> Account | None:
        """The account with a phone; only confirmed ones are kept."""
        return account_by_phone(phone_typed(phone))

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        """The phone of an account, and whether it was confirmed."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        """Keep a phone once it was confirmed; before that it might be somebody else's."""
        if verified:
            keep_phone(user, phone, act=Act(who=str(user.uid), at=timezone.now(), why="mã gửi đến điện thoại"))

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """The phone was confirmed by a code sent to it."""
        if user.phone != phone or not user.phone_verified:
            self.set_phone(user, phone, verified=True)

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
