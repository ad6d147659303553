"""Figures as if they had been reported and accepted, for as many places and years as a dashboard needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from densach.reporting.figures.periods import Period

if TYPE_CHECKING:
    from densach.places.models import Place

COUNTS = ("TOTAL", "REGISTERED", "ASSESSED", "RECOGNISED")


def accepted(place: Place, model: str, numbers: tuple[int, int, int, int], year: int = 2026) -> None:
    """The four counts of a model with both of its shares."""
    from densach.reporting.figures.models import Figure
    from densach.reporting.figures.queries import indicator_keys, put_figures

    total, registered, _, recognised = numbers
    values: dict[str, tuple[int, int | None]] = {
        f"MODEL_{model}_{count}": (value, None) for count, value in zip(COUNTS, numbers, strict=True)
    }
    values[f"MODEL_{model}_OF_ALL"] = (recognised, total)
    values[f"MODEL_{model}_OF_REGISTERED"] = (recognised, registered)
    keys = indicator_keys(list(values))
    period = Period(year).key
    put_figures(
        [
            Figure(indicator_id=keys[code], place=place, period=period, value=value, base=base)
            for code, (value, base) in values.items()
        ]
    )
