"""A commune was there before the first list that we hold: somebody who has its papers says since when."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date

from django.db import transaction

from densach.formats.vietnamese import format_date
from densach.history.domain import Act, Happening, record_many
from densach.places.domain import state_of
from densach.places.models import Place, PlacePeriod
from densach.places.queries import first_rows
from densach.problems import Refused, problem


def reach_back(commune: Place, on: date, *, source: str, act: Act) -> list[PlacePeriod]:
    """Enter that a commune of the first list, and the units above it, were there and so called from an earlier day on.

    What the list says stays as it is: the new rows end where those of the list begin. Gives the rows entered, none
    where all was known. Refused without a source (L131), and for a commune that is not older than its list (L130).
    """
    if not source.strip():
        raise Refused(problem("L131", format_date(on)))
    with transaction.atomic():
        first = first_rows([commune.pk])[commune.pk]
        if not _may_be_older(first, on):
            raise Refused(problem("L130", first.name, since=format_date(first.valid_from)))
        units = first_rows(int(key) for key in first.path.split("/") if key).values()
        rows = [_before(row, on, source) for row in units if on < row.valid_from and _may_be_older(row, on)]
        PlacePeriod.objects.bulk_create(rows)
        record_many(_happenings(rows), act)
        return rows


def _may_be_older(row: PlacePeriod, on: date) -> bool:
    """Whether nothing that we hold says that the place was another thing on a day before its first row."""
    older = row.code_list is not None and row.code_list.units_older and row.valid_from <= row.code_list.known_from
    return older and (row.began_on is None or row.began_on <= on)


def _before(row: PlacePeriod, on: date, source: str) -> PlacePeriod:
    earlier = copy(row)
    earlier.pk, earlier._state.adding = None, True
    earlier.valid_from, earlier.valid_to, earlier.source = on, row.valid_from, source
    earlier.confirmed_on, earlier.confirmed_by = None, ""
    return earlier


def _happenings(rows: Iterable[PlacePeriod]) -> Iterable[Happening]:
    for row in rows:
        yield Happening(kind="place", object_id=row.place.uid, event="place_past_added", after=state_of(row))
