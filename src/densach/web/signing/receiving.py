"""What is done when somebody signs in, whichever way it was."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import login_code_rejected
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
