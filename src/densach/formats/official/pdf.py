"""An official document as a tagged PDF in Tinos, which has the measures of Times New Roman."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from densach.formats.official import measures, words
from densach.formats.official.drawn import png_of
from densach.formats.official.model import Block, Official, Paragraph, Picture
from densach.formats.paper import render


def official_pdf(document: Official, *, made_on: date) -> bytes:
    """The document as a PDF; `made_on` is the day of the file, not of the document."""
    spelled = words.spell(document)
    data = asdict(spelled) | {
        "title": f"{document.kind.name_vi}: {document.abstract}",
        "state": words.STATE,
        "motto": words.MOTTO,
        "to": words.TO,
        "to_whom": words.RECIPIENTS,
        "marks": spelled.foot,
        "blocks": _blocks(spelled.blocks),
        "annexes": [asdict(annex) | {"blocks": _blocks(annex.blocks)} for annex in spelled.annexes],
        "measures": {name.lower(): value for name, value in vars(measures).items() if name.isupper()},
    }
    return render("official", data, made_on=made_on, fictional=document.fictional)


def _blocks(blocks: Sequence[Block]) -> list[dict[str, object]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, Picture):
        return {"kind": "picture", "png": list(png_of(block.svg)), "alt": block.alt, "width": block.width}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text, "lead": block.lead}
    said = {"headers": block.headers, "rows": block.rows, "widths": block.widths, "middle": sorted(block.middle)}
    return {"kind": "table", **said}
