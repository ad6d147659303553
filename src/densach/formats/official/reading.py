"""Read an official paper back, ours or one that people corrected: its pieces of text, with place, size and face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import docx
import pypdf
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

POINTS_IN_MM = 72 / 25.4
_GAP = 40  # points left open inside a line, where the clerk fills in a number


@dataclass(frozen=True)
class Piece:
    """A paragraph of a .docx or a line of a PDF, without the spaces at its ends.

    `x` and `y` (upwards) are points in a PDF, and in a .docx the column and the order: both tell left from right and
    above from below. `face` is the name of the font. `is_body` says that it is justified text outside tables.
    """

    text: str
    size: float
    bold: bool
    italic: bool
    face: str
    page: int
    x: float
    y: float
    is_body: bool = False


def pieces_of_docx(paper: Docx) -> list[Piece]:
    """What a .docx says from beginning to end, without its headers and footers."""
    found: list[Piece] = []
    order = count()
    for block in paper.iter_inner_content():
        if isinstance(block, Table):
            for row in block._tbl.tr_lst:
                place = next(order)
                for column, cell in enumerate(row.tc_lst):
                    for line in _Cell(cell, block).paragraphs:
                        found += _piece(line, column, -place)
        else:
            found += _piece(block, 0, -next(order))
    return found


def _piece(line: Paragraph, x: int, y: int) -> Iterator[Piece]:
    said = [run for run in line.runs if run.text.strip()]
    if said:
        last = said[-1].font
        size = last.size.pt if last.size else 0
        is_body = line.alignment == ALIGN.JUSTIFY
        yield Piece(line.text.strip(), size, bool(last.bold), bool(last.italic), last.name or "", 1, x, y, is_body)


def open_docx(path: Path) -> Docx:
    """A .docx to look into."""
    return docx.Document(str(path))


def pieces_of_pdf(path: Path) -> list[Piece]:
    """What a PDF says from beginning to end, line by line; words that stand aslant, such as MẪU, are left out."""
    found: list[Piece] = []
    for number, page in enumerate(pypdf.PdfReader(path).pages, 1):
        for piece in _on_page(page, number):
            before = found[-1] if found else None
            if before and _goes_on(before, piece):
                found[-1] = replace(before, text=f"{before.text} {piece.text}")
            else:
                found.append(piece)
    return found


def _goes_on(before: Piece, piece: Piece) -> bool:
    """Whether a piece is the next of the same line, and not the next cell of a table."""
    same_line = (before.page, before.y, before.face) == (piece.page, piece.y, piece.face)
    return same_line and before.x < piece.x < before.x + len(before.text) * before.size * 0.55 + _GAP


def _on_page(page: pypdf.PageObject, number: int) -> Iterator[Piece]:
    found: list[Piece] = []

    def visit(text: str, cm: list[float], tm: list[float], font: dict[str, str] | None, size: float) -> None:
        if text.strip() and font is not None and cm[1] == 0:
            face = str(font["/BaseFont"]).partition("+")[2]
            x, y = round(cm[4] + tm[4], 1), round(cm[5] - tm[5], 1)
            found.append(Piece(text.strip(), size, "Bold" in face, "Italic" in face, face, number, x, y))

    page.extract_text(visitor_text=visit)
    yield from found
