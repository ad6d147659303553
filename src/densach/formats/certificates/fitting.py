"""Fit words into a box: smaller first, down to what the layout allows, then in lines, and else not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from densach.formats.certificates.layout import Box
from densach.formats.typeface import ASCENT, DESCENT, ITALIC_SIDE, UPRIGHT_SIDE, face

POINTS_IN_MM = 72 / 25.4
PITCH = 1.2  # from line to line, in parts of the size
_STEP = 0.5  # points by which a size is tried smaller
_RESERVE = 1.01  # for what a few pairs of letters are set wider apart than their widths say


@dataclass(frozen=True)
class Fitted:
    """Words as they are set: the size in points, and the lines."""

    size: float
    lines: tuple[str, ...]


def fit(text: str, box: Box) -> Fitted | None:
    """How a text stands in a box; None where it does not fit even at the smallest size and in lines."""
    width, height = box.width * POINTS_IN_MM, box.height * POINTS_IN_MM
    words = text.split(" ")
    measured = [face(bold=box.bold, italic=box.italic).width(word) * _RESERVE for word in words]
    space = face(bold=box.bold, italic=box.italic).width(" ") * _RESERVE
    whole = sum(measured) + space * (len(words) - 1)
    sides = 2 * side_of(box)
    sizes = _sizes(box)
    for size in sizes:
        if (whole + sides) * size <= width and _tall(1) * size <= height:
            return Fitted(size, (text,))
    for size in sizes:
        lines = _broken(measured, space, width / size - sides)
        if lines and _tall(len(lines)) * size <= height:
            return Fitted(size, tuple(" ".join(words[start:end]) for start, end in lines))
    return None


def side_of(box: Box) -> float:
    """What stays free at either end of a line, in parts of the size, because letters lean out of their width."""
    return ITALIC_SIDE if box.italic else UPRIGHT_SIDE


def _sizes(box: Box) -> list[float]:
    """From the size wanted down to the least allowed, both included."""
    least = box.size if box.least is None else min(box.least, box.size)
    steps = int((box.size - least) / _STEP)
    sizes = [box.size - _STEP * step for step in range(steps + 1)]
    return sizes if sizes[-1] == least else [*sizes, least]


def _tall(lines: int) -> float:
    return ASCENT + DESCENT + PITCH * (lines - 1)


def _broken(words: Sequence[float], space: float, width: float) -> list[tuple[int, int]]:
    """The fewest lines that are no wider than `width`, as even as they can be; none where one word alone is wider."""
    if max(words) > width:
        return []
    fewest = len(_filled(words, space, width))
    low, high = max(words), width
    for _ in range(12):  # halving: the narrowest measure that still gives the fewest lines makes them even
        middle = (low + high) / 2
        if len(_filled(words, space, middle)) == fewest:
            high = middle
        else:
            low = middle
    return _filled(words, space, high)


def _filled(words: Sequence[float], space: float, width: float) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start, used = 0, words[0]
    for place, word in enumerate(words[1:], 1):
        if used + space + word > width:
            lines.append((start, place))
            start, used = place, word
        else:
            used += space + word
    return [*lines, (start, len(words))]
