"""Judge one subject: facts in, verdict with its findings, open questions and a sealed receipt out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product
from typing import Literal, NamedTuple

from msgspec import Struct

from densach.rules.lowering import Lowered, decides, indicators_of, lower, points_are_sure, threshold_is_sure
from densach.rules.mattering import Mattering
from densach.rules.model import DECIDING, MARKS, Cite, Indicator, LevelId, Mark, Rubric
from densach.rules.program import to_python
from densach.rules.sheet import Facts, Sheet
from densach.rules.verdicts import Verdict, verdict_of

Source = tuple[str, str]


class Points(Struct, frozen=True):
    """The fewest and the most points over all completions; `high` null where the text gives no total."""

    low: int
    high: int | None


class Missing(Struct, frozen=True):
    """What keeps a finding open: a `fact` nobody gave yet, or a text of `law` that was not read surely enough."""

    kind: Literal["fact", "law"]
    id: str


class Finding(Struct, frozen=True, omit_defaults=True):
    """The result of one indicator. `levels` gives its verdict level by level where there are several."""

    id: str
    verdict: Verdict
    points: Points | None
    cites: tuple[Cite, ...]
    missing: tuple[Missing, ...]
    levels: dict[LevelId, Verdict] = {}


class Judgement(Struct, frozen=True):
    """What the law as we know it says of one subject. `level` is null while more than one can still come out."""

    rubric: str
    verdict: Verdict
    level: LevelId | None
    points: Points | None
    findings: tuple[Finding, ...]
    mark: Mark


class _Row(NamedTuple):
    """All that is fixed about one indicator, so that judging only looks up."""

    indicator: Indicator
    not_applicable: int
    met: tuple[tuple[LevelId, int], ...]
    points: int
    facts: tuple[tuple[int, Missing], ...]
    law: tuple[Missing, ...]
    scored: bool


class Judge:
    """A rubric made ready to judge many subjects. `sources` names the policy bytes (id, sha256) it was made of."""

    def __init__(self, rubric: Rubric, sources: Iterable[Source] = (), deciding: frozenset[Mark] = DECIDING) -> None:
        self.rubric = rubric
        self.sources = tuple(sources)
        self.deciding = deciding
        self.sheet = Sheet(rubric)
        self.lowered: Lowered = lower(rubric, deciding)
        self._run = to_python(self.lowered.program)
        self._rows = tuple(self._row(indicator) for _, indicator in indicators_of(rubric))
        self._enumerated = tuple(2 * self.sheet.index[name] for name in rubric.enumerates)

    def judge(self, facts: Facts) -> Judgement:
        """Judge one subject by its facts; raises Refused for facts the rubric cannot take."""
        bounds = self.sheet.bounds(facts)
        return self.conclude(bounds, self.values(bounds))

    def values(self, bounds: list[int]) -> tuple[int, ...]:
        """The outputs of the program over all completions of the bounds."""
        open_ends = [at for at in self._enumerated if bounds[at] != bounds[at + 1]]
        if not open_ends:
            return self._run(bounds)
        completions = (completed for completed in _completions(bounds, open_ends) if self.sheet.tighten(completed))
        return _union(self._run(completed) for completed in completions)

    def conclude(self, bounds: list[int], values: tuple[int, ...]) -> Judgement:
        """Put the outputs into words of the law."""
        low, high = values[self.lowered.level], values[self.lowered.level + 1]
        at = self.lowered.nothing_applies
        verdict = verdict_of(values[at], values[at + 1], low, high)
        level = self.lowered.ladder[low - 1] if verdict == "met" and low == high else None
        findings = tuple([self._finding(row, bounds, values) for row in self._rows])
        return Judgement(self.rubric.id, verdict, level, self._points(values), findings, self.mark)

    @cached_property
    def mattering(self) -> Mattering:
        """Which missing facts can decide; made when the first question is asked."""
        return Mattering(self.rubric, self.deciding, self.sheet)

    @cached_property
    def mark(self) -> Mark:
        """The weakest mark among the rules that decide here."""
        marks = [i.mark for _, i in indicators_of(self.rubric) if decides(i, self.deciding)]
        return max(marks, key=MARKS.index) if marks else "unknown"

    def _points(self, values: tuple[int, ...]) -> Points | None:
        if self.rubric.style != "points":
            return None
        high = values[self.lowered.points + 1] if isinstance(self.rubric.total, int) else None
        return Points(values[self.lowered.points], high)

    def _finding(self, row: _Row, bounds: list[int], values: tuple[int, ...]) -> Finding:
        skips, may_skip = values[row.not_applicable], values[row.not_applicable + 1]
        verdicts = {level: verdict_of(skips, may_skip, values[at], values[at + 1]) for level, at in row.met}
        verdict = next(iter(verdicts.values()))
        points = Points(values[row.points], values[row.points + 1]) if row.scored else None
        open_points = points is not None and points.low != points.high
        missing: tuple[Missing, ...] = ()
        if open_points or "unknown" in verdicts.values():
            missing = (*[m for at, m in row.facts if bounds[at] != bounds[at + 1]], *row.law)
        indicator = row.indicator
        return Finding(indicator.id, verdict, points, indicator.cites, missing, verdicts if len(verdicts) > 1 else {})

    def _row(self, indicator: Indicator) -> _Row:
        outputs = self.lowered.indicators[indicator.id]
        facts = tuple((2 * self.sheet.index[name], Missing("fact", name)) for name in facts_of(indicator))
        scored = self.rubric.style == "points" and indicator.points is not None
        law = tuple(Missing("law", name) for name in law_gaps(indicator, self.deciding))
        return _Row(indicator, outputs.not_applicable, tuple(outputs.met.items()), outputs.points, facts, law, scored)


def judge(
    rubric: Rubric, facts: Facts, *, sources: Iterable[Source] = (), deciding: frozenset[Mark] = DECIDING
) -> Judgement:
    """Judge one subject once; for many, keep a `Judge`."""
    return Judge(rubric, sources, deciding).judge(facts)


def facts_of(indicator: Indicator) -> tuple[str, ...]:
    """The facts that one indicator looks at, conditions first."""
    names = [*(condition.fact for condition in indicator.applies_if), indicator.base, indicator.fact]
    return tuple(dict.fromkeys(name for name in names if name is not None))


def law_gaps(indicator: Indicator, deciding: frozenset[Mark]) -> tuple[str, ...]:
    """What of one indicator's law is not surely known, by name: its text, a threshold, its points."""
    if not decides(indicator, deciding):
        return (f"{indicator.id}.text",)
    thresholds = [*indicator.levels.items(), *([("floor", indicator.floor)] if indicator.floor else [])]
    open_levels = [
        threshold.hole or f"{indicator.id}.level_{level}"
        for level, threshold in thresholds
        if not threshold_is_sure(threshold, deciding)
    ]
    unset = [] if indicator.levels or indicator.test == "score" else [f"{indicator.id}.threshold"]
    unsure = indicator.points is not None and not points_are_sure(indicator, deciding)
    points = [f"{indicator.id}.points"] if unsure else []
    partial = [f"{indicator.id}.partial_points"] if indicator.otherwise == "unknown" else []
    return (*open_levels, *unset, *points, *partial)


def _completions(bounds: list[int], open_ends: list[int]) -> Iterator[list[int]]:
    for chosen in product(*(range(bounds[at], bounds[at + 1] + 1) for at in open_ends)):
        completed = bounds.copy()
        for at, number in zip(open_ends, chosen, strict=True):
            completed[at] = completed[at + 1] = number
        yield completed


def _union(results: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    columns = zip(*results, strict=True)
    return tuple(min(column) if at % 2 == 0 else max(column) for at, column in enumerate(columns))
