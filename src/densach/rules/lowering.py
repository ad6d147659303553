"""From a rubric to a program: every rule of the law becomes one span, the whole becomes the verdict.

Read top to bottom: an indicator is lowered to (applies, met at each level, points); the rubric sums or joins them.
What decides nothing, because its text is unread or its mark is too weak, becomes a span of all it may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from densach.rules.model import (
    DECIDING,
    Condition,
    Criterion,
    Fact,
    Indicator,
    Level,
    LevelId,
    Mark,
    Rubric,
    Threshold,
)
from densach.rules.program import Builder, Program
from densach.rules.spans import Span, Spans

UNBOUNDED = 1_000_000  # more points than any sheet has: the cap where a text gives no total
UNREAD_LEVELS: tuple[LevelId, ...] = (1,)


@dataclass(frozen=True)
class IndicatorOutputs:
    """Where one indicator's results stand in the outputs; each takes two places, lowest and highest."""

    not_applicable: int
    met: dict[LevelId, int]
    points: int


@dataclass(frozen=True)
class Lowered:
    """A rubric as a program. `level` counts from 0 (none) up the passing levels in `ladder`."""

    program: Program
    indicators: dict[str, IndicatorOutputs]
    nothing_applies: int
    points: int
    level: int
    ladder: tuple[LevelId, ...]


def lower(rubric: Rubric, deciding: frozenset[Mark] = DECIDING) -> Lowered:
    """Lower a rubric whose references are resolved; `deciding` says which marks may decide."""
    return _Lowering(rubric, deciding).whole()


def indicators_of(rubric: Rubric) -> Iterator[tuple[Criterion, Indicator]]:
    """Every indicator with its criterion, in the order of the sheet."""
    return ((criterion, indicator) for criterion in rubric.criteria for indicator in criterion.indicators)


def decides(indicator: Indicator, deciding: frozenset[Mark]) -> bool:
    """Whether the indicator was read surely enough to count."""
    return indicator.test != "unread" and indicator.mark in deciding


def unproved_facts(rubric: Rubric) -> tuple[str, ...]:
    """Facts that pull the verdict both ways, so that worst and best completion do not suffice.

    In a proved program the lowest level asks each fact for one of its two ends only. A rubric must name the rest
    in `enumerates`; those returned here are not yet named.
    """
    lowered = lower(rubric)
    program = lowered.program
    mixed: set[int] = set()
    for end in (lowered.level, lowered.level + 1):
        behind = program.inputs_behind(program.outputs[end])
        mixed |= {index // 2 for index in behind if index ^ 1 in behind}
    names = (rubric.facts[index].id for index in sorted(mixed))
    return tuple(name for name in names if name not in rubric.enumerates)


class _Lowering:
    def __init__(self, rubric: Rubric, deciding: frozenset[Mark]) -> None:
        self.rubric = rubric
        self.deciding = deciding
        self.spans = Spans(Builder())
        self.fact_index = {fact.id: index for index, fact in enumerate(rubric.facts)}
        self.total = rubric.total if isinstance(rubric.total, int) else UNBOUNDED
        self.outputs: list[Span] = []

    def whole(self) -> Lowered:
        results = [
            (indicator, self._indicator(criterion, indicator)) for criterion, indicator in indicators_of(self.rubric)
        ]
        indicators = {indicator.id: self._place(result) for indicator, result in results}
        points = self._total_points({indicator.id: result for indicator, result in results})
        level, ladder = self._level(results, points)
        nothing_applies = self.spans.both(result.not_applicable for _, result in results) if results else self._never()
        places = [self._output(span) for span in (nothing_applies, points, level)]
        flat = [end for span in self.outputs for end in span]
        return Lowered(self.spans.builder.finish(flat), indicators, places[0], places[1], places[2], ladder)

    # --- one indicator -------------------------------------------------------------------------------------

    def _indicator(self, criterion: Criterion, indicator: Indicator) -> _Result:
        not_applicable = self._not_applicable(indicator)
        met = {level: self._met(indicator, level) for level in self._levels_of(indicator)}
        points = self._points(criterion, indicator, not_applicable, met)
        return _Result(not_applicable, met, points)

    def _levels_of(self, indicator: Indicator) -> tuple[LevelId, ...]:
        if indicator.levels and decides(indicator, self.deciding):
            return tuple(indicator.levels)
        return tuple(level.id for level in self.rubric.levels if level.passes) or UNREAD_LEVELS

    def _not_applicable(self, indicator: Indicator) -> Span:
        applies = self.spans.both(self._holds(condition) for condition in indicator.applies_if)
        excluded = self.spans.negate(applies)
        if indicator.base is None:
            return excluded
        return self.spans.either(excluded, self.spans.equals(self._fact(indicator.base), 0))

    def _holds(self, condition: Condition) -> Span:
        fact = self._described(condition.fact)
        wanted = [value_of(fact, choice) for choice in condition.among]
        options = [self.spans.equals(self._fact(fact.id), number) for number in wanted]
        return self.spans.greatest(options)

    def _met(self, indicator: Indicator, level: LevelId) -> Span:
        threshold = indicator.levels.get(level)
        if not decides(indicator, self.deciding):
            return self._open()
        if indicator.test == "score":
            return self._reaches_floor(indicator)
        if threshold is None or indicator.fact is None:
            return self._open()
        if indicator.test == "share":
            return self._share(indicator, threshold)
        low, high = self._bounds(threshold, self._described(indicator.fact))
        return self.spans.reaches(self._fact(indicator.fact), self.spans.between(low, high))

    def _reaches_floor(self, indicator: Indicator) -> Span:
        """A scored indicator is met when it has its floor, or any point at all where no floor is set."""
        low, high = (
            (1, 1) if indicator.floor is None else self._bounds(indicator.floor, self._described(indicator.fact))
        )
        return self.spans.reaches(self._fact(indicator.fact), self.spans.between(low, high))

    def _share(self, indicator: Indicator, threshold: Threshold) -> Span:
        """part / base >= n / d, compared in whole numbers as part * d >= n * base."""
        low, high = self._hundredths(threshold)
        part = self.spans.times(self._fact(indicator.fact), self.spans.between(HUNDREDTHS, HUNDREDTHS))
        return self.spans.reaches(part, self.spans.times(self._fact(indicator.base), self.spans.between(low, high)))

    def _points(
        self, criterion: Criterion, indicator: Indicator, not_applicable: Span, met: dict[LevelId, Span]
    ) -> Span:
        if self.rubric.style != "points" or indicator.points is None:
            return self.spans.between(0, 0)
        prize = self._prize(criterion, indicator)
        earned = self._earned(indicator, prize, met)
        if_not_applicable = {
            "award": prize,
            "rescale": self.spans.between(0, 0),
            "unknown": Span(self.spans.builder.lit(0), prize.high),
        }
        return self.spans.choose(not_applicable, if_not_applicable[indicator.when_not_applicable or "unknown"], earned)

    def _earned(self, indicator: Indicator, prize: Span, met: dict[LevelId, Span]) -> Span:
        nothing = self.spans.between(0, 0)
        if not decides(indicator, self.deciding):
            return Span(nothing.low, prize.high)
        if indicator.test == "score":
            return self.spans.at_most(self._fact(indicator.fact), Span(prize.high, prize.high))
        consolation = Span(nothing.low, prize.high) if indicator.otherwise == "unknown" else nothing
        return self.spans.award(next(iter(met.values())), prize, consolation)

    def _prize(self, criterion: Criterion, indicator: Indicator) -> Span:
        if isinstance(indicator.points, int):
            return self.spans.between(indicator.points, indicator.points)
        return self.spans.between(0, self._left_over(criterion))

    def _left_over(self, criterion: Criterion) -> int:
        """The points of a criterion that no read indicator takes: all that an unread one can be worth."""
        whole = criterion.points if isinstance(criterion.points, int) else self.total
        return max(0, whole - sum(i.points for i in criterion.indicators if isinstance(i.points, int)))

    # --- the whole -----------------------------------------------------------------------------------------

    def _total_points(self, results: dict[str, _Result]) -> Span:
        sums = [(criterion, self._criterion_points(criterion, results)) for criterion in self.rubric.criteria]
        known = [points for criterion, points in sums if isinstance(criterion.points, int)]
        unread = [points for criterion, points in sums if not isinstance(criterion.points, int)]
        left = self.total - sum(c.points for c in self.rubric.criteria if isinstance(c.points, int))
        return self._capped(known, unread, max(0, left))

    def _criterion_points(self, criterion: Criterion, results: dict[str, _Result]) -> Span:
        known = [results[i.id].points for i in criterion.indicators if isinstance(i.points, int)]
        unread = [results[i.id].points for i in criterion.indicators if i.points == "unknown"]
        return self._capped(known, unread, self._left_over(criterion))

    def _capped(self, known: list[Span], unread: list[Span], left: int) -> Span:
        cap = self.spans.between(left, left)
        rest = [self.spans.at_most(self.spans.add(unread), cap)] if unread else []
        return self.spans.add([*known, *rest])

    def _level(self, results: list[tuple[Indicator, _Result]], points: Span) -> tuple[Span, tuple[LevelId, ...]]:
        ladder = tuple(level for level in self.rubric.levels if level.passes)
        if self.rubric.style == "unknown" or not results:
            return self._open(), UNREAD_LEVELS
        if self.rubric.style == "points":
            gates = self.spans.both(self._passes(result, None) for i, result in results if i.required or i.floor)
            reached = [self.spans.both([gates, self._enough(points, level, results)]) for level in ladder]
            return self._highest(reached or [self._open()]), tuple(level.id for level in ladder) or UNREAD_LEVELS
        ids = tuple(level.id for level in ladder) or UNREAD_LEVELS
        return self._highest([self._all_targets(results, level) for level in ids]), ids

    def _all_targets(self, results: list[tuple[Indicator, _Result]], level: LevelId) -> Span:
        return self.spans.both(self._passes(r, level) for i, r in results if level in r.met and not i.optional)

    def _passes(self, result: _Result, level: LevelId | None) -> Span:
        met = result.met[level] if level is not None else next(iter(result.met.values()))
        return self.spans.either(result.not_applicable, met)

    def _enough(self, points: Span, level: Level, results: list[tuple[Indicator, _Result]]) -> Span:
        threshold = self._rank_threshold(level)
        if any(indicator.when_not_applicable == "rescale" for indicator, _ in results):
            # points / applicable >= threshold / total, compared in whole numbers
            points = self.spans.times(points, self.spans.between(self.total, self.total))
            threshold = self.spans.times(threshold, self._applicable_points(results))
        return self.spans.reaches(points, threshold)

    def _rank_threshold(self, level: Level) -> Span:
        if level.at_least is not None and self._sure(level.at_least, level.mark):
            return self.spans.between(int(level.at_least.value), int(level.at_least.value))
        return self.spans.between(1, self.total)

    def _applicable_points(self, results: list[tuple[Indicator, _Result]]) -> Span:
        nothing = self.spans.between(0, 0)
        return self.spans.add(
            self.spans.choose(result.not_applicable, nothing, self.spans.between(i.points, i.points))
            for i, result in results
            if isinstance(i.points, int)
        )

    def _highest(self, reached: list[Span]) -> Span:
        steps = enumerate(reached, start=1)
        return self.spans.greatest(self.spans.times(span, self.spans.between(step, step)) for step, span in steps)

    # --- small things --------------------------------------------------------------------------------------

    def _described(self, fact_id: str | None) -> Fact:
        assert fact_id is not None  # noqa: S101  - `policy check` refuses a test without its fact
        return self.rubric.facts[self.fact_index[fact_id]]

    def _fact(self, fact_id: str | None) -> Span:
        assert fact_id is not None  # noqa: S101  - `policy check` refuses a test without its fact
        return self.spans.fact(self.fact_index[fact_id])

    def _sure(self, threshold: Threshold, of_owner: Mark) -> bool:
        return threshold.value != "unknown" and (threshold.mark or of_owner) in self.deciding

    def _bounds(self, threshold: Threshold, fact: Fact) -> tuple[int, int]:
        if self._sure(threshold, "read"):
            number = value_of(fact, threshold.value)
            return number, number
        if threshold.between is not None:
            return value_of(fact, threshold.between[0]), value_of(fact, threshold.between[1])
        return fact.low, highest(fact)

    def _hundredths(self, threshold: Threshold) -> tuple[int, int]:
        if self._sure(threshold, "read"):
            return hundredths(threshold.value), hundredths(threshold.value)
        low, high = threshold.between or ("0%", "100%")
        return hundredths(low), hundredths(high)

    def _open(self) -> Span:
        return self.spans.between(0, 1)

    def _never(self) -> Span:
        return self.spans.between(0, 0)

    def _place(self, result: _Result) -> IndicatorOutputs:
        not_applicable = self._output(result.not_applicable)
        met = {level: self._output(span) for level, span in result.met.items()}
        return IndicatorOutputs(not_applicable, met, self._output(result.points))

    def _output(self, span: Span) -> int:
        self.outputs.append(span)
        return 2 * (len(self.outputs) - 1)


@dataclass(frozen=True)
class _Result:
    not_applicable: Span
    met: dict[LevelId, Span]
    points: Span


HUNDREDTHS = 10_000  # a share is compared in hundredths of a percent


def hundredths(percent: bool | int | str) -> int:
    """A percent such as 62.5% in hundredths of a percent: 6250."""
    whole, _, part = str(percent).rstrip("%").partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def highest(fact: Fact) -> int:
    """The highest whole number that a fact can have."""
    if fact.kind == "boolean":
        return 1
    if fact.kind in {"choice", "ordinal"}:
        return len(fact.choices) - 1
    assert fact.high is not None  # noqa: S101  - `policy check` refuses a count without a bound
    return fact.high


def value_of(fact: Fact, value: bool | int | str) -> int:
    """An answer as the whole number the program works with: yes = 1, a choice = its place in the list."""
    if isinstance(value, str):
        return list(fact.choices).index(value)
    return int(value)
