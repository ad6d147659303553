"""Reading the log, and adding to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from densach.history.models import Entry
from densach.history.prepared import prepared

COLUMNS = (
    "kind",
    "object_id",
    "sequence",
    "at",
    "who",
    "event",
    "before",
    "after",
    "why",
    "previous_hash",
    "hash",
)
Head = tuple[str, int, str]
Row = tuple[str, str, int, str, str, str, str, str, str, str, str]


def chain_of(kind: str, object_id: str) -> QuerySet[Entry]:
    """Everything that happened to one object, oldest first."""
    return Entry.objects.filter(kind=kind, object_id=object_id).order_by("sequence")


def heads_of(kind: str, ids: Collection[str]) -> dict[tuple[str, str], tuple[int, str]]:
    """The number and hash of the last entry of each object that has one, keyed by kind and id."""
    rows = _head_of(kind, *ids) if len(ids) == 1 else _heads_of(kind, ids)
    return {(kind, object_id): (sequence, digest) for object_id, sequence, digest in rows}


@prepared
def _head_of(kind: str, object_id: str) -> QuerySet[Entry, Head]:
    return chain_of(kind, object_id).order_by("-sequence").values_list("object_id", "sequence", "hash")[:1]


def _heads_of(kind: str, ids: Collection[str]) -> QuerySet[Entry, Head]:
    same_chain = Entry.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    later = same_chain.filter(sequence__gt=OuterRef("sequence"))
    last = Entry.objects.filter(~Exists(later), kind=kind, object_id__in=ids)
    return last.values_list("object_id", "sequence", "hash")


def append(rows: list[Row], at: datetime) -> None:
    """Add entries, given in the order of COLUMNS, that all happened at one time; all of them or none.

    Plain SQL, because a whole commune is entered in one go and building tens of thousands of models takes seconds.
    """
    time = Entry._meta.get_field("at").get_db_prep_save(at, connection)
    table, columns = Entry._meta.db_table, ", ".join(map(connection.ops.quote_name, COLUMNS))
    places = ", ".join(["%s"] * len(COLUMNS))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608  - only names of our own columns
            [(*row[:3], time, *row[4:]) for row in rows],
        )


def entries_about(kind: str, object_ids: Iterable[str]) -> QuerySet[Entry]:
    """Everything that happened to some objects of one kind, each oldest first."""
    return Entry.objects.filter(kind=kind, object_id__in=list(object_ids)).order_by("object_id", "sequence")


def latest_of(chains: Mapping[str, Iterable[str] | QuerySet[Any, Any]], first: int, count: int) -> list[Entry]:
    """Some of what happened to the objects of several kinds, the latest first; the keys may be a query of texts."""
    wanted = reduce(or_, (Q(kind=kind, object_id__in=keys) for kind, keys in chains.items()))
    return list(Entry.objects.filter(wanted).order_by("-at", "-pk")[first : first + count])
