"""Stretches of days: the only interval arithmetic of the project, half-open, from the first day to before the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Interval:
    """The days from `start` to before `end`; without an end it has not ended yet. An empty one is a ValueError."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"an interval ends after it starts, not [{self.start}, {self.end})")

    def contains(self, day: date) -> bool:
        """Whether the day lies in the interval; the last day named does not."""
        return self.start <= day and (self.end is None or day < self.end)

    def nearest(self, day: date) -> date:
        """The day itself if it lies in the interval, else the first or the last day that does."""
        if day < self.start or self.end is None:
            return max(day, self.start)
        return min(day, self.end - timedelta(days=1))

    def overlaps(self, other: Interval) -> bool:
        """Whether some day lies in both."""
        return self.intersect(other) is not None

    def intersect(self, other: Interval) -> Interval | None:
        """The days that lie in both, if there are any."""
        start = max(self.start, other.start)
        end = min((end for end in (self.end, other.end) if end is not None), default=None)
        return None if end is not None and end <= start else Interval(start, end)
