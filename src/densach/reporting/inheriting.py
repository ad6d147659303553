"""What a merged commune inherited, in sentences and as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from densach.assessing.inheriting import Inherited, Origin, Standing, title_of
from densach.assessing.models import Recognition
from densach.formats.vietnamese import format_date

HEADING = "Danh hiệu của các xã hợp thành"
_PARTS = {True: "nhập cả", False: "nhập một phần"}
_STANDINGS: Mapping[Standing, str] = {
    "not_counted": "Các danh hiệu trên không tính cho xã mới.",
    "lapsed": "Các danh hiệu trên không còn tính; xã mới phải được đánh giá lại.",
    "held": "Xã mới được coi là giữ danh hiệu ở mức {level} đến trước ngày {until}, theo cách chặt nhất.",
    "not_held": "Theo cách chặt nhất, xã mới không giữ danh hiệu, vì không phải mọi xã hợp thành đều có.",
    "unknown": "Chưa xác định được xã mới giữ danh hiệu nào: cần biết thời hạn của từng danh hiệu, tỷ lệ của từng xã.",
}


def inherited_lines(inherited: Inherited | None, on: date) -> tuple[str, ...]:
    """Whole sentences: each title of each old commune with its act, then what it means for the new one, and why."""
    if inherited is None:
        return ()
    told = [line for origin in inherited.origins for line in _origin_lines(origin, on)]
    if not any(origin.titles for origin in inherited.origins):
        names = ", ".join(_named(origin) for origin in inherited.origins)
        return (f"{HEADING}: chưa ghi danh hiệu nào của {names}.",)
    return (f"{HEADING}:", *told, *_meaning(inherited))


def inherited_json(inherited: Inherited | None) -> dict[str, object] | None:
    """The same as plain data."""
    if inherited is None:
        return None
    assumption = inherited.assumption
    return {
        "standing": inherited.standing,
        "assessed": inherited.assessed,
        "assumption": assumption and {"choice": assumption.value, "since": assumption.since},
        "communes": [
            {
                "id": str(origin.period.place.uid),
                "name": origin.period.name,
                "whole": origin.whole,
                "titles": [_title_json(held) for held in origin.titles],
            }
            for origin in inherited.origins
        ],
    }


def _origin_lines(origin: Origin, on: date) -> Iterator[str]:
    if not origin.titles:
        yield f"- {_named(origin)}: chưa ghi danh hiệu nào."
    for held in origin.titles:
        yield f"- {_named(origin)}: {_title(held)}; {_until(held, on)}."


def _named(origin: Origin) -> str:
    return f"{origin.period.name} ({_PARTS[origin.whole]})"


def _title(held: Recognition) -> str:
    level = f", mức {held.level}" if held.level else ""
    act = f"{held.act.number} ngày {format_date(held.act.signed_on)} do {held.act.office_title} ký"
    return f"{title_of(held).name_vi} năm {held.year}{level}, quyết định {act}"


def _until(held: Recognition, on: date) -> str:
    if held.valid_to is None:
        return "chưa đọc được văn bản nào nói đến khi nào hết hiệu lực"
    word = "có hiệu lực" if held.valid_to > on else "đã hết hiệu lực, chỉ"
    return f"{word} đến trước ngày {format_date(held.valid_to)}"


def _meaning(inherited: Inherited) -> Iterator[str]:
    until = format_date(inherited.until) if inherited.until else ""
    own = "Xã mới đã có kết luận của riêng mình." if inherited.assessed else "Xã mới chưa được đánh giá."
    yield f"{_STANDINGS[inherited.standing].format(level=inherited.level or 'duy nhất', until=until)} {own}"
    if inherited.assumption is not None:
        since = format_date(date.fromisoformat(inherited.assumption.since))
        yield f"Chưa đọc được văn bản nào nói về việc này; đây là giả định từ {since}, địa phương có thể chọn khác."


def _title_json(held: Recognition) -> dict[str, object]:
    return {
        "title_key": held.title_key,
        "year": held.year,
        "level": held.level or None,
        "act": held.act.number,
        "signed_on": held.act.signed_on.isoformat(),
        "signed_by": held.act.office_title,
        "valid_to": held.valid_to and held.valid_to.isoformat(),
    }
