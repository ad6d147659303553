"""What a list says of each commune: its lines looked at one by one, and the communes that it does not name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from densach.formats.vietnamese import format_date
from densach.history.intervals import Interval
from densach.places.areas.queries import communes_on
from densach.places.models import AreaFamily, AreaKind, PlacePeriod
from densach.places.queries import rows_of_places
from densach.problems import Problem, Refused, problem

FICTIONAL = "fictional"
Pair = tuple[int, AreaFamily]  # the key of a commune, and a family of kinds


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The text that a list is from, how surely we know it (a mark of the policy), and the days for which it speaks."""

    number: str
    signed_on: date
    issuer: str
    mark: str
    valid_from: date
    valid_to: date | None = None

    @property
    def days(self) -> Interval:
        """The days for which the list speaks."""
        return Interval(self.valid_from, self.valid_to)


@dataclass(frozen=True)
class Line:
    """One line of a list, `where` it stands; without days of its own it holds for all days of the list."""

    where: str
    code: str
    kind: AreaKind
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class About:
    """Of which communes a list speaks: all of some places, else of the provinces that its communes lie in.

    `named_only` is for a text that changes another: it speaks of no commune but those it names.
    """

    places: tuple[PlacePeriod, ...] = ()
    named_only: bool = False


@dataclass(frozen=True)
class Named:
    """A line with its commune and the days that it says."""

    line: Line
    commune: PlacePeriod
    valid: Interval


@dataclass(frozen=True)
class Understood:
    """A list as it was understood: its lines, and of each commune and family all that it says, without a gap.

    Between its kinds, and where a commune is not named, it says "" : none of the family.
    """

    named: tuple[Named, ...]
    scope: tuple[str, ...]
    said: dict[Pair, list[tuple[str, Interval]]]


def understood(decision: Decision, lines: Iterable[Line], about: About) -> Understood:
    """A list on the map of its first day; every wrong line is refused with its reason (L140 to L145)."""
    communes = communes_on(decision.valid_from)
    named = _named(decision, list(lines), communes, about)
    _refuse_twice(named)
    areas = () if about.named_only else about.places or _provinces_of(named, decision.valid_from)
    spoken_of = {each.commune.place_id for each in named}
    made_up = decision.mark == FICTIONAL
    spoken_of |= {row.place_id for row in communes if row.place.fictional == made_up and _lies_in(row, areas)}
    scope = tuple(sorted(str(area.place.uid) for area in areas))
    return Understood(tuple(named), scope, _said(named, spoken_of, decision.days))


def _named(decision: Decision, lines: list[Line], communes: list[PlacePeriod], about: About) -> list[Named]:
    by_code = {row.code: row for row in communes}
    wrong: list[Problem] = []
    named = []
    for line in lines:
        found = _looked_at(line, by_code.get(line.code), decision, about)
        if isinstance(found, Problem):
            wrong.append(found)
        else:
            named.append(found)
    if wrong:
        raise Refused(*wrong)
    return named


def _looked_at(line: Line, commune: PlacePeriod | None, decision: Decision, about: About) -> Named | Problem:
    if commune is None:
        return problem("L140", line.where, asked=line.code, day=format_date(decision.valid_from))
    if commune.place.fictional != (decision.mark == FICTIONAL):
        return problem("L145", line.where, name=commune.name)
    if about.places and not about.named_only and not _lies_in(commune, about.places):
        return problem("L143", line.where, name=commune.name, areas=", ".join(each.name for each in about.places))
    days = _days(line, decision)
    if days is None:
        return problem("L144", line.where, since=format_date(decision.valid_from))
    return Named(line, commune, days)


def _days(line: Line, decision: Decision) -> Interval | None:
    """The days of a line; none where it begins before its list, ends after it, or ends before it begins."""
    start, end = line.valid_from or decision.valid_from, line.valid_to or decision.valid_to
    too_late = decision.valid_to is not None and end is not None and end > decision.valid_to
    if start < decision.valid_from or too_late or (end is not None and end <= start):
        return None
    return Interval(start, end)


def _refuse_twice(named: list[Named]) -> None:
    """One commune cannot stand twice in one kind (L141), nor in two of the regions I, II, III (L142), on one day."""
    wrong = []
    for lines in _by_pair(named).values():
        for first, second in pairwise(lines):
            if first.valid.overlaps(second.valid):
                code = "L141" if first.line.kind == second.line.kind else "L142"
                wrong.append(problem(code, second.line.where, name=second.commune.name, first=first.line.where))
    if wrong:
        raise Refused(*wrong)


def _by_pair(named: list[Named]) -> dict[Pair, list[Named]]:
    """The lines of each commune and family by their first days."""
    found: dict[Pair, list[Named]] = defaultdict(list)
    for each in sorted(named, key=lambda each: each.valid.start):
        found[each.commune.place_id, each.line.kind.family].append(each)
    return found


def _provinces_of(named: list[Named], on: date) -> tuple[PlacePeriod, ...]:
    """The provinces of a day that communes lie in; the second step of a path, below the country."""
    return tuple(rows_of_places({int(each.commune.path.split("/")[1]) for each in named}, on))


def _lies_in(row: PlacePeriod, areas: Iterable[PlacePeriod]) -> bool:
    return any(row.path.startswith(area.path) for area in areas)


def _said(named: list[Named], communes: set[int], days: Interval) -> dict[Pair, list[tuple[str, Interval]]]:
    by_pair = _by_pair(named)
    families = sorted({family for _, family in by_pair})
    pairs = ((commune, family) for commune in sorted(communes) for family in families)
    return {pair: list(_pieces(by_pair.get(pair, []), days)) for pair in pairs}


def _pieces(lines: list[Named], days: Interval) -> Iterator[tuple[str, Interval]]:
    """The kinds of one commune in one family, and between them that it is none."""
    at: date | None = days.start
    for each in lines:
        if at is not None and at < each.valid.start:
            yield "", Interval(at, each.valid.start)
        yield each.line.kind, each.valid
        at = each.valid.end
    if at is not None and at != days.end:
        yield "", Interval(at, days.end)
