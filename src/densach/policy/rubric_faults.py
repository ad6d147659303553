"""What a rubric must be before it may judge anybody: every fact known and used, every threshold possible."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from densach.policy.overlaying import Fault
from densach.policy.reading import Trail
from densach.policy.resolving import facts_of, facts_used, lent_criterion, resolve
from densach.rules.lowering import hundredths, unproved_facts
from densach.rules.model import Fact, Indicator, Rubric, Threshold

MOST = 200_000_000  # more people than the country has; keeps part * 10,000 within 2**53
_PERCENT = re.compile(r"^\d{1,3}(\.\d{1,2})?%$")
Found = tuple[Trail, Indicator]


def rubric_faults(rubric: Rubric, rubrics: Mapping[str, Rubric]) -> Iterator[Fault]:
    """Every mistake of one rubric; whether it can be proved is asked only of one without mistakes."""
    lost = list(_lost_references(rubric, rubrics))
    if lost:
        yield from lost
        return
    resolved = resolve(rubric, rubrics)
    faults = [*_own_faults(rubric, {fact.id: fact for fact in resolved.facts}), *_shared_ids(resolved)]
    yield from faults
    if not faults:
        for fact in unproved_facts(resolved):
            yield Fault("P213", ("enumerates",), {"fact": fact})


def _own_faults(rubric: Rubric, facts: Mapping[str, Fact]) -> Iterator[Fault]:
    yield from _fact_faults(rubric, facts)
    levels = {level.id for level in rubric.levels}
    for trail, indicator in _indicators(rubric):
        yield from _name_faults(trail, indicator, facts)
        yield from _part_faults(trail, indicator, rubric)
        yield from _threshold_faults(trail, indicator, facts)
        for level in indicator.levels.keys() - levels:
            yield Fault("P218", (*trail, "levels", str(level)), {"level": level})
    yield from _sum_faults(rubric)
    yield from _rank_faults(rubric)


def _lost_references(rubric: Rubric, rubrics: Mapping[str, Rubric]) -> Iterator[Fault]:
    for at, criterion in enumerate(rubric.criteria):
        if criterion.same_as is not None and lent_criterion(criterion.same_as, rubrics) is None:
            yield Fault("P122", ("criteria", at, "same_as"), {"reference": criterion.same_as})


def _indicators(rubric: Rubric) -> Iterator[Found]:
    for at, criterion in enumerate(rubric.criteria):
        for place, indicator in enumerate(criterion.indicators):
            yield ("criteria", at, "indicators", place), indicator


def _shared_ids(rubric: Rubric) -> Iterator[Fault]:
    """Ids must be their own within facts, levels, criteria, and indicators of all criteria together."""
    ids = {
        "facts": [fact.id for fact in rubric.facts],
        "levels": [str(level.id) for level in rubric.levels],
        "criteria": [criterion.id for criterion in rubric.criteria],
    }
    indicators = [indicator.id for criterion in rubric.criteria for indicator in criterion.indicators]
    for name, found in (*ids.items(), ("criteria", indicators)):
        for twice in (one for one, times in Counter(found).items() if times > 1):
            yield Fault("P209", (name,), {"id": twice})


def _fact_faults(rubric: Rubric, facts: Mapping[str, Fact]) -> Iterator[Fault]:
    used = {name for criterion in rubric.criteria for name in facts_used(criterion)}
    used |= {fact.part_of for fact in rubric.facts if fact.id in used and fact.part_of}
    for at, fact in enumerate(rubric.facts):
        if fact.id not in used:
            yield Fault("P205", ("facts", at), {"fact": fact.id})
        if not _is_bounded(fact):
            yield Fault("P217", ("facts", at), {"fact": fact.id})
        if fact.part_of is not None and fact.part_of not in facts:
            yield Fault("P204", ("facts", at, "part_of"), {"fact": fact.part_of})
    for at, name in enumerate(rubric.enumerates):
        if name not in facts:
            yield Fault("P204", ("enumerates", at), {"fact": name})


def _is_bounded(fact: Fact) -> bool:
    if fact.kind in {"choice", "ordinal"}:
        return len(fact.choices) > 1
    return fact.kind == "boolean" or (fact.high is not None and 0 <= fact.low <= fact.high <= MOST)


def _name_faults(trail: Trail, indicator: Indicator, facts: Mapping[str, Fact]) -> Iterator[Fault]:
    for name in facts_of(indicator):
        if name not in facts:
            field = next((part for part in ("fact", "base") if getattr(indicator, part) == name), "applies_if")
            yield Fault("P204", (*trail, field), {"fact": name})
    for at, condition in enumerate(indicator.applies_if):
        for value in condition.among:
            fact = facts.get(condition.fact)
            if fact is not None and not _is_possible(value, fact):
                yield Fault("P207", (*trail, "applies_if", at), _range_words(value, fact))


def _part_faults(trail: Trail, indicator: Indicator, rubric: Rubric) -> Iterator[Fault]:
    if indicator.test == "unread":
        return
    if indicator.test == "share" and indicator.base is None:
        yield Fault("P206", trail, {"indicator": indicator.id})
    wanted = {"fact": indicator.fact, "text_vi": indicator.text_vi}
    if indicator.test != "score":
        wanted["levels"] = "levels" if indicator.levels else None
    for part in (part for part, value in wanted.items() if value is None):
        yield Fault("P216", trail, {"indicator": indicator.id, "part": part})
    may_fall_away = indicator.base is not None or indicator.applies_if
    if (
        rubric.style == "points"
        and indicator.points is not None
        and may_fall_away
        and not indicator.when_not_applicable
    ):
        yield Fault("P208", trail, {"indicator": indicator.id})


def _threshold_faults(trail: Trail, indicator: Indicator, facts: Mapping[str, Fact]) -> Iterator[Fault]:
    fact = facts.get(indicator.fact or "")
    if fact is None:
        return
    named = [((*trail, "levels", str(level)), threshold) for level, threshold in indicator.levels.items()]
    named += [((*trail, "floor"), indicator.floor)] if indicator.floor else []
    for place, threshold in named:
        for value in _values(threshold):
            if indicator.test == "share" and not _is_share(value):
                yield Fault("P207", place, {"value": value, "fact": fact.id, "range": "0% – 100%"})
            elif indicator.test != "share" and not _is_possible(value, fact):
                yield Fault("P207", place, _range_words(value, fact))


def _values(threshold: Threshold) -> Iterator[bool | int | str]:
    if threshold.value != "unknown":
        yield threshold.value
    yield from threshold.between or ()


def _is_share(value: bool | int | str) -> bool:
    return isinstance(value, str) and bool(_PERCENT.match(value)) and hundredths(value) <= hundredths("100%")


def _is_possible(value: bool | int | str, fact: Fact) -> bool:
    if fact.kind == "boolean":
        return isinstance(value, bool)
    if fact.kind in {"choice", "ordinal"}:
        return value in fact.choices
    return isinstance(value, int) and not isinstance(value, bool) and fact.low <= value <= (fact.high or 0)


def _range_words(value: bool | int | str, fact: Fact) -> dict[str, object]:
    whole = "true, false" if fact.kind == "boolean" else ", ".join(fact.choices) or f"{fact.low} – {fact.high}"
    return {"value": value, "fact": fact.id, "range": whole}


def _sum_faults(rubric: Rubric) -> Iterator[Fault]:
    if rubric.style != "points":
        return
    for at, criterion in enumerate(rubric.criteria):
        parts = [indicator.points for indicator in criterion.indicators if indicator.points is not None]
        if criterion.same_as is None and not _adds_up(criterion.points, parts):
            words: dict[str, object] = {"what": criterion.id, "points": criterion.points}
            yield Fault("P211", ("criteria", at, "points"), words | {"sum": _known(parts)})
    whole = [criterion.points for criterion in rubric.criteria]
    if not _adds_up(rubric.total, whole):
        yield Fault("P211", ("total",), {"what": rubric.id, "points": rubric.total, "sum": _known(whole)})


def _adds_up(whole: int | str | None, parts: Sequence[int | str | None]) -> bool:
    if not isinstance(whole, int) or not parts:
        return True
    unsure = any(not isinstance(part, int) for part in parts)
    return _known(parts) <= whole if unsure else _known(parts) == whole


def _known(parts: Sequence[int | str | None]) -> int:
    return sum(part for part in parts if isinstance(part, int))


def _rank_faults(rubric: Rubric) -> Iterator[Fault]:
    most = rubric.total if isinstance(rubric.total, int) else MOST
    for at, level in enumerate(rubric.levels):
        for value in _values(level.at_least) if level.at_least else ():
            if not isinstance(value, int) or not 0 <= value <= most:
                words: dict[str, object] = {"value": value, "fact": level.id, "range": f"0 – {most}"}
                yield Fault("P207", ("levels", at, "at_least"), words)
