"""From *unmet* to *met*: the demands that must be reached, then the fewest indicators that make up the points.

Every step is tried on the engine itself, so what is proposed does lead to *met* as far as the law is known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from densach.rules.judging import Finding, Judge, Judgement
from densach.rules.lowering import HUNDREDTHS, decides, highest, indicators_of, share_bounds, threshold_bounds
from densach.rules.model import Fact, Indicator, LevelId
from densach.rules.sheet import Facts


class Step(NamedTuple):
    """One fact to bring up to a number; null where the text that says the number is not known."""

    indicator: Indicator
    fact: Fact
    to: int | None


def steps_to_met(judge: Judge, facts: Facts) -> tuple[Step, ...]:
    """The smallest changes found that lead to *met*, each fact once, what is demanded first.

    Of the levels the lowest one that can be reached; a higher one may ask less of one thing than a lower one does.
    """
    bounds = judge.sheet.bounds(facts)
    lowest, *higher = judge.lowered.ladder if judge.rubric.style == "targets" else judge.lowered.ladder[:1]
    climb = _climbed(judge, bounds, lowest)
    if not climb.is_met():
        climb = next((each for each in (_climbed(judge, bounds, one) for one in higher) if each.is_met()), climb)
    return tuple(climb.steps.values())


def _climbed(judge: Judge, bounds: list[int], level: LevelId) -> _Climb:
    """The steps towards one level."""
    climb = _Climb(judge, bounds, level)
    for indicator, finding in climb.findings():
        if _may_be_behind(judge, finding, level) and _is_demanded(judge, indicator, level):
            climb.raise_to(indicator, climb.needed(indicator))
    for indicator, to in climb.rooms() if judge.rubric.style == "points" else ():
        if climb.is_met():
            break
        climb.raise_as_little_as_helps(indicator, to)
    return climb


def _may_be_behind(judge: Judge, finding: Finding, level: LevelId) -> bool:
    """Whether an indicator may miss a level; a finding of *met* speaks of the lowest one only."""
    met_below = finding.verdict == "met" and level != judge.lowered.ladder[0]
    return met_below or finding.verdict in {"unmet", "unknown"}


def _is_demanded(judge: Judge, indicator: Indicator, level: LevelId) -> bool:
    """Whether the rubric falls with this indicator alone, at a level."""
    if indicator.optional or not decides(indicator, judge.deciding):
        return False
    if judge.rubric.style == "points":
        return indicator.required or indicator.floor is not None
    return level in indicator.levels


class _Climb:
    def __init__(self, judge: Judge, bounds: list[int], level: LevelId) -> None:
        self.judge = judge
        self.bounds = bounds
        self.level = level
        self.steps: dict[str, Step] = {}

    def findings(self) -> Iterator[tuple[Indicator, Finding]]:
        indicators = (indicator for _, indicator in indicators_of(self.judge.rubric))
        return zip(indicators, self._judged().findings, strict=True)

    def is_met(self) -> bool:
        return self._judged().verdict == "met"

    def _judged(self) -> Judgement:
        return self.judge.conclude(self.bounds, self.judge.values(self.bounds))

    def needed(self, indicator: Indicator) -> int | None:
        """What the fact must surely become: for a share, the fewest that reach it of the base as it is."""
        judge, fact = self.judge, self._fact(indicator)
        if indicator.test == "score":
            return threshold_bounds(indicator.floor, fact, judge.deciding)[1] if indicator.floor else 1
        threshold = indicator.levels.get(self.level) or next(iter(indicator.levels.values()), None)
        if threshold is None:
            return None
        if indicator.test != "share":
            return threshold_bounds(threshold, fact, judge.deciding)[1]
        low, high = self._known(indicator.base)
        return -(-low * share_bounds(threshold, judge.deciding)[1] // HUNDREDTHS) if low == high else None

    def rooms(self) -> list[tuple[Indicator, int]]:
        """Indicators with points still to win, and what wins them: those already moving, then the most to win."""
        rooms = []
        for indicator, finding in self.findings():
            to = self._winning(indicator) if decides(indicator, self.judge.deciding) else None
            if to is not None and finding.points is not None:
                most = indicator.points if isinstance(indicator.points, int) else to
                gain = most - finding.points.low
                if gain > 0 and finding.verdict != "not_applicable":
                    rooms.append((indicator.fact not in self.steps, -gain, indicator, to))
        return [(indicator, to) for *_, indicator, to in sorted(rooms, key=lambda room: room[:2])]

    def _winning(self, indicator: Indicator) -> int | None:
        if indicator.test != "score":
            return self.needed(indicator)
        most = highest(self._fact(indicator))
        return min(most, indicator.points) if isinstance(indicator.points, int) else most

    def raise_to(self, indicator: Indicator, to: int | None) -> None:
        """Bring the fact of an indicator up to a number, unless it is there or that contradicts what is known."""
        fact = self._fact(indicator)
        if to is None:
            self.steps.setdefault(fact.id, Step(indicator, fact, None))
            return
        raised = [*self.bounds]
        at = 2 * self.judge.sheet.index[fact.id]
        raised[at] = raised[at + 1] = to
        if self.bounds[at] < to <= highest(fact) and self.judge.sheet.tighten(raised):
            self.bounds = raised
            self.steps[fact.id] = Step(indicator, fact, to)

    def raise_as_little_as_helps(self, indicator: Indicator, to: int) -> None:
        """Bring the fact up to a number, or only as far as *met* asks where points are given one by one."""
        before = self.bounds
        self.raise_to(indicator, to)
        if indicator.test == "score" and self.is_met():
            low = before[2 * self.judge.sheet.index[self._fact(indicator).id]] + 1
            enough = bisect_left(range(low, to), True, key=lambda to: self._is_met_from(before, indicator, to))
            self._is_met_from(before, indicator, low + enough)

    def _is_met_from(self, before: list[int], indicator: Indicator, to: int) -> bool:
        self.bounds = before
        self.raise_to(indicator, to)
        return self.is_met()

    def _known(self, fact_id: str | None) -> tuple[int, int]:
        at = 2 * self.judge.sheet.index[fact_id or ""]
        return self.bounds[at], self.bounds[at + 1]

    def _fact(self, indicator: Indicator) -> Fact:
        return self.judge.rubric.facts[self.judge.sheet.index[indicator.fact or ""]]
