"""Communes of region I, II, III, of the border and of islands beside the others, by the lists in force on a day.

A commune that a list in force speaks of and does not name is one of the others. What a commune is of which no list
speaks is not known: it is left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from densach.places.areas.queries import lists_by_key
from densach.places.models import AreaFamily, AreaKind, AreaList
from densach.reporting.dashboards.board import Frame
from densach.reporting.dashboards.kinds import OfKind, gain_of, kinds_among
from densach.reporting.dashboards.measuring import Apart, apart
from densach.reporting.dashboards.queries import kinds_of_communes

OTHERS = "others"
Shares = list[tuple[str, str, int, int]]
Known = dict[tuple[int, str], tuple[str, int]]


@dataclass(frozen=True)
class OfFamily:
    """One family of kinds: the kinds of which enough communes have reported, and the others, each as one sum.

    `unknown` counts the communes with a figure of which no list speaks, `few` those of kinds that are too few to show.
    """

    family: AreaFamily
    kinds: tuple[OfKind, ...]
    between: Apart | None
    gain: int | None
    unknown: int
    few: int
    lists: tuple[AreaList, ...]


def families_of(rows: Shares, frame: Frame) -> tuple[OfFamily, ...]:
    """Every family over the communes that have a figure, as the lists say of the last day of the chosen year."""
    on = frame.days[frame.periods[-1]]
    known: Known = kinds_of_communes(on, frame.place.path, fictional=frame.fictional)
    lists = lists_by_key({key for _, key in known.values()})
    return tuple(_of(family, rows, known, lists) for family in AreaFamily)


def _of(family: AreaFamily, rows: Shares, known: Known, lists: dict[int, AreaList]) -> OfFamily:
    of_known = list(_known(family, rows, known))
    kinds = sorted(kinds_among(of_known), key=lambda kind: _order(kind.name))
    shown = sum(kind.number.reported for kind in kinds)
    keys = {key for (_, each), (_, key) in known.items() if each == family}
    return OfFamily(
        family,
        tuple(kinds),
        apart([kind.number for kind in kinds]),
        gain_of(kinds),
        len(rows) - len(of_known),
        len(of_known) - shown,
        tuple(each for key, each in lists.items() if key in keys),
    )


def _known(family: AreaFamily, rows: Shares, known: Known) -> Iterator[tuple[str, int, int]]:
    """The kind of each commune of which a list speaks, with its two counts."""
    for path, _, value, base in rows:
        if said := known.get((_key(path), family)):
            yield said[0] or OTHERS, value, base


def _key(path: str) -> int:
    """The key of a place, which is the last step of its path."""
    return int(path.split("/")[-2])


def _order(name: str) -> int:
    return [*AreaKind.values, OTHERS].index(name)
