"""Counting a commune's year by village, sex and age, and keeping it so that two releases do not give anybody away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from densach.assessing.models import Round
from densach.assessing.queries import has_act
from densach.history.domain import Act, Happening, record
from densach.measures.suppression import FEWEST, Cell, Table, suppress
from densach.places.models import Place
from densach.reporting.breakdowns.models import Breakdown
from densach.reporting.breakdowns.queries import breakdown_for_update, rounds_of_year
from densach.reporting.equity import CITIZEN, DIVISIONS, Equity, equity_of

KIND = "breakdown"  # of the log


def keep_breakdown(place: Place, year: int, *, act: Act) -> bool:
    """Count a commune's year and keep it; false where no act of the year is recorded, or the earlier count stays.

    It stays where the new one, held against it, would tell of fewer people than may be shown.
    """
    round_ = _round(place, year)
    if round_ is None:
        return False
    row = _row(round_, equity_of(round_), act.at)
    with transaction.atomic():
        earlier = breakdown_for_update(place.pk, year)
        if earlier is not None and not _may_follow(earlier, row):
            return False
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
    """Whether a later count beside an earlier one tells of no few people: all that was hidden is, no cell moves a bit.

    Compare with the last release before publishing: `law/standards` 7.3.
    """
    hidden, before, after = hidden_in(earlier), _shown(earlier), _shown(later)
    if not hidden <= hidden_in(later):
        return False
    return all(not 0 < abs(after[cell] - count) < FEWEST for cell, count in before.items() if cell in after)


def _shown(row: Breakdown) -> Mapping[Cell, int]:
    hidden = hidden_in(row)
    return {cell: count for cell, count in table_of(row).cells.items() if cell not in hidden}
