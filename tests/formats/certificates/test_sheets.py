"""Certificates as they are printed: every word and code in its place, in one file for a whole list."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from densach.formats.certificates.layout import find_layout, shipped_layouts
from densach.formats.certificates.sheets import grid_pdf
from tests.formats.certificates.making import ON, one_box, printed, sheets, words

SPECIMEN = "MẪU – KHÔNG CÓ GIÁ TRỊ"
FULL, BLANK = find_layout("day-du"), find_layout("phoi")


def test_the_whole_face_says_what_a_certificate_says_in_the_order_it_is_read() -> None:
    (sheet,) = sheets(printed([words()], FULL))
    assert sheet.text == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU ĐÈN SÁCH GIẤY CHỨNG NHẬN GIA ĐÌNH HỌC TẬP Hộ Nguyễn Thị Mẫu 1 "
        "Thôn Đoài, xã MẪU Đèn Sách, tỉnh Thái Nguyên được công nhận đạt danh hiệu năm 2026 "
        "Theo Quyết định số 12/QĐ-UBND ngày 03 tháng 02 năm 2027 của Chủ tịch Ủy ban nhân dân xã MẪU Đèn Sách "
        "Số vào sổ: 00001 Mã tra cứu: 7Q4K-9WER-2M5N-0001 "
        "MẪU Đèn Sách, ngày 03 tháng 02 năm 2027 CHỦ TỊCH"
    )


def test_on_a_blank_only_what_differs_is_printed() -> None:
    (sheet,) = sheets(printed([words()], BLANK))
    assert "CỘNG HÒA" not in sheet.text
    assert "GIẤY CHỨNG NHẬN" not in sheet.text
    assert (BLANK.frame, BLANK.rule) == ((), ())
    for said in ("Hộ Nguyễn Thị Mẫu 1", "2026", "00001", "7Q4K-9WER-2M5N-0001", "GIA ĐÌNH HỌC TẬP"):
        assert said in sheet.text


def test_a_part_that_a_certificate_lacks_leaves_nothing_behind() -> None:
    (plain,) = sheets(printed([words()], FULL))
    (moved,) = sheets(printed([words(now="nay là xã MẪU Đuốc Sáng", reprint="Bản in lại ngày 05/06/2028")], FULL))
    assert "()" not in plain.text
    assert "(nay là xã MẪU Đuốc Sáng)" in moved.text
    assert "Bản in lại ngày 05/06/2028" in moved.text


HOSTILE = (
    "#panic() Thị Mẫu",
    "$x^2$ *đậm* _nghiêng_ `mã`",
    r"\u{41} \ \\ </text> <script>",
    "“Ngoặc” 'nháy' \"kép\" {name} {{ }}",
    "// chú thích /* hết */ @nhãn <nhãn> ~ --- ...",
    "#let data = none; ] } )",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_printed_as_it_stands_whatever_it_means_to_a_typesetter(name: str) -> None:
    (sheet,) = sheets(printed([words(name=name)], one_box(least=4)))
    assert sheet.text == name


def test_each_certificate_has_a_page_and_a_code_of_its_own() -> None:
    pages = sheets(printed([words(n) for n in range(1, 31)], FULL))
    assert [page.codes(FULL) for page in pages] == [[f"densach:7Q4K9WER2M5N{n:04}"] for n in range(1, 31)]
    assert [f"Mẫu {n} " in page.text for n, page in enumerate(pages, 1)] == [True] * 30


@pytest.mark.slow
def test_a_thousand_codes_are_read_back_from_the_drawn_pages() -> None:
    made = [words(n) for n in range(1000)]
    found = [code for page in sheets(printed(made, FULL)) for code in page.codes(FULL)]
    assert found == [each.qr for each in made]


@pytest.mark.parametrize(
    "text", [f"{SPECIMEN}\ndensach:7Q4K9WER2M5N0001", "https://xa.example.vn/chung-nhan/7Q4K9WER2M5N0001"]
)
def test_a_longer_code_is_read_too(text: str) -> None:
    (sheet,) = sheets(printed([words(qr=text)], BLANK))
    assert sheet.codes(BLANK) == [text]


@pytest.mark.parametrize(("right", "down"), [(1.5, -0.75), (-2.0, 3.0)])
def test_a_shift_moves_all_that_is_drawn_by_so_much(right: float, down: float) -> None:
    (still,), (moved,) = (sheets(printed([words()], BLANK, shift=shift)) for shift in ((0.0, 0.0), (right, down)))
    before, after = still.ink(), moved.ink()
    assert before is not None
    assert after is not None
    for edge, (was, now) in enumerate(zip(before, after, strict=True)):
        assert abs(now - was - (right, down)[edge % 2]) <= 0.5


def test_mau_stands_across_and_below_every_page_of_what_is_made_up_and_nowhere_else() -> None:
    for name in shipped_layouts():
        made = [words(n) for n in (1, 2, 3)]
        assert [page.text.count(SPECIMEN) for page in sheets(printed(made, find_layout(name), fictional=True))] == [
            2
        ] * 3
        assert [page.text.count(SPECIMEN) for page in sheets(printed(made, find_layout(name)))] == [0] * 3


def test_a_paper_is_tagged_with_its_language_title_and_what_the_code_says() -> None:
    reader = pypdf.PdfReader(BytesIO(printed([words(1), words(2)], FULL)))
    root = reader.root_object
    assert (str(root["/Lang"]), "/StructTreeRoot" in root, "/MarkInfo" in root) == ("vi", True, True)
    assert reader.metadata is not None
    assert reader.metadata.title == "Giấy chứng nhận"
    assert sorted(alternatives(reader)) == [f"Mã QR: densach:7Q4K9WER2M5N000{n}" for n in (1, 2)]
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages}
    assert sizes == {(842, 595)}


def alternatives(reader: pypdf.PdfReader) -> list[str]:
    """Every text that stands for a picture."""
    found = (reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"]))))
    return [str(each["/Alt"]) for each in found if isinstance(each, DictionaryObject) and "/Alt" in each]


def test_the_same_words_give_the_same_bytes() -> None:
    made = [words(1), words(2)]
    assert printed(made, FULL) == printed(made, FULL)
    assert printed(made, FULL) != printed([words(1), words(3)], FULL)


def test_the_test_sheet_shows_a_grid_and_each_box_where_it_prints() -> None:
    (sheet,) = sheets(grid_pdf(BLANK, made_on=ON, shift=(1.5, -0.75)))
    for box in BLANK.box:
        assert box.says in sheet.text
    assert "đã dịch sang phải 1,5 mm, xuống dưới −0,75 mm." in sheet.text
    assert sheet.text.split()[:3] == ["10", "20", "30"] or " 290 " in sheet.text
