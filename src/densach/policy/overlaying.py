"""Local and later texts laid over a national rubric: holes filled, a framework made local, a whole transcription."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from densach.policy.coverage import coverage
from densach.policy.reading import Trail
from densach.problems import Refused, problem
from densach.rules.lowering import hundredths
from densach.rules.model import Filling, Indicator, Level, Overlay, Rubric, Threshold

Words = dict[str, object]


class Fault(NamedTuple):
    """A mistake in a policy file: its code, the trail to it inside the file, and the words of the message."""

    code: str
    trail: Trail
    words: Words


def lay(rubric: Rubric, overlay: Overlay) -> Rubric:
    """Lay an overlay over a resolved rubric; Refused (P130 to P134) when the law does not let it lie there."""
    faults = [problem(fault.code, overlay.id, **fault.words) for fault in overlay_faults(rubric, overlay)]
    if faults:
        raise Refused(*faults)
    laid = _whole(rubric, overlay) if overlay.kind != "fills" else _assuming(rubric, overlay)
    fillings = {filling.hole: filling for filling in overlay.fills}
    return _filled(laid, fillings) if fillings else laid


def overlay_faults(rubric: Rubric, overlay: Overlay) -> Iterator[Fault]:
    """What keeps an overlay from lying over a rubric."""
    words: Words = {"overlay": overlay.id, "rubric": rubric.id}
    if overlay.kind == "local_set" and not rubric.framework:
        yield Fault("P130", ("kind",), words)
    if overlay.kind == "transcription":
        yield from _transcription_faults(rubric, overlay, words)
    target = rubric if overlay.kind == "fills" else _whole(rubric, overlay)
    holes = {threshold.hole: threshold for threshold in _holes(target)}
    for at, filling in enumerate(overlay.fills):
        yield from _filling_faults(("fills", at), filling, holes.get(filling.hole), target)


def holes(rubric: Rubric) -> tuple[Threshold, ...]:
    """The unknown values that a local text may fill."""
    return tuple(_holes(rubric))


def _transcription_faults(rubric: Rubric, overlay: Overlay, words: Words) -> Iterator[Fault]:
    if coverage(rubric).state == "complete":
        yield Fault("P131", ("kind",), words)
    readers = (overlay.transcribed_by, overlay.second_reader)
    if overlay.scan_sha256 is None or None in readers or readers[0] == readers[1]:
        yield Fault("P132", ("kind",), words)


def _filling_faults(trail: Trail, filling: Filling, hole: Threshold | None, rubric: Rubric) -> Iterator[Fault]:
    words: Words = {"hole": filling.hole, "rubric": rubric.id}
    if hole is None:
        yield Fault("P133", (*trail, "hole"), words)
    elif hole.between is not None and not _lies_between(filling.value, hole.between, rubric):
        low, high = hole.between
        yield Fault("P134", (*trail, "value"), words | {"value": filling.value, "low": low, "high": high})


def _lies_between(value: int | str, bounds: tuple[int | str, int | str], rubric: Rubric) -> bool:
    low, high, mine = (_rank(item, rubric) for item in (*bounds, value))
    return low is not None and high is not None and mine is not None and low <= mine <= high


def _rank(value: int | str, rubric: Rubric) -> int | None:
    """A value as a number to compare: a share in hundredths of a percent, a grade as its place in its list."""
    if isinstance(value, int):
        return value
    if value.endswith("%"):
        return hundredths(value)
    ladders = [list(fact.choices) for fact in rubric.facts if value in fact.choices]
    return ladders[0].index(value) if ladders else None


def _whole(rubric: Rubric, overlay: Overlay) -> Rubric:
    """The rubric as the overlay writes it; what the overlay leaves out stays as the national text has it."""
    unread_start = overlay.kind == "transcription" and rubric.valid_from == "unknown"
    return replace(
        rubric,
        title_vi=overlay.title_vi or rubric.title_vi,
        title_en=overlay.title_en or rubric.title_en,
        valid_from=overlay.valid_from if unread_start else rubric.valid_from,
        style=overlay.style or rubric.style,
        total=overlay.total if overlay.total is not None else rubric.total,
        enumerates=overlay.enumerates,
        facts=overlay.facts,
        criteria=overlay.criteria,
        levels=overlay.levels or rubric.levels,
        recognition=overlay.recognition or rubric.recognition,
        assumptions=(*rubric.assumptions, *overlay.assumptions),
        cites=(*overlay.cites, *rubric.cites),
        mark=overlay.mark,
        gaps=() if overlay.kind == "transcription" else rubric.gaps,
    )


def _assuming(rubric: Rubric, overlay: Overlay) -> Rubric:
    """What a local text chooses where no national one settles it."""
    assumed = (*rubric.assumptions, *overlay.assumptions)
    return replace(rubric, assumptions=assumed) if overlay.assumptions else rubric


def _holes(rubric: Rubric) -> Iterator[Threshold]:
    of_levels = (level.at_least for level in rubric.levels)
    of_indicators = (
        threshold
        for criterion in rubric.criteria
        for indicator in criterion.indicators
        for threshold in (*indicator.levels.values(), indicator.floor)
    )
    return (found for found in (*of_levels, *of_indicators) if found is not None and found.hole is not None)


def _filled(rubric: Rubric, fillings: dict[str, Filling]) -> Rubric:
    def threshold(old: Threshold) -> Threshold:
        filling = fillings.get(old.hole or "")
        return replace(old, value=filling.value, mark=filling.mark, cites=filling.cites) if filling else old

    def indicator(old: Indicator) -> Indicator:
        levels = {level: threshold(value) for level, value in old.levels.items()}
        return replace(old, levels=levels, floor=threshold(old.floor) if old.floor else None)

    def level(old: Level) -> Level:
        return replace(old, at_least=threshold(old.at_least)) if old.at_least else old

    criteria = tuple(replace(c, indicators=tuple(map(indicator, c.indicators))) for c in rubric.criteria)
    return replace(rubric, criteria=criteria, levels=tuple(map(level, rubric.levels)))
