"""The result workbook: every verdict with its reasons and article, computed and legal side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from densach.assessing.models import Round
from densach.assessing.titles import TITLES, Title
from densach.formats.sheets import Cell, Column, SheetSpec, write_workbook
from densach.policy.library import Library
from densach.reporting.four_counts import VillageCounts
from densach.reporting.outcomes import Outcome, Outcomes
from densach.reporting.words import document_titles, level_name, points_text, question_text, reasons
from densach.rules.saying import VERDICTS, Titles

COLUMNS = (
    Column("village", "Thôn, tổ dân phố", width=18),
    Column("code", "Mã", width=10),
    Column("name", "Tên", width=26),
    Column("registered", "Đăng ký", width=9),
    Column("verdict", "Kết luận theo luật đọc được", width=16),
    Column("level", "Mức", width=14),
    Column("points", "Điểm", width=9),
    Column("reasons", "Lý do và điều khoản", width=70),
    Column("questions", "Cần biết, việc cần làm", width=60),
    Column("recognition", "Quyết định công nhận", width=24),
    Column("who", "Ai quyết định", width=16),
    Column("validity", "Hiệu lực", width=22),
    Column("seal", "Dấu của phiếu kết quả", width=24),
)
PEOPLE_DECIDED = "người quyết định"


VILLAGE_COLUMNS = (
    Column("village", "Thôn, tổ dân phố", width=24),
    Column("model", "Mô hình", width=36),
    Column("total", "Tổng số", kind="integer", width=12),
    Column("registered", "Đăng ký", kind="integer", width=12),
    Column("assessed", "Được đánh giá", kind="integer", width=14),
    Column("recognised", "Được công nhận", kind="integer", width=14),
)


def write_results(
    path: Path,
    round_: Round,
    library: Library,
    found: Outcomes,
    villages: Iterable[VillageCounts],
    *,
    who_counted: str,
    made_on: date,
) -> None:
    """Write the result workbook of a round: one sheet for each model, then the four counts village by village.

    `who_counted` is the sentence on who the counts are of; it stands above them.
    """
    titles = document_titles(library)
    specs = [
        SheetSpec(
            name=_sheet_name(title),
            title=f"{title.name_vi} năm {round_.year}",
            columns=COLUMNS,
            rows=(_row(outcome, titles) for outcome in found[title.model]),
        )
        for title in TITLES
    ]
    specs.append(
        SheetSpec(
            name="Từng thôn",
            title=f"Bốn con số của từng thôn năm {round_.year}",
            intro=(who_counted,),
            columns=VILLAGE_COLUMNS,
            rows=((v.village, v.title.name_vi, v.total, v.registered, v.assessed, v.recognised) for v in villages),
        )
    )
    write_workbook(path, specs, made_on=made_on, fictional=round_.is_fictional or round_.place.fictional)


def _sheet_name(title: Title) -> str:
    names = {"citizen": "Công dân", "family": "Gia đình", "clan": "Dòng họ", "village": "Thôn", "unit": "Đơn vị"}
    return names.get(title.model, {"literacy": "Xóa mù chữ", "commune": "Xã"}.get(title.model, title.model))


def _row(outcome: Outcome, titles: Titles) -> Sequence[Cell]:
    act, who, validity = _legal(outcome)
    return (
        outcome.village,
        outcome.code,
        outcome.name,
        outcome.registered,
        VERDICTS["vi"][outcome.judgement.verdict],
        level_name(outcome.judge.rubric, outcome.judgement),
        points_text(outcome.judgement),
        reasons(outcome.judge.rubric, outcome.judgement, titles),
        "\n".join(question_text(question, titles) for question in outcome.questions),
        act,
        who,
        validity,
        outcome.seal,
    )


def _legal(outcome: Outcome) -> tuple[str, str, str]:
    held = outcome.recognition
    if held is None:
        return "chưa có", "", ""
    who = PEOPLE_DECIDED if held.decided_by_people else "theo kết luận"
    begins, ends = (f"{day:%d/%m/%Y}" if day else "chưa biết" for day in (held.valid_from, held.valid_to))
    act = f"{held.act.number} ngày {held.act.signed_on:%d/%m/%Y}"
    if (paper := outcome.corrected) is not None:
        act += f"; tên đính chính là “{paper.now}” theo {paper.number} ngày {paper.signed_on:%d/%m/%Y}"
    return act, who, f"từ {begins} đến trước {ends}"
