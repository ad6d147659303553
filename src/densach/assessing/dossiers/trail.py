"""Where a fact that our records count comes from: the day it is taken at, when it was counted, by which acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from densach.assessing.dossiers.queries import acts_counted
from densach.assessing.models import Assessment
from densach.assessing.run import judged_on
from densach.assessing.sheets.models import Sheet
from densach.rules.counting import measures_of
from densach.rules.model import Rubric

Judged = tuple[Assessment, datetime | None]


@dataclass(frozen=True)
class ByAct:
    """An act that recognised some of those counted."""

    number: str
    signed_on: date
    count: int


@dataclass(frozen=True)
class Trail:
    """What every counted fact of a sheet rests on; `acts` by the fact that counts whom they recognise."""

    facts: frozenset[str]
    on: date
    counted_at: datetime | None
    seal: str
    acts: dict[str, tuple[ByAct, ...]]


def trail_of(sheet: Sheet, rubric: Rubric, judged: Judged | None) -> Trail:
    """The trail of a sheet; without a verdict nothing was counted yet."""
    measures = measures_of(rubric)
    titles = {name: measure.title_key for name, measure in measures.items() if measure.title_key}
    acts = acts_counted(sheet.round, set(titles.values())) if titles else []
    by_fact = {
        name: tuple(ByAct(number, on, count) for key, number, on, count in acts if key == title)
        for name, title in titles.items()
    }
    at, seal = (judged[1], judged[0].seal) if judged else (None, "")
    return Trail(frozenset(measures), judged_on(sheet.round), at, seal, by_fact)
