"""Targets of a made-up commune and of its province, and the accepted figures that measure them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.authority.roles import NOW, TODAY
from tests.reporting.below import row_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from densach.authority.access import Viewer
    from densach.places.models import Place
    from densach.reporting.targets.domain import Wording
    from densach.reporting.targets.models import Target
    from densach.reporting.targets.progress import Progress

FAMILIES = "MODEL_FAMILY_OF_ALL"
RISING = {2021: 400, 2022: 450, 2023: 510, 2024: 540, 2025: 600}  # families of 1,000


def wording(**said: Any) -> Wording:
    """A target of families by 2030, with its baseline, as a leader words it."""
    from densach.authority.roles import Role
    from densach.reporting.targets.domain import Wording
    from densach.reporting.targets.models import Unit

    usual = Wording(
        title="Gia đình học tập (MẪU)",
        unit=Unit.SHARE,
        year=2030,
        value=8000,
        base="trên tổng số gia đình",
        citation="Kế hoạch MẪU số 05/KH-UBND, mục II.1",
        owner=Role.COMMUNE_LEADER,
        indicator=FAMILIES,
        baseline=4000,
        baseline_year=2021,
        baseline_source="Báo cáo MẪU năm 2021",
    )
    return replace(usual, **said)


def entered(viewer: Viewer, **said: Any) -> Target:
    """A target that a leader entered."""
    from densach.reporting.targets.domain import enter

    return enter(viewer, wording(**said), at=NOW)


def accepted(place: Place, numbers: Mapping[int, int], base: int = 1000, code: str = FAMILIES) -> None:
    """Accepted figures of some years: so many of a base."""
    from densach.reporting.figures.models import Figure
    from densach.reporting.figures.queries import indicator_keys, put_figures

    key = indicator_keys([code])[code]
    put_figures(
        [
            Figure(place=place, indicator_id=key, period=year * 10, value=value, base=base)
            for year, value in numbers.items()
        ]
    )


def progress(target: Target) -> Progress:
    """How far a target is on the day of these tests."""
    from densach.reporting.targets.progress import progress_of

    [found] = progress_of([target], {target.place_id: row_of(target.place)}, TODAY)
    return found
