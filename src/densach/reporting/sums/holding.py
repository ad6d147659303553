"""What the public may see of an accepted return beside what it saw before: all of a model's numbers, or none anew.

Whoever keeps yesterday's page subtracts it from today's. So a commune that reports late shows only where no count of
those that appear with it is small and found by subtraction; and a correction only where each number that changed was
shown, is large, and moved by as many people as may be told. Else the public keeps what it was told, also in every sum,
until the next acceptance that may be seen. Those who see the figures by their role see them at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from densach.measures.suppression import FEWEST, Table, suppress
from densach.places.queries import open_country
from densach.reporting.figures.periods import Period
from densach.reporting.sums.hiding import PEOPLE, of_people, told_by
from densach.reporting.sums.kept import queries as rows
from densach.reporting.sums.kept.queries import Part, Told
from densach.reporting.sums.models import KeptHidden
from densach.reporting.sums.queries import Added, Cell, days_of

_NAMES = ("TOTAL", "REGISTERED", "ASSESSED", "RECOGNISED", "OF_ALL", "OF_REGISTERED")
State = Mapping[str, int | list[int]]  # what a return gave by code: a count, or a share with its base
Numbers = Mapping[str, Added]


def hold_back(place: int, period: Period, before: State, after: State, today: date) -> None:
    """After a commune's figures changed, hold the public to what it was told where the change may not be seen."""
    country = open_country()
    if country is None or not of_people({*before, *after}) or not rows.is_commune(place):
        return
    rows.wait_for_turn(country.place_id)
    days = days_of([period], today)
    path = rows.path_on(place, days[period])
    if path is None:
        return
    for model in PEOPLE:
        keys = rows.keys_of([f"{model}{name}" for name in _NAMES])
        part = Part(keys, period, rows.is_made_up(place), days, country.path)
        told = rows.kept_told(keys, [period.key], fictional=part.fictional, area=_province(path))
        _hold_model(part, path, told, *(_numbers(state, model) for state in (before, after)))


def _hold_model(part: Part, path: str, told: Mapping[Cell, Told], before: Numbers, after: Numbers) -> None:
    public = {code: number for code in part.keys if (number := _public(part, path, told, before, code))}
    if public:
        if not all(_may_be_seen(part, path, told, public, after, code) for code in part.keys):
            _hold(part, path, _less(after, public))
        else:
            rows.let_go(part, [path], part.keys.values())
        return
    waiting = _waiting(part, told) | {path: after}
    for together in (waiting, {path: after}):
        hidden = _hidden_among(together)
        if hidden is not None:
            rows.let_go(part, list(together), part.keys.values())
            rows.hide_more(_row(part, code, each, hides=True) for code, paths in hidden.items() for each in paths)
            return
    _hold(part, path, after)


def _public(part: Part, path: str, told: Mapping[Cell, Told], before: Numbers, code: str) -> Added | None:
    """The number that the public was told until now."""
    value, base, communes = before.get(code, (0, 0, 0))
    less = told.get((code, part.period.key), Told()).less.get(path, (0, 0, 0))
    return (value - less[0], (base or 0) - (less[1] or 0), 1) if communes - less[2] else None


def _may_be_seen(part: Part, path: str, told: Mapping[Cell, Told], public: Numbers, after: Numbers, code: str) -> bool:
    """Whether a number may change before the public; a share may where its counts may."""
    was, now = (each.get(code, (0, 0, 0))[0] for each in (public, after))
    if was == now or told_by(code) != (code,):
        return True
    hidden = told.get((code, part.period.key), Told()).hidden
    return path not in hidden and abs(now - was) >= FEWEST and not 0 < now < FEWEST


def _waiting(part: Part, told: Mapping[Cell, Told]) -> dict[str, Numbers]:
    """The communes of the province of which the public was told nothing yet, with what it was not told."""
    found: dict[str, dict[str, Added]] = {}
    for code in part.keys:
        for path, less in told.get((code, part.period.key), Told()).less.items():
            found.setdefault(path, {})[code] = less
    return {path: each for path, each in found.items() if all(less[2] == 1 for less in each.values())}


def _hidden_among(together: Mapping[str, Numbers]) -> dict[str, list[str]] | None:
    """What to hide where some communes appear at once; None where their sum itself would have to be hidden."""
    hidden: dict[str, list[str]] = {}
    province = _province(next(iter(together)))
    for code in {code for each in together.values() for code in each if told_by(code) == (code,)}:
        counts: dict[tuple[str, ...], int] = {(path,): each[code][0] for path, each in together.items() if code in each}
        cells = suppress(Table({province: None, **dict.fromkeys(together, province)}, (), counts)).cells
        if (province,) in cells:
            return None
        hidden[code] = [path for (path,) in cells]
    return hidden


def _less(after: Numbers, public: Numbers) -> dict[str, Added]:
    nothing = (0, 0, 0)
    both = {code: (after.get(code, nothing), public.get(code, nothing)) for code in {*after, *public}}
    return {
        code: (now[0] - was[0], (now[1] or 0) - (was[1] or 0), now[2] - was[2]) for code, (now, was) in both.items()
    }


def _hold(part: Part, path: str, less: Numbers) -> None:
    rows.let_go(part, [path], part.keys.values())
    rows.hold_back(_row(part, code, path, hides=False, less=each) for code, each in less.items() if any(each))


def _row(part: Part, code: str, path: str, *, hides: bool, less: Added = (0, 0, 0)) -> KeptHidden:
    return KeptHidden(
        indicator_id=part.keys[code],
        period=part.period.key,
        fictional=part.fictional,
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


def _province(path: str) -> str:
    return "/".join(path.split("/")[:2]) + "/"
