"""The country as tiles: one for each province and archipelago, with its share as a number and as one of five looks."""

from __future__ import annotations

from dataclasses import dataclass

from densach.reporting.below.tiles import TILES, Tile
from densach.reporting.dashboards.board import Row
from densach.web.dashboards.telling import percent_said, tenths

LOOKS = ("none", "q1", "q2", "q3", "q4")
QUARTER = 250  # tenths of a percent


@dataclass(frozen=True)
class Drawn:
    """One tile with the numbers of its province."""

    tile: Tile
    row: Row

    @property
    def look(self) -> str:
        """Which quarter the share lies in; `none` where it is not known."""
        share = tenths(self.row.share)
        return "none" if share is None else LOOKS[1 + min(3, share // QUARTER)]

    @property
    def words(self) -> list[str]:
        """The syllables of the name, which stand below each other."""
        return self.tile.name.split(" ", 1)

    @property
    def home(self) -> str:
        """The province that an archipelago is part of, as it is called on the other tiles."""
        homes = (each.name for each in TILES if each.code == self.tile.code and not each.archipelago)
        return next(homes) if self.tile.archipelago else ""

    @property
    def number(self) -> str:
        """What is written in the tile: the percentage, or a stroke where the words would not fit."""
        return "–" if self.look == "none" else percent_said(self.row.share)


def tiles_of(rows: tuple[Row, ...]) -> tuple[Drawn, ...]:
    """The tiles of a country whose provinces have the codes of today."""
    by_code = {row.place.code: row for row in rows if row.place}
    return tuple(Drawn(tile, by_code[tile.code]) for tile in TILES if tile.code in by_code)
