"""A rubric with one of its numbers set otherwise, to ask what would be if the law said so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace as with_new
from difflib import get_close_matches

from msgspec.structs import replace

from densach.nation.titles import Chain
from densach.problems import Refused, problem
from densach.rules.judging import Judge
from densach.rules.lowering import hundredths, indicators_of
from densach.rules.model import Indicator, Level, LevelId, Rubric, Threshold

NONE = "none"
Value = int | str | None
Setter = Callable[[Value], Rubric]


def changed(chain: Chain, settings: Sequence[str]) -> Chain:
    """The chain with settings such as `congdan-324-2022.b2.floor=none`; Refused (N204, N205) where one does not fit."""
    judges = dict(chain.judges)
    for setting in settings:
        address, _, value = setting.partition("=")
        rubric_id, _, path = address.partition(".")
        level = next((name for name, judge in judges.items() if judge.rubric.id == rubric_id), None)
        if level is None:
            raise Refused(problem("N204", setting, near=", ".join(judge.rubric.id for judge in judges.values())))
        judge = judges[level]
        judges[level] = Judge(_set(judge.rubric, path, value, setting), judge.sources, judge.deciding)
    return with_new(chain, judges=judges)


def _set(rubric: Rubric, path: str, value: str, setting: str) -> Rubric:
    known = settable(rubric)
    if path not in known:
        near = get_close_matches(path, known, n=4, cutoff=0.3) or list(known)[:4]
        raise Refused(problem("N204", setting, near=", ".join(f"{rubric.id}.{one}" for one in near) or "–"))
    try:
        return known[path](_read(value))
    except ValueError as error:
        raise Refused(problem("N205", setting, value=value)) from error


def settable(rubric: Rubric) -> Mapping[str, Setter]:
    """What can be set in a rubric, by its path: floors, thresholds of indicators, points of levels."""
    found: dict[str, Setter] = {}
    for _, indicator in indicators_of(rubric):
        if indicator.test == "score":
            found[f"{indicator.id}.floor"] = _floor(rubric, indicator)
        for level in indicator.levels if indicator.test in {"share", "count"} else ():
            found[f"{indicator.id}.levels.{level}"] = _threshold(rubric, indicator, level)
    for level_ in rubric.levels:
        if level_.at_least is not None:
            found[f"levels.{level_.id}.at_least"] = _points(rubric, level_)
    return found


def _floor(rubric: Rubric, indicator: Indicator) -> Setter:
    def put(value: Value) -> Rubric:
        floor = None if value is None else Threshold(value=_number(value))
        return _with(rubric, indicator, replace(indicator, floor=floor))

    return put


def _threshold(rubric: Rubric, indicator: Indicator, level: LevelId) -> Setter:
    def put(value: Value) -> Rubric:
        threshold = Threshold(value=_percent(value) if indicator.test == "share" else _number(value))
        return _with(rubric, indicator, replace(indicator, levels=indicator.levels | {level: threshold}))

    return put


def _points(rubric: Rubric, level: Level) -> Setter:
    def put(value: Value) -> Rubric:
        new = replace(level, at_least=Threshold(value=_number(value)))
        return replace(rubric, levels=tuple(new if one is level else one for one in rubric.levels))

    return put


def _with(rubric: Rubric, old: Indicator, new: Indicator) -> Rubric:
    criteria = (
        replace(criterion, indicators=tuple(new if one is old else one for one in criterion.indicators))
        for criterion in rubric.criteria
    )
    return replace(rubric, criteria=tuple(criteria))


def _read(value: str) -> Value:
    if value == NONE:
        return None
    return value if value.endswith("%") else int(value)


def _number(value: Value) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


def _percent(value: Value) -> str:
    if not isinstance(value, str) or not 0 <= hundredths(value) <= 10_000:
        raise ValueError(value)
    return value
