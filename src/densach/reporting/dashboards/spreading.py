"""How unlike the communes of the country or of a province are, all together and kind by kind: town, country, island.

Nothing is worked out where the tables hide anything from a viewer, because these are other sums of the same numbers,
nor of so few communes that it would tell one of them. No commune is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from densach.measures.groups import Group, NotMeasurable
from densach.measures.unordered import Split, split_theil
from densach.places.models import Level, PlacePeriod
from densach.reporting.dashboards.areas import OfFamily, Shares, families_of
from densach.reporting.dashboards.board import FEWEST_ALIKE, Choice, Frame, Number
from densach.reporting.dashboards.kinds import OfKind, gain_of, group_of, kinds_among
from densach.reporting.dashboards.measuring import Apart, apart
from densach.reporting.dashboards.queries import shares_of_communes
from densach.reporting.sums.hiding import told_with


@dataclass(frozen=True)
class Spread:
    """How unlike communes are: `all_` of them, by `kinds` and how these are apart, `split` into between and within.

    `split` is Theil's index times 1000 over the provinces of the country; `gain` what all together would have more, in
    tenths of a point, if every kind were as far as the kind that is furthest. `families` are the kinds of area that
    lists name, `on` the day of their lists and of the map. `hidden` says why nothing is worked out.
    """

    place: PlacePeriod
    choice: Choice
    fictional: bool
    on: date
    hidden: bool
    communes: int
    families: tuple[OfFamily, ...] = ()
    all_: Apart | None = None
    kinds: tuple[OfKind, ...] = ()
    between_kinds: Apart | None = None
    gain: int | None = None
    split: Split | None = None


def spread_of(frame: Frame) -> Spread:
    """The spread over the communes of a place in the chosen year, on the map of that year."""
    last, code = frame.periods[-1], frame.choice.share
    on = frame.days[last]
    if any(frame.guard.hides_other_sums(each, last.key) for each in told_with(code)):
        return Spread(frame.place, frame.choice, frame.fictional, on, True, 0)
    rows = shares_of_communes(code, {last: on}, frame.place.path, fictional=frame.fictional)
    families = families_of(rows, frame)
    if len(rows) < FEWEST_ALIKE:
        return Spread(frame.place, frame.choice, frame.fictional, on, False, len(rows), families)
    kinds = sorted(kinds_among((kind, value, base) for _, kind, value, base in rows), key=lambda each: each.name)
    return Spread(
        frame.place,
        frame.choice,
        frame.fictional,
        on,
        False,
        len(rows),
        families,
        apart([Number(value, base) for *_, value, base in rows]),
        tuple(kinds),
        apart([kind.number for kind in kinds]),
        gain_of(kinds),
        _split(rows, frame) if frame.place.level == Level.COUNTRY else None,
    )


def _split(rows: Shares, frame: Frame) -> Split | None:
    """Theil's index over the communes, as what lies between provinces and what lies within them."""
    nested: dict[str, list[Group]] = {}
    for path, _, value, base in rows:
        nested.setdefault(path[len(frame.place.path) :].split("/")[0], []).append(group_of(value, base))
    try:
        found = split_theil(list(nested.values()))
    except NotMeasurable:
        return None
    return Split(1000 * found.between, 1000 * found.within)
