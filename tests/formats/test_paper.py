"""Papers carry the exact Vietnamese words, the right number of pages, and MẪU wherever people are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from densach.formats.paper import (
    ModelCounts,
    Question,
    QuestionPage,
    Report,
    ReportShare,
    question_pages,
    report_paper,
)

TODAY = date(2026, 1, 15)
SPECIMEN = "MẪU – KHÔNG CÓ GIÁ TRỊ"
B2 = Question(
    "Điểm tự đánh giá về sử dụng ngoại ngữ (B2) là bao nhiêu?", "người đăng ký", "Chỉ số B2, 324/QĐ-KHVN", 112, "người"
)
SCHOOL = Question(
    "Trẻ trong gia đình có đi học đều không?", "trưởng thôn", "Điều 1", 1231, "gia đình", 1250, "sổ theo dõi phổ cập"
)


def village(*questions: Question, place: str = "Thôn Đồng Ễnh") -> QuestionPage:
    return QuestionPage(place, "Xã Ví Dụ, tỉnh Ninh Bình", 2025, questions)


def texts(pdf: bytes) -> list[str]:
    """What each page says, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages]


def test_a_page_of_questions_says_all_of_it_the_most_frequent_first() -> None:
    (page,) = texts(question_pages([village(B2, SCHOOL)], made_on=TODAY))
    assert page == (
        "Xã Ví Dụ, tỉnh Ninh Bình · năm 2025 Thôn Đồng Ễnh còn 2 câu hỏi "
        "Trả lời được câu nào thì đánh dấu câu ấy. Câu chưa rõ thì để trống: để trống không phải là không đạt. "
        "Xong Câu hỏi Còn thiếu "
        "Trẻ trong gia đình có đi học đều không? Ai trả lời: trưởng thôn · Căn cứ: Điều 1 "
        "Chỉ cần: sổ theo dõi phổ cập 1.231 trên 1.250 gia đình "
        "Điểm tự đánh giá về sử dụng ngoại ngữ (B2) là bao nhiêu? "
        "Ai trả lời: người đăng ký · Căn cứ: Chỉ số B2, 324/QĐ-KHVN 112 người "
        "Lập ngày 15/01/2026 Trang 1 / 1"
    )


def test_a_place_without_questions_is_told_so() -> None:
    (page,) = texts(question_pages([village()], made_on=TODAY))
    assert page == (
        "Xã Ví Dụ, tỉnh Ninh Bình · năm 2025 Thôn Đồng Ễnh không còn câu hỏi nào "
        "Số liệu đã đủ để xét; tờ này không cần điền gì. Lập ngày 15/01/2026 Trang 1 / 1"
    )


def test_many_places_are_one_file_with_a_page_each() -> None:
    pages = texts(question_pages([village(B2, place=f"Thôn {n}") for n in range(1, 21)], made_on=TODAY))
    assert [page.split(" còn ")[0].split("2025 ")[1] for page in pages] == [f"Thôn {n}" for n in range(1, 21)]
    assert pages[19].endswith("Trang 20 / 20")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9_999), st.integers(1, 60), st.integers(0, 40)), max_size=60))
def test_a_place_never_takes_more_than_one_page_and_says_what_was_left_out(sizes: list[tuple[int, int, int]]) -> None:
    asked = [
        Question("Câu hỏi " + "dài " * words, "chủ hộ", "Điều 1", count, "hộ", proof="sổ " * proof)
        for count, words, proof in sizes
    ]
    (page,) = texts(question_pages([village(*asked)], made_on=TODAY))
    shown = page.count("Ai trả lời:")
    left = len(asked) - shown
    assert (f"Còn {left} câu hỏi nữa, ít gặp hơn, ghi trong sổ kết quả." in page) == (left > 0)
    assert shown == len(asked) or shown >= 3


def test_one_question_too_long_for_a_page_is_left_to_the_workbook() -> None:
    endless = Question("rất dài " * 2_000, "chủ hộ", "Điều 1", 1, "hộ")
    (page,) = texts(question_pages([village(endless)], made_on=TODAY))
    assert page.count("Còn 1 câu hỏi nữa") == 1


REPORT = Report(
    title="Xã Ví Dụ có 2.910 trên 4.843 hộ là Gia đình học tập",
    place="Xã Ví Dụ, tỉnh Ninh Bình",
    year=2025,
    counts=(
        ModelCounts("Gia đình học tập", 4843, 4035, 4000, 2910),
        ModelCounts("Cộng đồng học tập cấp xã", 1, 1, None, None),
    ),
    shares=(
        ReportShare("Hộ được công nhận", "60,1 %", 2910, 4843, "hộ", date(2025, 12, 31), "sổ hộ của xã"),
        ReportShare("Dòng họ được công nhận", None, 0, 0, "dòng họ", date(2025, 12, 31), "sổ dòng họ"),
    ),
    findings=("Nhiều người chưa đạt chỉ số B2.",),
    gaps=("Chưa rõ ngưỡng của tiêu chí 3 (Thông tư 25/2023/TT-BGDĐT).",),
)


def test_the_report_says_every_number_with_its_base_day_and_source() -> None:
    (page,) = texts(report_paper(REPORT, made_on=TODAY))
    assert page == (
        "Xã Ví Dụ, tỉnh Ninh Bình · năm 2025 Xã Ví Dụ có 2.910 trên 4.843 hộ là Gia đình học tập "
        "Bốn con số của mỗi mô hình Mô hình Tổng số Đăng ký Được đánh giá Được công nhận "
        "Gia đình học tập 4.843 4.035 4.000 2.910 "
        "Cộng đồng học tập cấp xã 1 1 chưa có số liệu chưa có số liệu "
        "Tỷ lệ Tỷ lệ Phần trăm Tử số trên mẫu số Ngày số liệu "
        "Hộ được công nhận Nguồn: sổ hộ của xã 60,1 % 2.910 trên 4.843 hộ 31/12/2025 "
        "Dòng họ được công nhận Nguồn: sổ dòng họ không áp dụng 0 trên 0 dòng họ 31/12/2025 "
        "Điều thấy được • Nhiều người chưa đạt chỉ số B2. "
        "Điều còn thiếu • Chưa rõ ngưỡng của tiêu chí 3 (Thông tư 25/2023/TT-BGDĐT). "
        "Lập ngày 15/01/2026 Trang 1 / 1"
    )


def test_mau_stands_on_every_page_where_the_people_are_made_up_and_nowhere_else() -> None:
    """As a watermark and in the foot of each page, and once as a plain line that a screen reader reads."""
    villages = question_pages([village(B2), village()], made_on=TODAY, fictional=True)
    assert [page.count(SPECIMEN) for page in texts(villages)] == [3, 3]
    long = replace(REPORT, gaps=REPORT.gaps * 90)
    assert [page.count(SPECIMEN) for page in texts(report_paper(long, made_on=TODAY, fictional=True))] == [3, 2, 2]
    assert [page.count("MẪU") for page in texts(report_paper(long, made_on=TODAY))] == [0, 0, 0]


@pytest.mark.parametrize("pdf", [question_pages([village(B2)], made_on=TODAY), report_paper(REPORT, made_on=TODAY)])
def test_a_paper_is_a_tagged_a4_in_tinos_with_title_and_language(pdf: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "vi")  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title in {"Thôn Đồng Ễnh còn 1 câu hỏi", REPORT.title}
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == (595, 842)
    fonts = {font["/BaseFont"].split("+")[1] for font in reader.pages[0]["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert {name.split("-")[0] for name in fonts} == {"Tinos"}


def test_the_same_words_give_the_same_bytes() -> None:
    assert report_paper(REPORT, made_on=TODAY) == report_paper(REPORT, made_on=TODAY)
