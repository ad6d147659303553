"""Biên bản họp of a round's meeting: who came, what came out for each title, where the meeting decides otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from densach.assessing.meetings.access import SeenMeeting
from densach.assessing.titles import Title
from densach.formats.official.model import Block, Kind, Official, Paragraph, Signature, Table
from densach.formats.vietnamese import format_date, format_number
from densach.reporting.papers.case import VERDICTS
from densach.reporting.papers.desk import desk_of
from densach.reporting.papers.dossier import OPEN, a_paper

HEADS = ("TT", "Tên", "Thôn, tổ dân phố", "Cuộc họp quyết định", "Lý do", "Người chấm, phiếu giấy")


def meeting_minutes(seen: SeenMeeting) -> Official:
    """The minutes of a meeting as an official paper, its number left open for the clerk."""
    meeting = seen.meeting
    desk = desk_of(meeting.round, meeting.held_on)
    year = meeting.round.year
    abstract = f"Họp xét kết quả đánh giá các mô hình học tập năm {year}"
    paper = a_paper(desk, Kind.MINUTES, abstract, tuple(_blocks(seen)))
    signatures = (Signature("Thư ký", name=meeting.secretary), Signature("Chủ tọa", name=meeting.chair))
    reference = replace(desk.reference, on=meeting.held_on)
    return replace(paper, signatures=signatures, reference=reference, recipients=("Như thành phần tham dự",))


def _blocks(seen: SeenMeeting) -> Iterator[Block]:
    meeting = seen.meeting
    yield Paragraph(f"Thời gian bắt đầu: {meeting.begins or OPEN}, ngày {format_date(meeting.held_on)}")
    yield Paragraph(f"Địa điểm: {meeting.place or OPEN}")
    yield Paragraph("Thành phần tham dự:")
    yield from (Paragraph(f"- {line}") for line in meeting.present.splitlines() if line.strip())
    absent = [line for line in meeting.absent.splitlines() if line.strip()]
    if absent:
        yield Paragraph(f"Vắng mặt: {'; '.join(absent)}")
    yield Paragraph(f"Chủ trì (chủ tọa): {meeting.chair}")
    yield Paragraph(f"Thư ký (người ghi biên bản): {meeting.secretary}")
    yield Paragraph(lead="Nội dung")
    for place, (title, verdicts) in enumerate(seen.agenda, 1):
        yield from _title(seen, place, title, dict(verdicts))
    yield Paragraph(f"Ý kiến thảo luận: {meeting.discussion or OPEN}")
    came = format_number(len(meeting.present.splitlines()))
    agreed = "………" if meeting.agreed is None else format_number(meeting.agreed)
    yield Paragraph(f"Số người đồng ý: {agreed} trên {came} người dự họp. Cuộc họp kết thúc vào {OPEN}./.")


def _title(seen: SeenMeeting, place: int, title: Title, verdicts: dict[str, int]) -> Iterator[Block]:
    told = (f"{format_number(verdicts[key])} {word}" for key, word in VERDICTS.items() if verdicts.get(key))
    said = ", ".join(told) or "chưa có kết luận nào"
    yield Paragraph(f"{title.name_vi}. Kết luận tính theo quy định đọc được: {said}.", f"{place}.")
    rows = [(row, about) for row, of, about in seen.otherwise if of == title]
    if not rows:
        yield Paragraph("Cuộc họp thống nhất với kết luận tính được.")
        return
    yield Paragraph("Cuộc họp quyết định khác với kết luận tính được đối với:")
    yield Table(
        headers=HEADS,
        rows=tuple(
            (
                str(at),
                about.name,
                about.village,
                "đề nghị công nhận" if row.proposed else "không đề nghị",
                row.reason,
                "; ".join(part for part in (row.scorer, row.paper_sheet) if part),
            )
            for at, (row, about) in enumerate(rows, 1)
        ),
        widths=(2, 6, 5, 5, 8, 6),
        middle=frozenset({0}),
    )
