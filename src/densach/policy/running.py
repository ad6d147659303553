"""Worked cases run through the engine: what was expected beside what came out."""

from __future__ import annotations

from dataclasses import dataclass

from densach.policy.cases import Case, Expectation, PointSpan
from densach.policy.dates import earliest
from densach.policy.library import Library
from densach.problems import Problem, Refused
from densach.rules.judging import Judge
from densach.rules.model import DECIDING, DECIDING_IN_DEMO


@dataclass(frozen=True)
class CaseRun:
    """One case and what came out of it, in the words of an expectation; `problem` where it could not be judged."""

    case: Case
    found: Expectation | None
    problem: Problem | None = None

    @property
    def holds(self) -> bool:
        """Whether all that was expected came out; what is left out was not looked at."""
        if self.found is None:
            return False
        wanted = self.case.expect
        asked = [name for name in ("in_force", "verdict", "level") if getattr(wanted, name) is not None]
        same = all(getattr(wanted, name) == getattr(self.found, name) for name in asked)
        return same and (wanted.points is None or self._points_agree(wanted))

    def _points_agree(self, wanted: Expectation) -> bool:
        points = self.found.points if self.found else None
        return points is None or points == wanted.points


def run_case(library: Library, rubric_id: str, case: Case) -> CaseRun:
    """Judge one case by a rubric as it stands on the day of the case."""
    on = earliest(case.on)
    try:
        effective = library.rubric(rubric_id, on)
        deciding = DECIDING_IN_DEMO if effective.fictional else DECIDING
        judgement = Judge(effective.rubric, effective.sources, deciding).judge(case.given)
    except Refused as refused:
        return CaseRun(case, None, refused.problems[0])
    points = PointSpan(low=judgement.points.low, high=judgement.points.high) if judgement.points else None
    state = library.in_force(effective.rubric, on)
    return CaseRun(case, Expectation(in_force=state, verdict=judgement.verdict, level=judgement.level, points=points))
