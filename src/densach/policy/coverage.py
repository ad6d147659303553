"""How much of a rubric we have read: counted from the data, never claimed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from densach.rules.model import DECIDING, Indicator, Mark, Rubric, Threshold

State = Literal["complete", "partial", "unknown"]


class Coverage(NamedTuple):
    """What was read surely enough to decide, beside all there is; `total` null where a rubric has no points."""

    state: State
    indicators_read: int
    indicators: int
    points_read: int | None
    total: int | Literal["unknown"] | None
    thresholds_read: int
    thresholds: int


def coverage(rubric: Rubric) -> Coverage:
    """Count what is read of a rubric whose references are resolved."""
    indicators = [indicator for criterion in rubric.criteria for indicator in criterion.indicators]
    thresholds = list(_thresholds(rubric))
    read = sum(map(_is_read, indicators))
    sure = sum(sureness for _, sureness in thresholds)
    points = sum(_points(indicator) for indicator in indicators) if rubric.style == "points" else None
    whole = _is_whole(rubric, indicators) and read == len(indicators) and sure == len(thresholds)
    state: State = "complete" if whole else "partial" if _anything_read(rubric) else "unknown"
    return Coverage(state, read, len(indicators), points, rubric.total, sure, len(thresholds))


def _is_read(indicator: Indicator) -> bool:
    return indicator.test != "unread" and indicator.mark in DECIDING


def _points(indicator: Indicator) -> int:
    sure = _is_read(indicator) and (indicator.points_mark or indicator.mark) in DECIDING
    return indicator.points if sure and isinstance(indicator.points, int) else 0


def _thresholds(rubric: Rubric) -> Iterator[tuple[Threshold, bool]]:
    for criterion in rubric.criteria:
        for indicator in criterion.indicators:
            floor = (indicator.floor,) if indicator.floor else ()
            for threshold in (*indicator.levels.values(), *floor):
                yield threshold, _is_sure(threshold, indicator.mark)
    for level in rubric.levels:
        if level.at_least is not None:
            yield level.at_least, _is_sure(level.at_least, level.mark)


def _is_sure(threshold: Threshold, owner: Mark) -> bool:
    return threshold.value != "unknown" and owner in DECIDING and (threshold.mark or owner) in DECIDING


def _is_whole(rubric: Rubric, indicators: list[Indicator]) -> bool:
    if rubric.gaps or rubric.style == "unknown" or not indicators:
        return False
    return rubric.style == "targets" or all(_points(indicator) == indicator.points for indicator in indicators)


def _anything_read(rubric: Rubric) -> bool:
    marks = {level.mark for level in rubric.levels} | {criterion.mark for criterion in rubric.criteria}
    marks |= {indicator.mark for criterion in rubric.criteria for indicator in criterion.indicators}
    return not marks.isdisjoint(DECIDING)
