"""The place that a command is about, as it was typed: a code or name of today, or with a day of its list behind it."""

from __future__ import annotations

from datetime import date

import densach.config.ready  # noqa: F401  - before the models below
from densach.cli.options import read_day
from densach.config.database import ensure_ready
from densach.places.lookup import get_place
from densach.places.models import Level, PlacePeriod
from densach.problems import Refused, problem


def unit_on(text: str, on: date) -> PlacePeriod:
    """The unit of a code or name on a day; "02017@2025-06-30" is the one of the list of that day.

    The database is made ready first.
    """
    ensure_ready()
    code, _, said = text.partition("@")
    return get_place(code, read_day("--place", said) if said else on)


def commune_on(text: str, on: date) -> PlacePeriod:
    """The commune of a code on a day, as `unit_on` finds it; refused (L112) for anything else."""
    found = unit_on(text, on)
    if found.level != Level.COMMUNE:
        raise Refused(problem("L112", text, name=found.name))
    return found
