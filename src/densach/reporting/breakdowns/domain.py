"""Counting a commune's year by groups of people, and keeping it so that two releases do not give anybody away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from densach.assessing.frame import frame_of
from densach.assessing.models import Round
from densach.assessing.privacy.counting import Grouped, count_groups
from densach.assessing.queries import has_act
from densach.assessing.run import judged_on
from densach.history.domain import Act, Happening, record
from densach.measures.suppression import FEWEST, TOTAL, Cell, Table, suppress
from densach.people.numbers import Keys
from densach.places.models import Place
from densach.reporting.breakdowns.models import Breakdown
from densach.reporting.breakdowns.queries import breakdown_for_update, rounds_of_year
from densach.reporting.equity import (
    CITIZEN,
    DIVISIONS,
    NO_VILLAGE,
    RESIDENCES,
    Equity,
    by_residence,
    equity_of,
    outcomes_in,
)

KIND = "breakdown"  # of the log


def keep_breakdown(place: Place, year: int, *, keys: Keys, act: Act) -> bool:
    """Count a commune's year and keep it; false where no act of the year is recorded, or the earlier count stays.

    It stays where the new one, held against it, would tell of fewer people than may be shown.
    """
    round_ = _round(place, year)
    if round_ is None:
        return False
    frame = frame_of(round_.place, judged_on(round_))
    row, outcomes = _row(round_, equity_of(round_, frame), act.at), outcomes_in(round_, frame)
    put_residence(row, by_residence(outcomes, round_, frame))
    with transaction.atomic():
        earlier = breakdown_for_update(place.pk, year)
        if earlier is not None and not _may_follow(earlier, row):
            return False
        row.protected = _protected(count_groups(outcomes, (KIND, f"{place.uid.hex} {year}"), keys=keys, act=act))
        if earlier is not None:
            _keep_what_may_not_change(earlier, row)
        row.pk = earlier.pk if earlier else None
        row.save()
        about = {"year": year, "adults": sum(count for *_, count in row.counts), "hidden": len(row.hidden)}
        record(Happening(kind=KIND, object_id=row.pk, event="counted", after=about), act)
        return True


def table_of(row: Breakdown) -> Table:
    """The counts of a kept row as a table."""
    commune, *villages = row.units
    parents = {commune: None, **dict.fromkeys(villages, commune)}
    return Table(parents, DIVISIONS, {tuple(cell): count for *cell, count in row.counts})


def hidden_in(row: Breakdown) -> frozenset[Cell]:
    """The cells of a kept row that the public does not see."""
    return frozenset(tuple(cell) for cell in row.hidden)


def residence_of(row: Breakdown) -> Table:
    """The counts of a kept row by the way somebody lives in the commune."""
    ways = (*RESIDENCES.values(), NO_VILLAGE)
    counts = {(row.units[0], *cell): count for *cell, count in row.residence}
    return Table({row.units[0]: None}, (ways, DIVISIONS[-1]), counts)


def residence_hidden_in(row: Breakdown) -> frozenset[Cell]:
    """The cells of that table that the public does not see."""
    return frozenset(tuple(cell) for cell in row.residence_hidden)


def put_residence(row: Breakdown, counts: Mapping[Cell, int]) -> None:
    """Write the counts by residence into a row, with what is hidden of them.

    Where their totals would have to be hidden all of it is: they stand in the table by village, sex and age.
    """
    row.residence = [[*cell, count] for cell, count in sorted(counts.items())]
    table = residence_of(row)
    hidden = suppress(table).cells
    if any(way == TOTAL for _, way, _ in hidden):
        hidden = frozenset(table.cells)
    row.residence_hidden = sorted(map(list, hidden))


def _protected(found: Mapping[str, Grouped]) -> dict[str, Any]:
    return {
        kind: {"said": each.is_said, "cells": [[*cell, count] for cell, count in sorted(each.cells.items())]}
        for kind, each in found.items()
    }


def _keep_what_may_not_change(earlier: Breakdown, later: Breakdown) -> None:
    """What was told by residence or of a group stays as it was told, unless the new one may stand beside it."""
    if earlier.residence and not _may_stand_beside(_residence_shown(earlier), _residence_shown(later)):
        later.residence, later.residence_hidden = earlier.residence, earlier.residence_hidden
    for kind, said in earlier.protected.items():
        before, after = _told(said), _told(later.protected[kind])
        if before and (not after or not _may_stand_beside(before, after)):
            later.protected[kind] = said


def _told(said: Mapping[str, Any]) -> dict[Cell, int]:
    return {tuple(cell): count for *cell, count in said["cells"]}


def _residence_shown(row: Breakdown) -> Mapping[Cell, int]:
    hidden = residence_hidden_in(row)
    return {cell: count for cell, count in residence_of(row).cells.items() if cell not in hidden}


def _round(place: Place, year: int) -> Round | None:
    """The round whose people are counted: a made-up one never for a real commune."""
    rounds = (each for each in rounds_of_year(place, year) if place.fictional or not each.is_fictional)
    return next((each for each in rounds if has_act(each, CITIZEN.key)), None)


def _row(round_: Round, found: Equity, at: datetime) -> Breakdown:
    return Breakdown(
        place=round_.place,
        year=round_.year,
        fictional=found.fictional,
        judged_on=found.on,
        counted_at=at,
        who_counted=found.who_counted,
        units=[found.commune, *found.table.leaves],
        counts=[[*cell, count] for cell, count in sorted(found.table.counts.items())],
        hidden=sorted(map(list, suppress(found.table).cells)),
    )


def _may_follow(earlier: Breakdown, later: Breakdown) -> bool:
    """Whether a later count beside an earlier one tells of no few people: the same is hidden, no cell moves a bit.

    Hidden anew, a number would be found beside its neighbours of before. Compare with the last release before
    publishing: `law/standards` 7.3.
    """
    return _may_stand_beside(_shown(earlier), _shown(later))


def _may_stand_beside(before: Mapping[Cell, int], after: Mapping[Cell, int]) -> bool:
    return after.keys() == before.keys() and all(
        not 0 < abs(count - before[cell]) < FEWEST for cell, count in after.items()
    )


def _shown(row: Breakdown) -> Mapping[Cell, int]:
    hidden = hidden_in(row)
    return {cell: count for cell, count in table_of(row).cells.items() if cell not in hidden}
