"""A commune's year as it was counted: by village, sex and age, as a kept row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from densach.measures.suppression import Cell
    from densach.places.models import Place
    from densach.reporting.breakdowns.models import Breakdown

VILLAGES = ("Thôn Đông", "Thôn Tây")
COUNTED = datetime(2026, 2, 20, 3, tzinfo=UTC)


def counted(place: Place, counts: Mapping[Cell, int], year: int = 2025) -> Breakdown:
    """The kept row of these counts, hidden as the product hides them."""
    from densach.measures.suppression import Table, suppress
    from densach.reporting.breakdowns.models import Breakdown
    from densach.reporting.equity import DIVISIONS

    table = Table({"Xã MẪU": None, **dict.fromkeys(VILLAGES, "Xã MẪU")}, DIVISIONS, counts)
    return Breakdown.objects.create(
        place=place,
        year=year,
        fictional=True,
        judged_on=date(year, 12, 31),
        counted_at=COUNTED,
        who_counted="Tính người thường trú. 3 người đang chờ chọn nơi.",
        units=["Xã MẪU", *VILLAGES],
        counts=[[*cell, count] for cell, count in counts.items()],
        hidden=sorted(map(list, suppress(table).cells)),
    )


def spread(recognised: int, others: int, seed: int = 1) -> dict[Cell, int]:
    """So many recognised and so many others, spread by chance over villages, sexes and ages."""
    from densach.reporting.equity import AGES, NOT_RECOGNISED, RECOGNISED, SEXES

    chance = Random(seed)  # noqa: S311
    found: dict[Cell, int] = {}
    for outcome, people in ((RECOGNISED, recognised), (NOT_RECOGNISED, others)):
        cells = list(product(VILLAGES, SEXES, AGES[:3]))
        for _ in range(people):
            cell = (*chance.choice(cells), outcome)
            found[cell] = found.get(cell, 0) + 1
    return found
