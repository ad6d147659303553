"""Reading the certificates of a home."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from densach.assessing.models import Certificate


def certificates_about(persons: Collection[int], households: Collection[int]) -> QuerySet[Certificate]:
    """The printed certificates of some persons, by whichever record, and households; the latest print first."""
    people = Q(recognition__subject__person__in=persons) | Q(recognition__subject__person__same_as__in=persons)
    rows = Certificate.objects.filter(people | Q(recognition__subject__household__in=households))
    return rows.select_related("recognition__act", "printing__place").order_by("-recognition__year", "-pk")
