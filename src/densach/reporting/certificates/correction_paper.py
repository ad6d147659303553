"""The act that corrects a name in a signed decision, as PDF and as .docx.

It is a decision, as what it corrects is one: an assumption, see docs/decisions/0012.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from densach.assessing.certificates.words import named_office, signature_of, title_on_face
from densach.assessing.models import Correction
from densach.assessing.titles import Title
from densach.formats.official.model import Issuer, Kind, Official, Paragraph, Reference, Signature
from densach.formats.official.pdf import official_pdf
from densach.formats.official.word import write_docx
from densach.formats.official.words import date_in_words
from densach.formats.vietnamese import fold
from densach.formats.whole_file import writing
from densach.places.labels import Label, labels_on
from densach.places.lineage import Outcome, on_todays_map
from densach.places.models import Place
from densach.reporting.papers.desk import COMMITTEE
from densach.reporting.papers.dossier import OPEN

_NUMBER = re.compile(r"0*(\d+)/QĐ-(.+)")


def write_correction(folder: Path, correction: Correction, title: Title, *, made_on: date) -> list[Path]:
    """Write the act in both forms; gives the paths."""
    document = correction_paper(correction, title)
    name = re.sub(r"[^a-z0-9]+", "-", fold(correction.number)).strip("-")
    pdf, word = (folder / f"dinh-chinh-{correction.signed_on.year}-{name}.{form}" for form in ("pdf", "docx"))
    with writing(pdf) as unfinished:
        unfinished.write_bytes(official_pdf(document, made_on=made_on))
    write_docx(word, document, made_on=made_on)
    return [pdf, word]


def correction_paper(correction: Correction, title: Title) -> Official:
    """The act as a document: what the name was, what it is, why, and that nothing else changes."""
    act = correction.recognition.act
    label = _where_it_lies(act.place, correction.signed_on)
    issuer = named_office(correction.office_title, label)
    authority, office = signature_of(issuer)
    decision = f"Quyết định số {act.number} {date_in_words(act.signed_on)}"
    what = f"{title_on_face(title)} năm {correction.recognition.year}"
    number = _NUMBER.fullmatch(correction.number)
    place = label.rows[0].short_name if label else OPEN
    return Official(
        kind=Kind.DECISION,
        issuer=Issuer(_body(issuer, office), number[2] if number else ""),
        reference=Reference(place, correction.signed_on.year, int(number[1]) if number else None, correction.signed_on),
        abstract=f"Về việc đính chính tên trong {decision} về việc công nhận {what}",
        opening=issuer,
        bases=(f"Căn cứ {decision} về việc công nhận {what}", f"Căn cứ {correction.basis}"),
        blocks=(
            Paragraph(f"Đính chính tên trong {decision}: “{correction.was}” sửa thành “{correction.now}”.", "Điều 1."),
            Paragraph(f"Lý do: {correction.why.rstrip('.')}."),
            Paragraph(f"Các nội dung khác của {decision} giữ nguyên.", "Điều 2."),
            Paragraph(f"Quyết định này có hiệu lực kể từ ngày ký. {OPEN} chịu trách nhiệm thi hành./.", "Điều 3."),
        ),
        signatures=(Signature(office, authority=authority),),
        recipients=("Như Điều 3", "Người có tên tại Điều 1"),
        fictional=act.fictional or act.place.fictional,
    )


def _where_it_lies(place: Place, on: date) -> Label | None:
    """The commune that signs for a place on a day: itself, or the one that took in all of it."""
    found = on_todays_map(place, on)
    if found.outcome not in {Outcome.UNCHANGED, Outcome.EXACT}:
        return None
    return labels_on([found.places[0].place_id], on)[found.places[0].place_id]


def _body(issuer: str, office: str) -> tuple[str, ...]:
    """The body that an office speaks for, in the lines in which it is printed."""
    body = issuer.removeprefix(office).strip() or issuer
    body = f"Phòng {body}" if office == "Trưởng phòng" else body
    if body.startswith(f"{COMMITTEE} "):
        return COMMITTEE, body.removeprefix(f"{COMMITTEE} ")
    return (body,)
