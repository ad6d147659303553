"""References followed: a criterion taken whole from another rubric, with the facts it asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from densach.problems import Refused, problem
from densach.rules.model import Criterion, Fact, Indicator, Rubric


def resolve(rubric: Rubric, rubrics: Mapping[str, Rubric]) -> Rubric:
    """The rubric with every `same_as` replaced by what it stands for; facts in the order of the sheet."""
    if not any(criterion.same_as for criterion in rubric.criteria):
        return rubric
    criteria = tuple(_whole(rubric, criterion, rubrics) for criterion in rubric.criteria)
    lenders = [rubrics[name] for name in references(rubric)]
    known = {fact.id: fact for lender in lenders for fact in lender.facts} | {fact.id: fact for fact in rubric.facts}
    lent = {name for lender in lenders for name in lender.enumerates}
    facts = _in_order(rubric, criteria, known)
    names = {fact.id for fact in facts}
    enumerates = tuple(fact.id for fact in facts if fact.id in (lent & names) | set(rubric.enumerates))
    return replace(rubric, criteria=criteria, facts=facts, enumerates=enumerates)


def references(rubric: Rubric) -> tuple[str, ...]:
    """The ids of the rubrics that this one takes criteria from."""
    return tuple(dict.fromkeys(c.same_as.partition("/")[0] for c in rubric.criteria if c.same_as))


def lent_criterion(same_as: str, rubrics: Mapping[str, Rubric]) -> Criterion | None:
    """The criterion that `<rubric>/<criterion>` names, when it exists and is not itself a reference."""
    rubric_id, _, criterion_id = same_as.partition("/")
    found = (c for c in (rubrics[rubric_id].criteria if rubric_id in rubrics else ()) if c.id == criterion_id)
    return next((criterion for criterion in found if criterion.same_as is None), None)


def facts_used(criterion: Criterion) -> Iterator[str]:
    """The facts that a criterion looks at, in the order of its indicators."""
    for indicator in criterion.indicators:
        yield from facts_of(indicator)


def facts_of(indicator: Indicator) -> Iterator[str]:
    """The facts that an indicator looks at: its conditions, its base, its own."""
    yield from (condition.fact for condition in indicator.applies_if)
    yield from (fact for fact in (indicator.base, indicator.fact) if fact is not None)


def _whole(rubric: Rubric, criterion: Criterion, rubrics: Mapping[str, Rubric]) -> Criterion:
    if criterion.same_as is None:
        return criterion
    lent = lent_criterion(criterion.same_as, rubrics)
    if lent is None:
        raise Refused(problem("P122", f"{rubric.id}/{criterion.id}", reference=criterion.same_as))
    indicators = tuple(replace(i, cites=(*criterion.cites, *i.cites)) for i in lent.indicators)
    return replace(
        criterion,
        title_vi=criterion.title_vi or lent.title_vi,
        title_en=criterion.title_en or lent.title_en,
        points=lent.points,
        same_as=None,
        indicators=indicators,
    )


def _in_order(rubric: Rubric, criteria: tuple[Criterion, ...], known: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """Each fact where the sheet first asks it; within one criterion as its own rubric lists them."""
    first: dict[str, int] = {}
    for at, criterion in enumerate(criteria):
        for name in facts_used(criterion):
            first.setdefault(name, at)
    own = [fact.id for fact in rubric.facts if fact.id not in first]  # kept, so that `policy check` can name it
    order = sorted((name for name in known if name in first), key=first.__getitem__)
    return tuple(known[name] for name in (*order, *own))
