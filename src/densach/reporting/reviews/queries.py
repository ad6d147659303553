"""Reading drafts of reviews."""

from __future__ import annotations

from densach.places.models import Place
from densach.reporting.reviews.models import Draft


def draft_of(place: int, line: str, review: str) -> Draft | None:
    """The draft of a review, if somebody began it."""
    return Draft.objects.filter(place=place, line=line, review=review).select_related("written_by").first()


def drafts_of(place: int, line: str) -> dict[str, Draft]:
    """The drafts of a place in one line, by review."""
    rows = Draft.objects.filter(place=place, line=line).select_related("written_by")
    return {row.review: row for row in rows}


def draft_for_update(place: Place, line: str, review: str) -> Draft:
    """The draft as it is now, begun unless somebody was faster; locked until the transaction ends."""
    Draft.objects.get_or_create(place=place, line=line, review=review)
    return Draft.objects.select_for_update(of=("self",)).get(place=place, line=line, review=review)
