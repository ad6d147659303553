"""A unit's dossier: the papers of a commune from its own desk, each gap of the circular named with its question."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from densach.formats.official.model import Kind, Official, Paragraph, Table
from densach.policy.library import open_library

if TYPE_CHECKING:
    from densach.rules.sheet import Given

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "docs/examples/unit.json"
PROVINCE, DISTRICT = "donvitinh-tt24-2023", "donvihuyen-tt24-2023"
NAMES = [
    "quyet-dinh-thanh-lap-to-danh-gia",
    "giay-moi-hop",
    "bien-ban-hop",
    "bao-cao-tu-danh-gia",
    "ban-tong-hop",
    "to-trinh",
]
FACTS: dict[str, Given] = {
    name: value for name, value in json.loads(EXAMPLE.read_text("utf-8")).items() if name != "MẪU"
}
LAW = open_library()


def papers(
    rubric: str, year: int, on: date, facts: dict[str, Given], *, fictional: bool = False
) -> dict[str, Official]:
    from densach.assessing.run import judge_of
    from densach.reporting.papers.case import case_of_facts
    from densach.reporting.papers.unit import Unit, unit_papers

    effective = LAW.rubric(rubric, date(year, 12, 31))
    unit = Unit(name="Trường MẪU", parent="Sở MẪU", symbol="TM", seat="Ví Dụ", head="Hiệu trưởng")
    name = effective.rubric.title_vi.partition(" (")[0]
    case = case_of_facts(name, judge_of(effective), facts, LAW)
    return dict(unit_papers(unit, case, LAW, year, on=on, fictional=fictional))


def texts(document: Official) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def asked(document: Official) -> list[str]:
    """The questions on the procedure that the report names as open."""
    return [text.removeprefix("- Cần đọc văn bản: ") for text in texts(document) if "? Chưa xác định" in text]


def test_the_dossier_stands_under_the_head_of_the_unit() -> None:
    found = papers(PROVINCE, 2025, date(2026, 1, 10), FACTS)
    assert list(found) == NAMES
    for paper in found.values():
        assert (paper.issuer.body, paper.issuer.parent, paper.issuer.symbol) == (("Trường MẪU",), "Sở MẪU", "TM")
        assert paper.reference.number is None
        assert not paper.fictional
    assert found["to-trinh"].addressees == ("Chủ tịch Ủy ban nhân dân cấp tỉnh",)
    assert [sign.office for sign in found["to-trinh"].signatures] == ["Hiệu trưởng"]
    assert "Các mô hình" not in " ".join(texts(found["bao-cao-tu-danh-gia"]))


def test_the_team_is_set_up_by_a_draft_until_its_members_are_known() -> None:
    decision = papers(PROVINCE, 2025, date(2026, 1, 10), FACTS)["quyet-dinh-thanh-lap-to-danh-gia"]
    assert decision.kind is Kind.DECISION
    assert decision.opening == "Hiệu trưởng Trường MẪU"
    assert decision.draft == "chờ ghi thành phần Tổ đánh giá"
    table = next(block for block in decision.blocks if isinstance(block, Table))
    assert {row[1:] for row in table.rows} == {("", "", "")}
    (annex,) = decision.annexes
    (question,) = annex.blocks
    assert isinstance(question, Paragraph)
    assert question.text.startswith("Tổ đánh giá gồm những ai, bao nhiêu người, ai làm tổ trưởng? Chưa xác định (")


def test_deadlines_stand_only_where_a_text_gives_them() -> None:
    district = papers(DISTRICT, 2024, date(2025, 1, 10), {"members": 20})
    assert "Hạn nộp hồ sơ: 15/01/2025 (thủ tục 2.002594)." in texts(district["to-trinh"])
    province = papers(PROVINCE, 2025, date(2026, 1, 10), FACTS)
    assert "Hạn nộp hồ sơ: chưa xác định (văn bản đọc được không nêu ngày)." in texts(province["to-trinh"])
    assert [each.partition("?")[0] for each in asked(province["bao-cao-tu-danh-gia"])] == [
        "Tổ đánh giá gồm những ai, bao nhiêu người, ai làm tổ trưởng",
        "Hồ sơ nộp trước ngày nào",
        "Quyết định công nhận ban hành trước ngày nào",
        "Cơ quan nào tiếp nhận và tổ chức đánh giá hồ sơ",
    ]
    assert [each.partition("?")[0] for each in asked(district["bao-cao-tu-danh-gia"])] == [
        "Tổ đánh giá gồm những ai, bao nhiêu người, ai làm tổ trưởng"
    ]


def test_after_the_district_level_ended_nobody_is_known_who_recognises() -> None:
    before, after = (papers(DISTRICT, 2024, on, {"members": 20}) for on in (date(2025, 6, 30), date(2025, 7, 1)))
    assert before["to-trinh"].addressees == ("Chủ tịch Ủy ban nhân dân cấp huyện",)
    assert after["to-trinh"].addressees == ("………………………… (chưa biết cơ quan có thẩm quyền)",)
    assert asked(after["bao-cao-tu-danh-gia"])[-1].startswith("Ai công nhận vào ngày lập hồ sơ này?")


def test_the_summary_says_choices_in_words_and_cites_each_document_once() -> None:
    summary = papers(PROVINCE, 2025, date(2026, 1, 10), FACTS)["ban-tong-hop"]
    table = next(block for block in summary.blocks if isinstance(block, Table))
    rows = {row[0]: row for row in table.rows}
    assert rows["3.4"][2] == (
        "Đơn vị thuộc loại nào? Trường trung học phổ thông; "
        "Mức độ chuyển đổi số của trường hoặc trung tâm là gì? Đáp ứng cơ bản"
    )
    assert rows["1.1"][5] == "Điều 13 (dẫn Điều 6 khoản 1); Điều 6 khoản 1, Thông tư 24/2023/TT-BGDĐT"
    assert rows["3.1a"][3:5] == ("đạt", "đạt")
    assert rows["2.2"][3:5] == ("đạt", "chưa xác định")
