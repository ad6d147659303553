"""What is unusual in a return, seen beside the year before and beside the places like it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from densach.places.models import Level
from densach.reporting.figures.access import Of
from densach.reporting.figures.checking import Lead, Numbers, leads_in
from densach.reporting.figures.models import Figure
from densach.reporting.figures.queries import figures_over, places_inside


def leads_for(of: Of, numbers: Numbers, today: date) -> tuple[Lead, ...]:
    """The leads of a return; places like it are those directly beside it that were accepted for the period."""
    return leads_in(of, numbers, _beside(of, today)) if numbers else ()


def _beside(of: Of, today: date) -> dict[str, list[Figure]]:
    shares = [each.code for each in of.dataset.indicators if each.kind == "share"]
    above = of.where.path[: of.where.path.rstrip("/").rfind("/") + 1]
    rows = places_inside(above, today, Level(of.where.level), fictional=of.where.place.fictional) if shares else []
    found: dict[str, list[Figure]] = defaultdict(list)
    places = [row.place_id for row in rows if row.place_id != of.where.place_id]
    for figure in figures_over(shares, [of.period.key], places):
        found[figure.indicator.code].append(figure)
    return found
