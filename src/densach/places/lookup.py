"""Finding a place from what somebody typed: a code, a name, a name without marks, "P. Ba Đình, TP. Hà Nội"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from densach.formats.vietnamese import fold, format_date, nfc, single_spaced, tone_key
from densach.places.models import CodeList, Level, PlacePeriod
from densach.places.queries import (
    above_by_place,
    names_in_force,
    real_lists,
    units_by_code,
    units_holding,
    units_with_half,
    units_with_letters,
)
from densach.places.typed import (
    area_spelled_out,
    halves,
    letters,
    one_letter_off,
    spelled_out,
    typeless,
    with_area_behind,
)
from densach.problems import Refused, problem


class Likeness(IntEnum):
    """How near a name is to what was typed, nearest first."""

    EXACT = 0
    TONE_PLACED_ELSEWHERE = 1
    MARKS_MISSING = 2
    WRITTEN_TOGETHER = 3
    BEGINS = 4
    HOLDS = 5
    OTHER_TYPE = 6
    ONE_LETTER = 7
    OTHER_AREA = 8


@dataclass(frozen=True)
class Found:
    """A place as it was on the day asked for, and the units it lay in: the district if there was one, the province."""

    period: PlacePeriod
    above: tuple[PlacePeriod, ...]
    likeness: Likeness = Likeness.EXACT

    @property
    def label(self) -> str:
        """The name, always with its province."""
        return ", ".join(row.name for row in (self.period, *self.above))

    @property
    def district(self) -> PlacePeriod | None:
        """The district it lay in."""
        return next((row for row in self.above if row.level == Level.DISTRICT), None)

    @property
    def province(self) -> PlacePeriod | None:
        """The province it lay in; None for a province itself."""
        return next((row for row in self.above if row.level == Level.PROVINCE), None)


@dataclass(frozen=True)
class NotKnown:
    """The answer for a day on which we hold no list of places: neither yes nor no.

    `nearest` is what the first list after that day has under the name or code that was asked, where a list of an
    earlier day confirms it: likely, never certain.
    """

    on: date
    lists: tuple[CodeList, ...]
    nearest: tuple[Found, ...] = ()

    def refusal(self) -> Refused:
        """The answer as a refusal, for work that cannot go on without the place."""
        spans = "; ".join(map(list_span, self.lists))
        return Refused(problem("L103", format_date(self.on), lists=spans))


@dataclass(frozen=True)
class Looked:
    """The units of today and of before that may be meant; `loosely` says how all of them differ where nothing fits."""

    present: list[Found]
    past: list[Found]
    loosely: Likeness | None = None


def known_on(on: date) -> NotKnown | None:
    """None if some list speaks of this day; otherwise the explicit answer that it is not known."""
    lists = tuple(real_lists())
    return None if any(each.known.contains(on) for each in lists) else NotKnown(on, lists)


def find_place(code_or_name: str, on: date) -> Found | NotKnown:
    """The one unit with this code or name on a day; refuses (L101, L102) when there is none or more than one."""
    asked = single_spaced(nfc(code_or_name))
    if unknown := known_on(on):
        said = _by_code(asked, on)  # by somebody who has its papers; a name might be another's as well
        if len(said) == 1:
            return said[0]
        return replace(unknown, nearest=tuple(_nearest(asked, unknown)))
    near = _meant(asked, on)
    if not near:
        raise Refused(problem("L101", asked, day=format_date(on)))
    if len(near) > 1:
        raise several_meant(asked, near)
    return near[0]


def several_meant(asked: str, found: Iterable[Found]) -> Refused:
    """The refusal of a name that fits several units (L102), with all of them."""
    places = "; ".join(f"{each.period.code} {each.label}" for each in found)
    return Refused(problem("L102", asked, places=places))


def get_place(code_or_name: str, on: date) -> PlacePeriod:
    """The one unit with this code or name on a day; a day that no list speaks of is refused too (L103)."""
    found = find_place(code_or_name, on)
    if isinstance(found, NotKnown):
        raise found.refusal()
    return found.period


def search(text: str, on: date) -> list[Found] | NotKnown:
    """All units that may be meant, nearest first, then in Vietnamese order; a part after a comma names the province."""
    return known_on(on) or _Looking.of(on).search(single_spaced(nfc(text)))


def look_anywhere(text: str, on: date) -> Looked:
    """All that may be meant, in force on a day or before it; refused (L103) on a day that no list speaks of.

    Where nothing fits: units of this name and another type, or with one other letter, or elsewhere.
    """
    if unknown := known_on(on):
        raise unknown.refusal()
    asked = single_spaced(nfc(text))
    now, *before = (_Looking.of(day) for day in (on, *_last_days(on)))
    names = names_in_force(on)
    present, past = now.search(asked), _former(names, (each.search(asked) for each in before))
    if present or past:
        return Looked(present, past)
    present, past = now.loosely(asked), _former(names, (each.loosely(asked) for each in before))
    best = min((each.likeness for each in (*present, *past)), default=None)
    nearest = ([each for each in found if each.likeness == best] for found in (present, past))
    return Looked(next(nearest), next(nearest), best)


def find_ever(code_or_name: str, on: date) -> Found | NotKnown:
    """The one unit with this code or name on a day, or else on the last day of the newest list before that has it."""
    days = [on, *_last_days(on)]
    for day in days[:-1]:
        try:
            return find_place(code_or_name, day)
        except Refused as refused:
            if [each.code for each in refused.problems] != ["L101"]:
                raise
    return find_place(code_or_name, days[-1])


def likely(found: Found, on: date) -> bool:
    """Whether a unit of the first list and all above it may be shown for a day before, as confirmed there."""
    rows = (found.period, *found.above)
    return all(row.confirmed_on and (row.began_on is None or row.began_on <= on) for row in rows)


def located(rows: Iterable[PlacePeriod], on: date) -> list[Found]:
    """Rows with the district and the province that they lay in on a day."""
    above = above_by_place(on)
    return [Found(row, _above(row, above)) for row in rows]


def list_span(code_list: CodeList) -> str:
    """A list and the days of which it speaks, from the first to the last."""
    end = format_date(code_list.known_to - timedelta(days=1)) if code_list.known_to else "…"
    return f"{code_list.title}: {format_date(code_list.known_from)} – {end}"


def last_day_of_first_list(on: date) -> date:
    """The last day of the oldest list that has ended by a day; the day itself where none has."""
    return next(reversed(_last_days(on)), on)


def _last_days(on: date) -> list[date]:
    """The last days of the lists that ended by a day, newest first."""
    ends = [each.known_to for each in real_lists() if each.known_to and each.known_to <= on]
    return [end - timedelta(days=1) for end in reversed(ends)]


def _former(names: Mapping[int, str], found: Iterable[list[Found]]) -> list[Found]:
    """Of what earlier lists held, the units that have ended since, or have another name."""
    return [each for some in found for each in some if names.get(each.period.place_id) != each.period.name]


def _by_code(code: str, on: date) -> list[Found]:
    return located(units_by_code(code, on), on)


def _meant(asked: str, on: date) -> list[Found]:
    return _by_code(asked, on) if asked.isdecimal() else _alike(asked, on)


def _nearest(asked: str, unknown: NotKnown) -> list[Found]:
    first = unknown.lists[0].known_from if unknown.lists else unknown.on
    return [each for each in _meant(asked, first) if likely(each, unknown.on)] if unknown.on < first else []


def _alike(asked: str, on: date) -> list[Found]:
    """The nearest matches, if they are the whole name."""
    matches = [each for each in _Looking.of(on).matches(asked) if each.likeness <= Likeness.WRITTEN_TOGETHER]
    return [each for each in matches if each.likeness == matches[0].likeness]


def _parts(asked: str) -> tuple[str, ...]:
    """The name and the areas behind its commas, short forms written out."""
    name, *areas = asked.split(",")
    return (spelled_out(name), *(area_spelled_out(area) for area in areas if area.strip()))


@dataclass(frozen=True)
class _Looking:
    """One search on one day, with the provinces and districts of that day read once."""

    on: date
    higher: dict[int, PlacePeriod]

    @classmethod
    def of(cls, on: date) -> _Looking:
        """A search on a day."""
        return cls(on, above_by_place(on))

    def search(self, asked: str) -> list[Found]:
        """Units of a code, or what fits a name."""
        return (asked.isdecimal() and _by_code(asked, self.on)) or self.matches(asked)

    def matches(self, asked: str) -> list[Found]:
        """What fits as it was typed; else what fits without spaces and signs; else with the last words as an area."""
        name, *areas = _parts(asked)
        if not letters(name):
            return []
        behind = (self.wholly_named(*way) for way in self.with_known_area(name, areas))
        return self.named(name, areas) or next(filter(None, behind), [])

    def loosely(self, asked: str) -> list[Found]:
        """For a text that nothing fits: units of this name and another type, or with one other letter, or elsewhere."""
        name, *areas = _parts(asked)
        ways = [(name, areas), *self.with_known_area(name, areas)]
        for way in (self.of_another_type, self.misspelled, self.elsewhere):
            if found := next(filter(None, (way(*each) for each in ways)), None):
                return found
        return []

    def named(self, name: str, areas: Iterable[str]) -> list[Found]:
        """Units that hold a name, in areas; if there is none, those that hold its letters."""
        if found := self._fitting(units_holding(fold(name), self.on), name, areas):
            return found
        return self._fitting(units_with_letters(letters(name), self.on), name, areas)

    def wholly_named(self, name: str, areas: Iterable[str]) -> list[Found]:
        """Units whose name is what was typed, and not only a part of it."""
        return [each for each in self.named(name, areas) if each.likeness <= Likeness.WRITTEN_TOGETHER]

    def with_known_area(self, name: str, areas: list[str]) -> list[tuple[str, list[str]]]:
        """Every way to read the last words of a name as a province or district of the day."""
        ways = with_area_behind(name)
        return [(spelled_out(before), [*areas, area]) for before, area in ways if self._is_area(area)]

    def of_another_type(self, name: str, areas: list[str]) -> list[Found]:
        """Units of this name that are of another type: no Thị trấn Sa Pa, but a Phường."""
        bare = typeless(name)
        found = self.wholly_named(bare, areas) if bare not in {"", name} else []
        return [replace(each, likeness=Likeness.OTHER_TYPE) for each in found]

    def elsewhere(self, name: str, areas: list[str]) -> list[Found]:
        """Units of this name that lie elsewhere than was typed, such as in a district that is no more."""
        names = [*([name] if areas else []), *(spelled_out(before) for before, _ in with_area_behind(name))]
        found = (self.wholly_named(before, ()) for before in names if letters(typeless(before) or before))
        return [replace(each, likeness=Likeness.OTHER_AREA) for each in next(filter(None, found), [])]

    def misspelled(self, name: str, areas: Iterable[str]) -> list[Found]:
        """Units whose name differs from what was typed by one letter."""
        if not (parts := halves(letters(name))):
            return []
        rows = self._placed(units_with_half(*parts, self.on), areas)
        return [
            Found(row, higher, Likeness.ONE_LETTER)
            for row, higher in rows
            if any(one_letter_off(letters(name), letters(own)) for own in (row.name, row.short_name))
        ]

    def _fitting(self, rows: Iterable[PlacePeriod], name: str, areas: Iterable[str]) -> list[Found]:
        placed = self._placed(rows, areas)
        found = (Found(row, higher, _likeness(name, row)) for row, higher in placed)
        return sorted(found, key=lambda each: each.likeness)

    def _placed(
        self, rows: Iterable[PlacePeriod], areas: Iterable[str]
    ) -> list[tuple[PlacePeriod, tuple[PlacePeriod, ...]]]:
        areas = list(areas)
        placed = ((row, _above(row, self.higher)) for row in rows)
        return [(row, higher) for row, higher in placed if _lies_in(higher, areas)]

    def _is_area(self, area: str) -> bool:
        return any(_is_called(row, area) for row in self.higher.values())


def _likeness(name: str, row: PlacePeriod) -> Likeness:
    names = (row.name, row.short_name)
    if _same(_plain, name, names):
        return Likeness.EXACT
    if _same(tone_key, name, names):
        return Likeness.TONE_PLACED_ELSEWHERE
    if _same(fold, name, names):
        return Likeness.MARKS_MISSING
    if _same(letters, name, names):
        return Likeness.WRITTEN_TOGETHER
    begins = any(fold(each).startswith(fold(name)) for each in names)
    return Likeness.BEGINS if begins else Likeness.HOLDS


def _same(key: Callable[[str], str], name: str, names: Iterable[str]) -> bool:
    return key(name) in map(key, names)


def _plain(name: str) -> str:
    return single_spaced(name.replace("’", "'")).casefold()


def lies_in(found: Found | None, areas: Iterable[str]) -> bool:
    """Whether a place is, or lies in, all of some areas that somebody typed; one that is not known lies in none."""
    rows = (found.period, *found.above) if found else ()
    return _lies_in(rows, [area_spelled_out(area) for area in areas if area.strip()])


def _lies_in(above: tuple[PlacePeriod, ...], areas: list[str]) -> bool:
    return all(any(_is_called(row, area) for row in above) for area in areas)


def _is_called(row: PlacePeriod, area: str) -> bool:
    """Whether whole words of a name, or all its letters, are what was typed: `quận 1` is not Quận 10."""
    written = letters(area)
    return f" {fold(area)} " in f" {row.folded} " or written in (letters(row.name), letters(row.short_name))


def _above(row: PlacePeriod, above: dict[int, PlacePeriod]) -> tuple[PlacePeriod, ...]:
    """The district and the province above a unit, nearest first, read from its path."""
    steps = (int(step) for step in reversed(row.path.split("/")[:-1]))
    return tuple(above[step] for step in steps if step in above and step != row.place_id)
