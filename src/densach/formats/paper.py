"""Print papers as PDF: A4, tagged so that a screen reader can read them, the same bytes for the same words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import typst

from densach.formats.vietnamese import format_date, format_number

_LAYOUTS = Path(__file__).parent / "layouts"
_FONTS = Path(__file__).parent / "fonts"
_DOTS = 216  # of a picture, in an inch: 1080 across 360 points, the width that chats take as it is
_LARGE = 1 << 20  # bytes of a PDF; one of four times as many takes some 200 MB to set
_KEPT_PAPERS = 10  # by the typesetter
_MOST_ON_A_PAGE = 18  # more rows than an A4 page ever holds, even if each is one line
UNKNOWN = "chưa có số liệu"
NOT_APPLICABLE = "không áp dụng"


@dataclass(frozen=True)
class Question:
    """One open question, asked in `count` cases of `base`, counted in `unit`; `proof` is the lightest that will do."""

    text: str
    who: str
    article: str
    count: int
    unit: str
    base: int | None = None
    proof: str = ""


@dataclass(frozen=True)
class QuestionPage:
    """The open questions of one place, for one printed page."""

    place: str
    part_of: str
    year: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class ModelCounts:
    """The four counts of one model; None is a number that is not known."""

    model: str
    total: int | None
    registered: int | None
    assessed: int | None
    recognised: int | None


@dataclass(frozen=True)
class ReportShare:
    """One percentage, already rounded (`percent` as printed), with what it is made of; no percent for an empty base."""

    name: str
    percent: str | None
    numerator: int
    base: int
    base_name: str
    on: date
    source: str


@dataclass(frozen=True)
class Report:
    """What a place reports up for one year; `findings` and `gaps` are whole sentences."""

    title: str
    place: str
    year: int
    counts: tuple[ModelCounts, ...]
    shares: tuple[ReportShare, ...]
    findings: tuple[str, ...]
    gaps: tuple[str, ...]


def question_pages(pages: Sequence[QuestionPage], *, made_on: date, fictional: bool = False) -> bytes:
    """One PDF with one page for each place; for one file a place, call it with one place at a time."""
    title = _question_title(pages[0]) if len(pages) == 1 else "Những câu hỏi còn mở, mỗi nơi một trang"
    data = {"title": title, "pages": [_page_data(page, fictional) for page in pages]}
    return render("questions", data, made_on=made_on, fictional=fictional)


def report_paper(report: Report, *, made_on: date, fictional: bool = False) -> bytes:
    """The report up as a PDF, as many pages as it needs."""
    counts = [
        {
            "model": row.model,
            "numbers": [_number(number) for number in (row.total, row.registered, row.assessed, row.recognised)],
        }
        for row in report.counts
    ]
    data = asdict(report) | {"counts": counts, "shares": [_share_data(share) for share in report.shares]}
    return render("report", data, made_on=made_on, fictional=fictional)


def render(layout: str, data: Mapping[str, object], *, made_on: date, fictional: bool = False) -> bytes:
    """A PDF from a layout of `layouts/` and its data, which must be JSON; a fictional one says MẪU on every page."""
    pdf = _compiler(layout, data, made_on, fictional).compile(
        format="pdf",
        pdf_standards="ua-1",
        timestamp=datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF comes as one piece")
    if len(pdf) > _LARGE:
        _forget_what_was_set()
    return pdf


def picture(layout: str, data: Mapping[str, object], *, made_on: date, fictional: bool = False) -> bytes:
    """A PNG from a layout of one page, fine enough for the screen of a phone."""
    png = _compiler(layout, data, made_on, fictional).compile(format="png", ppi=_DOTS)
    if not isinstance(png, bytes):
        raise TypeError("a picture has one page")
    return png


def _compiler(layout: str, data: Mapping[str, object], made_on: date, fictional: bool) -> typst.Compiler:
    whole = {**data, "fictional": fictional, "foot": f"Lập ngày {format_date(made_on)}"}
    # A compiler made from bytes fails at its second use: it is given a file, and the data beside it.
    return typst.Compiler(
        _LAYOUTS / f"{layout}.typ", root=_LAYOUTS, font_paths=_fonts(), sys_inputs={"data": json.dumps(whole)}
    )


def _forget_what_was_set() -> None:
    """The typesetter keeps what it set until ten papers later: after ten large ones that is more than a gigabyte."""
    for _ in range(_KEPT_PAPERS + 1):
        typst.compile(b"", format="svg", font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])


def _page_data(page: QuestionPage, fictional: bool) -> dict[str, object]:
    frequent_first = sorted(page.questions, key=lambda question: -question.count)
    return {
        "part_of": page.part_of,
        "year": str(page.year),
        "title": _question_title(page),
        "lead": _lead(page),
        "fictional": fictional,
        "total": len(page.questions),
        "questions": [
            {
                "text": question.text,
                "who": question.who,
                "article": question.article,
                "proof": question.proof,
                "cases": _cases(question),
                "unit": question.unit,
            }
            for question in frequent_first[:_MOST_ON_A_PAGE]
        ],
    }


def _question_title(page: QuestionPage) -> str:
    if not page.questions:
        return f"{page.place} không còn câu hỏi nào"
    return f"{page.place} còn {len(page.questions)} câu hỏi"


def _lead(page: QuestionPage) -> str:
    if not page.questions:
        return "Số liệu đã đủ để xét; tờ này không cần điền gì."
    return "Trả lời được câu nào thì đánh dấu câu ấy. Câu chưa rõ thì để trống: để trống không phải là không đạt."


def _cases(question: Question) -> str:
    count = format_number(question.count)
    return count if question.base is None else f"{count} trên {format_number(question.base)}"


def _share_data(share: ReportShare) -> dict[str, object]:
    return {
        "name": share.name,
        "percent": {"known": share.percent is not None, "text": share.percent or NOT_APPLICABLE},
        "fraction": f"{format_number(share.numerator)} trên {format_number(share.base)} {share.base_name}",
        "on": format_date(share.on),
        "source": share.source,
    }


def _number(number: int | None) -> dict[str, object]:
    return {"known": number is not None, "text": UNKNOWN if number is None else format_number(number)}
