"""The dossier of a commune (procedure 1.005097) or of a unit (2.002593, 2.002594), filled from its case.

What is not known stands as "chưa xác định" or stays open for people to write; nothing is made up to fill a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from densach.formats.official.model import Block, Kind, Official, Paragraph, Signature, Table
from densach.formats.official.words import date_in_words, roman
from densach.formats.vietnamese import format_number
from densach.policy.library import Library
from densach.reporting.four_counts import FourCounts
from densach.reporting.papers.case import NO_FIGURE, Case, Line, bases_of, cited_once, deadline_of
from densach.reporting.papers.desk import NOBODY_KNOWN, Decider, Desk

OPEN = "…………………………"
ASKED = {"fact": "Cần biết", "law": "Cần đọc văn bản", "step": "Để đạt"}
UNKNOWN_DAY = "chưa xác định (văn bản đọc được không nêu ngày)"
Part = tuple[str, tuple[Block, ...]]
COUNTED = ("Mô hình", "Tổng số", "Đăng ký", "Được đánh giá", "Được công nhận")


def report(
    desk: Desk,
    case: Case,
    decider: Decider,
    year: int,
    *,
    counts: tuple[FourCounts, ...] = (),
    inherited: Iterable[str] = (),
    unsaid: Iterable[str] = (),
) -> Official:
    """Báo cáo tự đánh giá.

    `inherited` are the sentences on the titles of the communes that this one was made from, `unsaid` further questions
    that the texts leave open.
    """
    basis = case.judge.rubric.basis_vi
    opening = f"Thực hiện {basis}, {desk.called} báo cáo kết quả tự đánh giá {case.name} năm {year} như sau:"
    told: tuple[Block, ...] = (_counted(counts), *map(Paragraph, inherited))
    counted: list[Part] = [("Kết quả các mô hình học tập", told)] if counts else []
    parts: list[Part] = [
        *counted,
        ("Kết quả từng tiêu chí, chỉ tiêu", tuple(_told(case))),
        ("Kết luận", tuple(_concluded(case, desk, tuple(unsaid)))),
    ]
    abstract = f"Kết quả tự đánh giá {case.name} năm {year}"
    paper = a_paper(desk, Kind.REPORT, abstract, (Paragraph(opening), *in_parts(parts)))
    return replace(paper, addressees=(_addressee(decider),))


def in_parts(parts: Iterable[Part]) -> Iterator[Block]:
    """The parts of a report, each under its heading in Roman numerals."""
    for place, (heading, inside) in enumerate(parts, 1):
        yield from (Paragraph(lead=f"{roman(place)}. {heading}"), *inside)


def summary(desk: Desk, case: Case, year: int) -> Official:
    """Bản tổng hợp kết quả tiêu chí, chỉ tiêu."""
    levels = case.level_names
    table = Table(
        headers=("TT", "Tiêu chí, chỉ tiêu", "Số liệu", *levels, "Căn cứ"),
        rows=tuple(_summed(case)),
        widths=(6, 18, 17, *(8 for _ in levels), 16),
        middle=frozenset({0, *range(3, 3 + len(levels))}),
    )
    result = Paragraph(f"Kết quả: {case.tally()}. Kết luận theo quy định đọc được: {case.verdict}.")
    return a_paper(desk, Kind.SUMMARY, f"Kết quả tiêu chí, chỉ tiêu {case.name} năm {year}", (table, result))


def proposal(desk: Desk, case: Case, decider: Decider, library: Library, year: int) -> Official:
    """Tờ trình; only a draft where the commune's own assessment says that the rubric is not met."""
    blocks = (
        Paragraph(
            f"{desk.called} đã tổ chức tự đánh giá {case.name} năm {year}. Kết quả: {case.tally()}. "
            f"Kết luận theo quy định đọc được: {case.verdict}."
        ),
        Paragraph(_asked(desk, case, decider, year)),
        Paragraph("Hồ sơ kèm theo gồm: báo cáo tự đánh giá; bản tổng hợp kết quả tiêu chí, chỉ tiêu; biên bản họp."),
        Paragraph(f"Hạn nộp hồ sơ: {deadline_of(case, 'submit', year) or UNKNOWN_DAY}."),
        Paragraph(f"{desk.called} kính trình xem xét, quyết định./."),
    )
    paper = a_paper(desk, Kind.PROPOSAL, f"Về việc đề nghị công nhận {case.name} năm {year}", blocks)
    draft = "kết quả tự đánh giá chưa đạt" if case.judgement.verdict == "unmet" else ""
    bases = bases_of(case.judge.rubric.cites, library)
    return replace(paper, addressees=(_addressee(decider),), bases=bases, draft=draft)


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting that was held, as its minutes tell it; what was not written down stays open on the paper."""

    on: date
    where: str
    chair: str
    secretary: str
    discussion: str
    conclusion: str
    votes: tuple[tuple[str, str, str], ...]
    agrees: int


def minutes(desk: Desk, case: Case, year: int, held: Held | None = None) -> Official:
    """Biên bản of the meeting that agrees on the result; what nobody wrote down here is for the meeting to write."""
    where, chair, secretary = (held.where, held.chair, held.secretary) if held else ("", "", "")
    day = f" {date_in_words(held.on)}" if held else f" {OPEN}"
    present = ", ".join(name for name, _, _ in held.votes) if held else ""
    blocks = (
        Paragraph(f"Thời gian bắt đầu:{day}"),
        Paragraph(f"Địa điểm: {where or OPEN}"),
        Paragraph(f"Thành phần tham dự: {present or OPEN + OPEN}"),
        Paragraph(f"Chủ trì (chủ tọa): {chair or OPEN}"),
        Paragraph(f"Thư ký (người ghi biên bản): {secretary or OPEN}"),
        Paragraph(lead="Nội dung"),
        Paragraph(f"1. Nghe báo cáo kết quả tự đánh giá {case.name} năm {year}: {case.tally()}."),
        Paragraph(f"2. Ý kiến thảo luận: {(held.discussion if held else '') or OPEN + OPEN}"),
        Paragraph(
            f"3. Kết luận theo quy định đọc được là: {case.verdict}. "
            f"Cuộc họp thống nhất: {(held.conclusion if held else '') or OPEN}"
        ),
        *_voted(held),
    )
    paper = a_paper(desk, Kind.MINUTES, f"Họp thống nhất kết quả tự đánh giá {case.name} năm {year}", blocks)
    signatures = (Signature("Thư ký", name=secretary), Signature("Chủ tọa", name=chair))
    return replace(paper, signatures=signatures, recipients=("Như thành phần tham dự",))


def _voted(held: Held | None) -> Iterator[Block]:
    """What each member said, and how many agreed."""
    agreed, present = (f"{held.agrees}", f"{len(held.votes)}") if held and held.votes else ("………", "………")
    if held and held.votes:
        yield Paragraph("4. Ý kiến của từng thành viên:")
        rows = tuple((str(n), *vote) for n, vote in enumerate(held.votes, 1))
        yield Table(("TT", "Họ và tên", "Biểu quyết", "Ý kiến, mức chấm"), rows, (1, 5, 3, 6), frozenset({0}))
    yield Paragraph(f"Số người đồng ý: {agreed} trên {present} người dự họp. Cuộc họp kết thúc vào {OPEN}./.")


def invitation(desk: Desk, case: Case, year: int) -> Official:
    """Giấy mời to that meeting."""
    blocks = (
        Paragraph(f"{desk.called} trân trọng kính mời:"),
        Paragraph(f"{OPEN}{OPEN}"),
        Paragraph(f"Tới dự: cuộc họp thống nhất kết quả tự đánh giá {case.name} năm {year}."),
        Paragraph(f"Chủ trì: {OPEN}"),
        Paragraph(f"Thời gian: {OPEN}"),
        Paragraph(f"Địa điểm: {OPEN}./."),
    )
    return a_paper(desk, Kind.INVITATION, f"Họp thống nhất kết quả tự đánh giá {case.name} năm {year}", blocks)


def a_paper(desk: Desk, kind: Kind, abstract: str, blocks: tuple[Block, ...]) -> Official:
    """A paper of a desk, with its number and day still open."""
    return Official(
        kind=kind,
        issuer=desk.issuer,
        reference=desk.reference,
        abstract=abstract,
        blocks=blocks,
        signatures=(desk.signature,),
        fictional=desk.fictional,
    )


def _addressee(decider: Decider) -> str:
    return decider.called or f"{OPEN} ({NOBODY_KNOWN})"


def _asked(desk: Desk, case: Case, decider: Decider, year: int) -> str:
    whom = decider.called or f"cơ quan có thẩm quyền ({NOBODY_KNOWN})"
    if case.judgement.verdict == "met":
        return f"{desk.called} kính đề nghị {whom} công nhận {desk.subject} đạt {case.name} năm {year}{case.level}."
    return (
        f"{desk.called} kính đề nghị {whom} xem xét việc công nhận {desk.subject} đạt {case.name} năm {year}, "
        "và hướng dẫn những chỉ tiêu chưa xác định, nêu trong báo cáo kèm theo."
    )


def _counted(counts: tuple[FourCounts, ...]) -> Table:
    rows = tuple(
        (
            row.title.name_vi,
            *(format_number(number) for number in (row.total, row.registered, row.assessed)),
            format_number(row.recognised) if row.has_act else NO_FIGURE,
        )
        for row in counts
    )
    return Table(COUNTED, rows, (6, 2, 2, 2, 3), frozenset({1, 2, 3, 4}))


def _told(case: Case) -> Iterator[Block]:
    for criterion, lines in groupby(case.lines(), key=lambda pair: pair[0]):
        yield Paragraph(lead=f"Tiêu chí {criterion.id}. {criterion.title_vi or ''}")
        for _, line in lines:
            said = f"{line.text}: {_verdict(case, line)}. Số liệu: {_ended(line.facts)}"
            yield Paragraph(f"{said} ({line.cites}).", f"{line.id}.")


def _verdict(case: Case, line: Line) -> str:
    """One verdict where all levels agree, else that of each level."""
    if len(set(line.verdicts)) == 1:
        return line.verdicts[0]
    return ", ".join(f"{name}: {said}" for name, said in zip(case.level_names, line.verdicts, strict=True))


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _concluded(case: Case, desk: Desk, unsaid: tuple[str, ...]) -> Iterator[Block]:
    yield Paragraph(f"Kết quả: {case.tally()}. Kết luận theo quy định đọc được: {case.verdict}.")
    if case.questions or unsaid:
        yield Paragraph("Những điều còn phải làm rõ hoặc phải làm để đạt:")
    for question in case.questions:
        yield Paragraph(f"- {ASKED[question.kind]}: {question.title_vi} ({cited_once(question.cites, case.titles)}).")
    yield from (Paragraph(f"- {ASKED['law']}: {each}") for each in unsaid)
    yield Paragraph(f"Trên đây là kết quả tự đánh giá của {desk.called}, kính trình xem xét./.")


def _summed(case: Case) -> Iterator[tuple[str, ...]]:
    open_cells = ("",) * (len(case.level_names) + 1)
    for criterion, lines in groupby(case.lines(), key=lambda pair: pair[0]):
        yield (criterion.id, criterion.title_vi or "", "", *open_cells)
        for _, line in lines:
            yield (line.id, line.text, line.facts, *line.verdicts, line.cites)
