"""Where a straight line through some years leads, with the interval in which one more point of it would lie.

Literature: ordinary least squares with the prediction interval of a new observation, as in Draper and Smith, Applied
Regression Analysis, 3rd ed. 1998, 3.1; Student's distribution by its finite series, Abramowitz and Stegun, Handbook of
Mathematical Functions, 1964, 26.7.3 and 26.7.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan, cos, pi, sin, sqrt, tan

from densach.measures.groups import Estimate, NotMeasurable
from densach.measures.intervals import CONFIDENCE

LEAST_POINTS = 3  # through two points every line is perfect, so nothing is known of its error
_HALVINGS = 200  # of the right angle: far beyond what a float can tell apart


@dataclass(frozen=True)
class Line:
    """A fitted line: its slope, the means it turns about, and what is needed to say how sure it is."""

    slope: float
    mean_x: float
    mean_y: float
    spread: float
    points: int
    error: float

    def at(self, x: float) -> float:
        """The value on the line."""
        return self.mean_y + self.slope * (x - self.mean_x)


def fitted(points: Sequence[tuple[float, float]]) -> Line:
    """The line of least squares; NotMeasurable with fewer than three points, or all of one moment."""
    if len(points) < LEAST_POINTS:
        raise NotMeasurable("a trend needs three points")
    count = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    if spread == 0:
        raise NotMeasurable("a trend needs points of several moments")
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    left = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    return Line(slope, mean_x, mean_y, spread, count, sqrt(left / (count - 2)))


def forecast(points: Sequence[tuple[float, float]], x: float, confidence: float = CONFIDENCE) -> Estimate:
    """What the line gives at a moment, with its prediction interval; NotMeasurable as `fitted` is."""
    line = fitted(points)
    se = line.error * sqrt(1 + 1 / line.points + (x - line.mean_x) ** 2 / line.spread)
    reach = student_deviate(line.points - 2, confidence) * se
    value = line.at(x)
    return Estimate(value, se, value - reach, value + reach)


def student_deviate(freedom: int, confidence: float = CONFIDENCE) -> float:
    """How many standard errors lie on either side by Student's distribution with so many degrees of freedom."""
    if freedom < 1 or not 0 < confidence < 1:
        raise NotMeasurable("Student's distribution needs a degree of freedom, and a confidence below one")
    low, high = 0.0, pi / 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return sqrt(freedom) * tan(low)


def student_within(deviate: float, freedom: int) -> float:
    """The probability that a variable of Student's distribution lies no further from 0."""
    return _within(atan(deviate / sqrt(freedom)), freedom)


def _within(angle: float, freedom: int) -> float:
    """The finite series: for an odd number of degrees of freedom it begins with the angle itself."""
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    total = 0.0
    for step in range(odd, freedom - 1, 2):
        total += term
        term *= (step + 1) / (step + 2) * cos(angle) ** 2
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
