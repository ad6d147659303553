"""What a .docx needs in its own XML: the number of the page, and MẪU across every page."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_SHAPE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
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
