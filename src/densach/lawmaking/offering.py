"""What can be written about a rubric at a desk, and where it begins from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from densach.authority.access import Viewer
from densach.lawmaking.access import kinds_at, scope_of
from densach.lawmaking.models import Kind
from densach.lawmaking.standing import standing_law
from densach.places.models import Place
from densach.policy.coverage import coverage
from densach.policy.library import Library
from densach.policy.overlaying import holes
from densach.problems import Refused, problem
from densach.rules.model import Fact, Indicator, Rubric, Threshold


@dataclass(frozen=True)
class Hole:
    """A value that a text leaves to a place: the sentence it stands in, its level and bounds, the fact it is about."""

    name: str
    indicator: Indicator | None
    level: str
    threshold: Threshold
    fact: Fact | None

    @property
    def choices(self) -> Mapping[str, str]:
        """The grades it can be, in their order, where it is no number."""
        if self.fact is None or not self.fact.choices:
            return {}
        known = list(self.fact.choices)
        low, high = self.threshold.between or (known[0], known[-1])
        inside = known[known.index(str(low)) : known.index(str(high)) + 1]
        return {name: self.fact.choices[name] for name in inside}

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.indicator is not None and self.indicator.test == "share"


@dataclass(frozen=True)
class Offer:
    """A rubric as it stands, and what can be written about it at this desk."""

    rubric: Rubric
    kinds: tuple[Kind, ...]
    library: Library
    scope: Place | None
    code: str
    place_name: str

    @property
    def holes(self) -> tuple[Hole, ...]:
        """What it leaves open for a place."""
        return tuple(_holes(self.rubric))

    @property
    def source(self) -> str:
        """Its file, word for word."""
        return self.library.contents[self.library.digests[self.rubric.id]].decode()


def offers(viewer: Viewer, packs: tuple[str, ...]) -> list[Offer]:
    """Every rubric about which something can be written at the viewer's desk."""
    library = standing_law(packs, viewer.today).library
    found = (_offer(viewer, library, rubric_id) for rubric_id in library.rubrics)
    return [offer for offer in found if offer.kinds]


def offer_of(viewer: Viewer, packs: tuple[str, ...], rubric_id: str, kind: str) -> Offer:
    """One rubric to write about; refused for an unknown one (P120), or where this kind is not offered (P198)."""
    library = standing_law(packs, viewer.today).library
    library.rubric(rubric_id)
    offer = _offer(viewer, library, rubric_id)
    if kind not in offer.kinds:
        name = Kind(kind).label if kind in Kind.values else kind
        raise Refused(problem("P198", rubric_id, kind=name))
    return offer


def _offer(viewer: Viewer, library: Library, rubric_id: str) -> Offer:
    scope = scope_of(viewer)
    rubric = library.rubric(rubric_id, viewer.today).rubric
    wanted = {Kind.FILLS: bool(holes(rubric)), Kind.LOCAL_SET: rubric.framework}
    wanted |= {Kind.TRANSCRIPTION: coverage(rubric).state != "complete"}
    kinds = tuple(kind for kind in kinds_at(scope) if wanted.get(kind, True))
    row = viewer.where if scope else None
    return Offer(rubric, kinds, library, scope, row.code if row else "", row.name if row else "")


def _holes(rubric: Rubric) -> list[Hole]:
    facts = {fact.id: fact for fact in rubric.facts}
    names = {level.id: level.name_vi for level in rubric.levels}
    of_indicators = [
        Hole(threshold.hole, indicator, names.get(level, str(level)), threshold, facts.get(indicator.fact or ""))
        for criterion in rubric.criteria
        for indicator in criterion.indicators
        for level, threshold in (*indicator.levels.items(), ("", indicator.floor))
        if threshold is not None and threshold.hole
    ]
    of_levels = [
        Hole(level.at_least.hole, None, level.name_vi, level.at_least, None)
        for level in rubric.levels
        if level.at_least and level.at_least.hole
    ]
    return [*of_indicators, *of_levels]
