"""What a .docx needs in its own XML: the number of the page, MẪU across every page, and the rows of long lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SHAPE = (
    f"<w:r {_WORD}"
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape type="#_x0000_t136" style="position:absolute;width:480pt;height:44pt;rotation:305;z-index:-1;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:page;"
    'mso-position-vertical:center;mso-position-vertical-relative:page"'
    ' fillcolor="#e4e4e4" stroked="f"><v:textpath style="font-family:&quot;Times New Roman&quot;;font-weight:bold"'
    " string={text}/></v:shape></w:pict></w:r>"
)


def add_page_number(line: Paragraph, font: str, size: int) -> None:
    """The field that shows the number of the page."""
    for kind in ("begin", "", "end"):
        run = line.add_run()
        run.font.name, run.font.size = font, Pt(size)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = "PAGE"
        run._r.append(part)


def add_watermark(line: Paragraph, text: str) -> None:
    """Words across the page, behind what is written on it."""
    line._p.append(parse_xml(_SHAPE.format(text=quoteattr(text))))


@dataclass(frozen=True)
class RowCell:
    """One cell of a row: its text, its width in twentieths of a point, whether it is centred."""

    text: str
    twips: int
    is_centred: bool


def row_of(cells: Sequence[RowCell], font: str, size: int, *, is_head: bool) -> BaseOxmlElement:
    """A row that is never torn; its head is bold and repeated on every page.

    Written as text because a list has thousands of rows, and the library takes milliseconds for each.
    """
    face = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>{"<w:b/>" if is_head else ""}<w:sz w:val="{2 * size}"/>'
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{cell.twips}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>'
        f'<w:jc w:val="{"center" if cell.is_centred else "left"}"/></w:pPr>'
        f'<w:r><w:rPr>{face}</w:rPr><w:t xml:space="preserve">{escape(cell.text)}</w:t></w:r></w:p></w:tc>'
        for cell in cells
    )
    head = "<w:tblHeader/>" if is_head else ""
    row = parse_xml(f"<w:tr {_WORD}><w:trPr><w:cantSplit/>{head}</w:trPr>{inside}</w:tr>")
    assert isinstance(row, BaseOxmlElement)  # noqa: S101  - the library makes no other element
    return row
