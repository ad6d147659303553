"""The statistics of many communes in sentences and as plain data: numbers with their base, their day, their source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from densach.assessing.titles import TITLES
from densach.formats.vietnamese import format_date, format_number
from densach.places.lineage import Outcome
from densach.places.models import PlacePeriod
from densach.reporting.shares import Share
from densach.reporting.statistics import ByModel, Counts, Line, Reported, Statistics

SOURCE = "sổ hộ, phiếu và quyết định của đợt mỗi xã"
NO_REPORT = "chưa báo cáo"
NO_ACT = "chưa ghi quyết định công nhận"


def statistics_lines(found: Statistics) -> Iterator[str]:
    """The statistics as lines of text: what they are, commune by commune, the sums, and what was left out of them."""
    if found.fictional:
        yield "MẪU – KHÔNG CÓ GIÁ TRỊ. Xã và số liệu đều hư cấu."
    yield (
        f"{found.place.name}: bốn con số năm {found.year}, tính đến 31/12/{found.year}; bản đồ ngày "
        f"{format_date(found.map_on)}; nguồn: {SOURCE}."
    )
    if found.unknown is not None:
        yield f"Chưa có danh sách xã của ngày {format_date(found.map_on)}, nên chỉ nêu những xã đã báo cáo."
    for line in found.lines:
        yield from _line_lines(line)
    reporting = sum(line.counts is not None for line in found.lines)
    if not reporting:
        yield f"Chưa xã nào báo cáo năm {found.year}. Mở đợt cho một xã bằng: densach round import."
    elif len(found.lines) > 1:
        yield f"Cộng {format_number(reporting)} xã có báo cáo, trong {format_number(len(found.lines))} xã:"
        yield from _counts_lines(found.sums, found.year)
    yield from _divided_lines(found)


def _line_lines(line: Line) -> Iterator[str]:
    told = [*_made_of(line)]
    if line.counts is None:
        yield f"{line.period.code} {line.period.name}: {'; '.join([NO_REPORT, *told])}"
        return
    yield f"{line.period.code} {line.period.name}" + (f" – {'; '.join(told)}" if told else "")
    yield from _counts_lines(line.counts, None)


def _made_of(line: Line) -> Iterator[str]:
    others = [each.period for each in line.whole if each.period.place_id != line.period.place_id]
    if others:
        yield f"gồm {_names(others)}"
    if line.silent:
        yield f"xã hợp thành {NO_REPORT}: {_names(line.silent)}"
    if line.divided:
        yield f"có phần của xã bị chia, không cộng: {_names([each.period for each in line.divided])}"


def _counts_lines(counts: ByModel, year: int | None) -> Iterator[str]:
    for title in TITLES:
        each = counts[title.model]
        numbers = f"tổng số {format_number(each.total)}, đăng ký {format_number(each.registered)}"
        yield f"  {title.name_vi}: {numbers}, đã đánh giá {format_number(each.assessed)}, {_recognised(each, year)}"


def _recognised(counts: Counts, year: int | None) -> str:
    """How many are recognised, with the share of all where it is added up; no act is not nobody."""
    if counts.silent == counts.communes:
        return NO_ACT
    said = f"được công nhận {format_number(counts.recognised)}"
    if year is not None and not counts.silent:
        percent = Share(counts.recognised, counts.total, "tổng số", f"31/12/{year}", SOURCE).percent()
        said += f" ({percent} của tổng số)" if percent else ""
    return said + (f" ({format_number(counts.silent)} xã {NO_ACT})" if counts.silent else "")


def _divided_lines(found: Statistics) -> Iterator[str]:
    if not found.divided:
        return
    yield "Không chia được, vì không biết tỷ lệ; đứng ngoài các tổng trên:"
    for each in found.divided:
        yield f"{each.period.code} {each.period.name} – có phần trong: {_names(each.carried.places)}"
        yield from _counts_lines(each.counts, None)


def _names(rows: Sequence[PlacePeriod]) -> str:
    return ", ".join(row.name for row in rows)


def statistics_json(found: Statistics) -> dict[str, Any]:
    """The statistics as plain data; `counts` is null for a commune that has not reported."""
    return {
        "place": _place_json(found.place),
        "year": found.year,
        "on": f"{found.year}-12-31",
        "map": found.map_on.isoformat(),
        "source": SOURCE,
        "fictional": found.fictional,
        "list_known": found.unknown is None,
        "communes": [
            _place_json(line.period)
            | {
                "counts": _counts_json(line.counts),
                "made_of": [_place_json(each.period) for each in line.whole],
                "divided": [_place_json(each.period) for each in line.divided],
                "not_reported": [_place_json(row) for row in line.silent],
            }
            for line in found.lines
        ],
        "sums": _counts_json(found.sums),
        "divided": [_divided_json(each) for each in found.divided],
    }


def _divided_json(each: Reported) -> dict[str, Any]:
    candidates = [_place_json(row) for row in each.carried.places] if each.carried.outcome == Outcome.DIVIDED else []
    return _place_json(each.period) | {"counts": _counts_json(each.counts), "now_in": candidates}


def _place_json(row: PlacePeriod) -> dict[str, Any]:
    return {"id": str(row.place.uid), "code": row.code, "name": row.name}


def _counts_json(counts: ByModel | None) -> dict[str, Any] | None:
    if counts is None:
        return None
    return {
        model: {
            "total": each.total,
            "registered": each.registered,
            "assessed": each.assessed,
            "recognised": None if each.silent == each.communes else each.recognised,
            "communes_without_act": each.silent,
        }
        for model, each in counts.items()
    }
