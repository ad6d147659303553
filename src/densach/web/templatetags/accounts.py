"""How accounts and roles are told on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils import timezone

from densach.problems import Problem

register = template.Library()


@register.filter
def at(problems: Mapping[str, Problem], name: str) -> Problem | str:
    """The problem with one field of a form, if it has one."""
    return problems.get(name, "")


@register.filter
def when(moment: datetime) -> str:
    """A moment in Viet Nam: 08:30 23/11/2026."""
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}"
