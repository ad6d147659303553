"""How accounts and roles are told on a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django import template
from django.conf import settings
from django.utils import timezone

from densach.accounts.phones import phone_hidden
from densach.problems import Problem
from densach.web.signing.demonstration import TrialAccounts, trial_accounts

register = template.Library()


@register.filter
def at(problems: Mapping[str, Problem], name: str) -> Problem | str:
    """The problem with one field of a form, if it has one."""
    return problems.get(name, "")


@register.filter
def when(moment: datetime) -> str:
    """A moment in Viet Nam: 08:30 23/11/2026."""
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}"


@register.filter
def hidden(phone: str) -> str:
    """A phone of which only the ends are told."""
    return phone_hidden(phone)


@register.simple_tag
def ways_in() -> dict[str, object]:
    """The ways to sign in that this installation has besides a password."""
    identity = {"name": settings.IDENTITY.name, "provider": settings.IDENTITY.key} if settings.IDENTITY else None
    return {"phone": bool(settings.PHONE_SENDER), "mail": settings.MAIL_IS_SET, "identity": identity}


@register.filter
def as_json(value: object) -> str:
    """A value as JSON, for an attribute that a script reads."""
    return json.dumps(value)


@register.simple_tag
def accounts_to_try() -> TrialAccounts | None:
    """The accounts of this demonstration, if it is one."""
    return trial_accounts(settings.HOME)
