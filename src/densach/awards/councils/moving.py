"""Nominations go to a council and from it many at once; what is under hold, or went elsewhere meanwhile, stays."""

from __future__ import annotations

from collections.abc import Mapping

from densach.awards import queries
from densach.awards.models import Step
from densach.awards.moving import Move, move_all
from densach.history.domain import Act

Way = tuple[Step, str]


def move_those_free(ways: Mapping[int, Way], *, act: Act) -> frozenset[int]:
    """Take nominations, by key, to a step with a reason; one under hold (rule R-12) or no longer at its step stays.

    Gives the keys of those that went.
    """
    rows = queries.nominations_for_update(ways)
    held = queries.held_among([row.nominee for row in rows])
    free = (row for row in rows if row.nominee_id not in held)
    wanted = [Move(row, ways[row.pk][0], {"reason": ways[row.pk][1]}) for row in free]
    able = [move for move in wanted if move.is_laid_down]
    move_all(able, act=act)
    return frozenset(move.nomination.pk for move in able)
