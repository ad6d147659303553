"""The statistics as a workbook: the table of awards, and the groups with their bases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from densach.awards.models import LeaderLevel, Mode
from densach.awards.statistics.access import Statistics
from densach.awards.statistics.counting import COLUMNS, LEVEL_UNKNOWN
from densach.awards.statistics.fairness import Gap, Share
from densach.formats.sheets import Cell, Column, SheetSpec, write_workbook
from densach.measures.groups import Estimate

COLUMN_NAMES: Mapping[str, str] = {
    "total": "Tổng số",
    "collective": "Tập thể",
    "enterprise": "trong đó doanh nghiệp",
    "household": "Hộ gia đình",
    "person": "Cá nhân",
    **{level.value: level.label for level in LeaderLevel if level},
    LEVEL_UNKNOWN: "Cá nhân chưa ghi chức vụ",
}
GROUP_NAMES: Mapping[str, str] = {
    "households": "Hộ gia đình",
    "women": "Phụ nữ (trong cá nhân)",
    "direct_workers": "Người trực tiếp lao động, học tập, công tác (trong cá nhân)",
    "hard_areas": "Vùng khó khăn",
    "ethnic_minorities": "Dân tộc thiểu số",
}
SOURCE = "Các chiều theo Thông tư 02/2023/TT-BNV, biểu 0603.N, đọc qua phần mềm khác; chưa đối chiếu nguyên văn."
NO_ETHNICITY = (
    "Dân tộc thiểu số: không có trong tệp này. Số ấy được đếm trên trang, theo từng đợt đã kết thúc, "
    "có giấu số nhỏ, và mỗi lần đếm được ghi nhật ký."
)
ALL_MODES = "Mọi loại hình"
FAIR_COLUMNS = (
    Column("group", "Nhóm", width=40),
    *(
        Column(f"{step}_{what}", f"{name}: {said}", "integer", width=12)
        for step, name in (("nominated", "Đề nghị"), ("passed", "Hội đồng đồng ý"), ("awarded", "Được khen"))
        for what, said in (("count", "của nhóm"), ("base", "tất cả"))
    ),
    Column("unknown", "Chưa biết", "integer", width=10),
    Column("absolute", "Chênh lệch tuyệt đối khi được khen (khoảng 95 %)", width=30),
    Column("relative", "Tỷ số khi được khen (khoảng 95 %)", width=30),
)
NOTHING = "chưa có số liệu"


def write_statistics(
    path: Path, found: Statistics, names: Mapping[str, str], *, made_on: date, fictional: bool
) -> None:
    """Write the statistics; `names` are the awards by code."""
    columns = (
        Column("award", "Hình thức", width=40),
        Column("mode", "Loại hình", width=30),
        *(Column(key, COLUMN_NAMES[key], "integer", width=12) for key in COLUMNS),
    )
    rows: list[Sequence[Cell]] = [
        (names.get(line.award, line.award), _mode(line.mode), *line.counts) for line in found.table
    ]
    of_what = found.round.name if found.round else f"năm {found.year}"
    sheets = [
        SheetSpec(
            "0603N", f"Khen thưởng theo hình thức, đối tượng, loại hình: {of_what}", columns, rows, intro=(SOURCE,)
        ),
        SheetSpec(
            "Cong bang", f"Ai được đề nghị, ai được khen: {of_what}", FAIR_COLUMNS, _fair(found), intro=(NO_ETHNICITY,)
        ),
    ]
    write_workbook(path, sheets, made_on=made_on, fictional=fictional)


def _mode(code: str) -> str:
    return Mode(code).label if code else ALL_MODES


def _fair(found: Statistics) -> Iterator[Sequence[Cell]]:
    for each in found.fairness:
        yield (
            GROUP_NAMES[each.key],
            *_share(each.nominated),
            *_share(each.passed),
            *_share(each.awarded),
            each.unknown,
            difference_words(each.awarding),
            ratio_words(each.awarding),
        )


def _share(share: Share) -> tuple[Cell, Cell]:
    """A share of nobody is empty, which is not 0."""
    return (share.count, share.base) if share.base else (None, None)


def difference_words(gap: Gap) -> str:
    """The absolute difference in percentage points with its interval."""
    return _words(gap.absolute, 100, " điểm %")


def ratio_words(gap: Gap) -> str:
    """The relative difference with its interval."""
    return _words(gap.relative, 1, "")


def _words(found: Estimate | None, times: int, unit: str) -> str:
    if found is None:
        return NOTHING
    value = _number(found.value * times)
    if found.low is None or found.high is None:
        return f"{value}{unit}"
    return f"{value}{unit} ({_number(found.low * times)} đến {_number(found.high * times)})"


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
