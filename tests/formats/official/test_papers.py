"""Both forms of an official document say the same in the same order, and keep the measures of the decree.

The .docx is read back by the library that reads Word's own files; the suite starts no word processor.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest

from densach.formats.official.checking import validate_docx, validate_pdf
from densach.formats.official.model import Kind, Official, Reference, Signature
from densach.formats.official.pdf import official_pdf
from densach.formats.official.reading import open_docx, pieces_of_docx, pieces_of_pdf
from densach.formats.official.word import write_docx
from densach.formats.official.words import SPECIMEN, number_line, place_and_date, roman, spell
from tests.formats.official.making import DOCUMENTS, ISSUER, OPEN, decision

MADE = date(2026, 3, 1)
IN_TEXT = (57, 785)  # points from below, between the margins of 20 mm


def both(folder: Path, document: Official) -> tuple[Path, Path]:
    word, pdf = folder / "paper.docx", folder / "paper.pdf"
    write_docx(word, document, made_on=MADE)
    pdf.write_bytes(official_pdf(document, made_on=MADE))
    return word, pdf


def letters(*texts: str) -> str:
    return "".join("".join(text.split()) for text in texts)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_forms_say_the_same_in_the_same_order(tmp_path: Path, name: str) -> None:
    word, pdf = both(tmp_path, DOCUMENTS[name])
    in_word = letters(*(piece.text for piece in pieces_of_docx(open_docx(word))))
    in_pdf = letters(*(piece.text for piece in pieces_of_pdf(pdf) if IN_TEXT[0] < piece.y < IN_TEXT[1]))
    assert in_pdf == in_word
    assert letters(DOCUMENTS[name].abstract) in in_word


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_forms_keep_the_measures_of_the_decree(tmp_path: Path, name: str) -> None:
    word, pdf = both(tmp_path, DOCUMENTS[name])
    assert validate_docx(word) == []
    assert validate_pdf(pdf) == []


def test_a_long_list_repeats_its_head_and_loses_nobody(tmp_path: Path) -> None:
    word, pdf = both(tmp_path, decision(rows=200))
    assert validate_docx(word) + validate_pdf(pdf) == []
    named = [f"Trần Văn Mẫu {n}" for n in range(1, 201)]
    shown = [piece.text for piece in pieces_of_docx(open_docx(word)) if piece.text.startswith("Trần Văn Mẫu")]
    assert shown == named
    printed = " ".join(piece.text for piece in pieces_of_pdf(pdf))
    assert [name for name in named if name not in printed] == []
    pages = pypdf.PdfReader(pdf).pages
    assert [letters(page.extract_text()).count("Chủhộ") for page in pages] == [0, *[1] * (len(pages) - 1)]


def footers(path: Path) -> list[list[str]]:
    """What each footer of a .docx says, that of the first page of a section before that of the others."""
    return [
        [line.text for line in foot.paragraphs]
        for section in docx.Document(str(path)).sections
        for foot in (section.first_page_footer, section.footer)
    ]


def test_what_is_made_up_says_so_on_every_page(tmp_path: Path) -> None:
    word, pdf = both(tmp_path, decision(rows=80))
    assert footers(word) == [[SPECIMEN]] * 4
    assert [page.extract_text().count(SPECIMEN) for page in pypdf.PdfReader(pdf).pages] == [2] * 4
    word, pdf = both(tmp_path, replace(decision(rows=80), fictional=False))
    assert footers(word) == [[""]] * 4
    assert [page.extract_text().count(SPECIMEN) for page in pypdf.PdfReader(pdf).pages] == [0] * 4


def test_a_draft_says_so_and_holds_no_number(tmp_path: Path) -> None:
    word, pdf = both(tmp_path, DOCUMENTS["draft"])
    said = "DỰ THẢO – chưa biết cơ quan có thẩm quyền"
    assert footers(word) == [[said]] * 2
    assert [piece.text for piece in pieces_of_docx(open_docx(word))].count(said) == 1
    assert pypdf.PdfReader(pdf).pages[0].extract_text().count("DỰ THẢO") == 2
    with pytest.raises(ValueError, match="a draft has no number"):
        replace(DOCUMENTS["draft"], reference=Reference("Ví Dụ", 2026, 7))
    with pytest.raises(ValueError, match="one signs, or two"):
        replace(DOCUMENTS["draft"], signatures=(Signature("A"), Signature("B"), Signature("C")))


@pytest.mark.parametrize(
    ("number", "on", "said"),
    [
        (5, date(2026, 2, 3), ("Số: 05/QĐ-UBND", "Ví Dụ, ngày 03 tháng 02 năm 2026")),
        (10, date(2026, 3, 10), ("Số: 10/QĐ-UBND", "Ví Dụ, ngày 10 tháng 3 năm 2026")),
        (1234, date(2026, 12, 31), ("Số: 1234/QĐ-UBND", "Ví Dụ, ngày 31 tháng 12 năm 2026")),
        (None, None, ("Số: /QĐ-UBND", "Ví Dụ, ngày tháng năm 2026")),
    ],
)
def test_numbers_and_days_have_a_zero_where_the_decree_wants_one(
    number: int | None, on: date | None, said: tuple[str, str]
) -> None:
    reference = Reference("Ví Dụ", 2026, number, on)
    lines = (number_line(Kind.DECISION, ISSUER, reference), place_and_date(reference))
    assert tuple(" ".join(line.split()) for line in lines) == said


def test_the_words_that_the_decree_fixes() -> None:
    spelled = spell(decision(annexes=2))
    assert [base[-1] for base in spelled.bases] == [";", ";", "."]
    assert spelled.recipients == ("- Như Điều 2;", "- Hội Khuyến học xã;", "- Lưu: VT, VHXH.")
    assert [annex.heading for annex in spelled.annexes] == ["Phụ lục I", "Phụ lục II"]
    assert spelled.annexes[0].belongs_to == (
        "(Kèm theo Quyết định số 05/QĐ-UBND ngày 03 tháng 02 năm 2026 của Ủy ban nhân dân xã MẪU Đèn Sách)"
    )
    assert spell(decision()).annexes[0].heading == "Phụ lục"
    assert spell(DOCUMENTS["proposal"]).addressees == ("- Sở Giáo dục và Đào tạo;", "- Ủy ban nhân dân tỉnh MẪU.")
    assert number_line(Kind.SUMMARY, ISSUER, OPEN) == ""
    assert [roman(number) for number in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]


def test_the_same_document_is_the_same_pdf() -> None:
    assert official_pdf(decision(), made_on=MADE) == official_pdf(decision(), made_on=MADE)


def test_a_drawing_stands_in_both_forms_with_its_words(tmp_path: Path) -> None:
    word, pdf = both(tmp_path, DOCUMENTS["drawn report"])
    shapes = open_docx(word).inline_shapes
    assert next(shape._inline.docPr.get("descr") for shape in shapes).endswith("năm 2025 60,0 %.")
    assert len(shapes) == 2
    assert sum(len(page.images) for page in pypdf.PdfReader(pdf).pages) == 2
