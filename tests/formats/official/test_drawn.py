"""Every kind of document, drawn page by page and opened in a real word processor: same words, nothing out of place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from densach.formats.official import measures
from densach.formats.official.model import Paragraph, Table
from densach.formats.official.pdf import official_pdf
from densach.formats.official.word import write_docx
from tests.formats.official.drawing import faults_of_both_forms, letters_of_docx, letters_of_pdf
from tests.formats.official.making import DOCUMENTS, decision

pytestmark = pytest.mark.slow
MADE = date(2026, 3, 1)
LONG_NAME = "Trường Phổ thông dân tộc nội trú trung học cơ sở và trung học phổ thông MẪU"


def test_every_kind_of_document_is_right_as_it_is_drawn(tmp_path: Path) -> None:
    report = DOCUMENTS["report"]
    more = {
        "long": decision(rows=200),
        "long-name": replace(report, issuer=replace(report.issuer, body=(LONG_NAME,))),
        "full-page": replace(report, blocks=(Paragraph("Nội dung dài và rõ. " * 165),)),
        "wide": replace(report, blocks=(Table(("A", "B"), (("x" * 30, "Lời rất dài " * 40),), (1, 3)),)),
    }
    documents = {name.replace(" ", "-"): document for name, document in DOCUMENTS.items()}
    assert faults_of_both_forms({**documents, **more}, tmp_path) == {}


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("LEFT", 20, "ra ngoài lề"),
        ("RIGHT", 5, "ra ngoài lề"),
        ("SIGN_GAP", 4, "chỗ ký"),
        ("TOP", 12, "có chữ ở lề trên"),
    ],
)
def test_what_is_out_of_place_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: int, fault: str
) -> None:
    monkeypatch.setattr(measures, name, value)
    found = faults_of_both_forms({"paper": decision(rows=3)}, tmp_path)["paper"]
    assert [each for each in found if fault in each and not each.startswith("Word")]
    assert [each for each in found if fault in each and each.startswith("Word")]


def test_a_word_that_stands_in_one_form_only_is_seen(tmp_path: Path) -> None:
    document = replace(decision(), annexes=())
    write_docx(tmp_path / "paper.docx", replace(document, opening="Ai khác"), made_on=MADE)
    (tmp_path / "paper.pdf").write_bytes(official_pdf(document, made_on=MADE))
    assert letters_of_docx(tmp_path / "paper.docx", document) != letters_of_pdf(tmp_path / "paper.pdf", document)
    write_docx(tmp_path / "paper.docx", document, made_on=MADE)
    assert letters_of_docx(tmp_path / "paper.docx", document) == letters_of_pdf(tmp_path / "paper.pdf", document)
