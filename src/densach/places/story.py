"""What a place was made from, what else it was called, and what has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from densach.places.lineage import Outcome, all_on_todays_map, on_todays_map
from densach.places.lookup import Found, located
from densach.places.models import Lineage
from densach.places.queries import became, made_from, periods_of, rows_of_places


@dataclass(frozen=True)
class Origin:
    """One place that a place was made from, on the day before, and the edge that says so."""

    found: Found
    edge: Lineage


@dataclass(frozen=True)
class Story:
    """A place, what it was made from, what else it was called, and where it stands today."""

    found: Found
    origins: list[Origin]
    also: list[Found]
    became: list[Lineage]
    outcome: Outcome
    now: list[Found]


@dataclass(frozen=True)
class Fate:
    """A unit of an earlier day, and the places of today that hold it or a part of it."""

    found: Found
    now: list[Found]


def story_of(found: Found, today: date) -> Story:
    """All that is known of where a place came from and went."""
    place = found.period.place
    others = [row for row in periods_of(place) if row.pk != found.period.pk]
    carried = on_todays_map(place, today)
    return Story(
        found=found,
        origins=_origins(list(made_from([place.pk]))),
        also=[each for row in others for each in located([row], row.valid_from)],
        became=list(became([place.pk])),
        outcome=carried.outcome,
        now=located(carried.places, today),
    )


def fates_of(past: Sequence[Found], today: date) -> list[Fate]:
    """For each unit of an earlier day where it is today; the number of queries does not grow with the units."""
    carried = all_on_todays_map([each.period.place_id for each in past], today)
    rows = {row.pk: row for each in carried.values() for row in each.places}
    there = {each.period.pk: each for each in located(rows.values(), today)}
    return [Fate(each, [there[row.pk] for row in carried[each.period.place_id].places]) for each in past]


def _origins(edges: list[Lineage]) -> list[Origin]:
    by_old = {edge.old_id: edge for edge in edges}
    days = {edge.on - timedelta(days=1) for edge in edges}
    found = [each for day in sorted(days) for each in located(rows_of_places(by_old, day), day)]
    return [Origin(each, by_old[each.period.place_id]) for each in found]
