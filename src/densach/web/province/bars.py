"""The bars of a comparison: who is recognised, who was assessed and is not, and the hatched piece that nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

from densach.reporting.below.comparing import Compared, Comparison

WIDTH, BAR, STEP = 600, 22, 58


@dataclass(frozen=True)
class Piece:
    """One piece of a bar: recognised, other (assessed and not recognised) or unknown."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True)
class Bar:
    """One commune's bar: where its name stands, its pieces, and where the text of its share is written."""

    row: Compared
    y: int
    pieces: tuple[Piece, ...]

    @property
    def bar_y(self) -> int:
        """How far down the bar begins; the name stands above it."""
        return self.y + 22


@dataclass(frozen=True)
class Chart:
    """All bars and the size of the drawing."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    bar: int = BAR


def chart_of(found: Comparison) -> Chart:
    """The bars in the order of the table."""
    bars = tuple(Bar(row, place * STEP, tuple(_pieces(row))) for place, row in enumerate(found.rows))
    return Chart(bars, WIDTH, len(bars) * STEP)


def _pieces(row: Compared) -> list[Piece]:
    """From the left: recognised, known not to be, unknown; without a report or an act the whole bar is unknown."""
    if row.counts is None or row.recognised is None or not row.whole:
        return [Piece("unknown", 0, WIDTH)]
    recognised = min(WIDTH, row.recognised * WIDTH // row.whole)
    known = max(recognised, min(WIDTH, row.counts.assessed * WIDTH // row.whole))
    found = [
        Piece("recognised", 0, recognised),
        Piece("other", recognised, known - recognised),
        Piece("unknown", known, WIDTH - known),
    ]
    return [piece for piece in found if piece.width]
