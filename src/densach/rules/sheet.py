"""The facts of one subject, checked against the rubric and turned into the bounds that a program takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from densach.problems import Problem, Refused, problem
from densach.rules.lowering import highest, value_of
from densach.rules.model import Fact, Rubric

Answer = bool | int | str | None
Facts = Mapping[str, Answer]


class Sheet:
    """What a rubric asks for, in order. A fact that is absent or null is missing: it may still be anything."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.index = {fact.id: index for index, fact in enumerate(rubric.facts)}
        self._facts = {fact.id: (2 * index, fact) for index, fact in enumerate(rubric.facts)}
        self._free = [end for fact in rubric.facts for end in (fact.low, highest(fact))]
        self._parts = [
            (2 * self.index[fact.id], 2 * self.index[fact.part_of]) for fact in rubric.facts if fact.part_of is not None
        ]

    def bounds(self, facts: Facts) -> list[int]:
        """The lowest and highest value of every fact; refuses wrong names, kinds, bounds and contradictions."""
        bounds = self._free.copy()
        known = self._facts
        for name, answer in facts.items():
            if answer is None and name in known:
                continue
            place = known.get(name)
            number = None if place is None else _number(place[1], answer)
            if number is None:
                raise Refused(*self._all_problems(facts))
            assert place is not None  # noqa: S101  - a name that is not known has no number
            bounds[place[0]] = bounds[place[0] + 1] = number
        for part, base in self._parts:
            self._tighten(bounds, part, base, facts)
        return bounds

    def _tighten(self, bounds: list[int], part: int, base: int, facts: Facts) -> None:
        """A part is never greater than its base, whichever of the two is known."""
        if bounds[part] > bounds[base]:
            if bounds[part] > bounds[base + 1]:
                raise Refused(self._part_over_base(part, base, facts))
            bounds[base] = bounds[part]
        bounds[part + 1] = min(bounds[part + 1], bounds[base + 1])

    def _part_over_base(self, part: int, base: int, facts: Facts) -> Problem:
        one, whole = self.rubric.facts[part // 2], self.rubric.facts[base // 2]
        words = {"value": facts[one.id], "base": whole.id, "base_value": facts[whole.id]}
        return problem("F104", one.id, **words, title_vi=one.title_vi, base_title_vi=whole.title_vi)

    def _all_problems(self, facts: Facts) -> Iterator[Problem]:
        for name, answer in facts.items():
            if name not in self._facts:
                yield problem("F101", name, fact=name, rubric=self.rubric.id)
            elif answer is not None and _number(self._facts[name][1], answer) is None:
                yield _why_not(self._facts[name][1], answer)


def _number(fact: Fact, answer: Answer) -> int | None:
    """The answer as a whole number inside the bounds, or nothing when it is no answer to this question."""
    if fact.kind == "boolean":
        return int(answer) if answer is True or answer is False else None
    if fact.kind in {"choice", "ordinal"}:
        return value_of(fact, answer) if isinstance(answer, str) and answer in fact.choices else None
    if type(answer) is not int:
        return None
    return answer if fact.low <= answer <= highest(fact) else None


def _why_not(fact: Fact, answer: Answer) -> Problem:
    words = {"value": answer, "title_vi": fact.title_vi, "title_en": fact.title_en}
    if fact.kind == "boolean":
        return problem("F103", fact.id, **words)
    if fact.kind in {"choice", "ordinal"}:
        return problem("F105", fact.id, **words, choices=", ".join(fact.choices))
    return problem("F102", fact.id, **words, low=fact.low, high=highest(fact))
