"""Measure an official paper, .docx or PDF, against Annex I of Nghị định 30/2020/NĐ-CP, and say what is not right.

The measures are written here once more, as the decree has them, and are not those our renderers choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdf
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length

from densach.formats.official.model import Kind
from densach.formats.official.reading import POINTS_IN_MM, Piece, open_docx, pieces_of_docx, pieces_of_pdf
from densach.formats.official.words import DRAFT, MOTTO, RECIPIENTS, SPECIMEN, STATE

Between = tuple[float, float]
A4 = (210, 297)
MARGINS: dict[str, Between] = {
    "top_margin": (20, 25),
    "bottom_margin": (20, 25),
    "left_margin": (30, 35),
    "right_margin": (15, 20),
}
NUMBER = re.compile(r"Số:\s*(0[1-9]|[1-9]\d+)?\s*/[A-ZĐa-z]{2,4}-[A-ZĐ][A-ZĐa-z-]*")
_DAY = r"(0[1-9]|[12]\d|3[01])?"
_MONTH = r"(0[12]|[3-9]|1[0-2])?"
_SAID_DAY = r"ngày [^()]*?năm \d{4}"
DATE = re.compile(rf".+, ngày\s+{_DAY}\s*tháng\s+{_MONTH}\s*năm \d{{4}}")
DATED = re.compile(rf".+, {_SAID_DAY}")
BELONGS_TO = re.compile(rf"\(Kèm theo [^()]*? số (\S*) ({_SAID_DAY}) của ")
ANNEX = re.compile(r"Phụ lục( [IVX]+)?")
TYPES = tuple(kind.name_vi.upper() for kind in Kind)


@dataclass(frozen=True)
class Fault:
    """What the decree asks for, and what was found instead."""

    asked: str
    found: str


def validate_docx(path: Path) -> list[Fault]:
    """What is not right in a .docx; nothing, if all is."""
    paper = open_docx(path)
    pieces = pieces_of_docx(paper)
    return [
        *(fault for section in paper.sections for fault in (*_margins(section), *_numbering(section))),
        *_said_right(pieces, faces=("Times New Roman",)),
        *_bases(pieces),
        *_body(paper),
    ]


def validate_pdf(path: Path) -> list[Fault]:
    """What is not right in a PDF; nothing, if all is."""
    pieces = pieces_of_pdf(path)
    top = (A4[1] - 20) * POINTS_IN_MM
    inside = [piece for piece in pieces if 20 * POINTS_IN_MM <= piece.y <= top]
    above = [piece for piece in pieces if piece.y > top]
    return [
        *_sheets(path),
        *_outside(inside),
        *_said_right(inside, faces=("Tinos", "Times")),
        *_page_numbers(inside, above, pages=max((piece.page for piece in pieces), default=0)),
        *_marks([piece for piece in pieces if piece.y < 20 * POINTS_IN_MM]),
    ]


def _margins(section: Section) -> Iterator[Fault]:
    size = tuple(_mm(side) for side in (section.page_width, section.page_height))
    if size != A4:
        yield Fault("A4 210 × 297", str(size))
    for name, between in MARGINS.items():
        yield from _within(name, _mm(getattr(section, name)), between)


def _mm(length: Length | None) -> float:
    return round(length.mm, 0) if length is not None else 0


def _numbering(section: Section) -> Iterator[Fault]:
    """A number centred in the top margin, and none on the first page."""
    first = section.first_page_header._element if section.different_first_page_header_footer else None
    if first is None or first.findall(f".//{qn('w:instrText')}"):
        yield Fault("không đánh số trang thứ nhất", "có số")
    line = section.header.paragraphs[0]
    fields = [(run, part.text) for run in line.runs for part in run._r.findall(qn("w:instrText"))]
    if line.alignment != ALIGN.CENTER or [text for _, text in fields] != ["PAGE"]:
        yield Fault("số trang ở giữa lề trên", str(fields))
    for run, _ in fields:
        yield from _within("cỡ chữ số trang", run.font.size.pt if run.font.size else 0, (13, 14))


def _said_right(pieces: Sequence[Piece], faces: tuple[str, ...]) -> Iterator[Fault]:
    """The elements of the head, title, signatures and annexes, wherever the paper comes from."""
    for piece in pieces:
        if not piece.face.startswith(faces):
            yield Fault(f"phông {faces[0]}", f"{piece.face}: {piece.text}")
    yield from _head(pieces)
    yield from _numbered_and_dated(pieces)
    yield from _title(pieces)
    yield from _sent(pieces)
    for piece in pieces:
        if ANNEX.fullmatch(piece.text):
            yield from _looks("phụ lục", piece, (14, 14), bold=True)


def _head(pieces: Sequence[Piece]) -> Iterator[Fault]:
    state, motto = _one(pieces, STATE), _one(pieces, MOTTO)
    date = next((piece for piece in pieces if ", ngày" in piece.text), None)
    if state is None or motto is None or date is None:
        yield Fault("Quốc hiệu, Tiêu ngữ, địa danh và ngày", "thiếu")
        return
    yield from _looks("Quốc hiệu", state, (12, 13), bold=True)
    yield from _looks("Tiêu ngữ", motto, (13, 14), bold=True)
    yield from _looks("địa danh, ngày", date, (13, 14), italic=True)
    if not DATE.fullmatch(date.text):
        yield Fault("ngày dưới 10, tháng 1 và 2 có số 0", date.text)
    left = [piece for piece in pieces if piece.x < state.x and piece.page == 1 and piece.y >= date.y]
    body = [piece for piece in left if not piece.text.startswith(("Số:", DRAFT)) and piece.y > date.y]
    if not body or state.x <= max(piece.x for piece in body) or date.x <= body[-1].x:
        yield Fault("cơ quan ban hành bên trái Quốc hiệu", str([piece.text for piece in body]))
    for piece in body:
        yield from _looks("cơ quan ban hành", piece, (12, 13), bold=piece is body[-1] or piece.bold, capitals=True)
    yield from _number([piece for piece in pieces if piece.text.startswith("Số:")], date)


def _number(numbers: Sequence[Piece], date: Piece) -> Iterator[Fault]:
    """Number and symbol stand left of the date, in the same row."""
    for piece in numbers:
        yield from _looks("số, ký hiệu", piece, (13, 13))
        if not NUMBER.fullmatch(piece.text):
            yield Fault("số dưới 10 có số 0; “/” và “-” không cách", piece.text)
        if piece.x >= date.x or abs(piece.y - date.y) > 3:
            yield Fault("số, ký hiệu bên trái ngày, cùng hàng", f"{piece.x}, {piece.y}")


def _numbered_and_dated(pieces: Sequence[Piece]) -> Iterator[Fault]:
    """A number goes with a whole day, a draft with no number, and an annex names the number and day of its paper."""
    numbers = [_plain(piece.text.removeprefix("Số:")) for piece in pieces if piece.text.startswith("Số:")]
    dates = [_plain(piece.text) for piece in pieces if DATED.fullmatch(_plain(piece.text))]
    number, date = ([*found, ""][0] for found in (numbers, dates))
    day = date.partition(", ")[2]
    if number[:1].isdigit() and not re.fullmatch(r"ngày \d\d tháng \d{1,2} năm \d{4}", day):
        yield Fault("văn bản đã có số thì có đủ ngày, tháng", day)
    if number and any(piece.text.startswith(DRAFT) for piece in pieces):
        yield Fault("dự thảo không có số", number)
    said = _plain(" ".join(piece.text for piece in pieces if piece.italic))
    for named, on in BELONGS_TO.findall(said):
        if (named, on) != (number, day):
            yield Fault("phụ lục ghi đúng số và ngày của văn bản", f"{named} {on}")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _title(pieces: Sequence[Piece]) -> Iterator[Fault]:
    at = next((place for place, piece in enumerate(pieces) if piece.text in TYPES), None)
    if at is None or at + 1 == len(pieces):
        yield Fault("tên loại văn bản", "thiếu")
        return
    yield from _looks("tên loại", pieces[at], (13, 14), bold=True)
    yield from _looks("trích yếu", pieces[at + 1], (13, 14), bold=True)


def _sent(pieces: Sequence[Piece]) -> Iterator[Fault]:
    at = next((place for place, piece in enumerate(pieces) if piece.text == RECIPIENTS), None)
    if at is None:
        yield Fault(RECIPIENTS, "thiếu")
        return
    yield from _looks("“Nơi nhận”", pieces[at], (12, 12), bold=True, italic=True)
    listed = []
    for piece in pieces[at + 1 :]:
        if not piece.text.startswith("- "):
            break
        listed.append(piece)
        yield from _looks("nơi nhận", piece, (11, 11))
    if not listed or not re.fullmatch(r"- Lưu: VT(, .+)?\.", listed[-1].text):
        yield Fault("dòng cuối “Lưu: VT”", listed[-1].text if listed else "thiếu")


def _bases(pieces: Sequence[Piece]) -> Iterator[Fault]:
    """In a .docx a base is a paragraph: each ends with a semicolon, the last with a full stop."""
    bases = [piece for piece in pieces if piece.is_body and piece.italic]
    for piece in bases:
        if not piece.text.endswith("." if piece is bases[-1] else ";"):
            yield Fault("căn cứ kết thúc bằng “;”, cuối cùng bằng “.”", piece.text)


def _body(paper: Docx) -> Iterator[Fault]:
    for line in paper.paragraphs:
        if line.alignment != ALIGN.JUSTIFY:
            continue
        form = line.paragraph_format
        indent = round(form.first_line_indent.mm, 1) if form.first_line_indent else 0
        if indent not in {10, 12.7}:
            yield Fault("lùi đầu dòng 1 hoặc 1,27 cm", f"{indent}: {line.text}")
        after = form.space_after.pt if form.space_after else 0
        if after < 6:
            yield Fault("cách đoạn ít nhất 6 pt", f"{after}: {line.text}")
        yield from _within("giãn dòng", float(form.line_spacing or 0), (1, 1.5))
        for run in line.runs:
            yield from _within("cỡ chữ nội dung", run.font.size.pt if run.font.size else 0, (13, 14))


def _sheets(path: Path) -> Iterator[Fault]:
    for page in pypdf.PdfReader(path).pages:
        size = tuple(round(float(side) / POINTS_IN_MM) for side in (page.mediabox.width, page.mediabox.height))
        if size != A4:
            yield Fault("A4 210 × 297", str(size))


def _outside(inside: Sequence[Piece]) -> Iterator[Fault]:
    """Text begins on or right of the left margin, and the sizes are those of the body where nothing else is said."""
    for piece in inside:
        if not 29.9 * POINTS_IN_MM <= piece.x <= (A4[0] - 15) * POINTS_IN_MM:
            yield Fault("chữ trong lề trái 30, lề phải 15", piece.text)
        if not 11 <= piece.size <= 14:
            yield Fault("cỡ chữ từ 11 đến 14", f"{piece.size}: {piece.text}")


def _page_numbers(inside: Sequence[Piece], above: Sequence[Piece], pages: int) -> Iterator[Fault]:
    """Each part (the document, each annex) counts its pages from 1 and prints from 2 on, in the middle of the text."""
    starts = sorted({1, *(piece.page for piece in inside if ANNEX.fullmatch(piece.text))})
    asked = {page: page - max(start for start in starts if start <= page) + 1 for page in range(1, pages + 1)}
    found = {piece.page: piece for piece in above}
    for page, number in asked.items():
        printed = found[page].text if page in found else ""
        if printed != (str(number) if number > 1 else ""):
            yield Fault(f"số trang {number} (trang 1 không ghi)", printed)
    for piece in above:
        yield from _looks("số trang", piece, (13, 14))
        yield from _within("số trang ở giữa", piece.x / POINTS_IN_MM, (107, 115))


def _marks(below: Sequence[Piece]) -> Iterator[Fault]:
    """Only the mark of a draft or of a made-up paper may stand in the lower margin."""
    for piece in below:
        if not piece.text.startswith((DRAFT, SPECIMEN)):
            yield Fault("lề dưới để trống", piece.text)


def _looks(
    what: str, piece: Piece, sizes: Between, *, bold: bool = False, italic: bool = False, capitals: bool = False
) -> Iterator[Fault]:
    yield from _within(f"cỡ chữ {what}", piece.size, sizes)
    if (piece.bold, piece.italic) != (bold, italic):
        yield Fault(f"{what}: đậm {bold}, nghiêng {italic}", f"{piece.bold}, {piece.italic}: {piece.text}")
    if capitals and piece.text != piece.text.upper():
        yield Fault(f"{what}: chữ in hoa", piece.text)


def _within(what: str, found: float, between: Between) -> Iterator[Fault]:
    if not between[0] <= found <= between[1]:
        yield Fault(f"{what} từ {between[0]} đến {between[1]}", str(found))


def _one(pieces: Sequence[Piece], text: str) -> Piece | None:
    return next((piece for piece in pieces if piece.text == text), None)
