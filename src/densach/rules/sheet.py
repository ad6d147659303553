"""The facts of one subject, checked against the rubric and turned into the bounds that a program takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from densach.problems import Problem, Refused, problem
from densach.rules.lowering import highest, value_of
from densach.rules.model import Fact, Rubric

Between = tuple[int, int]
Answer = bool | int | str | None
Given = Answer | Between
Facts = Mapping[str, Given]


class Sheet:
    """What a rubric asks for, in order. A fact that is absent or null is missing: it may still be anything.

    A count that is only partly known is given as (lowest, highest): so many surely, so many at the most.
    """

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.index = {fact.id: index for index, fact in enumerate(rubric.facts)}
        self._facts = {fact.id: (2 * index, fact) for index, fact in enumerate(rubric.facts)}
        self._plain = {
            fact.id: (2 * index, fact.low, highest(fact))
            for index, fact in enumerate(rubric.facts)
            if fact.kind in {"score", "count"}
        }
        self._free = [end for fact in rubric.facts for end in (fact.low, highest(fact))]
        self.parts = tuple(
            (2 * self.index[fact.id], 2 * self.index[fact.part_of])
            for fact in sorted(rubric.facts, key=self._depth, reverse=True)
            if fact.part_of is not None
        )

    def bounds(self, facts: Facts) -> list[int]:
        """The lowest and highest value of every fact; refuses wrong names, kinds, bounds and contradictions."""
        bounds = self._free.copy()
        known, plain = self._facts, self._plain
        for name, answer in facts.items():
            if type(answer) is int and name in plain and plain[name][1] <= answer <= plain[name][2]:
                bounds[plain[name][0]] = bounds[plain[name][0] + 1] = answer
                continue
            if answer is None and name in known:
                continue
            place = known.get(name)
            ends = None if place is None else _ends(place[1], answer)
            if ends is None:
                raise Refused(*self._all_problems(facts))
            assert place is not None  # noqa: S101  - a name that is not known has no ends
            bounds[place[0]], bounds[place[0] + 1] = ends
        if self.parts and not self.tighten(bounds):
            raise Refused(*self._parts_over_bases(bounds))
        return bounds

    def tighten(self, bounds: list[int]) -> bool:
        """Narrow the bounds so that no part exceeds its base, whichever is known; false when that cannot be."""
        for part, base in self.parts:
            bounds[base] = max(bounds[base], bounds[part])
        for part, base in reversed(self.parts):
            bounds[part + 1] = min(bounds[part + 1], bounds[base + 1])
        return all(bounds[part] <= bounds[part + 1] and bounds[base] <= bounds[base + 1] for part, base in self.parts)

    def _parts_over_bases(self, bounds: list[int]) -> Iterator[Problem]:
        """Each topmost base that is less than what its parts need; `bounds` as they were left by `tighten`."""
        short = {base for _, base in self.parts if bounds[base] > bounds[base + 1]}
        below_short = {part for part, base in self.parts if base in short}
        for base in sorted(short - below_short):
            part = self._part_that_asks(bounds, base)
            one, whole = self.rubric.facts[part // 2], self.rubric.facts[base // 2]
            words = {"title_vi": one.title_vi, "title_en": one.title_en, "value": bounds[base]}
            words |= {"base_title_vi": whole.title_vi, "base_title_en": whole.title_en, "base_value": bounds[base + 1]}
            yield problem("F104", one.id, **words)

    def _part_that_asks(self, bounds: list[int], base: int) -> int:
        """The deepest part that needs as much as is asked of the base."""
        below = next((p for p, b in self.parts if b == base and bounds[p] == bounds[base]), None)
        return base if below is None else self._part_that_asks(bounds, below)

    def _depth(self, fact: Fact) -> int:
        """How many bases stand above a fact."""
        return 0 if fact.part_of is None else 1 + self._depth(self.rubric.facts[self.index[fact.part_of]])

    def _all_problems(self, facts: Facts) -> Iterator[Problem]:
        for name, answer in facts.items():
            if name not in self._facts:
                yield problem("F101", name, fact=name, rubric=self.rubric.id)
            elif answer is not None and _ends(self._facts[name][1], answer) is None:
                yield _why_not(self._facts[name][1], answer)


def _ends(fact: Fact, answer: Given) -> Between | None:
    """The lowest and highest whole number of an answer, or nothing when it is no answer to this question."""
    if isinstance(answer, tuple):
        low, high = (_number(fact, end) for end in answer)
        return (low, high) if low is not None and high is not None and low <= high else None
    number = _number(fact, answer)
    return None if number is None else (number, number)


def _number(fact: Fact, answer: Answer) -> int | None:
    if fact.kind == "boolean":
        return int(answer) if answer is True or answer is False else None
    if fact.kind in {"choice", "ordinal"}:
        return value_of(fact, answer) if isinstance(answer, str) and answer in fact.choices else None
    if type(answer) is not int:
        return None
    return answer if fact.low <= answer <= highest(fact) else None


def _why_not(fact: Fact, answer: Given) -> Problem:
    words = {"value": answer, "title_vi": fact.title_vi, "title_en": fact.title_en}
    if fact.kind == "boolean":
        return problem("F103", fact.id, **words)
    if fact.kind in {"choice", "ordinal"}:
        return problem("F105", fact.id, **words, choices=", ".join(fact.choices))
    return problem("F102", fact.id, **words, low=fact.low, high=highest(fact))
