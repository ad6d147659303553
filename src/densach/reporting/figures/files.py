"""A return as a workbook: made from the definition of its data set, filled in elsewhere, and read back row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from densach.formats.excel import Row, Sheet
from densach.formats.marked import Mark, write_marked_copy
from densach.formats.sheets import ID_PREFIX, Cell, Column, SheetSpec, write_workbook
from densach.formats.tables import read_tables
from densach.formats.vietnamese import fold
from densach.problems import Refused, problem
from densach.reporting.figures.access import Of
from densach.reporting.figures.checking import MOST
from densach.reporting.figures.exchange import Conflict, Sent
from densach.reporting.figures.showing import Seen

TOP_ROWS = 40
COLUMNS = (
    Column("code", "Mã", width=28),
    Column("name", "Chỉ tiêu", width=46),
    Column("unit", "Đơn vị tính", width=14),
    Column("value", "Số liệu", "integer", 18, low=0, high=MOST, note="Để trống nếu chưa có số liệu, không ghi 0."),
    Column("reason", "Lý do khác số tính từ sổ", width=34),
    Column("explain", "Giải thích số khác thường", width=34),
)
# What a column may be called in a file that is not our template.
NAMES = {
    "code": {"code", "ma", "dataelement", "ma chi tieu"},
    "value": {"value", "so lieu", "gia tri"},
    "reason": {"reason", "ly do", "ly do khac so tinh tu so"},
    "note": {"explain", "comment", "giai thich so khac thuong", "giai thich"},
    "period": {"period", "ky"},
    "place": {"orgunit", "don vi", "ma don vi"},
}


def write_template(path: Path, seen: Seen, made_on: date) -> None:
    """Write the workbook of a return, with the numbers that stand in it or that our records give."""
    of = seen.of
    rows: list[Sequence[Cell]] = [
        (
            line.indicator.code,
            line.indicator.name_vi,
            line.indicator.unit_vi,
            line.number,
            line.value.reason if line.value else "",
            line.value.note if line.value else "",
        )
        for line in seen.lines
        if line.indicator.kind != "share"
    ]
    spec = SheetSpec(
        name="Số liệu",
        title=f"{of.dataset.name_vi}: {of.where.name}, kỳ {of.period.code}",
        columns=COLUMNS,
        rows=rows,
        id=_identity(of),
        intro=("Chỉ ghi vào cột Số liệu và hai cột lý do. Tỷ lệ do hệ thống tự tính.",),
    )
    write_workbook(path, [spec], made_on=made_on, fictional=of.where.place.fictional)


def rows_in(path: Path, of: Of) -> tuple[Sent, ...]:
    """The rows of a file that somebody filled in; refused for a template of another return (G125), or without rows."""
    found = tuple(row for sheet in read_tables(path) if not sheet.is_hidden for row in _rows(sheet, of))
    if not found:
        raise Refused(problem("G126", path.name))
    return found


def write_marked(path: Path, copy: Path, conflicts: Sequence[Conflict], made_on: date) -> None:
    """Write a copy of a file that was refused, with its wrong cells marked."""
    marks: dict[str, dict[tuple[int, int], Mark]] = {}
    for each in conflicts:
        sheet, _, cell = each.row.at.rpartition("!")
        row, column = map(int, cell.split(":"))
        said = " ".join(filter(None, (each.problem.sentence(part, "vi") for part in ("what", "why"))))
        marks.setdefault(sheet, {})[(row, column)] = Mark(said, each.problem.sentence("todo", "vi"))
    title = f"Những ô cần sửa trong {path.name}"
    write_marked_copy(copy, read_tables(path), marks, summary_title=title, made_on=made_on, header_rows={})


def _identity(of: Of) -> str:
    return f"return.{of.dataset.id}.{of.period.code}.{of.where.place.uid}:1"


def _rows(sheet: Sheet, of: Of) -> Iterator[Sent]:
    places: Mapping[str, int] = {}
    for row in sheet.rows():
        _refuse_another(sheet, row, of)
        if not places:
            places = _header(row) if row.number <= TOP_ROWS else {}
        elif (code := _text(row, places, "code")) and fold(code) not in NAMES["code"]:
            yield _sent(sheet, row, places, of)


def _sent(sheet: Sheet, row: Row, places: Mapping[str, int], of: Of) -> Sent:
    column = places["value"]
    return Sent(
        at=f"{sheet.name}!{row.number}:{column}",
        code=_text(row, places, "code"),
        value=row.values[column] if column < len(row.values) else None,
        period=_text(row, places, "period") or of.period.code,
        place=_text(row, places, "place") or str(of.where.place.uid),
        reason=_text(row, places, "reason"),
        note=_text(row, places, "note"),
    )


def _header(row: Row) -> dict[str, int]:
    """Where each column is, if this row names at least the code and the value."""
    cells = {fold(str(value)).strip(): place for place, value in enumerate(row.values) if value is not None}
    found = {
        key: place
        for key, names in NAMES.items()
        if (place := next((cells[name] for name in names if name in cells), None)) is not None
    }
    return found if {"code", "value"} <= found.keys() else {}


def _text(row: Row, places: Mapping[str, int], key: str) -> str:
    place = places.get(key)
    value = row.values[place] if place is not None and place < len(row.values) else None
    return "" if value is None else str(value).strip()


def _refuse_another(sheet: Sheet, row: Row, of: Of) -> None:
    first = row.values[0] if row.values and row.number <= TOP_ROWS else None
    if isinstance(first, str) and first.startswith(f"{ID_PREFIX}return.") and first != f"{ID_PREFIX}{_identity(of)}":
        raise Refused(problem("G125", sheet.name, period=of.period.code, place=of.where.name))
