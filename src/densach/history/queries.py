"""Reading the log."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from densach.history.models import Entry


def chain_of(kind: str, object_id: str) -> QuerySet[Entry]:
    """Everything that happened to one object, oldest first."""
    return Entry.objects.filter(kind=kind, object_id=object_id).order_by("sequence")


def heads_of(kind: str, ids: Iterable[str]) -> dict[tuple[str, str], tuple[int, str]]:
    """The number and hash of the last entry of each object that has one, keyed by kind and id."""
    same_chain = Entry.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    later = same_chain.filter(sequence__gt=OuterRef("sequence"))
    last = Entry.objects.filter(~Exists(later), kind=kind, object_id__in=ids)
    return {
        (kind, object_id): (sequence, digest)
        for object_id, sequence, digest in last.values_list("object_id", "sequence", "hash")
    }
