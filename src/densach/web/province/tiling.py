"""The country as tiles: where each is drawn, how many communes of its province reported, and which stroke ties it."""

from __future__ import annotations

from dataclasses import dataclass

from densach.reporting.below.table import Below, Province
from densach.reporting.below.tiles import COLUMNS, ROWS, TILES, Tile

STEP_X, STEP_Y = 88, 46
WIDTH, HEIGHT = 84, 42


@dataclass(frozen=True)
class Drawn:
    """One tile on the drawing: `share` is which of the four looks it has."""

    tile: Tile
    province: Province
    x: int
    y: int
    tie: tuple[int, int, int, int] | None

    @property
    def share(self) -> str:
        """How many of its communes reported, as a word: none, some, most, all; `empty` where it has none here."""
        if not self.province.communes:
            return "empty"
        if not self.province.reporting:
            return "none"
        if self.province.reporting == self.province.communes:
            return "all"
        return "most" if 2 * self.province.reporting >= self.province.communes else "some"

    @property
    def middle(self) -> int:
        """Where its words are centred."""
        return self.x + WIDTH // 2

    @property
    def lines(self) -> tuple[int, int]:
        """How far down the name and the numbers stand."""
        return self.y + 18, self.y + 34


@dataclass(frozen=True)
class Map:
    """All tiles, and the size of the drawing."""

    tiles: tuple[Drawn, ...]
    width: int = COLUMNS * STEP_X
    height: int = ROWS * STEP_Y
    tile_width: int = WIDTH
    tile_height: int = HEIGHT


def map_of(seen: Below) -> Map:
    """The tiles of a country whose provinces have the codes of today; those of other days are left out."""
    provinces = {province.period.code: province for province in seen.provinces}
    return Map(tuple(_drawn(tile, provinces[tile.code]) for tile in TILES if tile.code in provinces))


def _drawn(tile: Tile, province: Province) -> Drawn:
    x, y = tile.column * STEP_X, tile.row * STEP_Y
    home = next(each for each in TILES if each.code == tile.code and not each.archipelago)
    tie = _between(home, tile) if tile.archipelago else None
    return Drawn(tile, province, x, y, tie)


def _between(home: Tile, tile: Tile) -> tuple[int, int, int, int]:
    (x1, y1), (x2, y2) = ((each.column * STEP_X, each.row * STEP_Y + HEIGHT // 2) for each in (home, tile))
    return x1 + WIDTH, y1, x2, y2
