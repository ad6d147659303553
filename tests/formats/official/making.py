"""Official documents of every kind, made up, with all that can stand in them."""

from __future__ import annotations

from datetime import date

from densach.formats.charts.drawing import draw_for_paper
from densach.formats.charts.shapes import Chart, Mark, Series
from densach.formats.official.model import (
    Annex,
    Issuer,
    Kind,
    Official,
    Paragraph,
    Picture,
    Reference,
    Signature,
    Table,
)

ISSUER = Issuer(("Ủy ban nhân dân", "xã MẪU Đèn Sách"), "UBND")
OPEN = Reference("MẪU Đèn Sách", 2026)
CHAIR = Signature("Chủ tịch", name="Nguyễn Thị Mẫu")

CHART = Chart(
    "Gia đình học tập",
    ("2024", "2025"),
    (Series("Tỷ lệ", (Mark(None, "chưa báo cáo"), Mark(60, "60,0 %"))),),
    most=100,
)


def households(count: int) -> Table:
    rows = tuple((str(n), f"H{n}", f"Trần Văn Mẫu {n}", "Thôn Đồng Ễnh") for n in range(1, count + 1))
    return Table(("TT", "Mã hộ", "Chủ hộ", "Thôn"), rows, (1, 2, 5, 4), frozenset({0, 1}))


def decision(rows: int = 5, annexes: int = 1) -> Official:
    return Official(
        kind=Kind.DECISION,
        issuer=ISSUER,
        reference=Reference("MẪU Đèn Sách", 2026, 5, date(2026, 2, 3)),
        abstract="Về việc công nhận Gia đình học tập năm 2025",
        opening="Chủ tịch Ủy ban nhân dân xã MẪU Đèn Sách",
        bases=("Căn cứ Luật Tổ chức chính quyền địa phương", "Căn cứ văn bản thứ hai " * 9 + "ấy", "Theo đề nghị"),
        blocks=(Paragraph("Công nhận các hộ.", "Điều 1."), Paragraph("Thi hành. " * 40, "Điều 2.")),
        signatures=(CHAIR,),
        recipients=("Như Điều 2", "Hội Khuyến học xã"),
        filed_by=("VHXH",),
        annexes=tuple(Annex(f"Danh sách {n}", (households(rows),)) for n in range(1, annexes + 1)),
        fictional=True,
    )


DOCUMENTS = {
    "decision": decision(),
    "two annexes": decision(rows=3, annexes=2),
    "draft": Official(
        kind=Kind.DECISION,
        issuer=ISSUER,
        reference=OPEN,
        abstract="Về việc công nhận Cộng đồng học tập cấp xã",
        bases=("Căn cứ Thông tư 25/2023/TT-BGDĐT",),
        blocks=(Paragraph("Công nhận.", "Điều 1."),),
        signatures=(Signature("Thủ trưởng"),),
        draft="chưa biết cơ quan có thẩm quyền",
    ),
    "proposal": Official(
        kind=Kind.PROPOSAL,
        issuer=Issuer(("Ủy ban nhân dân", "phường 7"), "UBND"),
        reference=OPEN,
        abstract="Về việc đề nghị công nhận",
        addressees=("Sở Giáo dục và Đào tạo", "Ủy ban nhân dân tỉnh MẪU"),
        blocks=(Paragraph(lead="I. Sự cần thiết"), Paragraph("Kính đề nghị xem xét./."), households(2)),
        signatures=(Signature("Chủ tịch", authority="TM. Ủy ban nhân dân"),),
    ),
    "report": Official(
        kind=Kind.REPORT,
        issuer=Issuer(("Trường Tiểu học", "MẪU"), "TH", parent="Ủy ban nhân dân xã MẪU"),
        reference=Reference("Ví Dụ", 2026, 123, date(2026, 11, 30)),
        abstract="Kết quả tự đánh giá",
        addressees=("Hội Khuyến học xã",),
        blocks=tuple(Paragraph(f"Đoạn thứ {n}. " + "Nội dung dài và rõ. " * 20) for n in range(20)),
        signatures=(Signature("Phó Hiệu trưởng", authority="KT. Hiệu trưởng", name="Lê Thị Mẫu"),),
        fictional=True,
    ),
    "drawn report": Official(
        kind=Kind.REPORT,
        issuer=ISSUER,
        reference=OPEN,
        abstract="Kết quả qua các năm",
        blocks=(
            Paragraph(lead="Hình 1. Gia đình học tập qua các năm"),
            Picture(draw_for_paper(CHART), "Gia đình học tập: năm 2024 chưa báo cáo; năm 2025 60,0 %."),
            Paragraph("Trên đây là báo cáo./."),
        ),
        signatures=(CHAIR,),
        annexes=(Annex("Hình vẽ", (Picture(draw_for_paper(CHART), "Như trên.", width=100),)),),
        fictional=True,
    ),
    "minutes": Official(
        kind=Kind.MINUTES,
        issuer=ISSUER,
        reference=OPEN,
        abstract="Họp thống nhất kết quả tự đánh giá",
        blocks=(Paragraph("Thời gian bắt đầu: …"),),
        signatures=(Signature("Thư ký"), Signature("Chủ tọa", name="Nguyễn Thị Mẫu")),
        recipients=("Như thành phần dự họp",),
    ),
    "invitation": Official(
        kind=Kind.INVITATION,
        issuer=ISSUER,
        reference=Reference("MẪU Đèn Sách", 2026, 12, date(2026, 10, 1)),
        abstract="Dự họp thống nhất kết quả tự đánh giá",
        addressees=("Các ông, bà có tên trong danh sách",),
        blocks=(Paragraph("Trân trọng kính mời./."),),
        signatures=(CHAIR,),
    ),
    "summary": Official(
        kind=Kind.SUMMARY,
        issuer=ISSUER,
        reference=OPEN,
        abstract="Kết quả từng tiêu chí, chỉ tiêu",
        blocks=(households(4),),
        signatures=(CHAIR,),
        fictional=True,
    ),
}
