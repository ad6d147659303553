"""Who issues the review of a place: its authority, or its association; whose symbol no text gives writes it by hand."""

from __future__ import annotations

from dataclasses import dataclass

from densach.formats.official.model import Issuer, Signature
from densach.places.models import Level, PlacePeriod
from densach.reporting.papers.desk import COMMITTEE
from densach.reporting.reviews.models import Line

ASSOCIATION = "Hội Khuyến học"


@dataclass(frozen=True)
class Body:
    """Who issues: `called` as in the middle of a sentence, `seat` before the date, `draft` why it takes no number."""

    called: str
    issuer: Issuer
    signature: Signature
    seat: str
    draft: str = ""


def body_of(place: PlacePeriod, line: Line) -> Body:
    """The body that issues a review of a place in one line."""
    named = place.name[:1].lower() + place.name[1:]
    seat = place.name if place.short_name[:1].isdigit() else place.short_name
    if place.level == Level.COUNTRY:
        return _national(line)
    if line == Line.ASSOCIATION:
        unsaid = "chưa rõ ký hiệu của Hội trong số văn bản"
        return Body(f"{ASSOCIATION} {named}", Issuer((ASSOCIATION, named), ""), Signature("Chủ tịch"), seat, unsaid)
    signature = Signature("Chủ tịch", authority=f"TM. {COMMITTEE}")
    return Body(f"{COMMITTEE} {named}", Issuer((COMMITTEE, named), "UBND"), signature, seat)


def _national(line: Line) -> Body:
    """The association's symbol stands in Quyết định 244/QĐ-KHVN, the ministry's in its circulars and plans."""
    if line == Line.ASSOCIATION:
        called = f"{ASSOCIATION} Việt Nam"
        return Body(called, Issuer((called,), "KHVN"), Signature("Chủ tịch"), "Hà Nội")
    called = "Bộ Giáo dục và Đào tạo"
    return Body(called, Issuer((called,), "BGDĐT"), Signature("Bộ trưởng"), "Hà Nội")
