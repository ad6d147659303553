"""The rows of one of the four counts of a commune's year, as they were when it was counted, and what changed since.

Nothing is copied: registrations, verdicts and acts stand in the log with the moment at which they were entered, so the
list is worked out again as of that moment. What there is at all is read on the last day of the year from dated rows;
what was entered about that day later can be seen by the difference alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.assessing.titles import Title
from densach.assessing.totals import keys_in
from densach.formats.vietnamese import fold, sort_key
from densach.places.models import Place
from densach.reporting.trails import queries
from densach.reporting.trails.queries import TOTAL, Counted, Known


@dataclass(frozen=True)
class Which:
    """Which of the four counts (`what`) of which title, in which commune and year; of a total no round is needed."""

    what: str
    title: Title
    place: Place
    year: int
    round: Round | None

    @property
    def on(self) -> date:
        """The day that the total speaks of."""
        return judged_on(self.round) if self.round else date(self.year, 12, 31)


@dataclass(frozen=True)
class Row:
    """One row that was counted, as the register and the paper name it."""

    name: str
    code: str = ""
    village: str = ""
    verdict: str = ""
    number: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class Listed:
    """What was counted as of a moment, by what the register knows it, and what came and went after that moment."""

    rows: Mapping[int, Counted | None]
    came: int = 0
    went: int = 0
    since: datetime | None = None

    @property
    def now(self) -> int:
        """How many there would be now."""
        return len(self.rows) + self.came - self.went


def listed(which: Which, moment: datetime | None, figure: int | None) -> Listed:
    """The rows of a count as of the moment at which it gave a figure; as they are now where it never was computed."""
    if which.what == TOTAL:
        return _total(which, moment, figure)
    if which.round is None:
        return Listed({})
    rows = queries.rows_counted(which.what, which.round, which.title)
    now = _once((row for row in rows if row.stands), which.title)
    if moment is None:
        return Listed(now)
    entered = queries.entered_since(which.what, which.round, which.title, moment)
    withdrawn = {}
    if which.what == "recognised":
        withdrawn = queries.withdrawn_since(which.round, which.title, moment)
    then = _once((row for row in rows if (row.stands or row.key in withdrawn) and row.key not in entered), which.title)
    since = min((*entered.values(), *withdrawn.values()), default=None)
    return Listed(then, len(now.keys() - then.keys()), len(then.keys() - now.keys()), since)


def named(which: Which, found: Listed) -> list[Row]:
    """The rows by name, in Vietnamese order, and of one name by their codes."""
    known = queries.known_things(which.title, which.place, which.on)
    alone = found.rows.keys() - known.keys() if which.title.kind == "person" else ()
    known |= {key: Known(name) for key, name in queries.names_of_persons(alone).items()}
    rows = (_row(row, known.get(key, Known(""))) for key, row in found.rows.items())
    return sorted(rows, key=lambda row: (sort_key(row.name), len(row.code), row.code))


def fitting(rows: Iterable[Row], text: str) -> list[Row]:
    """The rows whose name, code or village holds every word of a text, without regard to marks and order."""
    words = fold(text).split()
    return [row for row in rows if all(word in fold(f"{row.name} {row.code} {row.village}") for word in words)]


def _once(rows: Iterable[Counted], title: Title) -> dict[int, Counted | None]:
    found: dict[int, Counted | None] = {}
    for row in rows:
        found.setdefault(row.key_of(title), row)
    return found


def _row(row: Counted | None, known: Known) -> Row:
    if row is None:
        return Row(known.name, known.code, known.village)
    return Row(row.name or known.name, known.code, known.village, row.verdict, row.number, row.signed_on)


def _total(which: Which, moment: datetime | None, figure: int | None) -> Listed:
    rows: dict[int, Counted | None] = dict.fromkeys(_keys(which))
    off = len(rows) - figure if figure is not None else 0
    since = queries.first_change_of(which.title.model, which.place, moment) if off and moment else None
    return Listed(rows, since=since)


def _keys(which: Which) -> Collection[int]:
    keys = keys_in(which.place.pk, which.year, which.title.model)
    return queries.known_things(which.title, which.place, which.on) if keys is None else keys
