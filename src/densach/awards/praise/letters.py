"""The letter of praise as an official paper; it takes no number (Nghị định 30/2020/NĐ-CP, Điều 7: thư công)."""

from __future__ import annotations

from datetime import date

from densach.authority.access import Viewer
from densach.awards.praise.models import GoodExample
from densach.formats.official.model import Issuer, Kind, Official, Paragraph, Reference, Signature
from densach.formats.vietnamese import format_date
from densach.places.models import Level, Line, PlacePeriod
from densach.problems import Refused, problem
from densach.reporting.papers.desk import COMMITTEE

COMMITTEES = (Level.COMMUNE, Level.PROVINCE)


def who_praises(viewer: Viewer) -> tuple[str, ...]:
    """In whose name a viewer praises, as the head of the paper prints it."""
    if viewer.where is None or viewer.post is None or viewer.acting is None:
        raise Refused(problem("H103", "thu-khen"))
    if viewer.acting.unit is not None:
        return (viewer.acting.unit.name,)
    if viewer.post.line == Line.ASSOCIATION:
        return ("Hội Khuyến học", _lowered(viewer.where.name))
    if viewer.where.level in COMMITTEES:
        return (COMMITTEE, _lowered(viewer.where.name))
    return (viewer.where.name,)


def letter_paper(example: GoodExample, body: tuple[str, ...], where: PlacePeriod, words: str, on: date) -> Official:
    """A letter to whoever did something good."""
    is_committee = body[0] == COMMITTEE
    return Official(
        kind=Kind.LETTER,
        issuer=Issuer(body, ""),
        reference=Reference(where.short_name, on.year, on=on),
        abstract=f"Gửi {example.name}",
        blocks=(
            Paragraph(f"Ngày {format_date(example.deed_on)}: {example.deed.rstrip('.')}."),
            Paragraph(words),
            Paragraph("Mong việc tốt này được nhiều người biết và làm theo./."),
        ),
        signatures=(Signature("Chủ tịch") if is_committee else Signature("Người gửi thư"),),
        fictional=example.is_fictional,
    )


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
