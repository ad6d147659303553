"""Reading for what the persons of a pair were recognised."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from densach.assessing.models import Recognition


def recognitions_of(persons: Iterable[int]) -> QuerySet[Recognition]:
    """Everything that some records were recognised for, oldest first."""
    rows = Recognition.objects.filter(subject__person__in=list(persons)).select_related("act", "subject", "withdrawal")
    return rows.order_by("year", "act__signed_on", "pk")
