"""Finding a place from what somebody typed: a code, a name, a name without marks, "P. Ba Đình, TP. Hà Nội"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from densach.formats.vietnamese import fold, format_date, nfc, single_spaced, tone_key
from densach.places.models import CodeList, Level, PlacePeriod
from densach.places.queries import above_by_place, names_in_force, real_lists, units_by_code, units_holding
from densach.problems import Refused, problem

_SHORT_TYPES = {
    "p": "phường",
    "x": "xã",
    "tp": "thành phố",
    "t": "tỉnh",
    "đk": "đặc khu",
    "dk": "đặc khu",
    "tx": "thị xã",
    "tt": "thị trấn",
    "q": "quận",
    "h": "huyện",
}
# "H" and "Q" need their point: there are communes named H Bông.
_SHORT_TYPE = re.compile(r"^(tp|tx|tt|đk|dk|p|x|t)(?:\.\s*|\s+)(?=\S)|^(q|h)\.\s*(?=\S)|^(tp)(?=hcm$)", re.IGNORECASE)
_SHORT_NAMES = {"hcm": "hồ chí minh"}


class Likeness(IntEnum):
    """How near a name is to what was typed, nearest first."""

    EXACT = 0
    TONE_PLACED_ELSEWHERE = 1
    MARKS_MISSING = 2
    BEGINS = 3
    HOLDS = 4


@dataclass(frozen=True)
class NotKnown:
    """The answer for a day on which we hold no list of places: neither yes nor no."""

    on: date
    lists: tuple[CodeList, ...]

    def refusal(self) -> Refused:
        """The answer as a refusal, for work that cannot go on without the place."""
        spans = "; ".join(map(list_span, self.lists))
        return Refused(problem("L103", format_date(self.on), lists=spans))


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


def known_on(on: date) -> NotKnown | None:
    """None if some list speaks of this day; otherwise the explicit answer that it is not known."""
    lists = tuple(real_lists())
    return None if any(each.known.contains(on) for each in lists) else NotKnown(on, lists)


def find_place(code_or_name: str, on: date) -> Found | NotKnown:
    """The one unit with this code or name on a day; refuses (L101, L102) when there is none or more than one."""
    if unknown := known_on(on):
        return unknown
    asked = single_spaced(nfc(code_or_name))
    near = _by_code(asked, on) if asked.isdecimal() else _alike(asked, on)
    if not near:
        raise Refused(problem("L101", asked, day=format_date(on)))
    if len(near) > 1:
        raise Refused(problem("L102", asked, places="; ".join(f"{each.period.code} {each.label}" for each in near)))
    return near[0]


def get_place(code_or_name: str, on: date) -> PlacePeriod:
    """The one unit with this code or name on a day; a day that no list speaks of is refused too (L103)."""
    found = find_place(code_or_name, on)
    if isinstance(found, NotKnown):
        raise found.refusal()
    return found.period


def search(text: str, on: date) -> list[Found] | NotKnown:
    """All units that may be meant, nearest first, then in Vietnamese order; a part after a comma names the province."""
    return known_on(on) or _search(single_spaced(nfc(text)), on)


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


def search_past(text: str, on: date) -> list[Found]:
    """The units of earlier lists that may be meant and that have ended, or have another name, on a day."""
    names, asked = names_in_force(on), single_spaced(nfc(text))
    found = (each for day in _last_days(on) for each in _search(asked, day))
    return [each for each in found if names.get(each.period.place_id) != each.period.name]


def located(rows: Iterable[PlacePeriod], on: date) -> list[Found]:
    """Rows with the district and the province that they lay in on a day."""
    above = above_by_place(on)
    return [Found(row, _above(row, above)) for row in rows]


def spelled_out(text: str) -> str:
    """What was typed with the short forms of types and names written out: `TP.HCM` is `thành phố hồ chí minh`."""
    text = single_spaced(text).casefold()
    short = _SHORT_TYPE.match(text)
    kind = _SHORT_TYPES[short[1] or short[2] or short[3]] + " " if short else ""
    rest = text[short.end() :] if short else text
    return kind + _SHORT_NAMES.get(rest, rest)


def list_span(code_list: CodeList) -> str:
    """A list and the days of which it speaks, from the first to the last."""
    end = format_date(code_list.known_to - timedelta(days=1)) if code_list.known_to else "…"
    return f"{code_list.title}: {format_date(code_list.known_from)} – {end}"


def _last_days(on: date) -> list[date]:
    """The last days of the lists that ended by a day, newest first."""
    ends = [each.known_to for each in real_lists() if each.known_to and each.known_to <= on]
    return [end - timedelta(days=1) for end in reversed(ends)]


def _search(asked: str, on: date) -> list[Found]:
    return (asked.isdecimal() and _by_code(asked, on)) or _matches(asked, on)


def _by_code(code: str, on: date) -> list[Found]:
    return located(units_by_code(code, on), on)


def _alike(asked: str, on: date) -> list[Found]:
    """The nearest matches, if they are the whole name."""
    matches = [each for each in _matches(asked, on) if each.likeness <= Likeness.MARKS_MISSING]
    return [each for each in matches if each.likeness == matches[0].likeness]


def _matches(asked: str, on: date) -> list[Found]:
    name, *areas = (spelled_out(part) for part in asked.split(","))
    if not fold(name):
        return []
    above = above_by_place(on)
    rows = ((row, _above(row, above)) for row in units_holding(fold(name), on))
    wanted = ((row, higher) for row, higher in rows if _lies_in(higher, areas))
    found = (Found(row, higher, _likeness(name, row)) for row, higher in wanted)
    return sorted(found, key=lambda each: each.likeness)


def _likeness(name: str, row: PlacePeriod) -> Likeness:
    names = (row.name, row.short_name)
    if _same(_plain, name, names):
        return Likeness.EXACT
    if _same(tone_key, name, names):
        return Likeness.TONE_PLACED_ELSEWHERE
    if _same(fold, name, names):
        return Likeness.MARKS_MISSING
    begins = any(fold(each).startswith(fold(name)) for each in names)
    return Likeness.BEGINS if begins else Likeness.HOLDS


def _same(key: Callable[[str], str], name: str, names: Iterable[str]) -> bool:
    return key(name) in map(key, names)


def _plain(name: str) -> str:
    return single_spaced(name.replace("’", "'")).casefold()


def _lies_in(above: tuple[PlacePeriod, ...], areas: list[str]) -> bool:
    return all(any(fold(area) in row.folded for row in above) for area in areas if area)


def _above(row: PlacePeriod, above: dict[int, PlacePeriod]) -> tuple[PlacePeriod, ...]:
    """The district and the province above a unit, nearest first, read from its path."""
    steps = (int(step) for step in reversed(row.path.split("/")[:-1]))
    return tuple(above[step] for step in steps if step in above and step != row.place_id)
