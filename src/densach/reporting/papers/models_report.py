"""The report up on all models as an official báo cáo: every percentage with its numbers, base, day and source."""

from __future__ import annotations

from dataclasses import replace

from densach.formats.official.model import Block, Kind, Official, Paragraph, Table
from densach.formats.paper import NOT_APPLICABLE, UNKNOWN, Report, ReportShare
from densach.formats.vietnamese import format_date, format_number
from densach.reporting.papers.desk import Desk
from densach.reporting.papers.dossier import COUNTED, OPEN, a_paper, in_parts

SHARES = ("Tỷ lệ", "Kết quả", "Số liệu", "Ngày", "Nguồn")


def report_on_models(desk: Desk, report: Report) -> Official:
    """Báo cáo kết quả xây dựng các mô hình học tập; to whom it goes is for the commune to write."""
    parts = (
        ("Số liệu các mô hình", (_counts(report),)),
        ("Các tỷ lệ", (_shares(report),) if report.shares else (Paragraph("Chưa có tỷ lệ nào tính được."),)),
        ("Kết luận của phần mềm theo quy định đọc được", _listed(report.findings)),
        ("Những điều chưa đủ căn cứ", _listed(report.gaps) if report.gaps else (Paragraph("Không có."),)),
    )
    opening = f"{desk.called} báo cáo kết quả xây dựng các mô hình học tập năm {report.year} như sau:"
    closing = Paragraph(f"Trên đây là báo cáo của {desk.called}./.")
    abstract = f"Kết quả xây dựng các mô hình học tập năm {report.year}"
    paper = a_paper(desk, Kind.REPORT, abstract, (Paragraph(opening), *in_parts(parts), closing))
    return replace(paper, addressees=(OPEN,))


def _counts(report: Report) -> Table:
    rows = tuple(
        (row.model, *(_number(each) for each in (row.total, row.registered, row.assessed, row.recognised)))
        for row in report.counts
    )
    return Table(COUNTED, rows, (6, 2, 2, 2, 3), frozenset({1, 2, 3, 4}))


def _shares(report: Report) -> Table:
    return Table(SHARES, tuple(_share(share) for share in report.shares), (7, 4, 6, 4, 4), frozenset({1, 3}))


def _share(share: ReportShare) -> tuple[str, ...]:
    fraction = f"{format_number(share.numerator)} trên {format_number(share.base)} {share.base_name}"
    return (share.name, share.percent or NOT_APPLICABLE, fraction, format_date(share.on), share.source)


def _listed(sentences: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Paragraph(f"- {sentence}") for sentence in sentences)


def _number(number: int | None) -> str:
    return UNKNOWN if number is None else format_number(number)
