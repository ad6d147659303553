"""Reading kept verdicts to judge them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from densach.assessing.models import Assessment, Round
from densach.places.models import PlacePeriod
from densach.places.queries import in_force


class Kept(NamedTuple):
    """One verdict as it was sealed, without its subject."""

    round_id: int
    title_key: str
    verdict: str
    receipt: str


def rounds_within(path: str, today: date, packs: str) -> dict[int, tuple[Round, PlacePeriod]]:
    """The rounds of one reading of the law whose place lies in a path today, with the row of the place, by key."""
    rows = {row.place_id: row for row in in_force(today).filter(path__gte=path, path__lt=f"{path[:-1]}0")}
    rounds = Round.objects.filter(packs=packs).select_related("place")
    return {round_.pk: (round_, rows[round_.place_id]) for round_ in rounds if round_.place_id in rows}


def kept_of(rounds: Iterable[int], titles: Iterable[str]) -> Iterator[Kept]:
    """The kept verdicts of some rounds and titles, the latest rounds first."""
    rows = Assessment.objects.filter(round__in=list(rounds), title_key__in=list(titles))
    told = rows.order_by("-round__year", "-round", "pk").values_list("round_id", "title_key", "verdict", "receipt")
    return (Kept(*row) for row in told.iterator(chunk_size=2000))


def kept_counts(rounds: Iterable[int], titles: Iterable[str]) -> dict[tuple[int, str], int]:
    """How many verdicts are kept, by round and title."""
    rows = Assessment.objects.filter(round__in=list(rounds), title_key__in=list(titles)).order_by()
    return {(row[0], row[1]): row[2] for row in rows.values_list("round", "title_key").annotate(Count("pk"))}
