"""The official papers of a round say what the round says, in both forms, and leave open what nobody knows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from densach.formats.official.checking import validate_docx, validate_pdf
from densach.formats.official.model import Kind, Official, Paragraph, Table
from densach.formats.official.reading import open_docx, pieces_of_docx, pieces_of_pdf
from densach.formats.official.words import SPECIMEN
from densach.history.domain import Act
from densach.places.models import Place
from densach.problems import Refused
from tests.assessing.making import GOOD, LAST_DAY, POOR, Small, adults, answer, library, open_year, run, settle

if TYPE_CHECKING:
    from densach.assessing.models import Round

pytestmark = pytest.mark.django_db
YES = dict.fromkeys(("communication", "yearly_plan", "learning_week", "yearly_budget", "social_resources"), True)
ON = date(2027, 1, 15)
DOSSIER = ["giay-moi-hop", "bien-ban-hop", "bao-cao-tu-danh-gia", "ban-tong-hop", "to-trinh", "bao-cao-cac-mo-hinh"]


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def judged(small: Small, act: Act, packs: str = "vn", said: dict[str, bool] | None = None) -> Round:
    """A round where three adults are good and one poor, and the commune answers all but how all work together."""
    round_ = open_year(small, act, packs)
    points: list[dict[str, int | bool | str]] = [{**GOOD}, {**GOOD}, {**GOOD}, {**POOR}]
    answer(round_, "citizen", dict(zip(adults(small), points, strict=True)), act)
    answer(round_, "commune", {small.subject("commune"): {**(YES if said is None else said)}}, act)
    run(round_, act)
    return round_


def papers(round_: Round, to: str = "") -> dict[str, Official]:
    from densach.reporting.papers.writing import official_papers

    return dict(official_papers(round_, library(*round_.packs.split(",")), ON, to=to))


def leads(document: Official) -> list[str]:
    return [block.lead for block in document.blocks if isinstance(block, Paragraph) and block.lead]


def texts(document: Official) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def table(document: Official) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


@pytest.mark.parametrize("packs", ["vn", "vn,demo"])
def test_every_paper_is_right_in_both_forms(small: Small, act: Act, tmp_path: Path, packs: str) -> None:
    from densach.reporting.papers.writing import write_official_papers

    round_ = judged(small, act, packs)
    paths = write_official_papers(tmp_path, round_, library(*packs.split(",")), made_on=ON)
    assert [path.name for path in paths[:12]] == [f"{name}-2026.{form}" for name in DOSSIER for form in ("pdf", "docx")]
    headers = table(papers(round_)["ban-tong-hop"]).headers
    for pdf, word in zip(paths[::2], paths[1::2], strict=True):
        assert validate_pdf(pdf) + validate_docx(word) == []
        assert in_pdf(pdf, headers) == in_word(word), pdf.name
        assert all(page.extract_text().count(SPECIMEN) == 2 for page in pypdf.PdfReader(pdf).pages)
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def in_word(path: Path) -> str:
    return "".join("".join(piece.text.split()) for piece in pieces_of_docx(open_docx(path)))


def in_pdf(path: Path, headers: tuple[str, ...]) -> str:
    """The letters of a PDF between its margins; the head of its table stands once, as in the other form."""
    pieces = [piece for piece in pieces_of_pdf(path) if 57 < piece.y < 785]
    repeated = "".join("".join(headers).split())
    first, found, rest = "".join("".join(piece.text.split()) for piece in pieces).partition(repeated)
    return first + found + rest.replace(repeated, "")


def test_the_summary_has_each_indicator_with_what_was_answered(small: Small, act: Act) -> None:
    shown = table(papers(judged(small, act))["ban-tong-hop"])
    assert shown.headers == ("TT", "Tiêu chí, chỉ tiêu", "Số liệu", "Mức độ 1 (Khá)", "Mức độ 2 (Tốt)", "Căn cứ")
    assert [(row[0], *row[3:5]) for row in shown.rows] == [
        ("1", "", ""),
        ("1.1", "đạt", "đạt"),
        ("1.2", "đạt", "đạt"),
        ("1.3", "đạt", "đạt"),
        ("2", "", ""),
        ("2.1", "đạt", "đạt"),
        ("2.2", "đạt", "đạt"),
        ("2.3", "chưa xác định", "chưa xác định"),
        ("3", "", ""),
        ("3.x", "chưa xác định", "chưa xác định"),
        ("4", "", ""),
        ("4.x", "chưa xác định", "chưa xác định"),
        ("5", "", ""),
        ("5.x", "chưa xác định", "chưa xác định"),
    ]
    by_number = {row[0]: row for row in shown.rows}
    assert by_number["2.1"][2] == "Có bố trí đủ kinh phí từ ngân sách hằng năm không? Có"
    assert by_number["2.3"][2].endswith("không? chưa có số liệu")
    assert by_number["3.x"][1:3] == ("(chưa đọc được lời văn)", "chưa có số liệu")
    assert by_number["1.2"][5] == "Cấp xã, chỉ tiêu 1.2, Thông tư 25/2023/TT-BGDĐT"


def test_the_report_says_how_many_are_open_and_what_is_missing(small: Small, act: Act) -> None:
    report = papers(judged(small, act))["bao-cao-tu-danh-gia"]
    said = "Kết quả: trong 9 chỉ tiêu có 5 đạt, 4 chưa xác định. Kết luận theo quy định đọc được: chưa xác định."
    assert texts(report).count(said) == 1
    assert table(report).rows[0] == ("Công dân học tập", "4", "4", "4", "chưa có số liệu")
    assert [lead for lead in leads(report) if lead.startswith(("I", "Tiêu chí 1"))] == [
        "I. Kết quả các mô hình học tập",
        "II. Kết quả từng tiêu chí, chỉ tiêu",
        "Tiêu chí 1. Sự lãnh đạo, chỉ đạo của cấp ủy Đảng, chính quyền cấp xã",
        "III. Kết luận",
    ]
    assert [text.partition(":")[0] for text in texts(report) if text.startswith("- ")] == [
        "- Cần biết",
        *["- Cần đọc văn bản"] * 3,
    ]


def test_by_the_real_law_nobody_known_is_asked_and_the_decision_is_a_draft(small: Small, act: Act) -> None:
    found = papers(judged(small, act))
    assert list(found) == [*DOSSIER, "quyet-dinh-cong-nhan-cong-dan"]
    assert found["to-trinh"].addressees == ("………………………… (chưa biết cơ quan có thẩm quyền)",)
    assert found["to-trinh"].bases == (
        "Căn cứ Thông tư số 25/2023/TT-BGDĐT ngày 27 tháng 12 năm 2023 của Bộ Giáo dục và Đào tạo quy định về "
        "đánh giá, công nhận Cộng đồng học tập cấp xã, huyện, tỉnh",
    )
    assert "Hạn nộp hồ sơ: 28/02/2027 (thủ tục 1.005097)." in texts(found["to-trinh"])
    decision = found["quyet-dinh-cong-nhan-cong-dan"]
    assert (decision.draft, decision.reference.number, decision.opening) == (
        "chưa biết cơ quan có thẩm quyền",
        None,
        "",
    )
    assert {paper.kind for name, paper in found.items() if paper.draft} == {Kind.DECISION}


def test_the_annex_of_a_decision_is_the_list_of_those_who_meet_it(small: Small, act: Act) -> None:
    decision = papers(judged(small, act, "vn,demo"))["quyet-dinh-cong-nhan-cong-dan"]
    (listed,) = decision.annexes[0].blocks
    assert isinstance(listed, Table)
    assert listed.headers == ("TT", "Thôn, tổ dân phố", "Mã", "Tên")
    assert listed.rows == (
        ("1", "Thôn Đoài", "H1", "Nguyễn Văn Mẫu 1"),
        ("2", "Thôn Đoài", "H1", "Trần Thị Mẫu 1"),
        ("3", "Thôn Đoài", "H2", "Nguyễn Văn Mẫu 2"),
    )
    assert texts(decision)[0] == (
        "Công nhận 3 trường hợp có tên trong danh sách kèm theo đạt Công dân học tập năm 2026."
    )


def test_an_office_of_the_commune_decides_under_its_own_name(small: Small, act: Act) -> None:
    found = papers(judged(small, act, "vn,demo"))
    decision = found["quyet-dinh-cong-nhan-cong-dan"]
    assert (decision.draft, decision.issuer.symbol, decision.signatures[0].office) == ("", "UBND", "Chủ tịch")
    assert decision.opening == f"Chủ tịch Ủy ban nhân dân {decision.issuer.body[1]} (MẪU)"
    assert found["to-trinh"].addressees == ("Giám đốc Sở (MẪU)",)


def test_the_commune_may_say_whom_it_writes_to_where_the_law_does_not(small: Small, act: Act) -> None:
    to = "Sở Giáo dục và Đào tạo tỉnh Thái Nguyên"
    known = papers(judged(small, act, "vn,demo"), to)
    assert known["to-trinh"].addressees == ("Giám đốc Sở (MẪU)",)
    found = papers(judged(small, act), to)
    names = ("to-trinh", "bao-cao-tu-danh-gia", "bao-cao-cac-mo-hinh")
    assert [found[name].addressees for name in names] == [(to,)] * 3


def test_every_percentage_of_the_report_up_has_its_numbers_day_and_source(small: Small, act: Act) -> None:
    found = papers(judged(small, act))["bao-cao-cac-mo-hinh"]
    counts, shares = (block for block in found.blocks if isinstance(block, Table))
    assert counts.rows[0] == ("Công dân học tập", "4", "4", "4", "chưa có số liệu")
    assert shares.headers == ("Tỷ lệ", "Kết quả", "Số liệu", "Ngày", "Nguồn")
    assert shares.rows[0] == (
        "Công dân học tập: đăng ký trên tổng số",
        "100,0 %",
        "4 trên 4 tổng số",
        "31/12/2026",
        "Sổ hộ và phiếu của đợt",
    )
    assert all(all(row) for row in shares.rows)


def test_a_local_decision_names_another_office_that_numbers_for_itself(small: Small, act: Act) -> None:
    from densach.authority.domain import enter_local_decision

    enter_local_decision(
        title_key="citizen.qd677",
        place=small.place,
        office_title="Chủ tịch Hội Khuyến học xã",
        citation="Quyết định 1/QĐ-MẪU",
        valid_from=LAST_DAY,
        act=act,
    )
    decision = papers(judged(small, act))["quyet-dinh-cong-nhan-cong-dan"]
    assert (decision.opening, decision.issuer.body) == ("Chủ tịch Hội Khuyến học xã", ("Hội Khuyến học xã",))
    assert decision.draft == "để trình Chủ tịch Hội Khuyến học xã"


def test_a_commune_that_does_not_meet_it_only_drafts_its_proposal(small: Small, act: Act) -> None:
    found = papers(judged(small, act, said={**YES, "yearly_budget": False}))
    assert found["to-trinh"].draft == "kết quả tự đánh giá chưa đạt"
    assert "quyet-dinh-cong-nhan-xa" not in found
    steps = [text for text in texts(found["bao-cao-tu-danh-gia"]) if text.startswith("- Để đạt")]
    assert [step.rpartition(" (")[2] for step in steps] == [
        "Cấp xã, chỉ tiêu 2.1, Thông tư 25/2023/TT-BGDĐT).",
        "Cấp xã, chỉ tiêu 2.3, Thông tư 25/2023/TT-BGDĐT).",
    ]


def test_a_round_that_was_not_judged_has_no_papers(small: Small, act: Act) -> None:
    round_ = open_year(small, act)
    with pytest.raises(Refused) as refused:
        papers(round_)
    assert [each.code for each in refused.value.problems] == ["R115"]


def test_the_self_assessment_of_a_merged_commune_names_the_titles_it_inherited(thai_nguyen: Place, act: Act) -> None:
    from densach.assessing.domain import open_round
    from tests.people.merger import end_old, merger, recognise

    made = merger(thai_nguyen, act, merged=False)
    recognise(made.b, "commune", [made.b.pk], act, ("vn",), "2")
    end_old(made, act)
    round_ = open_round(made.n, 2026, "vn", act=act)
    run(round_, act)
    told = texts(papers(round_)["bao-cao-tu-danh-gia"])
    heading = told.index("Danh hiệu của các xã hợp thành:")
    assert told[heading + 2].startswith("- Xã MẪU Bình (nhập cả): Cộng đồng học tập cấp xã năm 2024, mức 2")
    assert told[heading + 4].endswith("không tính cho xã mới. Xã mới đã có kết luận của riêng mình.")
