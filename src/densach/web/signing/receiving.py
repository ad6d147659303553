"""What is done when somebody signs in, whichever way it was."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import login_code_rejected
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from densach.accounts.domain import note_sign_in
from densach.accounts.models import Account, Way
from densach.authority.access import viewer_of
from densach.web.asking import today
from densach.web.signing.lifetimes import begin_lifetime
from densach.web.signing.networks import network_shown
from densach.web.signing.ways import WAYS_OF_FACTORS


@receiver(user_logged_in, dispatch_uid="densach.session_begins")
def session_begins(request: HttpRequest, user: Account, **_: Any) -> None:
    """The lifetime of a session depends on the roles of who signed in."""
    begin_lifetime(request, viewer_of(user, None, today()))


@receiver(login_code_rejected, dispatch_uid="densach.code_rejected")
def code_rejected(request: HttpRequest, user: Account, **_: Any) -> None:
    """A wrong code is logged as a wrong password is."""
    stage = getattr(request, "_login_stage", None)
    way = Way.PHONE if stage is not None and stage.state.get("phone") else Way.MAIL
    note_sign_in(user, way, succeeded=False, network=network_shown(request), at=timezone.now())


@receiver(authentication_failed, dispatch_uid="densach.factor_failed")
def factor_failed(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """A wrong second factor is logged as a wrong password is."""
    way = WAYS_OF_FACTORS[authenticator.type]
    note_sign_in(user, way, succeeded=False, network=network_shown(request), at=timezone.now())


@receiver(authenticator_added, dispatch_uid="densach.factor_added")
def factor_added(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """Whoever has just shown that the factor works need not show it again in this session."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
