"""The communes or provinces below a place as a table people decide by: chosen, put in order, and added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from densach.assessing.titles import Title
from densach.formats.vietnamese import fold
from densach.places.lookup import NotKnown, known_on
from densach.places.models import Level, PlacePeriod
from densach.reporting.below.figures import STEPS, Divided, Figures, Row, Step, added, figures_of
from densach.reporting.below.queries import rounds_below, units_below
from densach.reporting.statistics import Counts


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is asked of a table: the year and title of the figures, on which map, and real or made-up communes.

    Without `fictional` it is the made-up ones in a database that has some there, else the real ones.
    """

    year: int
    title: Title
    todays_map: bool = False
    fictional: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which rows of a table, and in which order."""

    text: str = ""
    step: Step | None = None
    sort: str = "name"
    descending: bool = False


@dataclass(frozen=True)
class Province:
    """One province of the country: how many communes it has and how many reported, with the sums of those."""

    period: PlacePeriod
    rows: tuple[Row, ...]

    @property
    def communes(self) -> int:
        """How many communes it has on the map."""
        return len(self.rows)

    @property
    def reporting(self) -> int:
        """How many of them have figures."""
        return sum(row.counts is not None for row in self.rows)

    @property
    def counts(self) -> Counts | None:
        """The sums of those that reported; None where none did."""
        return added(self.rows)

    @property
    def step(self) -> Step:
        """How far the communes that reported are, by the slowest; nothing where none did."""
        return min((row.step for row in self.rows if row.counts is not None), key=STEPS.index, default=Step.SILENT)

    @property
    def open(self) -> int:
        """How many threads about its communes are not settled."""
        return sum(row.open for row in self.rows)

    @property
    def changed(self) -> datetime | None:
        """When any of them was last changed."""
        return max((row.changed for row in self.rows if row.changed), default=None)


@dataclass(frozen=True)
class Below:
    """All that lies below a place: its communes with their figures, and in a country the provinces.

    `unknown` is said where no list speaks of the day of the map: then only the communes that reported are named.
    `mixed` is whether the place has made-up communes too, which never stand beside the real ones.
    """

    place: PlacePeriod
    choice: Choice
    map_on: date
    communes: tuple[Row, ...]
    divided: tuple[Divided, ...]
    provinces: tuple[Province, ...] = ()
    unknown: NotKnown | None = None
    fictional: bool = False
    mixed: bool = False

    @property
    def is_country(self) -> bool:
        """Whether provinces are shown, and not communes."""
        return self.place.level == Level.COUNTRY

    @property
    def shown(self) -> tuple[Row, ...] | tuple[Province, ...]:
        """The rows of the table; a province without a made-up commune is none of a made-up table."""
        if not self.is_country:
            return self.communes
        return tuple(province for province in self.provinces if province.communes or not self.fictional)

    @property
    def reporting(self) -> int:
        """How many communes have figures."""
        return sum(row.counts is not None for row in self.communes)

    @property
    def counts(self) -> Counts | None:
        """The sums of the communes that reported, without what was divided."""
        return added(self.communes)

    @property
    def steps(self) -> list[tuple[Step, int]]:
        """How many communes have come to each step."""
        return [(step, count) for step in STEPS if (count := sum(row.step == step for row in self.communes))]


def below(place: PlacePeriod, choice: Choice, today: date) -> Below:
    """What lies below a place, in a constant number of queries."""
    map_on = today if choice.todays_map else min(date(choice.year, 12, 31), today)
    unknown = known_on(map_on) if map_on < today else None
    listed_on = today if unknown else map_on
    units = units_below(place.path, listed_on)
    all_communes = [row for row in units if row.level == Level.COMMUNE]
    mixed = any(row.place.fictional for row in all_communes)
    fictional = mixed if choice.fictional is None else choice.fictional and mixed
    communes = [row for row in all_communes if row.place.fictional == fictional]
    rounds = rounds_below(place.path, listed_on, choice.year, fictional=fictional)
    figures = figures_of(communes, rounds, choice.title, listed_on)
    if unknown and place.level != Level.COUNTRY:
        figures = Figures(tuple(sorted(figures.reported, key=SORTS["name"])), (), figures.reported)
    provinces = _by_province(units, figures.rows) if place.level == Level.COUNTRY else ()
    return Below(
        place, choice, map_on, figures.rows, figures.divided, provinces, unknown, fictional=fictional, mixed=mixed
    )


def chosen(rows: Sequence[Any], wanted: Wanted) -> list[Any]:
    """The rows that are wanted, in the order wanted; what has no value to go by comes last either way."""
    text = fold(wanted.text)
    found = [row for row in rows if text in row.period.folded and wanted.step in {None, row.step}]
    key = SORTS[wanted.sort]
    with_value = [row for row in found if key(row) is not None]
    others = [row for row in found if key(row) is None]
    return sorted(with_value, key=key, reverse=wanted.descending) + others


def share_of(counts: Counts | None) -> tuple[int, int] | None:
    """How many of all are recognised, where acts of every commune say so and there is anybody."""
    if counts is None or counts.silent or not counts.total:
        return None
    return counts.recognised, counts.total


def _share(row: Row | Province) -> Fraction | None:
    share = share_of(row.counts)
    return Fraction(*share) if share else None


def _count(name: str) -> Callable[[Any], Any]:
    return lambda row: None if row.counts is None else getattr(row.counts, name)


def _recognised(row: Row | Province) -> int | None:
    return None if row.counts is None or row.counts.silent == row.counts.communes else row.counts.recognised


SORTS: dict[str, Callable[[Any], Any]] = {
    "name": lambda row: (row.period.sort, row.period.pk),
    "step": lambda row: STEPS.index(row.step),
    "total": _count("total"),
    "registered": _count("registered"),
    "assessed": _count("assessed"),
    "recognised": _recognised,
    "share": _share,
    "open": lambda row: row.open,
    "changed": lambda row: row.changed,
}


def _by_province(units: Iterable[PlacePeriod], rows: Iterable[Row]) -> tuple[Province, ...]:
    inside: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        inside[row.period.path.split("/")[1]].append(row)
    provinces = (row for row in units if row.level == Level.PROVINCE)
    return tuple(Province(row, tuple(inside[str(row.place_id)])) for row in provinces)
