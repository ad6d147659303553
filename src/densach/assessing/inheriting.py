"""What a merged commune inherited: the titles of the communes it was made from stay theirs, and are shown with it.

No text says more. Whether anything of them counts for the new commune is the assumption `merged_title` of its rubric.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from densach.assessing.models import Recognition, Round
from densach.assessing.queries import recognitions_of_places, verdict_counts
from densach.assessing.run import judged_on
from densach.assessing.titles import BY_MODEL, FORMER, Title, rubric_on
from densach.places.lineage import made_of
from densach.places.models import PlacePeriod
from densach.places.queries import last_rows
from densach.policy.library import Library
from densach.rules.model import Assumption

TITLE = BY_MODEL["commune"]
TITLES_OF_OLD = (TITLE, *(title for title in FORMER if title.model == TITLE.model))
Standing = Literal["not_counted", "lapsed", "held", "not_held", "unknown"]


@dataclass(frozen=True)
class Origin:
    """One commune that went into another, all or in part, as it was on its last day, with its titles, latest first."""

    period: PlacePeriod
    whole: bool
    titles: tuple[Recognition, ...]

    def holding(self, on: date) -> Recognition | None:
        """The latest of its titles that has not surely ended by a day."""
        return next((held for held in self.titles if held.valid_to is None or held.valid_to > on), None)


@dataclass(frozen=True)
class Inherited:
    """What a merged commune inherited by a day, and what the assumption makes of it; `level` and `until` if held.

    `assessed` says whether the commune itself has a verdict in the round.
    """

    origins: tuple[Origin, ...]
    assumption: Assumption | None
    standing: Standing
    level: str = ""
    until: date | None = None
    assessed: bool = False


def inherited_by(round_: Round, library: Library) -> Inherited | None:
    """What the commune of a round inherited, on the day the facts are taken at; None if it was made from no other."""
    on = judged_on(round_)
    parts = {old: whole for old, (whole, since) in made_of(round_.place, on).items() if since <= on}
    if not parts:
        return None
    titles = recognitions_of_places(round_, [title.key for title in TITLES_OF_OLD], list(parts), on)
    rows = last_rows(parts)
    origins = tuple(Origin(row, parts[row.place_id], tuple(titles.get(row.place_id, ()))) for row in rows)
    rubric = rubric_on(library, TITLE, on).rubric
    assumed = [each for each in rubric.assumptions if each.id == "merged_title"]
    assessed = bool(verdict_counts(round_, TITLE.key))
    return replace(_standing(origins, assumed[-1] if assumed else None, on), assessed=assessed)


def title_of(held: Recognition) -> Title:
    """The title that an old commune holds."""
    return next(title for title in TITLES_OF_OLD if title.key == held.title_key)


def _standing(origins: tuple[Origin, ...], assumption: Assumption | None, on: date) -> Inherited:
    choice = str(assumption.value) if assumption else None
    if choice == "strictest":
        return _strictest(origins, assumption, on)
    standings: dict[str | None, Standing] = {"reassess": "lapsed", "weighted": "unknown"}
    return Inherited(origins, assumption, standings.get(choice, "not_counted"))


def _strictest(origins: tuple[Origin, ...], assumption: Assumption | None, on: date) -> Inherited:
    """Held if every old commune holds it: at the lowest level, until the earliest end; an unread end leaves it open."""
    held = [origin.holding(on) for origin in origins]
    sure = [each for each in held if each is not None]
    if len(sure) < len(held):
        return Inherited(origins, assumption, "not_held")
    if any(each.valid_to is None for each in sure):
        return Inherited(origins, assumption, "unknown")
    return Inherited(origins, assumption, "held", _lowest(sure), _earliest(sure))


def _lowest(held: Sequence[Recognition]) -> str:
    return min(each.level for each in held)


def _earliest(held: Iterable[Recognition]) -> date | None:
    return min(each.valid_to for each in held if each.valid_to is not None)
