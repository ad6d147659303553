"""Communes beside each other: shares with base and interval, and the days that a text gives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.assessing.titles import BY_MODEL
from densach.places.shipped import provinces
from densach.problems import Refused
from densach.reporting.below.calendar import dates_of
from densach.reporting.below.comparing import Compared, compare
from densach.reporting.below.tiles import TILES
from densach.reporting.statistics import Counts
from tests.assessing.making import YEAR, library
from tests.reporting.below import another, judged, made_up, real, row_of

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place, PlacePeriod

FAMILY = BY_MODEL["family"]


@pytest.mark.django_db
def test_each_share_has_its_base_and_its_interval(commune: Place) -> None:
    row = Compared(row_of(commune), Counts(200, 150, 120, 90, silent=0, communes=1), "total")
    assert (row.whole, row.recognised, row.permille, row.interval) == (200, 90, 450, (383, 519))
    of_registered = Compared(row.period, row.counts, "registered")
    assert (of_registered.whole, of_registered.permille, of_registered.interval) == (150, 600, (520, 675))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "counts", [None, Counts(200, 150, 120, 0, silent=1, communes=1), Counts(0, 0, 0, 0, silent=0, communes=1)]
)
def test_what_is_not_known_is_no_share(commune: Place, counts: Counts | None) -> None:
    row = Compared(row_of(commune), counts, "total")
    assert (row.permille, row.interval) == (None, None)


@pytest.mark.django_db
def test_communes_stand_in_the_order_of_their_choice(commune: Place, thai_nguyen: Place, act: Act) -> None:
    judged(made_up(commune, act), act)
    other = another(thai_nguyen, 2, act)
    found = compare([row_of(other.place), row_of(commune)], FAMILY, YEAR, "total")
    assert [(row.period.name, row.whole) for row in found.rows] == [("Xã MẪU Số 2", None), ("Xã MẪU Đèn Sách", 2)]
    assert found.on == date(YEAR, 12, 31)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 13])
def test_too_few_or_too_many_are_refused(thai_nguyen: Place, count: int) -> None:
    from densach.places.queries import children_of

    rows: list[PlacePeriod] = list(children_of(thai_nguyen, date(2026, 11, 26)))[:count]
    with pytest.raises(Refused, match="R181"):
        compare(rows, FAMILY, YEAR, "total")


@pytest.mark.django_db
def test_a_real_and_a_made_up_commune_are_never_compared(commune: Place) -> None:
    with pytest.raises(Refused, match="R191"):
        compare([row_of(commune), row_of(real())], FAMILY, YEAR, "total")


def test_only_days_that_a_text_gives_are_shown() -> None:
    by_title = {each.title.model: each.dues for each in dates_of(library(), 2026)}
    assert [(due.step, due.day, due.procedure) for due in by_title.pop("commune")] == [
        ("submit", date(2027, 2, 28), "1.005097"),
        ("decide", date(2027, 3, 31), "1.005097"),
    ]
    assert set(by_title.values()) == {()}


def test_every_province_is_one_tile_and_the_archipelagos_lie_in_theirs() -> None:
    shipped = {unit.code: unit.name for unit in provinces()}
    mainland = [tile for tile in TILES if not tile.archipelago]
    assert sorted(tile.code for tile in mainland) == sorted(shipped)
    assert len({(tile.column, tile.row) for tile in TILES}) == len(TILES) == 36
    islands = {tile.name: shipped[tile.code] for tile in TILES if tile.archipelago}
    assert islands == {"Hoàng Sa": "Thành phố Đà Nẵng", "Trường Sa": "Tỉnh Khánh Hòa"}
    assert [tile.name for tile in mainland if tile.name not in shipped[tile.code]] == ["TP. HCM"]
