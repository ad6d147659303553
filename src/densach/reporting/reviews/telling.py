"""The figures of a review in the words of its paper: what was not reported and what is not shown are words, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from densach.formats.vietnamese import format_date, format_number
from densach.reporting.dashboards.board import Number
from densach.reporting.figures.periods import Period
from densach.reporting.reviews.gathering import PEOPLE as OF_PEOPLE
from densach.reporting.reviews.gathering import Aim, Sent, Told
from densach.reporting.shares import rounded_half_up, show_percent
from densach.reporting.targets.models import Unit
from densach.reporting.targets.progress import Standing

SILENT = "chưa báo cáo"
HIDDEN = "không nêu"
NOT_SAID = "chưa có số"
NO_BASE = "không tính được"
MODELS: Mapping[str, str] = {
    "CITIZEN": "Công dân học tập",
    "FAMILY": "Gia đình học tập",
    "CLAN": "Dòng họ học tập",
    "COMMUNITY": "Cộng đồng học tập",
    "UNIT": "Đơn vị học tập",
}
STANDINGS: Mapping[Standing, str] = {
    Standing.ABOLISHED: "Mẫu số không còn từ ngày {day}; giữ để đọc, không tính tiến độ.",
    Standing.UNSET: "Chưa thấy văn bản nào nêu con số cho năm {year}.",
    Standing.UNMEASURED: "Chưa có chỉ tiêu đo nào khớp với mẫu số của mục tiêu.",
    Standing.SILENT: "Chưa có số liệu nào được tiếp nhận.",
    Standing.WITHHELD: "Số mới nhất không nêu, vì để lộ số ít người.",
    Standing.REACHED: "Đã đạt mức của năm {year}.",
    Standing.MISSED: "Hết năm {year}, chưa đạt.",
    Standing.AWAITED: "Năm {year} đã hết, chờ số liệu của năm ấy.",
    Standing.LATE: "Chậm so với mức cần có.",
    Standing.LIKELY_LATE: "Nhiều khả năng không kịp năm {year}: cả khoảng dự báo nằm dưới đích.",
    Standing.ON_TIME: "Đúng tiến độ đến năm {year}.",
    Standing.UNDECIDED: "Chưa đủ số liệu để nói là kịp hay chậm.",
}
FEW = 100  # below it a share of a target is told as its two counts


def count_told(number: Number) -> str:
    """A count, or why there is none."""
    if number.hidden:
        return HIDDEN
    return SILENT if number.value is None else format_number(number.value)


def percent_of(number: Number) -> int | None:
    """A share in tenths of a percent; none where it is not known, not shown, or of nobody."""
    if number.hidden or number.value is None or not number.base:
        return None
    return rounded_half_up(number.value, number.base, 1)


def percent_told(number: Number) -> str:
    """A share as a percentage, or why there is none."""
    tenths = percent_of(number)
    if tenths is not None:
        return show_percent(tenths, 1)
    return NO_BASE if number.value is not None and not number.hidden else count_told(number)


def share_told(number: Number) -> str:
    """A share with its two counts."""
    if percent_of(number) is None:
        return percent_told(number)
    return f"{percent_told(number)} ({format_number(number.value or 0)} / {format_number(number.base or 0)})"


def of_all(part: int, whole: int) -> str:
    """So many of so many."""
    return f"{format_number(part)}/{format_number(whole)}"


def period_told(period: Period) -> str:
    """A period in words."""
    return f"{('', '6 tháng đầu ', '6 tháng cuối ')[period.half]}năm {period.year}"


def level_told(value: Fraction | int | None, unit: str) -> str:
    """A number in the unit of a target."""
    if value is None:
        return NOT_SAID
    if unit == Unit.COUNT:
        return format_number(round(value))
    whole = Fraction(value, 100)
    if whole.denominator == 1:
        return show_percent(int(whole), 0)
    return show_percent(int(Fraction(value, 10) + Fraction(1, 2)), 1)


def latest_told(aim: Aim) -> str:
    """The latest accepted figure of a target with its base, year and day of acceptance."""
    latest, unit = aim.progress.latest, aim.progress.target.unit
    if latest is None:
        return SILENT
    said = HIDDEN if aim.hidden else format_number(latest.value)
    if not aim.hidden and unit == Unit.SHARE and latest.base:
        counts = f"{said} / {format_number(latest.base)}"
        said = counts if latest.base < FEW else f"{level_told(latest.level(unit), unit)} ({counts})"
    told = [f"{said}, {period_told(latest.period)}"]
    if latest.accepted_at is not None:
        told.append(f"tiếp nhận {format_date(latest.accepted_at.date())}")
    if latest.among > 1:
        told.append(f"{latest.counted}/{latest.among} tỉnh")
    return "; ".join(told)


def standing_told(aim: Aim) -> str:
    """What is to be said of a target."""
    progress = aim.progress
    day = format_date(progress.base_ended) if progress.base_ended else ""
    return STANDINGS[progress.standing].format(year=progress.target.year, day=day)


def figure_told(row: Told, sent: Sent) -> str:
    """One figure of a data set in its unit, a share with its two counts."""
    indicator = row.indicator
    if row.value is None:
        return SILENT
    if sent.hides_people and (indicator.unit_en == OF_PEOPLE or indicator.kind == "share"):
        return HIDDEN
    if indicator.kind == "share":
        return share_told(Number(row.value, row.base))
    return f"{format_number(row.value)} {indicator.unit_vi}"


def received_told(row: Told) -> str:
    """When a figure was accepted, or of how many provinces it is the sum."""
    if row.value is None:
        return "–"
    if row.among > 1:
        return f"{row.counted}/{row.among} tỉnh"
    return format_date(row.accepted_at.date()) if row.accepted_at else "–"
