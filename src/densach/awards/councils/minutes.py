"""The papers of a sitting: the minutes with dissent kept, and the count of ballots (Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from densach.awards.councils import queries
from densach.awards.councils.models import Attendance, Choice, Item, Result, Seat, Seated, Sitting, State, Turn
from densach.awards.councils.room import Room
from densach.awards.councils.thresholds import award_name, threshold_of
from densach.formats.official.keeping import read_kept
from densach.formats.official.model import Block, Issuer, Kind, Official, Paragraph, Reference, Signature, Table
from densach.formats.vietnamese import format_date, format_number
from densach.places.models import Level
from densach.places.queries import period_of
from densach.problems import Refused, problem

OPEN = "…………………………"
HEADS = ("TT", "Tập thể, cá nhân, hộ gia đình", "Hình thức", "Đồng ý", "Không đồng ý", "Trắng", "Kết quả và lý do")
COUNTED = ("TT", "Tập thể, cá nhân, hộ gia đình", "Được quyền", "Đã bỏ", "Đồng ý", "Không đồng ý", "Trắng", "Không bỏ")
EXTRACT = " (trích phần của một đề nghị)"
WHOLE_MINUTES = "Biên bản đầy đủ, gồm ý kiến thảo luận và ý kiến khác, do Hội đồng lưu./."
WHOLE_COUNT = "Biên bản kiểm phiếu đầy đủ do Hội đồng lưu./."
RESULTS = {Result.PASSED: "đồng ý", Result.REFUSED: "không đồng ý", Result.TIED: "bằng phiếu"}


def papers_of(room: Room) -> tuple[Official, Official]:
    """The minutes and the count of a sitting that was counted: as kept at its end, or as they would be now."""
    sitting = room.sitting
    if sitting.state == State.ENDED:
        return read_kept(sitting.minutes), read_kept(sitting.count_paper)
    if sitting.state != State.COUNTED:
        raise Refused(problem("H103", sitting.uid))
    items = queries.all_items(sitting)
    interests, differing = queries.interests_in(sitting), queries.open_against(sitting)
    return minutes(room, items, interests, differing), count_paper(room, items)


def minutes(room: Room, items: Sequence[Item], interests: Sequence[Turn], differing: Sequence[Turn]) -> Official:
    """Biên bản họp Hội đồng: who came, what was decided for each nomination, and every opinion that differs."""
    return _paper(room, _abstract(room)[0], tuple(_minuted(room, items, interests, differing)))


def count_paper(room: Room, items: Sequence[Item]) -> Official:
    """Biên bản kiểm phiếu: as many slots as members entitled, and where each of them went."""
    return _paper(room, _abstract(room)[1], tuple(_counted(room, items)))


def extracts(
    room: Room, items: Iterable[Item], interests: Iterable[Turn], differing: Iterable[Turn]
) -> Iterator[tuple[Item, Official, Official]]:
    """For each nomination what minutes and count say of it (trích biên bản); of others they say nothing.

    What was discussed stands in the whole minutes alone, as it may speak of others.
    """
    met, how = tuple(_met(room)), _way(room.sitting)
    minuted, counted = (_paper(room, abstract, ()) for abstract in _abstract(room, EXTRACT))
    declared, otherwise = _by_item(interests), _by_item(differing)
    for item in items:
        rules = tuple(_rules(room, [item]))
        kept = [*_declared(room.sitting, declared.get(item.pk, [])), *_differing(otherwise.get(item.pk, []))]
        title = Paragraph(f"Hội đồng {how} đối với {item.nomination.nominee.name}; kết quả như sau:")
        told = (*met, *rules, title, _results([item]), *kept, Paragraph(WHOLE_MINUTES))
        numbers = (*met, *rules, _counts([item]), Paragraph(WHOLE_COUNT))
        yield item, replace(minuted, blocks=told), replace(counted, blocks=numbers)


def _by_item(turns: Iterable[Turn]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns:
        found[turn.item_id].append(turn)
    return found


def _abstract(room: Room, more: str = "") -> tuple[str, str]:
    """What the minutes and the count are about."""
    name = room.sitting.round.name
    return f"Họp xét khen thưởng: {name}{more}", f"Kiểm phiếu xét khen thưởng: {name}{more}"


def _paper(room: Room, abstract: str, blocks: tuple[Block, ...]) -> Official:
    sitting, council = room.sitting, room.sitting.council
    place = period_of(council.place, sitting.held_on)
    where = place.short_name if place and not place.short_name[:1].isdigit() else place.name if place else OPEN
    body = _issuing(place.name, place.level) if place else ("Ủy ban nhân dân", OPEN)
    return Official(
        kind=Kind.MINUTES,
        issuer=Issuer((*council_lines(council.name),), "HĐTĐKT", parent=" ".join(body)),
        reference=Reference(where, sitting.held_on.year, on=sitting.held_on),
        abstract=abstract,
        blocks=blocks,
        signatures=(
            Signature("Thư ký", name=_name(room.seats, Seated.SECRETARY)),
            Signature("Chủ tọa", name=_presiding(room.seats)),
        ),
        recipients=("Thành viên Hội đồng",),
        filed_by=(),
        fictional=council.is_fictional or sitting.round.is_fictional,
    )


def council_lines(name: str) -> tuple[str, ...]:
    """The name of a council as it is printed, on one line or two."""
    words = name.split()
    if len(name) <= 32:
        return (name,)
    half = min(range(1, len(words)), key=lambda at: abs(len(" ".join(words[:at])) - len(name) / 2))
    return (" ".join(words[:half]), " ".join(words[half:]))


def _issuing(name: str, level: str) -> tuple[str, str]:
    return ("Ủy ban nhân dân", name[:1].lower() + name[1:] if level != Level.COUNTRY else name)


def _minuted(
    room: Room, items: Sequence[Item], interests: Sequence[Turn], differing: Sequence[Turn]
) -> Iterator[Block]:
    sitting = room.sitting
    yield from _met(room)
    yield Paragraph(lead="Nội dung và kết quả")
    yield from _rules(room, items)
    how = f"{_way(sitting)} đối với {format_number(len(items))} đề nghị"
    yield Paragraph(f"Hội đồng {how}; kết quả như sau:")
    yield _results(items)
    yield from _declared(sitting, interests)
    yield Paragraph(f"Ý kiến thảo luận: {sitting.discussion or OPEN}")
    yield Paragraph(f"Ý kiến khác: {sitting.dissent or 'không có ý kiến khác được ghi'}.")
    yield from _differing(differing)
    yield Paragraph(f"Cuộc họp kết thúc vào {OPEN}./.")


def _way(sitting: Sitting) -> str:
    return "bỏ phiếu kín" if sitting.is_secret else "biểu quyết công khai"


def _declared(sitting: Sitting, interests: Sequence[Turn]) -> Iterator[Block]:
    if interests:
        kept = "không bỏ phiếu" if sitting.council.interest_abstains else "vẫn bỏ phiếu"
        yield Paragraph(f"Thành viên có lợi ích liên quan đã khai và {kept} (quy tắc riêng của Hội đồng, R-36):")
        yield from (Paragraph(f"- {_of(turn)}: {turn.interest}") for turn in interests)


def _differing(differing: Iterable[Turn]) -> Iterator[Block]:
    for turn in differing:
        yield Paragraph(f"- {_of(turn)}: {Choice(turn.choice).label.lower()}")


def _counted(room: Room, items: Sequence[Item]) -> Iterator[Block]:
    yield from _met(room)
    how = (
        "Phiếu kín: mỗi thành viên được quyền bỏ phiếu có một ô phiếu trộn sẵn"
        if room.sitting.is_secret
        else "Phiếu công khai"
    )
    yield Paragraph(f"{how}. Số ô phiếu bằng số người được quyền; số đã bỏ bằng tổng đồng ý, không đồng ý và trắng.")
    yield from _rules(room, items)
    yield _counts(items)
    yield Paragraph("Kết quả kiểm phiếu được công bố tại cuộc họp./.")


def _met(room: Room) -> Iterator[Block]:
    sitting = room.sitting
    yield Paragraph(f"Thời gian bắt đầu: {sitting.begins or OPEN}, ngày {format_date(sitting.held_on)}")
    yield Paragraph(f"Địa điểm: {sitting.where or OPEN}")
    yield Paragraph(f"Căn cứ thành lập Hội đồng: {sitting.council.basis}")
    numbers = [format_number(number) for number in (room.base, room.present, room.in_writing)]
    told = "Tổng số thành viên: {}; có mặt: {}; vắng mặt có ý kiến bằng văn bản: {}.".format(*numbers)
    yield Paragraph(f"{told} Số cần có mặt: {sitting.quorum} tổng số thành viên ({sitting.quorum_source}).")
    for attendance, said in ((Attendance.PRESENT, "Có mặt"), (Attendance.WRITING, "Vắng mặt, có ý kiến bằng văn bản"),
                             (Attendance.ABSENT, "Vắng mặt")):  # fmt: skip
        names = [_called(seat) for seat in room.seats if seat.attendance == attendance]
        if names:
            yield Paragraph(f"{said}: {'; '.join(names)}.")


def _rules(room: Room, items: Iterable[Item]) -> Iterator[Block]:
    """By which rule each award was carried."""
    needed = {item.nomination.award: item.needed for item in items}
    for award, number in sorted(needed.items()):
        threshold = threshold_of(award, room.sitting)
        source = threshold.source if threshold else OPEN
        yield Paragraph(f"{award_name(award)}: cần ít nhất {format_number(number)} phiếu đồng ý ({source}).")


def _results(items: Iterable[Item]) -> Table:
    rows = tuple(
        (
            str(item.position),
            item.nomination.nominee.name,
            award_name(item.nomination.award),
            *map(str, (item.agreed, item.against, item.blank)),
            f"{RESULTS[Result(item.result)]}. {item.why}",
        )
        for item in items
    )
    return Table(HEADS, rows, widths=(2, 7, 8, 3, 3, 3, 9), middle=frozenset({0, 3, 4, 5}))


def _counts(items: Iterable[Item]) -> Table:
    rows = tuple(
        (
            str(item.position),
            item.nomination.nominee.name,
            *map(str, (item.entitled, item.voted, item.agreed, item.against, item.blank, item.unused)),
        )
        for item in items
    )
    return Table(COUNTED, rows, widths=(2, 9, 3, 3, 3, 3, 3, 3), middle=frozenset({0, 2, 3, 4, 5, 6, 7}))


def _called(seat: Seat) -> str:
    title = f", {seat.member.title}" if seat.member.title else ""
    return f"{seat.member.account.name}{title} ({Seated(seat.seated).label})"


def _of(turn: Turn) -> str:
    return f"{turn.seat.member.account.name}, về {turn.item.nomination.nominee.name}"


def _name(seats: Iterable[Seat], seated: Seated) -> str:
    return next((seat.member.account.name for seat in seats if seat.seated == seated), "")


def _presiding(seats: Sequence[Seat]) -> str:
    came = [seat for seat in seats if seat.attendance == Attendance.PRESENT]
    return _name(came, Seated.CHAIR) or _name(came, Seated.VICE_CHAIR)
