"""Carrying what was recorded of a place to the map of another day, with divisions marked as such."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from densach.places.models import Place, PlacePeriod
from densach.places.queries import became, ever_directly_below, made_from, rows_of_places


class Outcome(StrEnum):
    """How a place stands on the map of another day."""

    UNCHANGED = "unchanged"
    EXACT = "exact"
    DIVIDED = "divided"
    GONE = "gone"


@dataclass(frozen=True)
class Carried:
    """What a place is on the map of another day.

    `unchanged`: the same place, whatever its name now. `exact`: one other place, which took in all of it. `divided`:
    the candidates, in Vietnamese order; which of them a person belongs to cannot be derived, nor a figure be split.
    `gone`: nothing that we know of.
    """

    outcome: Outcome
    places: tuple[PlacePeriod, ...] = ()


@dataclass(frozen=True)
class _Step:
    """One other place that a place leads to, and whether all of the one is in the other."""

    to: int
    whole: bool


Steps = dict[int, list[_Step]]


def on_todays_map(place: Place, on: date) -> Carried:
    """What has become of a place by a day: what was recorded of it may be shown there if it is not `divided`."""
    return all_on_todays_map([place.pk], on)[place.pk]


def all_on_todays_map(places: Iterable[int], on: date) -> dict[int, Carried]:
    """What has become of many places by a day, by key; the number of queries does not grow with the places."""
    return _carried(set(places), on, _forward)


def on_earlier_map(place: Place, on: date) -> Carried:
    """What a place was made from, on a day of an earlier list; `divided` names all places it took something from."""
    return _carried({place.pk}, on, _backward)[place.pk]


def all_on_earlier_map(places: Iterable[int], on: date) -> dict[int, Carried]:
    """What many places were made from, by key, in as many queries as `all_on_todays_map` needs."""
    return _carried(set(places), on, _backward)


def made_of(place: Place, on: date) -> dict[int, tuple[bool, date]]:
    """All that went into a place by a day, over every merger: whether all of it did, and since when."""
    found: dict[int, tuple[bool, date]] = {}
    waiting: dict[int, bool] = {place.pk: True}
    while waiting:
        edges = [edge for edge in made_from(waiting) if edge.on <= on and edge.old_id not in found]
        steps = {edge.old_id: (edge.whole and waiting[edge.new_id], edge.on) for edge in edges}
        found |= steps
        waiting = {old: whole for old, (whole, _) in steps.items()}
    return found


def related(places: Iterable[int]) -> set[int]:
    """Some places, all that ever went into them, and all that they ever went into."""
    found = set(places)
    for step, end in ((made_from, "old_id"), (became, "new_id")):
        waiting = set(found)
        while waiting:
            waiting = {getattr(edge, end) for edge in step(waiting)} - found
            found |= waiting
    return found


def _carried(places: set[int], on: date, steps_from: Callable[[set[int]], Steps]) -> dict[int, Carried]:
    there = {row.place_id: row for row in rows_of_places(places, on)}
    answers = {place: Carried(Outcome.UNCHANGED, (row,)) for place, row in there.items()}
    if not (waiting := places - there.keys()):
        return answers
    steps = steps_from(waiting)
    reached = {step.to for each in steps.values() for step in each}
    beyond = _carried(reached, on, steps_from) if reached else {}
    return answers | {place: _joined(steps.get(place, []), beyond) for place in waiting}


def _joined(steps: list[_Step], beyond: dict[int, Carried]) -> Carried:
    rows = {row.place_id: row for step in steps for row in beyond[step.to].places}
    places = tuple(sorted(rows.values(), key=lambda row: (row.sort, row.name, row.pk)))
    if not places:
        return Carried(Outcome.GONE)
    whole = all(step.whole and beyond[step.to].outcome in (Outcome.UNCHANGED, Outcome.EXACT) for step in steps)
    return Carried(Outcome.EXACT if whole and len(places) == 1 else Outcome.DIVIDED, places)


def _forward(places: set[int]) -> Steps:
    steps: Steps = defaultdict(list)
    for edge in became(places):
        steps[edge.old_id].append(_Step(edge.new_id, edge.whole))
    # A district has no successor of its own: what became of it is what became of its communes.
    for row in ever_directly_below(places - steps.keys()):
        steps[row.parent_id or 0].append(_Step(row.place_id, whole=True))
    return steps


def _backward(places: set[int]) -> Steps:
    steps: Steps = defaultdict(list)
    for edge in made_from(places):
        steps[edge.new_id].append(_Step(edge.old_id, edge.whole))
    return steps
