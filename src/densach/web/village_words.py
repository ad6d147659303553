"""What a village is told in words: rows, slips, notices. A wall is told only which sheets are not sent yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from densach.assessing.villages.decisions import ToldDecision
from densach.assessing.villages.marks import HouseholdRow, Progress
from densach.formats.vietnamese import format_date, format_number
from densach.formats.village_papers import DecisionNotice, WallNotice
from densach.problems import Language
from densach.web.sentences import language, say, say_in

SHAPES: dict[Progress, str] = {
    Progress.NONE: "·",
    Progress.WRITING: "✎",
    Progress.GIVEN_BACK: "↺",
    Progress.SENT: "→",
    Progress.CHECKED: "✓",
    Progress.MET: "●",
    Progress.UNMET: "◯",
    Progress.UNKNOWN: "◐",
    Progress.CLOSED: "⊘",
    Progress.SILENT: "?",
}
_TOLD = (Progress.SENT, Progress.UNMET, Progress.UNKNOWN, Progress.CLOSED, Progress.SILENT)
_WAITING = {mark: f"village.why_{mark}" for mark in _TOLD}
MOST_NAMES = 12  # beyond so many names a message in a chat is not read; the picture and the list hold all


def list_rows(rows: Iterable[HouseholdRow], base: str) -> SafeString:
    """The rows of the list; set here and not in a template, because a template takes many times as long for each."""
    lang, homes = language(), escape(f"{base}/ho/")
    lines = (
        f"{_begun(row, homes, lang)}<td>{_marked(row.family, lang)}</td><td>{_why(row, lang)}</td></tr>" for row in rows
    )
    return SafeString("\n".join(lines))


def grid_rows(rows: Iterable[HouseholdRow], base: str) -> SafeString:
    """The rows of the grid, of which there may be two thousand."""
    lang, homes = language(), escape(f"{base}/ho/")
    return SafeString("\n".join(f"{_begun(row, homes, lang)}<td>{len(row.lacking) or '–'}</td></tr>" for row in rows))


def _begun(row: HouseholdRow, homes: str, lang: Language) -> str:
    """The first cells of a row: code, head with the way to the household, and the strip of marks."""
    head, marks = escape(row.head or "–"), _strip(tuple(member.mark for member in row.shown), lang)
    return (
        f'<tr><td class="id">{escape(row.code)}</td>'
        f'<th scope="row"><a href="{homes}{row.uid}">{head}</a></th><td>{marks}</td>'
    )


def family_mark(row: HouseholdRow) -> SafeString:
    """The mark of the household's own sheet with its word."""
    return marked(row.family)


def marked(mark: Progress) -> SafeString:
    """One mark with its word."""
    return _marked(mark, language())


def why_here(row: HouseholdRow) -> SafeString:
    """What is missing in a household, or what its sheets wait for; names of whom it concerns."""
    return _why(row, language())


def missing_of_slip(row: HouseholdRow) -> tuple[str, ...]:
    """What a household still lacks, a line for each member, in plain words and without any score."""
    return tuple(_slip_line(row))


def wall_notice(rows: Iterable[HouseholdRow], village: str, commune: str, year: int) -> WallNotice:
    """Which households have still to send sheets, by code and head, and no word of what is in them."""
    rows = list(rows)
    lacking = tuple((row.code, row.printed_head) for row in rows if row.lacking)
    return WallNotice(village, commune, year, lacking, partial=any(row.is_shut for row in rows))


def wall_text(notice: WallNotice) -> str:
    """The same as a message to paste into a chat; written in Vietnamese, because neighbours read it."""
    count = len(notice.households)
    if not count and not notice.partial:
        return f"{notice.village}: các hộ đều đã gửi phiếu tự đánh giá năm {notice.year}. Cảm ơn bà con."
    lines = [f"• {code} – {head}" if head else f"• {code}" for code, head in notice.households[:MOST_NAMES]]
    if count > MOST_NAMES:
        lines.append(f"… và {format_number(count - MOST_NAMES)} hộ nữa (xem danh sách ở nhà văn hóa).")
    return "\n".join([notice.title, *lines, notice.help])


def decision_notice(decision: ToldDecision, village: str, commune: str, address: str) -> DecisionNotice:
    """A decision as neighbours may be told of it; in Vietnamese, because they read it."""
    act, count = decision.act, format_number(decision.count)
    paper = f"Quyết định số {act.number} ngày {format_date(act.signed_on)} của {act.office_title}."
    title = f"{village}: {count} trường hợp được công nhận danh hiệu {decision.title} năm {decision.year}"
    return DecisionNotice(village, commune, title, paper, decision.names, decision.unnamed, address)


def decision_text(notice: DecisionNotice, *, fictional: bool) -> str:
    """The same as a message to paste into a chat."""
    shown = notice.names[:MOST_NAMES]
    mau = ["MẪU – KHÔNG CÓ GIÁ TRỊ"] if fictional else []
    page = [f"Xem quyết định: {notice.address}"] if notice.address else []
    return "\n".join(
        [*mau, notice.title, notice.act, *(f"• {name}" for name in shown), *notice.more(len(shown)), *page]
    )


def _why(row: HouseholdRow, lang: Language) -> SafeString:
    if not row.shown:
        return say_in(lang, "village.why_nobody")
    lines = [*_lacking_lines(row, lang), *_waiting_lines(row, lang)]
    return SafeString(" ".join(lines)) or say_in(lang, "village.why_met" if row.is_met else "village.why_checked")


def _lacking_lines(row: HouseholdRow, lang: Language) -> Iterator[SafeString]:
    none = [member.name for member in row.lacking if member.mark is Progress.NONE]
    if none:
        yield say_in(lang, "village.why_none", names=", ".join(none))
    for member in row.lacking:
        if member.mark is Progress.WRITING:
            open_questions = member.open_questions
            key = "village.why_writing" if open_questions else "village.why_complete"
            yield say_in(lang, key, name=member.name, count=open_questions)
        elif member.mark is Progress.GIVEN_BACK and member.sheet:
            yield say_in(lang, "village.why_given_back", name=member.name, note=member.sheet.note)


def _waiting_lines(row: HouseholdRow, lang: Language) -> Iterator[SafeString]:
    waiting: dict[Progress, list[str]] = {mark: [] for mark in _WAITING}
    for member in row.shown:
        if member.mark in waiting:
            waiting[member.mark].append(member.name)
    for mark, names in waiting.items():
        if names:
            yield say_in(lang, _WAITING[mark], names=", ".join(names))


def _slip_line(row: HouseholdRow) -> Iterator[str]:
    for member in row.lacking:
        if member.mark is Progress.NONE:
            yield f"{member.name}: chưa có phiếu tự đánh giá."
        elif member.mark is Progress.GIVEN_BACK and member.sheet:
            yield f"{member.name}: phiếu được trả lại để bổ sung."
        elif member.open_questions:
            yield f"{member.name}: phiếu còn {member.open_questions} câu chưa trả lời."
        else:
            yield f"{member.name}: phiếu đã ghi đủ, chỉ còn gửi."


@lru_cache(4096)
def _strip(marks: tuple[Progress, ...], lang: Language) -> SafeString:  # noqa: ARG001  - the sentence is in that language
    if not marks:
        return SafeString("–")
    counts = Counter(marks)
    said = "; ".join(say(f"village.count_{mark}", count=counts[mark]) for mark in Progress if counts[mark])
    shapes = format_html_join("", '<span class="{}">{}</span>', ((mark, SHAPES[mark]) for mark in marks))
    return format_html('<span class="marks" role="img" aria-label="{}.">{}</span>', said, shapes)


@lru_cache(64)
def _marked(mark: Progress, lang: Language) -> SafeString:  # noqa: ARG001  - the word is in that language
    shape = format_html('<span class="{}" aria-hidden="true">{}</span>', mark, SHAPES[mark])
    return format_html('<span class="marks">{}</span> {}', shape, say(f"village.mark_{mark}"))
