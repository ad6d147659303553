"""Reading leads about communes, and the numbers they are found in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, F

from densach.assessing.models import Assessment, Round
from densach.reporting.figures.models import Figure
from densach.reporting.formalism.models import CommuneLead


def leads_in(places: Collection[int], year: int) -> list[CommuneLead]:
    """The leads about some communes in a year, those nobody decided first."""
    rows = CommuneLead.objects.filter(place__in=places, year=year).select_related("decided_by")
    return sorted(rows, key=lambda row: (row.stand != "open", row.pk))


def lead_by_uid(uid: UUID) -> CommuneLead | None:
    """One lead."""
    return CommuneLead.objects.filter(uid=uid).select_related("place", "decided_by").first()


def lead_for_update(uid: UUID) -> CommuneLead:
    """The same lead as it is now, locked until the transaction ends."""
    return CommuneLead.objects.select_for_update(of=("self",)).get(uid=uid)


def known_in(places: Collection[int], year: int) -> set[tuple[int, str, str]]:
    """The leads that were found before: place, kind, what it is about."""
    return set(CommuneLead.objects.filter(place__in=places, year=year).values_list("place", "kind", "about"))


def counts_of(codes: Collection[str], period: int, places: Collection[int]) -> dict[int, dict[str, int]]:
    """Accepted counts of some communes in one period, by place and code."""
    rows = Figure.objects.filter(indicator__code__in=codes, period=period, place__in=places)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for place, code, value in rows.values_list("place", "indicator__code", "value"):
        found[place][code] = value
    return found


def rounds_judged(places: Collection[int], year: int, title_key: str) -> list[Round]:
    """The rounds of a year of some communes in which somebody was judged for a title."""
    judged = Assessment.objects.filter(title_key=title_key, round__place__in=places, round__year=year)
    return list(Round.objects.filter(pk__in=judged.values("round")).select_related("place").order_by("pk"))


def points_in(rounds: Collection[int], title_key: str) -> dict[int, dict[int, int]]:
    """How many have which points, where they are known exactly, by commune."""
    rows = Assessment.objects.filter(round__in=rounds, title_key=title_key, points_low__isnull=False)
    rows = rows.filter(points_low=F("points_high")).order_by()
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for place, points, count in rows.values_list("round__place", "points_low").annotate(Count("pk")):
        found[place][points] = found[place].get(points, 0) + count
    return found
