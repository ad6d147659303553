"""Who reads the statistics: whoever reads the register of awards, for the same places."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from densach.authority.access import Viewer
from densach.awards.models import AwardRound
from densach.awards.register.access import places_of
from densach.awards.statistics import queries
from densach.awards.statistics.counting import Line, table_of
from densach.awards.statistics.fairness import Fairness, fairness_of
from densach.problems import Refused, problem


@dataclass(frozen=True)
class Statistics:
    """The awards and the nominations of a year, in one round or in all."""

    year: int
    round: AwardRound | None
    rounds: list[AwardRound]
    table: list[Line]
    fairness: list[Fairness]

    @property
    def is_fictional(self) -> bool:
        """Whether anything in it is made up."""
        shown = [self.round] if self.round else [each for each in self.rounds if each.year == self.year]
        return any(each.is_fictional for each in shown)


def statistics_for(viewer: Viewer, year: int, round_uid: UUID | None) -> Statistics:
    """The statistics of the viewer's place; a round that is not its own is not there (H103)."""
    places = places_of(viewer)
    rounds = queries.rounds_of(places)
    chosen = next((each for each in rounds if each.uid == round_uid), None)
    if round_uid is not None and chosen is None:
        raise Refused(problem("H103", round_uid))
    table = table_of(queries.awards_given(places, year, chosen))
    return Statistics(year, chosen, rounds, table, fairness_of(queries.nominations_put(places, year, chosen)))
