"""A unit's dossier by Thông tư 24/2023/TT-BGDĐT: set up the team, meet, report, sum up, ask to be recognised.

What the circular says beyond what was read of it is named as unknown, with the question that would settle it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from densach.formats.official.model import Annex, Issuer, Kind, Official, Paragraph, Signature, Table
from densach.policy.library import Library
from densach.reporting.papers import dossier, naming
from densach.reporting.papers.case import Case, bases_of, cited_once, deadline_of
from densach.reporting.papers.desk import Decider, Desk, decider_of_unit
from densach.reporting.papers.dossier import OPEN, a_paper
from densach.rules.model import DECIDING, Cite

TITLES = ("unit_district.tt24", "unit_province.tt24")
TEAM = "Tổ đánh giá"
MEMBERS = ("TT", "Họ và tên", "Chức vụ", "Nhiệm vụ")
_BLANK_ROWS = 5


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit as its papers name it: its parent body, the abbreviation in its symbol, where it sits, its head."""

    name: str
    parent: str
    symbol: str
    seat: str
    head: str


@dataclass(frozen=True)
class Team:
    """The team with name, post and duty of each, and its meeting where that was held."""

    members: tuple[tuple[str, str, str], ...] = ()
    held: dossier.Held | None = None


def unit_papers(
    unit: Unit, case: Case, library: Library, year: int, *, on: date, fictional: bool, team: Team | None = None
) -> Iterator[tuple[str, Official]]:
    """Every paper of the dossier for a year, as it would be drawn up on a day, by the names of their files."""
    team = team or Team()
    desk = _desk(unit, on.year, fictional=fictional)
    decider = decider_of_unit(library, case.judge.rubric.title_key, desk, on)
    unsaid = tuple(_unsaid(case, decider, year))
    yield naming.SETTING_UP, setting_up(desk, case, unit, library, year, team.members)
    yield naming.INVITATION, dossier.invitation(desk, case, year)
    yield naming.MINUTES, dossier.minutes(desk, case, year, team.held)
    yield naming.REPORT, dossier.report(desk, case, decider, year, unsaid=unsaid)
    yield naming.SUMMARY, dossier.summary(desk, case, year)
    yield naming.PROPOSAL, dossier.proposal(desk, case, decider, library, year)


def setting_up(
    desk: Desk, case: Case, unit: Unit, library: Library, year: int, members: tuple[tuple[str, str, str], ...] = ()
) -> Official:
    """Quyết định thành lập Tổ đánh giá; a draft until its members are written into it."""
    what = f"{TEAM} {case.name} năm {year}"
    rows = members or (("", "", ""),) * _BLANK_ROWS
    blocks = (
        Paragraph(f"Thành lập {what} của {unit.name}, gồm các ông, bà có tên sau:", "Điều 1."),
        Table(MEMBERS, tuple((str(n), *row) for n, row in enumerate(rows, 1)), (1, 5, 4, 4), frozenset({0})),
        Paragraph(
            f"{TEAM} tự đánh giá theo các tiêu chí của {_documents(case)}; lập báo cáo tự đánh giá và bản tổng hợp kết "
            "quả tiêu chí, chỉ tiêu, trình thủ trưởng đơn vị.",
            "Điều 2.",
        ),
        Paragraph("Quyết định này có hiệu lực kể từ ngày ký.", "Điều 3."),
        Paragraph(f"Các ông, bà có tên tại Điều 1 và {OPEN} chịu trách nhiệm thi hành Quyết định này./.", "Điều 4."),
    )
    return replace(
        a_paper(desk, Kind.DECISION, f"Về việc thành lập {what}", blocks),
        opening=f"{unit.head} {unit.name}",
        bases=bases_of(case.judge.rubric.cites, library),
        recipients=("Như Điều 4",),
        annexes=(Annex("Điều chưa xác định của quy định", (Paragraph(_who_is_in_the_team(case)),)),),
        draft="" if members else f"chờ ghi thành phần {TEAM}",
    )


def _desk(unit: Unit, year: int, *, fictional: bool) -> Desk:
    return Desk(
        called=unit.name,
        subject=unit.name,
        issuer=Issuer((unit.name,), unit.symbol, unit.parent),
        signature=Signature(unit.head),
        place=unit.seat,
        year=year,
        fictional=fictional,
    )


def _unsaid(case: Case, decider: Decider, year: int) -> Iterator[str]:
    """What the circular, as far as it was read, does not say of the procedure, each as a question with its article."""
    recognition, here = case.judge.rubric.recognition, cited_once(case.judge.rubric.cites, case.titles)
    yield _who_is_in_the_team(case)
    if not deadline_of(case, "submit", year):
        yield f"Hồ sơ nộp trước ngày nào? Chưa xác định ({here})."
    if not deadline_of(case, "decide", year):
        yield f"Quyết định công nhận ban hành trước ngày nào? Chưa xác định ({here})."
    verifier = recognition.verifier
    if verifier is None or verifier.mark not in DECIDING:
        guess = f"; suy luận: {verifier.value}" if verifier and verifier.value else ""
        yield f"Cơ quan nào tiếp nhận và tổ chức đánh giá hồ sơ? Chưa xác định{guess} ({here})."
    if not decider.called:
        yield f"Ai công nhận vào ngày lập hồ sơ này? Chưa xác định ({here})."


def _who_is_in_the_team(case: Case) -> str:
    said = case.judge.rubric.recognition.self_assessor
    cites: tuple[Cite, ...] = said.cites if said else case.judge.rubric.cites
    return f"{TEAM} gồm những ai, bao nhiêu người, ai làm tổ trưởng? Chưa xác định ({cited_once(cites, case.titles)})."


def _documents(case: Case) -> str:
    return ", ".join(dict.fromkeys(case.titles[cite.document] for cite in case.judge.rubric.cites))
