"""What an accepted return puts among the figures: its numbers, and the shares that they give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from densach.history.domain import State
from densach.reporting.figures.access import Of
from densach.reporting.figures.models import Figure, Origin, Report, Value
from densach.reporting.figures.queries import drop_figures, figures_of, indicator_keys, put_figures, values_of

Number = tuple[int, int | None, Origin]


def put_accepted(of: Of, report: Report) -> tuple[State, State]:
    """Write the figures of a return in the stead of those it gave before; both, for the log."""
    codes = [each.code for each in of.dataset.indicators]
    keys = indicator_keys(codes)
    place, period = of.where.place_id, of.period.key
    earlier = {code: _shown(row.value, row.base) for code, row in figures_of(place, period, codes).items()}
    given = dict(_numbers(of, values_of(report)))
    put_figures(
        [
            Figure(
                place_id=place,
                period=period,
                indicator_id=keys[code],
                value=value,
                base=base,
                origin=origin,
                report=report,
            )
            for code, (value, base, origin) in given.items()
        ]
    )
    drop_figures(place, period, [keys[code] for code in earlier if code not in given])
    return earlier, {code: _shown(value, base) for code, (value, base, _) in given.items()}


def _numbers(of: Of, values: Mapping[str, Value]) -> Iterator[tuple[str, Number]]:
    """The numbers that are known, and the shares of those with a base: of nothing there is no share."""
    known = {code: (row.value, _origin(row)) for code, row in values.items() if row.value is not None}
    for each in of.dataset.indicators:
        if each.code in known:
            yield each.code, (known[each.code][0], None, known[each.code][1])
        elif each.numerator in known and each.denominator in known:
            (value, origin), (base, of_base) = known[each.numerator], known[each.denominator]
            if base:
                yield each.code, (value, base, max(origin, of_base, key=_weight))


def _weight(origin: Origin) -> int:
    """A share comes from people as soon as one of its numbers does."""
    return (Origin.COMPUTED, Origin.REPORTED, Origin.CONTRADICTED).index(origin)


def _origin(row: Value) -> Origin:
    if row.computed is None:
        return Origin.REPORTED
    return Origin.COMPUTED if row.computed == row.value else Origin.CONTRADICTED


def _shown(value: int, base: int | None) -> int | list[int]:
    return value if base is None else [value, base]
