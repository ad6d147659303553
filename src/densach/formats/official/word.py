"""An official document as .docx in Times New Roman, ready for the clerk to number and for people to correct."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import Table as Bordered
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from densach.formats.official import measures, words
from densach.formats.official.drawn import png_of
from densach.formats.official.model import Block, Official, Paragraph, Picture, Signature, Table
from densach.formats.official.word_marks import RowCell, add_page_number, add_watermark, row_of
from densach.formats.official.words import Spelled, spell
from densach.formats.whole_file import writing

FONT = "Times New Roman"
_SPACE, _CAPITAL, _SMALL = 25, 70, 50  # hundredths of the size that a bold letter is wide, near enough for a rule
_CELL_PADDING = 5.4  # points, as the format has it where nobody says otherwise
_RULE = 0.4  # of the words above it: the decree wants a third to a half


def write_docx(path: Path, document: Official, *, made_on: date) -> None:
    """Write the document, whole or not at all; `made_on` is the day of the file, not of the document."""
    spelled = spell(document)
    paper = docx.Document()
    _prepare(paper, document, made_on)
    _page(paper.sections[0], spelled, fictional=document.fictional)
    _head(paper, spelled)
    _title(paper, spelled)
    _addressees(paper, spelled)
    _decides(paper, spelled)
    _blocks(paper, spelled.blocks)
    _keep_with_what_is_signed(paper.paragraphs[-1])
    _end(paper, spelled)
    for annex in spelled.annexes:
        _page(paper.add_section(WD_SECTION.NEW_PAGE), spelled, fictional=document.fictional)
        _centred(paper, annex.heading, measures.ANNEX, bold=True)
        _centred(paper, annex.title, measures.BODY, bold=True)
        _centred(paper, annex.belongs_to, measures.BODY, italic=True, after=12)
        _blocks(paper, annex.blocks)
    with writing(path) as unfinished:
        paper.save(str(unfinished))


def _keep_with_what_is_signed(last: Line) -> None:
    """Nobody signs on a page that holds nothing else, unless the last paragraph could fill a page itself."""
    last.paragraph_format.keep_with_next = len(last.text) < measures.LONG


def _prepare(paper: Docx, document: Official, made_on: date) -> None:
    style = paper.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(measures.BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    about = paper.core_properties
    about.title = f"{document.kind.name_vi}: {document.abstract}"
    about.author = " ".join(document.issuer.body)
    about.language = "vi"
    about.comments = words.SPECIMEN if document.fictional else ""
    about.created = about.modified = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001  - the format has none


def _page(section: Section, spelled: Spelled, *, fictional: bool) -> None:
    """Measures of the page, its number from the second on, and the marks that stand on every page."""
    section.page_width, section.page_height = (Mm(side) for side in measures.PAGE)
    section.top_margin, section.bottom_margin = Mm(measures.TOP), Mm(measures.BOTTOM)
    section.left_margin, section.right_margin = Mm(measures.LEFT), Mm(measures.RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)
    for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
        part.is_linked_to_previous = False
    numbered = section.header.paragraphs[0]
    _set(numbered, ALIGN.CENTER)
    add_page_number(numbered, FONT, measures.PAGE_NUMBER)
    if fictional:
        add_watermark(numbered, words.SPECIMEN)
        add_watermark(section.first_page_header.paragraphs[0], words.SPECIMEN)
    for foot in (section.footer, section.first_page_footer):
        _lines(foot.paragraphs[0], spelled.foot, measures.FOOT)


def _lines(first: Line, lines: Sequence[str], size: int) -> None:
    _set(first, ALIGN.CENTER)
    for place, line in enumerate(lines):
        _say(first, line, size, bold=True)
        if place < len(lines) - 1:
            first.add_run().add_break()


def _head(paper: Docx, spelled: Spelled) -> None:
    upper, lower = _grid(paper, measures.HEAD_COLUMNS, rows=2)
    left, right = upper
    lines = [(line, True) for line in spelled.body]
    if spelled.parent:
        lines.insert(0, (spelled.parent, False))
    _stack(left, [(line, measures.HEAD, bold) for line, bold in lines])
    _rule(left.add_paragraph(), spelled.body[-1], measures.HEAD, measures.HEAD_COLUMNS[0])
    _stack(right, [(words.STATE, measures.HEAD, True), (words.MOTTO, measures.MOTTO, True)])
    _rule(right.add_paragraph(), words.MOTTO, measures.MOTTO, measures.HEAD_COLUMNS[1], part=1)
    left, right = lower
    said = [(spelled.number, measures.NUMBER, False), (spelled.draft, measures.HEAD, True)]
    _stack(left, [line for line in said if line[0]])
    _set(right.paragraphs[0], ALIGN.CENTER)
    _say(right.paragraphs[0], spelled.place_and_date, measures.DATE, italic=True)


def _title(paper: Docx, spelled: Spelled) -> None:
    _centred(paper, spelled.type_name, measures.BODY, bold=True, before=18)
    _centred(paper, spelled.abstract, measures.BODY, bold=True)
    _rule(paper.add_paragraph(), spelled.abstract, measures.BODY, measures.TEXT_WIDTH, after=12)


def _addressees(paper: Docx, spelled: Spelled) -> None:
    if len(spelled.addressees) == 1:
        _centred(paper, f"{words.TO} {spelled.addressees[0]}", measures.BODY, after=12)
    elif spelled.addressees:
        for text, indent in ((words.TO, 30), *((each, 40) for each in spelled.addressees)):
            line = paper.add_paragraph()
            _set(line, ALIGN.LEFT, after=measures.BETWEEN, left=Mm(indent))
            _say(line, text, measures.BODY)


def _decides(paper: Docx, spelled: Spelled) -> None:
    """The office that decides, what it rests on, and the word with which it decides."""
    if spelled.opening:
        _centred(paper, spelled.opening, measures.BODY, bold=True, after=measures.BETWEEN)
    for base in spelled.bases:
        _say(_body_line(paper), base, measures.BODY, italic=True)
    if spelled.resolves:
        _centred(paper, spelled.resolves, measures.BODY, bold=True, after=measures.BETWEEN)


def _blocks(paper: Docx, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if isinstance(block, Table):
            _table(paper, block)
        elif isinstance(block, Picture):
            _picture(paper.add_paragraph(), block)
        else:
            _paragraph(_body_line(paper), block)


def _paragraph(line: Line, block: Paragraph) -> None:
    if block.lead:
        _say(line, block.lead + (" " if block.text else ""), measures.BODY, bold=True)
    if block.text:
        _say(line, block.text, measures.BODY)
    else:
        line.paragraph_format.keep_with_next = True


def _picture(line: Line, block: Picture) -> None:
    """A drawing in a line of its own, with its words for who cannot see it."""
    _set(line, ALIGN.CENTER, after=measures.BETWEEN)
    shape = line.add_run().add_picture(BytesIO(png_of(block.svg)), width=Mm(block.width))
    shape._inline.docPr.set("descr", block.alt)


def _body_line(paper: Docx) -> Line:
    line = paper.add_paragraph()
    _set(line, ALIGN.JUSTIFY, after=measures.BETWEEN)
    line.paragraph_format.first_line_indent = Mm(measures.INDENT)
    line.paragraph_format.line_spacing = 1.1
    return line


def _table(paper: Docx, block: Table) -> None:
    """A bordered table; the head is repeated on every page and no row is torn."""
    whole = sum(block.widths)
    widths = [Mm(measures.TEXT_WIDTH * width / whole) for width in block.widths]
    table = paper.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    _indent(table, Pt(_CELL_PADDING))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, texts in enumerate((block.headers, *block.rows)):
        cells = [
            RowCell(text, width.twips, place == 0 or at in block.middle)
            for at, (text, width) in enumerate(zip(texts, widths, strict=True))
        ]
        table._tbl.append(row_of(cells, FONT, measures.TABLE, is_head=place == 0))
    _set(paper.add_paragraph(), ALIGN.LEFT)


def _indent(table: Bordered, by: Length) -> None:
    """Put the border, and not the text in it, on the margin."""
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), str(by.twips))
    indent.set(qn("w:type"), "dxa")
    table._tbl.tblPr.insert_element_before(indent, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _end(paper: Docx, spelled: Spelled) -> None:
    above = paper.add_paragraph()
    _set(above, ALIGN.LEFT, after=measures.BETWEEN)
    above.paragraph_format.keep_with_next = True
    ((left, right),) = _grid(paper, measures.SIGN_COLUMNS, rows=1)
    _signed(right, spelled.signatures[-1])
    if len(spelled.signatures) == 1:
        _sent(left, spelled.recipients)
        return
    _signed(left, spelled.signatures[0])
    _set(paper.add_paragraph(), ALIGN.LEFT)
    ((below, _),) = _grid(paper, measures.SIGN_COLUMNS, rows=1)
    _sent(below, spelled.recipients)


def _signed(cell: _Cell, signature: Signature) -> None:
    _stack(cell, [(line, measures.BODY, True) for line in (signature.authority, signature.office) if line])
    name = cell.add_paragraph()
    _set(name, ALIGN.CENTER)
    name.paragraph_format.space_before = Pt(measures.SIGN_GAP)
    _say(name, signature.name, measures.BODY, bold=True)


def _sent(cell: _Cell, recipients: Sequence[str]) -> None:
    _set(cell.paragraphs[0], ALIGN.LEFT)
    _say(cell.paragraphs[0], words.RECIPIENTS, measures.RECIPIENTS_LABEL, bold=True, italic=True)
    for recipient in recipients:
        line = cell.add_paragraph()
        _set(line, ALIGN.LEFT)
        _say(line, recipient, measures.RECIPIENTS)


def _grid(paper: Docx, columns: Sequence[int], rows: int) -> list[tuple[_Cell, ...]]:
    """A table without borders, whose rows are not torn between two pages."""
    table = paper.add_table(rows=rows, cols=len(columns))
    table.autofit = False
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, columns, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    return [row.cells for row in table.rows]


def _stack(cell: _Cell, lines: Sequence[tuple[str, int, bool]]) -> None:
    for place, (text, size, bold) in enumerate(lines):
        line = cell.add_paragraph() if place else cell.paragraphs[0]
        _set(line, ALIGN.CENTER)
        _say(line, text, size, bold=bold)


def _centred(
    paper: Docx, text: str, size: int, *, bold: bool = False, italic: bool = False, before: int = 0, after: int = 0
) -> None:
    line = paper.add_paragraph()
    _set(line, ALIGN.CENTER, after=after)
    line.paragraph_format.space_before = Pt(before)
    line.paragraph_format.keep_with_next = True
    _say(line, text, size, bold=bold, italic=italic)


def _set(line: Line, alignment: ALIGN, *, after: int = 0, left: Length | None = None) -> None:
    line.alignment = alignment
    line.paragraph_format.space_before = Pt(0)
    line.paragraph_format.space_after = Pt(after)
    line.paragraph_format.line_spacing = 1.0
    line.paragraph_format.left_indent = left


def _say(line: Line, text: str, size: int, *, bold: bool = False, italic: bool = False) -> None:
    run = line.add_run(text)
    run.font.name = FONT
    run.font.size = Pt(size)
    run.bold, run.italic = bold, italic


def _rule(line: Line, above: str, size: int, column: int, *, part: float = _RULE, after: int = 4) -> None:
    """A drawn line, as wide as a part of the words above it: the upper border of an empty paragraph."""
    room = Mm(column)
    side = (room - int(min(room, Pt(_width(above, size))) * part)) // 2
    _set(line, ALIGN.CENTER, after=after, left=Length(side))
    line.paragraph_format.space_before = Pt(4)
    line.paragraph_format.right_indent = Length(side)
    line.paragraph_format.line_spacing = Pt(4)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    line._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _width(text: str, size: int) -> float:
    """About how many points a bold text is wide."""
    parts = (_SPACE if not letter.isalnum() else _CAPITAL if letter.isupper() else _SMALL for letter in text)
    return size * sum(parts) / 100
