"""The meaning of a rubric in the plainest words, written without the engine: every fact known, every hole filled.

`completions` then tries every way in which missing facts and unread law can turn out, and `over_all` says what the
verdict, level and points are over all of them. Slow, and meant to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from densach.rules.model import DECIDING, Criterion, Fact, Indicator, LevelId, Rubric, Threshold
from densach.rules.sheet import Answer

Key = tuple[str, ...]
Numbers = Mapping[str, int]
Law = Mapping[Key, int]


class Result(NamedTuple):
    """What one completion comes to; `rank` counts the passing levels from 1, 0 is none."""

    verdict: str
    rank: int
    points: int
    indicators: tuple[tuple[str, tuple[str, ...], int], ...]


def completions(rubric: Rubric, facts: Mapping[str, Answer]) -> Iterator[tuple[dict[str, int], dict[Key, int]]]:
    """Every way to fill in what is missing: facts within their bounds, and the gaps of the law."""
    known = {name: _number(_fact(rubric, name), answer) for name, answer in facts.items() if answer is not None}
    ranges = [[known[one.id]] if one.id in known else range(one.low, _highest(one) + 1) for one in rubric.facts]
    gaps = _gaps(rubric)
    for numbers in product(*ranges):
        filled = dict(zip((one.id for one in rubric.facts), numbers, strict=True))
        if all(filled[one.id] <= filled[one.part_of] for one in rubric.facts if one.part_of is not None):
            for law in product(*gaps.values()):
                read = dict(zip(gaps, law, strict=True))
                if _is_possible(read):
                    yield filled, read


def size(rubric: Rubric, facts: Mapping[str, Answer]) -> int:
    """How many completions there are at most."""
    count = 1
    for one in rubric.facts:
        count *= 1 if facts.get(one.id) is not None else _highest(one) - one.low + 1
    for values in _gaps(rubric).values():
        count *= len(values)
    return count


def evaluate(rubric: Rubric, facts: Numbers, law: Law) -> Result:
    """The rubric read literally, for one completion."""
    found = []
    for criterion in rubric.criteria:
        for one in criterion.indicators:
            skipped = _is_not_applicable(rubric, one, facts, law)
            met = {level: _is_met(one, level, facts, law) for level in _levels_of(rubric, one)}
            found.append((one, skipped, met, _points(one, skipped, all(met.values()), facts, law)))
    points = _total({one.id: points for one, *_, points in found}, rubric, law)
    rank = _rank(rubric, found, points, facts, law)
    everything_read = all(criterion.indicators for criterion in rubric.criteria)
    nothing_applies = bool(found) and everything_read and all(skipped for _, skipped, *_ in found)
    verdict = "not_applicable" if nothing_applies else "met" if rank else "unmet"
    indicators = tuple((one.id, _verdicts(skipped, met), points) for one, skipped, met, points in found)
    return Result(verdict, rank, points, indicators)


def over_all(values: set[str]) -> str:
    """One verdict for a set of possible ones."""
    return values.pop() if len(values) == 1 else "unknown"


Found = tuple[Indicator, bool, dict[LevelId, bool], int]


def _verdicts(skipped: bool, met: dict[LevelId, bool]) -> tuple[str, ...]:
    return tuple("not_applicable" if skipped else "met" if one else "unmet" for one in met.values())


def _total(earned: dict[str, int], rubric: Rubric, law: Law) -> int:
    """Sure points count in full; unread ones together at most what the sure ones leave."""
    sums = {}
    for criterion in rubric.criteria:
        sure = sum(earned[one.id] for one in criterion.indicators if _is_sure(one))
        unread = sum(earned[one.id] for one in criterion.indicators if not _is_sure(one))
        unread += law.get(("criterion", criterion.id), 0)
        sums[criterion.id] = sure + min(unread, _left(rubric, criterion))
    left = _whole(rubric) - sum(int(one.points or 0) for one in rubric.criteria if _is_sure(one))
    unread = sum(sums[one.id] for one in rubric.criteria if not _is_sure(one))
    return sum(sums[one.id] for one in rubric.criteria if _is_sure(one)) + min(unread, max(0, left))


def _rank(rubric: Rubric, found: list[Found], points: int, facts: Numbers, law: Law) -> int:
    ladder = [level for level in rubric.levels if level.passes]
    if rubric.style == "points":
        gates = [skipped or all(met.values()) for one, skipped, met, _ in found if one.required or one.floor]
        reached = [all(gates) and _has_enough(rubric, found, points, str(level.id), law) for level in ladder]
    else:
        reached = [
            all(skipped or met[level.id] for one, skipped, met, _ in found if level.id in met and not one.optional)
            and all(law[("unread", c.id, str(level.id))] for c in rubric.criteria if not c.indicators)
            and any(_is_meant(rubric, one, facts) for one, _, met, _ in found if level.id in met and not one.optional)
            for level in ladder
        ]
    return max((at for at, yes in enumerate(reached, start=1) if yes), default=0)


def _has_enough(rubric: Rubric, found: list[Found], points: int, level: str, law: Law) -> bool:
    dropped = [one for one, skipped, *_ in found if skipped and one.when_not_applicable == "rescale"]
    if not dropped:
        return points >= law["rank", level]
    if ("rescaled", level) in law:
        return bool(law["rescaled", level])
    left = _whole(rubric) - sum(int(one.points or 0) for one in dropped)
    return left == 0 or Fraction(points, left) >= Fraction(law["rank", level], _whole(rubric))


def _is_meant(rubric: Rubric, one: Indicator, facts: Numbers) -> bool:
    return all(
        any(facts[c.fact] == _number(_fact(rubric, c.fact), choice) for choice in c.among) for c in one.applies_if
    )


def _is_not_applicable(rubric: Rubric, one: Indicator, facts: Numbers, law: Law) -> bool:
    excluded = not _is_meant(rubric, one, facts) or (one.base is not None and facts[one.base] == 0)
    return excluded and law.get(("exempt", one.id), 1) == 1


def _is_met(one: Indicator, level: LevelId, facts: Numbers, law: Law) -> bool:
    if not _decides(one):
        return bool(law[("met", one.id, str(level))])
    assert one.fact is not None
    value, key = facts[one.fact], ("threshold", one.id, str(level))
    if one.test == "score":
        return value >= (law[("threshold", one.id, "floor")] if one.floor else 1)
    if one.test == "share":
        assert one.base is not None
        return facts[one.base] == 0 or Fraction(value, facts[one.base]) >= Fraction(law[key], 10_000)
    return value >= law[key]


def _points(one: Indicator, skipped: bool, met: bool, facts: Numbers, law: Law) -> int:
    if one.points is None:
        return 0
    prize = law[("prize", one.id)]
    if skipped:
        return {"award": prize, "rescale": 0, "unknown": law.get(("waived", one.id), 0)}[one.when_not_applicable or ""]
    if not _decides(one):
        return law[("earned", one.id)]
    if one.test == "score":
        assert one.fact is not None
        return min(facts[one.fact], law[("cap", one.id)])
    return prize if met else law.get(("partly", one.id), 0)


# --- what the law leaves open --------------------------------------------------------------------------------


def _gaps(rubric: Rubric) -> dict[Key, tuple[int, ...]]:
    gaps: dict[Key, tuple[int, ...]] = {}
    for criterion in rubric.criteria:
        if not criterion.indicators:
            gaps |= _gaps_of_unread(rubric, criterion)
        for one in criterion.indicators:
            gaps |= _gaps_of_text(rubric, one)
            if one.points is not None and rubric.style == "points":
                gaps |= _gaps_of_points(rubric, criterion, one)
    if rubric.style == "points":
        gaps |= {("rank", str(level.id)): _ranks(rubric, level.at_least) for level in rubric.levels if level.passes}
    rescaling = [one for c in rubric.criteria for one in c.indicators if one.when_not_applicable == "rescale"]
    if rescaling and not (isinstance(rubric.total, int) and all(_is_sure(one) for one in rescaling)):
        gaps |= {("rescaled", str(level.id)): (0, 1) for level in rubric.levels if level.passes}
    return gaps


def _gaps_of_unread(rubric: Rubric, criterion: Criterion) -> dict[Key, tuple[int, ...]]:
    if rubric.style == "points":
        return {("criterion", criterion.id): tuple(range(_left(rubric, criterion) + 1))}
    return {("unread", criterion.id, str(level.id)): (0, 1) for level in rubric.levels if level.passes}


def _gaps_of_text(rubric: Rubric, one: Indicator) -> dict[Key, tuple[int, ...]]:
    gaps: dict[Key, tuple[int, ...]] = {}
    if one.mark not in DECIDING and (one.applies_if or one.base):
        gaps[("exempt", one.id)] = (0, 1)
    if not _decides(one):
        return gaps | {("met", one.id, str(level)): (0, 1) for level in _levels_of(rubric, one)}
    thresholds = dict(one.levels) | ({"floor": one.floor} if one.floor else {})
    return gaps | {
        ("threshold", one.id, str(level)): _thresholds(rubric, one, threshold)
        for level, threshold in thresholds.items()
    }


def _gaps_of_points(rubric: Rubric, criterion: Criterion, one: Indicator) -> dict[Key, tuple[int, ...]]:
    most = int(one.points or 0) if _is_sure(one) else _left(rubric, criterion)
    upward = tuple(range(most + 1))
    gaps: dict[Key, tuple[int, ...]] = {("prize", one.id): (most,) if _is_sure(one) else upward}
    if one.test == "score" and _decides(one):
        gaps[("cap", one.id)] = (most,)
    if not _decides(one):
        gaps[("earned", one.id)] = upward
    if one.otherwise == "unknown" and one.test != "score":
        gaps[("partly", one.id)] = upward
    if one.when_not_applicable == "unknown" and (one.applies_if or one.base):
        gaps[("waived", one.id)] = upward
    return gaps


def _is_possible(law: Law) -> bool:
    """Nothing earns more than its prize."""
    for (kind, *name), number in law.items():
        if kind in {"earned", "partly", "waived"} and number > law[("prize", *name)]:
            return False
    return True


def _ranks(rubric: Rubric, threshold: Threshold | None) -> tuple[int, ...]:
    most = rubric.total if isinstance(rubric.total, int) else 30
    if threshold is None:
        return tuple(range(1, most + 1))
    if threshold.value != "unknown" and (threshold.mark is None or threshold.mark in DECIDING):
        return (int(threshold.value),)
    low, high = threshold.between or (1, most)
    return tuple(range(int(low), int(high) + 1))


def _thresholds(rubric: Rubric, one: Indicator, threshold: Threshold) -> tuple[int, ...]:
    assert one.fact is not None
    fact, sure = _fact(rubric, one.fact), threshold.mark is None or threshold.mark in DECIDING
    if one.test == "share":
        return _shares(threshold, sure)
    if sure and threshold.value != "unknown":
        return (_number(fact, threshold.value),)
    low, high = (_number(fact, end) for end in threshold.between) if threshold.between else (fact.low, _highest(fact))
    return tuple(range(low, high + 1))


def _shares(threshold: Threshold, sure: bool) -> tuple[int, ...]:
    """Every share that tells two completions apart: each that can occur, and the next above it."""
    if sure and threshold.value != "unknown":
        return (_percent(threshold.value),)
    low, high = (_percent(end) for end in threshold.between or ("0%", "100%"))
    occurring = {10_000 * part // base for base in range(1, 4) for part in range(4)}
    between = {number for share in occurring for number in (share, share + 1) if low <= number <= high}
    return tuple(sorted({low, high} | between))


def _left(rubric: Rubric, criterion: Criterion) -> int:
    whole = int(criterion.points or 0) if _is_sure(criterion) else _whole(rubric)
    return max(0, whole - sum(int(one.points or 0) for one in criterion.indicators if _is_sure(one)))


def _whole(rubric: Rubric) -> int:
    return rubric.total if isinstance(rubric.total, int) else 1_000_000


def _levels_of(rubric: Rubric, one: Indicator) -> tuple[LevelId, ...]:
    if one.levels and _decides(one):
        return tuple(one.levels)
    return (1,) if rubric.style == "points" else tuple(level.id for level in rubric.levels if level.passes)


def _decides(one: Indicator) -> bool:
    return one.test != "unread" and one.mark in DECIDING


def _is_sure(one: Indicator | Criterion) -> bool:
    return isinstance(one.points, int) and (one.points_mark or one.mark) in DECIDING


def _fact(rubric: Rubric, name: str) -> Fact:
    return next(one for one in rubric.facts if one.id == name)


def _highest(fact: Fact) -> int:
    return {"boolean": 1, "choice": len(fact.choices) - 1, "ordinal": len(fact.choices) - 1}.get(
        fact.kind, fact.high or 0
    )


def _number(fact: Fact, answer: bool | int | str) -> int:
    return list(fact.choices).index(answer) if isinstance(answer, str) else int(answer)


def _percent(text: object) -> int:
    return int(Fraction(str(text).rstrip("%")) * 100)
