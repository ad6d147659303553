"""What is done when somebody signs in, whichever way it was."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from densach.accounts.models import Account
from densach.authority.access import viewer_of
from densach.web.asking import today
from densach.web.signing.lifetimes import begin_lifetime


@receiver(user_logged_in, dispatch_uid="densach.session_begins")
def session_begins(request: HttpRequest, user: Account, **_: Any) -> None:
    """The lifetime of a session depends on the roles of who signed in."""
    begin_lifetime(request, viewer_of(user, None, today()))
