"""The four counts of many communes, on the map of a day: as they were reported, or carried to another day's map.

A figure stays with the place that reported it. On another map it is added up over the places that lie wholly in one
of that map; what was divided stands beside the sums with its own numbers, never in them. A commune without a round
has not reported, which is not 0. The number of queries does not grow with the communes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from densach.assessing.models import Round
from densach.assessing.queries import assessed_in, recognised_in, registered_in, rounds_of_places
from densach.assessing.titles import TITLES
from densach.assessing.totals import totals_in
from densach.places.lineage import Carried, Outcome, all_on_earlier_map, all_on_todays_map, related
from densach.places.lookup import NotKnown, known_on
from densach.places.models import PlacePeriod
from densach.places.queries import communes_inside, last_rows
from densach.places.telling import is_first_known


@dataclass(frozen=True)
class Counts:
    """The four counts of one model; `silent` is how many communes of those added up have no act for it yet."""

    total: int = 0
    registered: int = 0
    assessed: int = 0
    recognised: int = 0
    silent: int = 0
    communes: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.total + other.total,
            self.registered + other.registered,
            self.assessed + other.assessed,
            self.recognised + other.recognised,
            self.silent + other.silent,
            self.communes + other.communes,
        )


ByModel = Mapping[str, Counts]


@dataclass(frozen=True)
class Reported:
    """What one commune reported, under the name it had last, and where it stands on the map that was asked for."""

    period: PlacePeriod
    counts: ByModel
    carried: Carried


@dataclass(frozen=True)
class Line:
    """One commune of the map: who reported what is added up in it, and who took part that cannot be divided.

    `silent` are communes that lie wholly in it and have not reported; without anybody in `whole` it has no figures.
    """

    period: PlacePeriod
    whole: tuple[Reported, ...]
    divided: tuple[Reported, ...]
    silent: tuple[PlacePeriod, ...]

    @property
    def counts(self) -> ByModel | None:
        """The sums by model; None where nobody reported."""
        return added(each.counts for each in self.whole) if self.whole else None


@dataclass(frozen=True)
class Statistics:
    """The communes of a place on the map of a day, with the figures of one year.

    `known` is what we cannot know: without a list of that day only the communes that reported are named.
    """

    place: PlacePeriod
    year: int
    map_on: date
    lines: tuple[Line, ...]
    divided: tuple[Reported, ...]
    unknown: NotKnown | None = None
    fictional: bool = False

    @property
    def sums(self) -> ByModel:
        """The sums of all lines, without what was divided."""
        return added(line.counts for line in self.lines if line.counts is not None)


@dataclass(frozen=True)
class Asked:
    """What is asked for: the place as on a day, the year of the figures, the law they go by, and on which map."""

    place: PlacePeriod
    found_on: date
    year: int
    packs: str
    map_on: date
    fictional: bool = False


def statistics(asked: Asked) -> Statistics:
    """The figures of every commune inside a place."""
    unknown = known_on(asked.map_on) if asked.map_on != asked.found_on else None
    targets = communes_inside(asked.place, asked.found_on if unknown else asked.map_on, fictional=asked.fictional)
    near = related(row.place_id for row in targets)
    rounds = rounds_of_places(near, asked.year, asked.packs)
    carried = _carried(near, asked) if unknown is None else {}
    reported = _reported(rounds, carried, asked)
    if unknown is not None:
        lines = [Line(each.period, (each,), (), ()) for each in reported]
        return Statistics(asked.place, asked.year, asked.map_on, tuple(lines), (), unknown, asked.fictional)
    lines = _lines(targets, reported, {key: carried[key] for key in near - rounds.keys()}, asked)
    named = {row.place_id for row in targets}
    divided = tuple(
        each
        for each in reported
        if each.carried.outcome == Outcome.DIVIDED and any(row.place_id in named for row in each.carried.places)
    )
    return Statistics(asked.place, asked.year, asked.map_on, tuple(lines), divided, None, asked.fictional)


def added(many: Iterable[ByModel]) -> ByModel:
    """The sums of many by model."""
    sums: dict[str, Counts] = {title.model: Counts() for title in TITLES}
    for counts in many:
        for model, each in counts.items():
            sums[model] += each
    return sums


def _carried(places: set[int], asked: Asked) -> dict[int, Carried]:
    later = asked.map_on >= date(asked.year, 12, 31)
    return (all_on_todays_map if later else all_on_earlier_map)(places, asked.map_on)


def _reported(rounds: Mapping[int, Round], carried: Mapping[int, Carried], asked: Asked) -> list[Reported]:
    places = list(rounds)
    totals = totals_in(places, asked.year)
    registered, assessed = registered_in(rounds.values()), assessed_in(rounds.values())
    recognised = recognised_in(places, asked.year, fictional="demo" in asked.packs.split(","))

    def counts(place: int, model: str, key: str) -> Counts:
        said = (place, key)
        numbers = (registered.get(said, 0), assessed.get(said, 0), recognised.get(said, 0))
        return Counts(totals[model].get(place, 0), *numbers, silent=int(said not in recognised), communes=1)

    return [
        Reported(
            row,
            {title.model: counts(row.place_id, title.model, title.key) for title in TITLES},
            carried.get(row.place_id, Carried(Outcome.UNCHANGED, (row,))),
        )
        for row in last_rows(places)
    ]


@dataclass
class _Inside:
    whole: list[Reported] = field(default_factory=list)
    divided: list[Reported] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)


def _lines(
    targets: Sequence[PlacePeriod], reported: Iterable[Reported], silent: Mapping[int, Carried], asked: Asked
) -> list[Line]:
    inside: dict[int, _Inside] = defaultdict(_Inside)
    for each in reported:
        whole = each.carried.outcome in {Outcome.UNCHANGED, Outcome.EXACT}
        for row in each.carried.places:
            (inside[row.place_id].whole if whole else inside[row.place_id].divided).append(each)
    for place, carried in silent.items():
        if carried.outcome == Outcome.EXACT:
            inside[carried.places[0].place_id].silent.append(place)
    names = {row.place_id: row for row in last_rows(key for each in inside.values() for key in each.silent)}
    there = date(asked.year, 12, 31)
    return [
        Line(
            row,
            tuple(inside[row.place_id].whole),
            tuple(inside[row.place_id].divided),
            tuple(names[key] for key in inside[row.place_id].silent if _was_there(names[key], there)),
        )
        for row in targets
    ]


def _was_there(row: PlacePeriod, on: date) -> bool:
    """Whether a place was there on a day, as far as is known: the units of a list may be older than the list."""
    return row.valid.contains(on) or (is_first_known(row) and on < row.valid_from)
