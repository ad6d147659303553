"""Small random rubrics and facts, bounded so tightly that every completion can be tried."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
from hypothesis import strategies as st

from densach.rules.lowering import answer_of, highest, hundredths, unproved_facts, value_of
from densach.rules.model import (
    Cite,
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
from densach.rules.sheet import Answer

CITES = (Cite(document="doc", place="Điều 1"),)
CHOICES = {"a": "A", "b": "B", "c": "C"}
GRADES = (1, 2)


def fact(name: str, kind: str, **more: object) -> Fact:
    shape = {"id": name, "kind": kind, "title_vi": name.upper(), "title_en": name, **more}
    return msgspec.convert(shape, Fact)


def indicator(name: str, test: str, fact_id: str | None = None, /, **more: object) -> Indicator:
    shape = {"id": name, "test": test, "fact": fact_id, "mark": "read", "cites": CITES, **more}
    return msgspec.convert(msgspec.to_builtins(shape), Indicator)


def level(name: LevelId, at_least: Threshold | None = None, *, passes: bool = True, mark: Mark = "read") -> Level:
    shown = str(name)
    return Level(id=name, name_vi=shown, name_en=shown, at_least=at_least, passes=passes, mark=mark, cites=CITES)


def criterion(
    name: str, *indicators: Indicator, points: int | str | None = None, points_mark: Mark | None = None
) -> Criterion:
    shape = {"id": name, "points": points, "points_mark": points_mark, "mark": "read", "cites": CITES}
    whole = msgspec.convert(msgspec.to_builtins(shape), Criterion)
    return msgspec.structs.replace(whole, indicators=indicators)


def rubric(
    style: str,
    facts: tuple[Fact, ...],
    criteria: tuple[Criterion, ...],
    levels: tuple[Level, ...],
    total: int | str | None = None,
) -> Rubric:
    shape = {
        "id": "made", "title_vi": "Bộ thử", "title_en": "Made", "subject": "citizen", "title_key": "citizen.made",
        "document": "doc", "basis_vi": "QĐ", "cites": CITES, "valid_from": "2024", "style": style, "total": total,
        "facts": facts, "criteria": criteria, "levels": levels, "mark": "read",
    }  # fmt: skip
    return msgspec.convert(msgspec.to_builtins(shape), Rubric)


def with_enumerations(made: Rubric) -> Rubric:
    """The rubric with every fact that pulls both ways declared."""
    return msgspec.structs.replace(made, enumerates=(*made.enumerates, *unproved_facts(made)))


@dataclass
class _Draft:
    """What one drawing collects."""

    draw: st.DrawFn
    points: bool
    gaps: bool
    facts: dict[str, Fact] = field(default_factory=dict)

    def sometimes(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def gap(self, one_in: int) -> bool:
        return self.gaps and self.sometimes(one_in)

    def new_fact(self, kind: str, **more: object) -> Fact:
        alike = [one for one in self.facts.values() if one.kind == kind and not more]
        if alike and self.sometimes(4):
            return self.draw(st.sampled_from(alike))
        sizes = {"count": {"high": self.draw(st.integers(1, 3))}, "score": {"high": self.draw(st.integers(1, 3))}}
        choices = {"choices": CHOICES} if kind in {"ordinal", "choice"} else {}
        made = fact(f"f{len(self.facts)}", kind, **(choices | sizes.get(kind, {}) | more))
        self.facts[made.id] = made
        return made


@st.composite
def rubrics(draw: st.DrawFn, style: str | None = None, *, gaps: bool = True, most: int = 3) -> Rubric:
    """A rubric of up to `most` indicators; with `gaps` some of its law is unread or too unsure to decide."""
    style = style or draw(st.sampled_from(["points", "targets"]))
    draft = _Draft(draw, style == "points", gaps)
    criteria = tuple(_criterion(draft, at, most) for at in range(draw(st.integers(1, 2))))
    total = _total(draft, criteria)
    levels = _levels(draft, total if isinstance(total, int) else 4)
    return rubric(style, tuple(draft.facts.values()), criteria, levels, total)


def _criterion(draft: _Draft, at: int, most: int) -> Criterion:
    name = "AB"[at]
    if at and draft.gap(8):
        return criterion(name, points=2 if draft.points else None)
    count = draft.draw(st.integers(1, max(1, most - at)))
    indicators = tuple(_indicator(draft, f"{name}{number}") for number in range(count))
    if not draft.points:
        return criterion(name, *indicators)
    known = _known_points(indicators)
    points = "unknown" if draft.gap(6) else known + draft.draw(st.integers(0, 1)) * (draft.gaps is True)
    return criterion(name, *indicators, points=points, points_mark="memory" if draft.gap(12) else None)


def _known_points(indicators: tuple[Indicator, ...]) -> int:
    return sum(one.points for one in indicators if isinstance(one.points, int))


def _total(draft: _Draft, criteria: tuple[Criterion, ...]) -> int | str | None:
    if not draft.points:
        return None
    if draft.gap(10):
        return "unknown"
    worth = (one.points if isinstance(one.points, int) else _known_points(one.indicators) + 1 for one in criteria)
    return sum(worth) or 1


def _levels(draft: _Draft, total: int) -> tuple[Level, ...]:
    if not draft.points:
        return tuple(level(grade) for grade in GRADES[: draft.draw(st.integers(1, 2))])
    thresholds = sorted(draft.draw(st.sets(st.integers(0, total), min_size=1, max_size=2)))
    ranks = [level(f"r{at}", _rank(draft, number, total)) for at, number in enumerate(thresholds)]
    return (level("none", Threshold(value=0), passes=False), *ranks)


def _rank(draft: _Draft, number: int, total: int) -> Threshold | None:
    if draft.gap(8):
        return None
    if draft.gap(6):
        return Threshold(value="unknown", between=(number, total) if draft.sometimes(2) else None)
    return Threshold(value=number, mark="inferred" if draft.gap(10) else None)


def _indicator(draft: _Draft, name: str) -> Indicator:
    tests = ["boolean", "share", "count", "ordinal", *(["score"] * 3 if draft.points else [])]
    test = "unread" if draft.gap(8) else draft.draw(st.sampled_from(tests))
    more: dict[str, object] = {"mark": "inferred"} if draft.gap(8) else {}
    if draft.sometimes(4):
        more["applies_if"] = (_condition(draft),)
    if draft.points:
        more |= _points(draft)
    elif draft.sometimes(8):
        more["optional"] = True
    return _looking_at(draft, name, test, more)


def _looking_at(draft: _Draft, name: str, test: str, more: dict[str, object]) -> Indicator:
    if test == "unread":
        return indicator(name, test, **more)
    if test == "share":
        base = draft.new_fact("count", **({"low": 1, "high": 3} if draft.sometimes(3) else {}))
        part = draft.new_fact("count", **({"part_of": base.id, "high": base.high} if draft.sometimes(2) else {}))
        return indicator(name, test, part.id, base=base.id, levels=_thresholds(draft, part, share=True), **more)
    seen = draft.new_fact(test)
    if test == "score":
        floor = {"floor": _threshold(draft, seen)} if draft.sometimes(3) else {}
        return indicator(name, test, seen.id, **floor, **more)
    return indicator(name, test, seen.id, levels=_thresholds(draft, seen), **more)


def _points(draft: _Draft) -> dict[str, object]:
    shape: dict[str, object] = {"points": "unknown" if draft.gap(6) else draft.draw(st.integers(1, 3))}
    shape["when_not_applicable"] = draft.draw(
        st.sampled_from(["award", "rescale", *(["unknown"] if draft.gaps else [])])
    )
    shape["required"] = draft.sometimes(5)
    shape["points_mark"] = "memory" if draft.gap(12) else None
    shape["otherwise"] = "unknown" if draft.gap(8) else None
    return shape


def _condition(draft: _Draft) -> Condition:
    if draft.sometimes(2):
        return Condition(fact=draft.new_fact("boolean").id, among=(draft.draw(st.booleans()),))
    among = draft.draw(st.sets(st.sampled_from(list(CHOICES)), min_size=1, max_size=2))
    return Condition(fact=draft.new_fact("choice").id, among=tuple(sorted(among)))


def _thresholds(draft: _Draft, seen: Fact, *, share: bool = False) -> dict[LevelId, Threshold]:
    grades = (1,) if draft.points else GRADES[: draft.draw(st.integers(1, 2))]
    drawn = [_threshold(draft, seen, share=share) for _ in grades]
    if all(one.value != "unknown" for one in drawn):  # a higher level never asks for less
        drawn.sort(key=lambda one: hundredths(one.value) if share else value_of(seen, one.value))
    return dict(zip(grades, drawn, strict=True))


def _threshold(draft: _Draft, seen: Fact, *, share: bool = False) -> Threshold:
    numbers = ["33.33%", "50%", "66.67%", "90%", "100%"] if share else list(range(seen.low, highest(seen) + 1))
    low, high = sorted(draft.draw(st.lists(st.sampled_from(range(len(numbers))), min_size=2, max_size=2)))
    values = numbers if share else [answer_of(seen, int(number)) for number in numbers]
    if seen.kind == "boolean":
        return Threshold(value=True)
    if draft.gap(7):
        between = (values[low], values[high]) if draft.sometimes(2) else None
        return msgspec.convert({"value": "unknown", "between": between}, Threshold)
    return Threshold(value=values[high], mark="memory" if draft.gap(10) else None)


@st.composite
def facts_for(draw: st.DrawFn, made: Rubric, *, complete: bool = False) -> dict[str, Answer]:
    """Facts that the rubric takes: every part within its base, some of them missing."""
    numbers: dict[str, int] = {}
    for one in sorted(made.facts, key=lambda one: one.part_of is not None):
        most = min(highest(one), numbers[one.part_of]) if one.part_of is not None else highest(one)
        numbers[one.id] = draw(st.integers(min(one.low, most), most))
    missing = set() if complete or not numbers else draw(st.sets(st.sampled_from(sorted(numbers))))
    return {one.id: answer_of(one, numbers[one.id]) for one in made.facts if one.id not in missing}
