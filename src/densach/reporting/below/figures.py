"""The rounds below a place and their four counts, as one reads them from above.

As they were reported, or carried to the map of another day: a figure is added up only where a commune lies wholly in
one of that map (`places.lineage`); what was divided stands beside the sums. A commune without a round has not reported,
which is not 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from densach.assessing.models import Round
from densach.assessing.titles import TITLES, Title
from densach.assessing.totals import Totals, totals_in
from densach.places.lineage import Carried, Outcome, all_on_todays_map
from densach.places.models import PlacePeriod
from densach.places.queries import last_rows
from densach.reporting.below.queries import Told, counted_in
from densach.reporting.statistics import Counts

Mark = Literal["recognised", "assessed", "registered", "nothing"]
Numbers = tuple[int, int, int | None]


class Step(StrEnum):
    """How far a round has come, as its own rows show it; without a round nothing was reported."""

    SILENT = "silent"
    OPENED = "opened"
    REGISTERED = "registered"
    JUDGED = "judged"
    LISTED = "listed"
    SIGNED = "signed"
    CLOSED = "closed"


STEPS = tuple(Step)


@dataclass(frozen=True)
class Seen:
    """One round as a list tells it: how far it is, what is open, what was said of its file, when it last changed.

    `numbers` gives for each title how many registered, were assessed and are recognised; the last is None while no act
    is recorded.
    """

    round: Round
    step: Step
    numbers: Mapping[str, Numbers]
    open: int
    opinion: str
    changed: datetime | None

    def counts(self, title: Title, totals: Totals) -> Counts:
        """The four counts of a title; `totals` are those of its model."""
        registered, assessed, recognised = self.numbers[title.key]
        total = totals[title.model].get(self.round.place_id, 0)
        silent = int(recognised is None)
        return Counts(total, registered, assessed, recognised or 0, silent=silent, communes=1)

    @property
    def strip(self) -> tuple[tuple[str, Mark], ...]:
        """For each model the furthest that anybody in the commune has come."""
        return tuple((title.model, _mark(self.numbers[title.key])) for title in TITLES)


@dataclass(frozen=True)
class Row:
    """One commune of the map: the rounds that are added up in it, and those of which it has a part.

    `own` is its own round, `counts` the sums for the title that was asked for; None where nobody reported.
    """

    period: PlacePeriod
    counts: Counts | None = None
    own: Seen | None = None
    whole: tuple[Seen, ...] = ()
    divided: tuple[Seen, ...] = ()

    @property
    def step(self) -> Step:
        """How far the commune's own round is; of several that were merged, how far the slowest is."""
        return min((seen.step for seen in self.whole), key=STEPS.index, default=Step.SILENT)

    @property
    def open(self) -> int:
        """How many threads are not settled."""
        return sum(seen.open for seen in self.whole)

    @property
    def changed(self) -> datetime | None:
        """When any of its rounds was last changed."""
        return max((seen.changed for seen in self.whole if seen.changed), default=None)


@dataclass(frozen=True)
class Divided:
    """A round whose commune was divided: its figures belong to none of the communes named."""

    name: str
    counts: Counts | None
    now_in: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """The communes of a place on a map with the figures of one title in one year; `reported` by who reported them."""

    rows: tuple[Row, ...]
    divided: tuple[Divided, ...]
    reported: tuple[Row, ...]


@dataclass
class _Parts:
    whole: list[Seen] = field(default_factory=list)
    divided: list[Seen] = field(default_factory=list)


def figures_of(targets: Sequence[PlacePeriod], rounds: Iterable[Told], title: Title, map_on: date) -> Figures:
    """The figures of some communes from the rounds that may lie in them, whether or not they are on the map."""
    seen = seen_of(rounds)
    here = {row.place_id for row in targets}
    former = {place for place in seen if place not in here}
    carried = all_on_todays_map(former, map_on) if former else {}
    landed = {place: each for place, each in carried.items() if any(row.place_id in here for row in each.places)}
    kept = {place: each for place, each in seen.items() if place in here or place in landed}
    totals = totals_in(kept, next(iter(kept.values())).round.year, [title.model]) if kept else {title.model: {}}
    parts = _parted(kept, landed)
    rows = tuple(_row(row, parts[row.place_id], title, totals) for row in targets)
    periods = [*(row for row in targets if row.place_id in kept), *(last_rows(landed) if landed else ())]
    reported = tuple(_row(period, _Parts([kept[period.place_id]]), title, totals) for period in periods)
    beside = tuple(
        Divided(row.period.name, row.counts, tuple(each.name for each in landed[row.period.place_id].places))
        for row in reported
        if row.period.place_id in landed and landed[row.period.place_id].outcome == Outcome.DIVIDED
    )
    return Figures(rows, beside, reported)


def seen_of(rounds: Iterable[Told]) -> dict[int, Seen]:
    """Some rounds of one year as a list tells them, by place; of two of one place that with more packs of law."""
    last = {each.round.place_id: each for each in rounds}
    found: dict[tuple[str, int, str, bool], int] = {}
    if last:
        found = {
            (what, place, key, made_up): n
            for what, place, key, made_up, n in counted_in([each.round for each in last.values()])
        }
    return {place: _seen(each, found) for place, each in last.items()}


def added(rows: Iterable[Row]) -> Counts | None:
    """The sums of some communes; None where none of them reported."""
    counts = [row.counts for row in rows if row.counts is not None]
    return sum(counts, Counts()) if counts else None


def _seen(told: Told, found: Mapping[tuple[str, int, str, bool], int]) -> Seen:
    round_ = told.round

    def numbers(key: str) -> Numbers:
        registered, assessed = (found.get((what, round_.place_id, key, False), 0) for what in "ra")
        return registered, assessed, found.get(("s", round_.place_id, key, round_.is_fictional))

    by_title = {title.key: numbers(title.key) for title in TITLES}
    return Seen(round_, _step(told, by_title), by_title, told.open, told.opinion, told.changed)


def _step(told: Told, numbers: Mapping[str, Numbers]) -> Step:
    """The furthest step of which there is a trace."""
    traces = {
        Step.CLOSED: told.round.closed_on is not None,
        Step.SIGNED: any(signed is not None for _, _, signed in numbers.values()),
        Step.LISTED: told.listed,
        Step.JUDGED: any(assessed for _, assessed, _ in numbers.values()),
        Step.REGISTERED: any(registered for registered, _, _ in numbers.values()),
    }
    return next((step for step, trace in traces.items() if trace), Step.OPENED)


def _mark(numbers: Numbers) -> Mark:
    registered, assessed, recognised = numbers
    if recognised:
        return "recognised"
    return "assessed" if assessed else "registered" if registered else "nothing"


def _parted(kept: Mapping[int, Seen], landed: Mapping[int, Carried]) -> Mapping[int, _Parts]:
    """By commune of the map, whose rounds lie wholly in it and whose in part."""
    parts: dict[int, _Parts] = defaultdict(_Parts)
    for place, seen in kept.items():
        if place not in landed:
            parts[place].whole.append(seen)
            continue
        for row in landed[place].places:
            exact = landed[place].outcome == Outcome.EXACT
            (parts[row.place_id].whole if exact else parts[row.place_id].divided).append(seen)
    return parts


def _row(period: PlacePeriod, parts: _Parts, title: Title, totals: Totals) -> Row:
    counts = [seen.counts(title, totals) for seen in parts.whole]
    own = next((seen for seen in parts.whole if seen.round.place_id == period.place_id), None)
    return Row(period, sum(counts, Counts()) if counts else None, own, tuple(parts.whole), tuple(parts.divided))
