"""What the public may see of an accepted return beside what it saw before: all of a model's numbers, or none anew.

Whoever keeps yesterday's page subtracts it from today's. So what appears or changes shows only where nothing small is
found by subtraction from any page of before (`sums.moving`). Else the public keeps what it was told, also in every sum,
until an acceptance beside which it may be seen. Those who see the figures by their role see them at once.

There is one table for the communes of each province, and one for what provinces report themselves, which the country's
targets add up. No data set is reported by the country.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from densach.measures.suppression import FEWEST
from densach.places.queries import open_country
from densach.reporting.figures.periods import Period
from densach.reporting.sums.hiding import PEOPLE, of_people, told_sum
from densach.reporting.sums.kept import queries as rows
from densach.reporting.sums.kept.queries import Part, Told
from densach.reporting.sums.models import KeptHidden, OnceTold
from densach.reporting.sums.moving import Before, Move, Numbers, hidden_where_seen_together
from densach.reporting.sums.queries import Added, Cell, days_of, sums_on

_NAMES = ("TOTAL", "REGISTERED", "ASSESSED", "RECOGNISED", "OF_ALL", "OF_REGISTERED")
State = Mapping[str, int | list[int]]  # what a return gave by code: a count, or a share with its base
_NOTHING = (0, 0, 0)


def hold_back(place: int, period: Period, before: State, after: State, today: date) -> None:
    """After the figures of a commune or a province changed, hold the public to what it was told where it has to be."""
    country = open_country()
    if country is None or not of_people({*before, *after}):
        return
    rows.wait_for_turn(country.place_id)
    days = days_of([period], today)
    path = rows.reporting_path(place, days[period])
    if path is None:
        return
    own = _around(path) == country.path
    for model in PEOPLE:
        was, now = _numbers(before, model), _numbers(after, model)
        if was or now:
            keys = rows.keys_of([f"{model}{name}" for name in _NAMES])
            _hold_model(Part(keys, period, rows.is_made_up(place), days, country.path, own), path, was, now)


def _hold_model(part: Part, path: str, before: Numbers, after: Numbers) -> None:
    area = _around(path)
    told = rows.kept_told(part.keys, [part.period.key], fictional=part.fictional, area=area, own=part.own)
    move = Move(path, _public(part, path, told, before), after)
    pending = [] if part.own else list(_pending(part, told, path))
    once = rows.once_told(part, [each.place for each in (move, *pending)])
    seen = None
    if not (part.own and _is_told_by_its_communes(part, move)):
        seen = hidden_where_seen_together(area, move, pending, Before(part.period.key, told, once))
    if seen is None:
        _hold(part, move)
    else:
        _let_be_seen(part, *seen)


def _public(part: Part, path: str, told: Mapping[Cell, Told], given: Numbers) -> Numbers:
    """What the public was told of a place that gave some numbers."""
    found: dict[str, Added] = {}
    for code in part.keys:
        value, base, places = given.get(code, _NOTHING)
        less = told.get((code, part.period.key), Told()).less.get(path, _NOTHING)
        if places - less[2]:
            found[code] = value - less[0], (base or 0) - (less[1] or 0), 1
    return found


def _pending(part: Part, told: Mapping[Cell, Told], path: str) -> Iterator[Move]:
    """What else of the province the public was not told yet."""
    held = {each for table in told.values() for each in table.less} - {path}
    places = {int(each.split("/")[-2]): each for each in sorted(held)}
    given: dict[int, dict[str, Added]] = {place: {} for place in places}
    for code, _, place, value, base in rows.figures_of(places, part.keys, part.period.key, "", []) if places else ():
        given[place][code] = value, base or 0, 1
    for place, each in places.items():
        yield Move(each, _public(part, each, told, given[place]), given[place])


def _is_told_by_its_communes(part: Part, move: Move) -> bool:
    """Whether a province's own count lies so near to the public sum of its communes that the difference tells few."""
    codes = move.changed
    sums = sums_on(codes, part.days, move.path, fictional=part.fictional) if codes else {}
    told = rows.kept_told(codes, [part.period.key], fictional=part.fictional, area=move.path)
    for (code, period, path), added in sums.items():
        public = told_sum(added, told.get((code, period), Told()).less, path)
        if public and code in move.after and 0 < abs(move.after[code][0] - public[0]) < FEWEST:
            return True
    return False


def _let_be_seen(part: Part, moves: list[Move], hidden: Mapping[str, list[str]]) -> None:
    """Hold the public no longer to less of some places, and keep what it was told of them until now."""
    rows.let_go(part, [each.path for each in moves], part.keys.values())
    rows.hide_more(_row(part, code, path, hides=True) for code, paths in hidden.items() for path in paths)
    rows.tell_once(
        OnceTold(indicator_id=part.keys[code], period=part.period.key, place_id=move.place, value=move.public[code][0])
        for move in moves
        for code in move.changed
        if code in move.public
    )


def _hold(part: Part, move: Move) -> None:
    rows.let_go(part, [move.path], part.keys.values())
    both = {code: (move.after.get(code, _NOTHING), move.public.get(code, _NOTHING)) for code in part.keys}
    less = {code: _less(now, was) for code, (now, was) in both.items() if now != was}
    rows.hold_back(_row(part, code, move.path, hides=False, less=each) for code, each in less.items())


def _less(now: Added, was: Added) -> Added:
    return now[0] - was[0], (now[1] or 0) - (was[1] or 0), now[2] - was[2]


def _row(part: Part, code: str, path: str, *, hides: bool, less: Added = _NOTHING) -> KeptHidden:
    return KeptHidden(
        indicator_id=part.keys[code],
        period=part.period.key,
        fictional=part.fictional,
        own=part.own,
        path=path,
        hides=hides,
        less=less[0],
        less_base=less[1] or 0,
        less_communes=less[2],
    )


def _numbers(state: State, model: str) -> dict[str, Added]:
    found: dict[str, Added] = {}
    for code, number in state.items():
        if code.startswith(model):
            found[code] = (number[0], number[1], 1) if isinstance(number, list) else (number, 0, 1)
    return found


def _around(path: str) -> str:
    """The path of the place that a commune or a province lies in."""
    return path[: path[:-1].rindex("/") + 1]
