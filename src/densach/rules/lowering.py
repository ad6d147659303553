"""From a rubric to a program: every rule of the law becomes one span, the whole becomes the verdict.

Read top to bottom: an indicator is lowered to (applies, met at each level, points); the rubric sums or joins them.
What decides nothing, because its text is unread or its mark is too weak, becomes a span of all it may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from densach.rules.model import (
    DECIDING,
    MARKS,
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
    law: tuple[int, ...] = ()


def lower(rubric: Rubric, deciding: frozenset[Mark] = DECIDING, *, law_as_inputs: bool = False) -> Lowered:
    """Lower a rubric whose references are resolved; `deciding` says which marks may decide.

    With `law_as_inputs` the gaps of the law are inputs after the facts, and `law` holds their lowest and highest.
    """
    return _Lowering(rubric, deciding, law_as_inputs).whole()


def indicators_of(rubric: Rubric) -> Iterator[tuple[Criterion, Indicator]]:
    """Every indicator with its criterion, in the order of the sheet."""
    return ((criterion, indicator) for criterion in rubric.criteria for indicator in criterion.indicators)


def decides(indicator: Indicator, deciding: frozenset[Mark]) -> bool:
    """Whether the indicator was read surely enough to count."""
    return indicator.test != "unread" and indicator.mark in deciding


def unproved_facts(rubric: Rubric, deciding: frozenset[Mark] = frozenset(MARKS)) -> tuple[str, ...]:
    """Facts that pull the verdict both ways, so that worst and best completion do not suffice.

    In a proved program each end of the verdict asks each fact for one of its two ends only. A rubric must name the
    rest in `enumerates`; those returned here are not yet named. By default every mark counts as deciding: what is
    proved then stays proved when a text is read more surely.
    """
    lowered = lower(rubric, deciding)
    mixed: set[int] = set()
    for place in (lowered.nothing_applies, lowered.level):
        for end in (place, place + 1):
            behind = lowered.program.inputs_behind(lowered.program.outputs[end])
            mixed |= {index // 2 for index in behind if index ^ 1 in behind}
            mixed.update(_parts_apart_from_bases(rubric, behind))
    names = (rubric.facts[index].id for index in sorted(mixed))
    return tuple(name for name in names if name not in rubric.enumerates)


def _parts_apart_from_bases(rubric: Rubric, behind: frozenset[int]) -> Iterator[int]:
    """Parts asked for their upper end beside the lower end of their base: no completion may have both.

    Where a part is only looked at as a share of its own base this does no harm, for the whole base then will do.
    """
    place = {fact.id: index for index, fact in enumerate(rubric.facts)}
    for fact in rubric.facts:
        looks = [one for _, one in indicators_of(rubric) if fact.id in {one.fact, one.base}]
        is_share_only = all(one.fact == fact.id and one.base == fact.part_of for one in looks)
        if fact.part_of is None or is_share_only:
            continue
        if 2 * place[fact.id] + 1 in behind and 2 * place[fact.part_of] in behind:
            yield place[fact.id]


def points_are_sure(scored: Indicator | Criterion, deciding: frozenset[Mark]) -> bool:
    """Whether the points of an indicator or a criterion are a number read surely enough to count."""
    return isinstance(scored.points, int) and (scored.points_mark or scored.mark) in deciding


def rank_is_sure(level: Level, deciding: frozenset[Mark]) -> bool:
    """Whether the points that a rank asks for were read surely enough to count."""
    threshold = level.at_least
    return threshold is not None and threshold.value != "unknown" and (threshold.mark or level.mark) in deciding


class _Lowering:
    def __init__(self, rubric: Rubric, deciding: frozenset[Mark], law_as_inputs: bool) -> None:
        self.rubric = rubric
        self.deciding = deciding
        self.spans = Spans(Builder(), 2 * len(rubric.facts) if law_as_inputs else None)
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
        nothing_applies = self._nothing_applies([result for _, result in results])
        places = [self._output(span) for span in (nothing_applies, points, level)]
        flat = [end for span in self.outputs for end in span]
        program = self.spans.builder.finish(flat)
        return Lowered(program, indicators, places[0], places[1], places[2], ladder, tuple(self.spans.law))

    # --- one indicator -------------------------------------------------------------------------------------

    def _indicator(self, criterion: Criterion, indicator: Indicator) -> _Result:
        not_applicable = self._not_applicable(indicator)
        met = {level: self._met(indicator, level) for level in self._levels_of(indicator)}
        points = self._points(criterion, indicator, not_applicable, met)
        return _Result(not_applicable, met, points)

    def _levels_of(self, indicator: Indicator) -> tuple[LevelId, ...]:
        if indicator.levels and decides(indicator, self.deciding):
            return tuple(indicator.levels)
        if self.rubric.style == "points":
            return UNREAD_LEVELS
        return tuple(level.id for level in self.rubric.levels if level.passes) or UNREAD_LEVELS

    def _not_applicable(self, indicator: Indicator) -> Span:
        applies = self.spans.both(self._holds(condition) for condition in indicator.applies_if)
        excluded = self.spans.negate(applies)
        if indicator.base is not None:
            excluded = self.spans.either(excluded, self._is(self._described(indicator.base), 0))
        if indicator.mark in self.deciding:
            return excluded
        return self.spans.up_to(excluded, 1)  # a text too unsure to apply is too unsure to exempt

    def _holds(self, condition: Condition) -> Span:
        fact = self._described(condition.fact)
        return self.spans.greatest(self._is(fact, value_of(fact, choice)) for choice in condition.among)

    def _is(self, fact: Fact, number: int) -> Span:
        """Whether a fact is this number, asked so that a fact at an end of its range pulls one way only."""
        if not fact.low <= number <= highest(fact):
            return self._never()
        if number == fact.low:
            return self.spans.is_lowest(self._fact(fact.id), number)
        if number == highest(fact):
            return self.spans.is_highest(self._fact(fact.id), number)
        return self.spans.equals(self._fact(fact.id), number)

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
        low, high = threshold_bounds(threshold, self._described(indicator.fact), self.deciding)
        return self.spans.reaches(self._fact(indicator.fact), self.spans.between(low, high))

    def _reaches_floor(self, indicator: Indicator) -> Span:
        """A scored indicator is met when it has its floor, or any point at all where no floor is set."""
        low, high = (
            (1, 1)
            if indicator.floor is None
            else threshold_bounds(indicator.floor, self._described(indicator.fact), self.deciding)
        )
        return self.spans.reaches(self._fact(indicator.fact), self.spans.between(low, high))

    def _share(self, indicator: Indicator, threshold: Threshold) -> Span:
        """part / base >= n / d, compared in whole numbers as part * d >= n * base."""
        low, high = share_bounds(threshold, self.deciding)
        part = self.spans.times(self._fact(indicator.fact), self.spans.between(HUNDREDTHS, HUNDREDTHS))
        return self.spans.reaches(part, self.spans.times(self._fact(indicator.base), self.spans.between(low, high)))

    def _points(
        self, criterion: Criterion, indicator: Indicator, not_applicable: Span, met: dict[LevelId, Span]
    ) -> Span:
        if self.rubric.style != "points" or indicator.points is None:
            return self.spans.between(0, 0)
        most = indicator.points if self._sure_points(indicator) else self._left_over(criterion)
        assert isinstance(most, int)  # noqa: S101  - sure points are a number
        prize = self.spans.between(most if self._sure_points(indicator) else 0, most)
        earned = self._earned(indicator, prize, most, met)
        match indicator.when_not_applicable:
            case "award" if self._sure_points(indicator):
                return self.spans.award(not_applicable, prize, earned)
            case "award":
                return self.spans.choose(not_applicable, prize, earned)
            case "rescale":
                return self.spans.choose(not_applicable, self.spans.between(0, 0), earned)
        return self.spans.choose(not_applicable, self.spans.up_to(prize, most), earned)

    def _earned(self, indicator: Indicator, prize: Span, most: int, met: dict[LevelId, Span]) -> Span:
        if not decides(indicator, self.deciding):
            return self.spans.up_to(prize, most)
        if indicator.test == "score":
            given = self._fact(indicator.fact)
            is_within = highest(self._described(indicator.fact)) <= most
            return given if is_within else self.spans.at_most(given, self.spans.between(most, most))
        nothing = self.spans.between(0, 0)
        consolation = self.spans.up_to(prize, most) if indicator.otherwise == "unknown" else nothing
        return self.spans.award(next(iter(met.values())), prize, consolation)

    def _left_over(self, criterion: Criterion) -> int:
        """The points of a criterion that no read indicator takes: all that an unread one can be worth."""
        whole = criterion.points if self._sure_points(criterion) else self.total
        assert isinstance(whole, int)  # noqa: S101  - sure points are a number
        return max(0, whole - self._sum_of_sure(criterion.indicators))

    def _sum_of_sure(self, scored: Iterable[Indicator | Criterion]) -> int:
        return sum(one.points for one in scored if self._sure_points(one) and isinstance(one.points, int))

    # --- the whole -----------------------------------------------------------------------------------------

    def _total_points(self, results: dict[str, _Result]) -> Span:
        sums = [(criterion, self._criterion_points(criterion, results)) for criterion in self.rubric.criteria]
        known = [points for criterion, points in sums if self._sure_points(criterion)]
        unread = [points for criterion, points in sums if not self._sure_points(criterion)]
        return self._capped(known, unread, max(0, self.total - self._sum_of_sure(self.rubric.criteria)))

    def _criterion_points(self, criterion: Criterion, results: dict[str, _Result]) -> Span:
        left = self._left_over(criterion)
        if not criterion.indicators:
            return self.spans.between(0, left)
        known = [results[i.id].points for i in criterion.indicators if self._sure_points(i)]
        unread = [results[i.id].points for i in criterion.indicators if not self._sure_points(i)]
        return self._capped(known, unread, left)

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
        read = [self._passes(r, level) for i, r in results if level in r.met and not i.optional]
        unread = [self._open() for criterion in self.rubric.criteria if not criterion.indicators]
        return self.spans.both([*read, *unread, self._asks_something(results, level)])

    def _asks_something(self, results: list[tuple[Indicator, _Result]], level: LevelId) -> Span:
        """Whether any target of a level is meant for the subject: a level that asks it nothing is not reached."""
        asking = [i for i, result in results if level in result.met and not i.optional]
        if not all(indicator.applies_if for indicator in asking):
            return self.spans.between(1, 1)
        return self.spans.greatest(self.spans.both(self._holds(c) for c in i.applies_if) for i in asking)

    def _passes(self, result: _Result, level: LevelId | None) -> Span:
        met = result.met[level] if level is not None else next(iter(result.met.values()))
        return self.spans.either(result.not_applicable, met)

    def _enough(self, points: Span, level: Level, results: list[tuple[Indicator, _Result]]) -> Span:
        threshold = self._rank_threshold(level)
        reached = self.spans.reaches(points, threshold)
        rescaling = [(i, result) for i, result in results if i.when_not_applicable == "rescale"]
        if not rescaling:
            return reached
        if not isinstance(self.rubric.total, int) or not all(self._sure_points(i) for i, _ in rescaling):
            dropped = self.spans.greatest(result.not_applicable for _, result in rescaling)
            return self.spans.choose(dropped, self._open(), reached)
        # points / applicable >= threshold / total, compared in whole numbers
        points = self.spans.times(points, self.spans.between(self.total, self.total))
        return self.spans.reaches(points, self.spans.times(threshold, self._applicable_points(rescaling)))

    def _rank_threshold(self, level: Level) -> Span:
        threshold = level.at_least
        if threshold is None or not (rank_is_sure(level, self.deciding) or threshold.between):
            return self.spans.between(1, self.total)
        low, high = (threshold.value,) * 2 if rank_is_sure(level, self.deciding) else threshold.between or (1, 1)
        return self.spans.between(int(low), int(high))

    def _applicable_points(self, rescaling: list[tuple[Indicator, _Result]]) -> Span:
        """The total without the indicators that fall away."""
        always = self.total - self._sum_of_sure(indicator for indicator, _ in rescaling)
        nothing = self.spans.between(0, 0)
        kept = (
            self.spans.choose(result.not_applicable, nothing, self.spans.between(i.points, i.points))
            for i, result in rescaling
            if isinstance(i.points, int)
        )
        return self.spans.add([self.spans.between(always, always), *kept])

    def _nothing_applies(self, results: list[_Result]) -> Span:
        """Whether no indicator applies; a criterion whose indicators were not read may always apply."""
        if not results or not all(criterion.indicators for criterion in self.rubric.criteria):
            return self._never()
        return self.spans.both(result.not_applicable for result in results)

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

    def _sure_points(self, scored: Indicator | Criterion) -> bool:
        return points_are_sure(scored, self.deciding)

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


def threshold_is_sure(threshold: Threshold, deciding: frozenset[Mark]) -> bool:
    """Whether a threshold of an indicator that decides is itself a number read surely enough to count."""
    return threshold.value != "unknown" and (threshold.mark is None or threshold.mark in deciding)


def threshold_bounds(threshold: Threshold, fact: Fact, deciding: frozenset[Mark]) -> tuple[int, int]:
    """The lowest and highest number that a threshold on a fact can be."""
    if threshold_is_sure(threshold, deciding):
        return value_of(fact, threshold.value), value_of(fact, threshold.value)
    if threshold.between is not None:
        return value_of(fact, threshold.between[0]), value_of(fact, threshold.between[1])
    return fact.low, highest(fact)


def share_bounds(threshold: Threshold, deciding: frozenset[Mark]) -> tuple[int, int]:
    """The lowest and highest share that a threshold can be, in hundredths of a percent."""
    if threshold_is_sure(threshold, deciding):
        return hundredths(threshold.value), hundredths(threshold.value)
    low, high = threshold.between or ("0%", "100%")
    return hundredths(low), hundredths(high)


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


def answer_of(fact: Fact, number: int) -> bool | int | str:
    """The answer that a whole number of the program stands for."""
    if fact.kind == "boolean":
        return bool(number)
    return list(fact.choices)[number] if fact.kind in {"choice", "ordinal"} else number


def value_of(fact: Fact, value: bool | int | str) -> int:
    """An answer as the whole number the program works with: yes = 1, a choice = its place in the list."""
    if isinstance(value, str):
        return list(fact.choices).index(value)
    return int(value)
