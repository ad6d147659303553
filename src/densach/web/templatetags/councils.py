"""How the pages of councils tell things."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from densach.awards.councils.models import Sitting
from densach.policy.commendation.reading import commendation_law
from densach.web.filling import Filled
from densach.web.sentences import language, say

register = template.Library()


@register.filter
def award(code: str) -> str:
    """The name of an award in the language of the page; one that is not known by name shows its code."""
    found = commendation_law().awards.get(code)
    if found is None:
        return code
    return found.name_en if language() == "en" else found.name_vi


@register.filter
def share(sitting: Sitting) -> str:
    """A quorum as a fraction: 2/3."""
    return str(sitting.quorum)


@register.filter
def typed_at(form: Filled, name: object) -> str:
    """What was typed in a field that is named by an identity."""
    return form.typed.get(str(name), "")


@register.filter
def state_said(sitting: Sitting) -> SafeString:
    """How far a sitting has come."""
    return say(f"councils.state_{sitting.state}")


@register.filter
def at_key(found: Mapping[int, object], key: int) -> object:
    """What stands at a key of a map, if anything."""
    return found.get(key)
