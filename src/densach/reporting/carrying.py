"""What a carry-over does, or did, in sentences: what goes, what gets another name or code, and what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from densach.formats.vietnamese import format_date, format_number
from densach.people.merger.carrying import CarryOver
from densach.people.merger.settling import KINDS


def carry_over_lines(plan: CarryOver, *, dry_run: bool = False) -> Iterator[str]:
    """What a carry-over does or did, as lines of text."""
    begin = "Sẽ chuyển" if dry_run else "Đã chuyển"
    if plan.is_empty:
        yield f"Không còn gì để chuyển sang {plan.commune.name}."
    else:
        counts = [
            f"{format_number(len(rows))} {word}"
            for rows, word in (
                (plan.villages, "thôn"),
                (plan.households, "hộ"),
                (plan.clans, "dòng họ"),
                (plan.units, "đơn vị"),
            )
        ]
        people = format_number(plan.people)
        yield f"{begin} sang {plan.commune.name} từ {format_date(plan.on)}: {', '.join(counts)}, {people} người."
    yield from _origin_lines(plan)
    for move in plan.villages:
        if move.asks:
            yield f"  Trùng tên: {move.row.name} → đề xuất {move.name}; xác nhận bằng densach places name-village."
    if plan.new_codes:
        yield f"  Trùng mã: {format_number(len(plan.new_codes))} mã có thêm mã xã cũ ở sau, ví dụ {_example(plan)}."
    yield from _waiting_lines(plan)


def _origin_lines(plan: CarryOver) -> Iterator[str]:
    homes = Counter(move.row.commune_id for move in plan.households)
    for origin in plan.origins:
        part = "nhập cả" if origin.whole else "bị chia"
        count = format_number(homes[origin.period.place_id])
        yield f"  {origin.period.code} {origin.period.name} ({part}): {count} hộ"


def _example(plan: CarryOver) -> str:
    first = plan.new_codes[0]
    return f"{first.row.code} → {first.code}"


def _waiting_lines(plan: CarryOver) -> Iterator[str]:
    if not plan.waiting:
        return
    yield "  Chưa biết thuộc xã nào, còn chờ ở xã cũ (ghi rõ bằng --village, --clan, --unit hoặc --villages TỆP):"
    for each in plan.waiting:
        homes = f", {format_number(each.homes)} hộ" if each.kind == "village" else ""
        yield f"    {each.origin.period.code} {each.origin.period.name}: {KINDS[each.kind][0]} {each.name}{homes}"
