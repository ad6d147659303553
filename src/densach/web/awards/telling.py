"""How awards, branches, rules and what happened to a dossier are called in the language of the page."""

from __future__ import annotations

from typing import Any

from densach.awards import by_law
from densach.web.sentences import language


def award_name(code: str) -> str:
    """An award by the name of the law."""
    found = by_law.award(code)
    return told(found, "name") if found else code


def told(thing: Any, name: str) -> str:
    """A text of a policy value (`name_vi`, `name_en`) in the language of the page."""
    return str(getattr(thing, f"{name}_{language()}") or getattr(thing, f"{name}_vi"))
