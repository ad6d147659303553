"""The drawing of one target: its figures as dots, the path as a broken line, the goal as a bar, the trend as a diamond.

What is what is told by shape and by the words on it, so that it reads without colour; the table stands beneath.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from densach.reporting.targets.models import WHOLE, Unit
from densach.reporting.targets.progress import Progress

WIDTH, HEIGHT = 340, 190
LEFT, RIGHT, TOP, BOTTOM = 14, 326, 26, 160
LETTER = 12  # how far the words keep from what they name


@dataclass(frozen=True)
class Spot:
    """Something on the drawing: where it stands, and the number it says."""

    x: int
    y: int
    level: Fraction | int

    @property
    def above(self) -> int:
        """Where words over it stand."""
        return self.y - LETTER

    @property
    def below(self) -> int:
        """Where words under it stand."""
        return self.y + LETTER + 8


@dataclass(frozen=True)
class Whisker:
    """The forecast with the two ends of its interval."""

    spot: Spot
    low: int
    high: int

    @property
    def word(self) -> tuple[int, int]:
        """Where its word ends, before the interval, and how high it stands: the word of the goal lies 16 off."""
        return self.spot.x - LETTER, self.spot.y + LETTER // 3


@dataclass(frozen=True)
class Drawing:
    """All that is drawn of one target; `start` begins the path where there is a baseline."""

    progress: Progress
    years: tuple[tuple[int, int], ...]
    dots: tuple[Spot, ...]
    start: Spot | None
    goal: Spot
    forecast: Whisker | None

    @property
    def is_under(self) -> bool:
        """Whether the last dot lies under the path, so that its number stands under it too."""
        due, level = self.progress.due, self.progress.level
        return due is not None and level is not None and level < due

    @property
    def goal_word(self) -> int:
        """How high the word of the goal stands: under its bar where the forecast lies over it."""
        over = self.forecast is not None and self.forecast.spot.y < self.goal.y
        return self.goal.below if over else self.goal.above


def drawing_of(progress: Progress) -> Drawing | None:
    """The drawing of a target; none where there is no figure or no goal to draw."""
    target, unit = progress.target, progress.target.unit
    known = [(each.period.year, level) for each in progress.points if (level := each.level(unit)) is not None]
    if not known or target.value is None:
        return None
    first = min(known[0][0], target.baseline_year or known[0][0])
    last = max(known[-1][0], target.year)
    across = _scale(first, last, LEFT + LETTER, RIGHT - LETTER)
    up = _scale(0, _top(progress, [level for _, level in known]), BOTTOM, TOP)
    start = None
    if target.baseline_year is not None and target.baseline is not None:
        start = Spot(across(target.baseline_year), up(target.baseline), target.baseline)
    return Drawing(
        progress=progress,
        years=tuple((year, across(year)) for year in sorted({first, known[-1][0], target.year})),
        dots=tuple(Spot(across(year), up(level), level) for year, level in known),
        start=start,
        goal=Spot(across(target.year), up(target.value), target.value),
        forecast=_whisker(progress, across, up),
    )


def _whisker(
    progress: Progress, across: Callable[[Fraction | int], int], up: Callable[[Fraction | int], int]
) -> Whisker | None:
    found = progress.outlook
    if found is None:
        return None
    return Whisker(Spot(across(progress.target.year), up(found.value), found.value), up(found.low), up(found.high))


def _top(progress: Progress, levels: list[Fraction]) -> Fraction | int:
    """The highest number of the drawing: all of a base, or the largest count."""
    target, outlook = progress.target, progress.outlook
    if target.unit == Unit.SHARE:
        return WHOLE
    others = (target.value or 0, target.baseline or 0, outlook.high if outlook else 0)
    return max(Fraction(1), *levels, *map(Fraction, others))


def _scale(low: int, high: Fraction | int, start: int, end: int) -> Callable[[Fraction | int], int]:
    span = high - low or 1
    return lambda value: round(start + Fraction(value - low) / Fraction(span) * (end - start))
