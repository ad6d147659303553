"""Whether one missing fact can still decide: a search over the completions of everything else that is open.

The search narrows one open input after another and stops as soon as the verdict is sure. It is exact unless it
meets its limit; then the fact counts as one that matters, for it is better to ask once too often.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from densach.rules.lowering import lower
from densach.rules.model import Mark, Rubric
from densach.rules.program import to_python
from densach.rules.sheet import Sheet
from densach.rules.verdicts import Verdict, verdict_of

LIMIT = 200  # runs of the program for one fact: some milliseconds


class Mattering:
    """Answers for one rubric which facts can move the verdict; gaps of the law may come out either way too."""

    def __init__(self, rubric: Rubric, deciding: frozenset[Mark], sheet: Sheet) -> None:
        self._sheet = sheet
        self._lowered = lower(rubric, deciding, law_as_inputs=True)
        self._run = to_python(self._lowered.program)
        self._enumerated = frozenset(2 * sheet.index[name] for name in rubric.enumerates)
        program = self._lowered.program
        ends = [place + end for place in (self._lowered.nothing_applies, self._lowered.level) for end in (0, 1)]
        behind = frozenset().union(*(program.inputs_behind(program.outputs[end]) for end in ends))
        self._relevant = tuple(sorted({index & ~1 for index in behind}))
        worst = program.inputs_behind(program.outputs[self._lowered.level])
        self._pulls_down = frozenset(index & ~1 for index in worst if index & 1)
        self._one_way = tuple(at for at in self._relevant if not (at in worst and at + 1 in worst))

    def can_decide(self, bounds: list[int], fact_id: str) -> bool:
        """Whether two answers to this fact lead to two verdicts, all else being equal, in some completion."""
        at = 2 * self._sheet.index[fact_id]
        if at not in self._relevant:
            return False
        self._runs_left = LIMIT
        whole = [*bounds, *self._lowered.law]
        looks = (self._shows_at_best, self._shows_beside_one_worst, self._differs)
        return any(look(cell, at) for look in looks for cell in self._enumerations(whole, at))

    def _enumerations(self, cell: list[int], at: int) -> Iterator[list[int]]:
        """The cell with every other fact that pulls both ways set to each of its values."""
        mixed = [one for one in self._relevant if one in self._enumerated and one != at]
        for chosen in product(*(range(cell[one], cell[one + 1] + 1) for one in mixed)):
            set_so = [*cell]
            for one, number in zip(mixed, chosen, strict=True):
                set_so[one] = set_so[one + 1] = number
            if self._sheet.tighten(set_so):
                yield set_so

    def _shows_at_best(self, cell: list[int], at: int) -> bool:
        """Whether it decides where all else is as good as it can be."""
        return self._runs_left <= 0 or self._disagree(cell, at, at_best=True)

    def _shows_beside_one_worst(self, cell: list[int], at: int) -> bool:
        """Whether it decides where one other input is at its worst and the rest at their best."""
        others = [one for one in self._one_way if one != at and cell[one] != cell[one + 1]]
        worst = (_pin(cell, one, cell[one + (one in self._pulls_down)]) for one in others)
        return any(self._shows_at_best(corner, at) for corner in worst)

    def _differs(self, cell: list[int], at: int) -> bool:
        if not self._sheet.tighten(cell) or self._verdict(cell) != "unknown":
            return False
        if self._runs_left <= 0 or self._disagree(cell, at):
            return True
        split = next((one for one in self._relevant if one != at and cell[one] != cell[one + 1]), None)
        return split is not None and any(self._differs(part, at) for part in self._parts(cell, split))

    def _disagree(self, cell: list[int], at: int, *, at_best: bool = False) -> bool:
        """Whether two answers give two sure verdicts in completions that are the same in all other inputs."""
        low, high = cell[at], cell[at + 1]
        answers = range(low, high + 1) if at in self._enumerated else (low, high)
        tried = [pinned for answer in answers if self._sheet.tighten(pinned := _pin(cell, at, answer))]
        shared = self._shared(tried, at) if tried else None
        if shared is None:
            return False
        if at_best:
            self._put_at_best(shared, at)
        sure = {self._verdict(_pin(shared, at, one[at])) for one in tried} - {"unknown"}
        return len(sure) > 1

    @staticmethod
    def _shared(cells: list[list[int]], at: int) -> list[int] | None:
        """What the cells have in common in all inputs but this one, which keeps its whole range."""
        lows, highs = ([*ends] for ends in (zip(*(one[end::2] for one in cells), strict=True) for end in (0, 1)))
        shared = [number for ends in zip(map(max, lows), map(min, highs), strict=True) for number in ends]
        shared[at], shared[at + 1] = min(lows[at // 2]), max(highs[at // 2])
        feasible = all(low <= high for low, high in zip(shared[::2], shared[1::2], strict=True))
        return shared if feasible else None

    def _put_at_best(self, cell: list[int], at: int) -> None:
        """Set everything else that pulls one way as good as it can be."""
        for one in self._one_way:
            if one != at and self._sheet.tighten(cell):
                cell[one] = cell[one + 1] = cell[one] if one in self._pulls_down else cell[one + 1]

    def _parts(self, cell: list[int], at: int) -> Iterator[list[int]]:
        """The cell cut along one input: the end that helps most first, then the rest in halves."""
        low, high = cell[at], cell[at + 1]
        if at in self._pulls_down:
            cuts = [(low, low), (low + 1, (low + 1 + high) // 2), ((low + 1 + high) // 2 + 1, high)]
        else:
            cuts = [(high, high), ((low + high) // 2 + 1, high - 1), (low, min((low + high) // 2, high - 1))]
        for from_, to in cuts:
            if from_ <= to:
                part = [*cell]
                part[at], part[at + 1] = from_, to
                yield part

    def _verdict(self, cell: list[int]) -> Verdict:
        self._runs_left -= 1
        values = self._run(cell)
        skips, level = self._lowered.nothing_applies, self._lowered.level
        return verdict_of(values[skips], values[skips + 1], values[level], values[level + 1])


def _pin(cell: list[int], at: int, number: int) -> list[int]:
    pinned = [*cell]
    pinned[at] = pinned[at + 1] = number
    return pinned
