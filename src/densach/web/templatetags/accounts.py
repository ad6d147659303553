"""How accounts and roles are told on a page."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from densach.problems import Problem

register = template.Library()


@register.filter
def at(problems: Mapping[str, Problem], name: str) -> Problem | str:
    """The problem with one field of a form, if it has one."""
    return problems.get(name, "")
