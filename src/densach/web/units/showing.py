"""A dossier on the screen: each indicator with its facts, where each comes from, its evidence, and its papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from densach.assessing.dossiers.access import Seen
from densach.assessing.dossiers.trail import ByAct, Trail, trail_of
from densach.assessing.evidence.models import Evidence
from densach.policy.viewing import in_language
from densach.reporting.below.calendar import Due, dues_of
from densach.reporting.papers.of_dossier import (
    Asked,
    case_of_dossier,
    judge_of_dossier,
    names_of_papers,
    papers_asked,
    working_day_notes,
)
from densach.rules.judging import facts_of
from densach.rules.lowering import indicators_of
from densach.rules.model import Fact
from densach.rules.sheet import Given
from densach.web.law import law_of
from densach.web.sentences import language
from densach.web.trying import Outcome, Row, outcome_of


@dataclass(frozen=True)
class Told:
    """One fact of an indicator: what was asked, what is known, and whether our records counted it."""

    fact: Fact
    title: str
    given: Given
    counted: bool
    acts: tuple[ByAct, ...]


@dataclass(frozen=True)
class Line:
    """One indicator with what came out, its facts, and how many pieces of evidence it has."""

    row: Row
    facts: tuple[Told, ...]
    evidence: int


@dataclass(frozen=True)
class Shown:
    """A dossier with all that its page tells."""

    seen: Seen
    outcome: Outcome
    lines: tuple[Line, ...]
    trail: Trail
    asked: tuple[Asked, ...]
    papers: tuple[str, ...]
    dues: tuple[Due, ...]
    working_days: tuple[str, ...]

    @property
    def counted(self) -> bool:
        """Whether our records counted anything for it."""
        return any(told.counted and told.given is not None for line in self.lines for told in line.facts)


def shown(seen: Seen, evidence: Iterable[Evidence]) -> Shown:
    """A dossier as its page tells it, with the evidence that its reader may see."""
    pieces = Counter(piece.indicator for piece in evidence)
    library = law_of(seen.sheet.round.packs)
    case, rubric = case_of_dossier(seen, library), judge_of_dossier(seen, library).rubric
    outcome, trail = outcome_of(case.judge, case.facts, language()), trail_of(seen.sheet, rubric, seen.judged)
    known = {fact.id: fact for fact in rubric.facts}
    told = {name: _told(fact, case.facts.get(name), trail) for name, fact in known.items()}
    indicators = [indicator for _, indicator in indicators_of(rubric)]
    lines = tuple(
        Line(row, tuple(told[name] for name in facts_of(indicator)), pieces[row.id])
        for row, indicator in zip(outcome.rows, indicators, strict=True)
    )
    return Shown(
        seen,
        outcome,
        lines,
        trail,
        papers_asked(rubric),
        names_of_papers(seen),
        dues_of(library, seen.title, seen.sheet.round.year),
        working_day_notes(rubric),
    )


def _told(fact: Fact, given: Given, trail: Trail) -> Told:
    counted = fact.id in trail.facts
    return Told(fact, in_language(fact, "title", language()), given, counted, trail.acts.get(fact.id, ()))
