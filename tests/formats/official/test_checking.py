"""The validator finds each fault that is put into a paper on purpose, in both forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from densach.formats.official import measures, words
from densach.formats.official.checking import validate_docx, validate_pdf
from densach.formats.official.model import Official
from densach.formats.official.pdf import official_pdf
from densach.formats.official.word import write_docx
from tests.formats.official.making import decision

MADE = date(2026, 3, 1)


def lines(paper: Document) -> Iterator[Paragraph]:
    """Every paragraph, also in tables."""
    yield from paper.paragraphs
    for table in paper.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            yield from cell.paragraphs


def line(paper: Document, start: str) -> Paragraph:
    return next(each for each in lines(paper) if each.text.startswith(start))


def say(start: str, text: str) -> Callable[[Document], None]:
    def change(paper: Document) -> None:
        line(paper, start).runs[0].text = text

    return change


def size(start: str, points: float) -> Callable[[Document], None]:
    def change(paper: Document) -> None:
        line(paper, start).runs[0].font.size = Pt(points)

    return change


def margin(paper: Document) -> None:
    paper.sections[1].left_margin = Mm(25)


def sideways(paper: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width


def first_number(paper: Document) -> None:
    paper.sections[0].different_first_page_header_footer = False


def number_left(paper: Document) -> None:
    paper.sections[0].header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT


def swap_cells(paper: Document) -> None:
    first, second = paper.tables[0].rows[0]._tr.tc_lst
    second.addnext(first)


def narrow(paper: Document) -> None:
    line(paper, "Điều 1.").paragraph_format.space_after = Pt(3)


def no_indent(paper: Document) -> None:
    line(paper, "Điều 1.").paragraph_format.first_line_indent = Mm(5)


FAULTS: dict[str, tuple[Callable[[Document], None], str]] = {
    "margin": (margin, "left_margin từ 30 đến 35"),
    "paper": (sideways, "A4 210 × 297"),
    "number on the first page": (first_number, "không đánh số trang thứ nhất"),
    "number at the side": (number_left, "số trang ở giữa lề trên"),
    "number without zero": (say("Số:", "Số: 5/QĐ-UBND"), "số dưới 10 có số 0; “/” và “-” không cách"),
    "symbol with spaces": (say("Số:", "Số: 05 / QĐ - UBND"), "số dưới 10 có số 0; “/” và “-” không cách"),
    "number without day": (
        say("MẪU Đèn Sách,", "MẪU Đèn Sách, ngày   tháng   năm 2026"),
        "văn bản đã có số thì có đủ ngày, tháng",
    ),
    "draft with a number": (say("Căn cứ Luật", "DỰ THẢO"), "dự thảo không có số"),
    "annex of another number": (
        say("(Kèm theo", "(Kèm theo Quyết định số 06/QĐ-UBND ngày 03 tháng 02 năm 2026 của Ủy ban nhân dân)"),
        "phụ lục ghi đúng số và ngày của văn bản",
    ),
    "annex of another day": (
        say("(Kèm theo", "(Kèm theo Quyết định số 05/QĐ-UBND ngày 04 tháng 02 năm 2026 của Ủy ban nhân dân)"),
        "phụ lục ghi đúng số và ngày của văn bản",
    ),
    "month without zero": (
        say("MẪU Đèn Sách,", "MẪU Đèn Sách, ngày 03 tháng 2 năm 2026"),
        "ngày dưới 10, tháng 1 và 2 có số 0",
    ),
    "state too large": (size("CỘNG HÒA", 14), "cỡ chữ Quốc hiệu từ 12 đến 13"),
    "text too small": (size("Điều 1.", 12), "cỡ chữ nội dung từ 13 đến 14"),
    "recipients too large": (size("- Như", 13), "cỡ chữ nơi nhận từ 11 đến 11"),
    "annex too small": (size("Phụ lục", 13), "cỡ chữ phụ lục từ 14 đến 14"),
    "base without its end": (say("Căn cứ Luật", "Căn cứ Luật."), "căn cứ kết thúc bằng “;”, cuối cùng bằng “.”"),
    "not filed": (say("- Lưu", "- Văn thư."), "dòng cuối “Lưu: VT”"),
    "body small letters": (say("XÃ MẪU", "xã Mẫu"), "cơ quan ban hành: chữ in hoa"),
    "head changed round": (swap_cells, "cơ quan ban hành bên trái Quốc hiệu"),
    "paragraphs too near": (narrow, "cách đoạn ít nhất 6 pt"),
    "indent": (no_indent, "lùi đầu dòng 1 hoặc 1,27 cm"),
    "no motto": (say("Độc lập", "Tự do"), "Quốc hiệu, Tiêu ngữ, địa danh và ngày"),
    "no type": (say("QUYẾT ĐỊNH", "VĂN BẢN"), "tên loại văn bản"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_docx_is_found(tmp_path: Path, name: str) -> None:
    change, asked = FAULTS[name]
    path = tmp_path / "paper.docx"
    write_docx(path, decision(), made_on=MADE)
    paper = docx.Document(str(path))
    change(paper)
    paper.save(str(path))
    assert asked in {fault.asked for fault in validate_docx(path)}


@pytest.mark.parametrize(
    ("name", "value", "asked"),
    [
        ("LEFT", 20, "chữ trong lề trái 30, lề phải 15"),
        ("TOP", 12, "số trang 1 (trang 1 không ghi)"),
        ("HEAD", 11, "cỡ chữ Quốc hiệu từ 12 đến 13"),
        ("MOTTO", 12, "cỡ chữ Tiêu ngữ từ 13 đến 14"),
        ("BODY", 16, "cỡ chữ tên loại từ 13 đến 14"),
        ("RECIPIENTS", 12, "cỡ chữ nơi nhận từ 11 đến 11"),
        ("PAGE_NUMBER", 10, "cỡ chữ số trang từ 13 đến 14"),
    ],
)
def test_a_wrong_measure_in_a_pdf_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: int, asked: str
) -> None:
    monkeypatch.setattr(measures, name, value)
    assert asked in faults_of_pdf(tmp_path, decision(rows=80))


def test_an_annex_of_another_paper_is_found_in_a_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults_of_pdf(tmp_path, decision()) == set()
    monkeypatch.setattr(
        words, "_belongs_to", lambda _: "(Kèm theo Quyết định số 06/QĐ-UBND ngày 03 tháng 02 năm 2026 của A)"
    )
    assert faults_of_pdf(tmp_path, decision()) == {"phụ lục ghi đúng số và ngày của văn bản"}


def test_a_wrong_word_in_a_pdf_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "number_line", lambda *_: "Số: 5/QĐ-UBND")
    assert faults_of_pdf(tmp_path, replace(decision(), annexes=())) == {"số dưới 10 có số 0; “/” và “-” không cách"}


def faults_of_pdf(folder: Path, document: Official) -> set[str]:
    path = folder / "paper.pdf"
    path.write_bytes(official_pdf(document, made_on=MADE))
    return {fault.asked for fault in validate_pdf(path)}
