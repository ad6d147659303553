"""The report up: what a commune tells the level above, every percentage with numerator, base, date and source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from densach.assessing.inheriting import inherited_by
from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.assessing.titles import TITLES, rubric_on
from densach.authority.competence import competent_office
from densach.formats.paper import ModelCounts, Report, ReportShare, report_paper
from densach.formats.vietnamese import format_number
from densach.places.queries import period_of, provinces_by_place
from densach.policy.library import Library
from densach.reporting.four_counts import FourCounts
from densach.reporting.inheriting import inherited_lines
from densach.reporting.shares import Share

SOURCE = "Sổ hộ và phiếu của đợt"


def report_up(
    round_: Round, library: Library, counts: tuple[FourCounts, ...], who_counted: str, *, made_on: date
) -> bytes:
    """The report as a PDF."""
    fictional = round_.is_fictional or round_.place.fictional
    return report_paper(report_of(round_, library, counts, who_counted), made_on=made_on, fictional=fictional)


def report_of(round_: Round, library: Library, counts: tuple[FourCounts, ...], who_counted: str) -> Report:
    """What the report says; `who_counted` is the sentence on whose heads the counts are taken of."""
    return Report(
        title=f"Báo cáo kết quả xây dựng các mô hình học tập năm {round_.year}",
        place=_place_name(round_),
        year=round_.year,
        counts=tuple(_model_counts(row) for row in counts),
        shares=tuple(share for row in counts if row.total > 1 for share in _shares(row, judged_on(round_))),
        findings=(
            who_counted,
            *_findings(counts),
            *inherited_lines(inherited_by(round_, library), judged_on(round_)),
        ),
        gaps=(*_acts_missing(counts), *_gaps(round_, library)),
    )


def _model_counts(row: FourCounts) -> ModelCounts:
    recognised = row.recognised if row.has_act else None
    return ModelCounts(row.title.name_vi, row.total, row.registered, row.assessed, recognised)


def _place_name(round_: Round) -> str:
    on = judged_on(round_)
    commune = period_of(round_.place, on)
    if commune is None or commune.parent_id is None:
        return ""
    province = provinces_by_place(on).get(commune.parent_id)
    return f"{commune.name}, {province.name}" if province else commune.name


def _shares(row: FourCounts, on: date) -> Iterator[ReportShare]:
    wanted = [("đăng ký trên tổng số", row.registered, row.total, "tổng số")]
    if row.has_act:
        wanted.append(("được công nhận trên tổng số", row.recognised, row.total, "tổng số"))
        wanted.append(("được công nhận trên số đăng ký", row.recognised, row.registered, "số đăng ký"))
    for name, numerator, base, base_name in wanted:
        share = Share(numerator, base, base_name, on.isoformat(), SOURCE)
        yield ReportShare(f"{row.title.name_vi}: {name}", share.percent(), numerator, base, base_name, on, SOURCE)


def _findings(counts: tuple[FourCounts, ...]) -> Iterator[str]:
    for row in counts:
        said = {word: format_number(row.verdicts.get(word, 0)) for word in ("met", "unmet", "unknown")}
        yield (
            f"{row.title.name_vi}: phần mềm kết luận đạt {said['met']}, chưa đạt {said['unmet']}, "
            f"chưa xác định {said['unknown']}, trong {format_number(row.assessed)} đã đánh giá."
        )


def _acts_missing(counts: tuple[FourCounts, ...]) -> Iterator[str]:
    for row in counts:
        if not row.has_act:
            yield f"{row.title.name_vi}: chưa ghi quyết định công nhận nào của năm này, nên chưa có số được công nhận."


def _gaps(round_: Round, library: Library) -> Iterator[str]:
    on = judged_on(round_)
    for title in TITLES:
        rubric = rubric_on(library, title, on).rubric
        if rubric.style == "unknown" or not rubric.criteria:
            yield f"{title.name_vi}: chưa đọc được bộ tiêu chí ({rubric.basis_vi}); kết luận là chưa xác định."
        if competent_office(library, title.key, on, title.subject).known != "named":
            yield f"{title.name_vi}: chưa biết cơ quan có thẩm quyền công nhận vào ngày {on:%d/%m/%Y}."
