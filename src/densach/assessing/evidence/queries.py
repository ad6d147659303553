"""Reading evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from densach.assessing.evidence.models import Evidence
from densach.assessing.sheets.models import Sheet
from densach.history.prepared import prepared

MOST_ASKED = 500  # identities in one query, which SQLite takes


def evidence_for(sheet: Sheet) -> list[Evidence]:
    """The evidence of a sheet with who added each, in the order it came."""
    return _evidence_for(sheet.pk)


@prepared
def _evidence_for(sheet: int) -> QuerySet[Evidence]:
    return Evidence.objects.filter(sheet=sheet).select_related("added_by").order_by("pk")


def evidence_by_uid(uid: UUID) -> Evidence | None:
    """One piece with its sheet and whom that is about."""
    about = [f"sheet__subject__{kind}" for kind in ("person", "household", "clan", "unit", "place")]
    return Evidence.objects.filter(uid=uid).select_related("added_by", "sheet__round__place", *about).first()


def evidence_like(sheet: Sheet, indicator: str, sha256: str) -> Evidence | None:
    """The same file for the same indicator of a sheet."""
    return Evidence.objects.filter(sheet=sheet, indicator=indicator, sha256=sha256).first()


def evidence_counts(sheet: Sheet) -> Counter[str]:
    """How many pieces each indicator of a sheet has."""
    return Counter(Evidence.objects.filter(sheet=sheet).values_list("indicator", flat=True))


def delete_evidence(piece: Evidence) -> None:
    """Take one row away."""
    Evidence.objects.filter(pk=piece.pk).delete()


def evidence_under_other_keys(current: str) -> QuerySet[Evidence]:
    """The evidence whose content is encrypted under an older key."""
    return Evidence.objects.exclude(key=current).order_by("pk")


def rows_named(uids: Iterable[UUID]) -> set[UUID]:
    """Which of these identities are those of rows."""
    asked = list(uids)
    parts = (asked[at : at + MOST_ASKED] for at in range(0, len(asked), MOST_ASKED))
    return {uid for part in parts for uid in Evidence.objects.filter(uid__in=part).values_list("uid", flat=True)}
