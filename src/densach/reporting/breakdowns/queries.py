"""Reading what is kept of a commune's year, and the rounds that it is counted from."""

from __future__ import annotations

from densach.assessing.models import Round
from densach.places.models import Place
from densach.reporting.breakdowns.models import Breakdown


def breakdown_of(place: int, year: int) -> Breakdown | None:
    """What is kept of a commune's year."""
    return Breakdown.objects.filter(place=place, year=year).first()


def breakdown_for_update(place: int, year: int) -> Breakdown | None:
    """The same, locked until the transaction ends."""
    return Breakdown.objects.select_for_update(of=("self",)).filter(place=place, year=year).first()


def rounds_of_year(place: Place, year: int) -> list[Round]:
    """The rounds of a commune's year, whatever reading of the law they go by, the first opened first."""
    return list(Round.objects.filter(place=place, year=year).select_related("place").order_by("pk"))
