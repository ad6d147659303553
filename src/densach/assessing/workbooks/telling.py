"""Tell people how a workbook was understood, in their own words, before anything of it is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from densach.assessing.workbooks.matching import Matched, Use
from densach.assessing.workbooks.reading import Reading, SheetReading
from densach.assessing.workbooks.understanding import Understood
from densach.assessing.workbooks.words import meanings_of
from densach.formats.excel import column_letters
from densach.problems import Problem, problem

_MOST_RANGES = 40  # of row numbers on one line; beyond that how many more there are
_REPAIRS = {
    "zeros": "trả lại số 0 ở đầu mà Excel đã bỏ",
    "old_number": "để trống vì chỉ có số CMND 9 chữ số",
    "separators": "đọc dấu chấm ngăn hàng nghìn",
    "serial": "đọc số thứ tự ngày của Excel",
    "serial_of_1900": "đọc số thứ tự ngày, đếm từ năm 1900 như Excel thường đếm; nên đối chiếu một dòng với sổ",
    "century": "năm hai chữ số, chỉ một thế kỷ có thể đúng",
    "month": "bỏ tháng, chỉ giữ năm, vì không có ngày",
}


def understanding_told(reading: Reading) -> Iterator[str]:
    """How each sheet was understood, line by line."""
    for sheet in reading.sheets:
        yield _headline(sheet.understood)
        yield from ("  " + line for line in _lines(sheet))
    for name in reading.strange:
        yield _strange_told(name)


def understanding_data(reading: Reading) -> list[dict[str, Any]]:
    """How each sheet was understood, column by column, as data for a page that lets people say it otherwise."""
    found = []
    for sheet in reading.sheets:
        understood = sheet.understood
        uses = {use.letters: use for use in understood.matched.uses}
        columns = [
            _column_data(column_letters(heading.place), heading.text, uses.get(column_letters(heading.place)))
            for heading in understood.table.headings
            if heading.parts or column_letters(heading.place) in uses
        ]
        said = {"sheet": understood.sheet, "form": understood.form.id, "form_title": understood.form.title_vi}
        meanings = [[meaning.key, meaning.title_vi] for meaning in meanings_of(understood.form)]
        lines = [line for line in _lines(sheet) if not line.startswith("Cột ") or "đang ẩn" in line]
        asked = [said for _, said in unsure(sheet)]
        found.append(
            {**said, "own": understood.own, "rows": sheet.rows, "columns": columns, "meanings": meanings}
            | {"lines": lines, "unsure": asked, "header": ranges(understood.table.header_rows)}
            | {"hidden": len(sheet.hidden), "hidden_columns": list(sheet.hidden_columns)}
        )
    return found + [{"sheet": name, "strange": True} for name in reading.strange]


def _column_data(letters: str, heading: str, use: Use | None) -> dict[str, Any]:
    key, why = (use.meaning.key, use.reason.name.lower()) if use else ("", "unused")
    return {"letters": letters, "heading": heading, "key": key, "why": why}


def unconfirmed(reading: Reading) -> list[Problem]:
    """What a person must say yes to (W216): likely columns, households that were derived, sheets that are not used."""
    found = [problem("W216", where, said=said) for sheet in reading.sheets for where, said in unsure(sheet)]
    if any(not sheet.understood.own for sheet in reading.sheets):
        found += [problem("W216", name, said=_strange_told(name)) for name in reading.strange]
    return found


def unsure(sheet: SheetReading) -> Iterator[tuple[str, str]]:
    """What of one sheet only may be so, and where; what was confirmed for these headings before is not asked again."""
    understood = sheet.understood
    for use in understood.unsure:
        yield f"{understood.sheet}!{use.letters}", _use_told(use)
    titles = {meaning.key: meaning.title_vi for meaning in meanings_of(understood.form)}
    carried = {} if understood.is_remembered else sheet.counted.unsure
    for key, count in carried.items():
        yield understood.sheet, f"{titles[key]}: {count} ô trống lấy theo dòng trên"
    if understood.household_by == "heads" and sheet.counted.derived:
        yield understood.sheet, _households_told(sheet)


def _headline(understood: Understood) -> str:
    form = f"{understood.form.title_vi} [{understood.form.id}]"
    if understood.own:
        return f"Trang «{understood.sheet}»: mẫu của Đèn Sách, {form}"
    rows = ranges(understood.table.header_rows)
    encoding = f", bảng mã {understood.encoding}" if understood.encoding else ""
    return f"Trang «{understood.sheet}»: hiểu là {form}, tiêu đề ở dòng {rows}{encoding}"


def _lines(sheet: SheetReading) -> Iterator[str]:
    understood, titles = sheet.understood, _titles(sheet.understood)
    if not understood.own:
        yield from map(_use_told, understood.matched.uses)
        yield from _unused_told(understood.matched, understood)
    for key, count in sheet.counted.from_above.items():
        yield f"{titles[key]}: {count} ô trống lấy theo dòng trên"
    if sheet.counted.derived:
        yield _households_told(sheet)
    for (key, repair), rows in sheet.repairs.items():
        yield f"{titles[key]}: {_REPAIRS[repair]}, dòng {ranges(rows)}"
    if sheet.hidden:
        yield f"{len(sheet.hidden)} dòng đang ẩn hoặc bị lọc trong tệp vẫn được đọc: {ranges(sheet.hidden)}"
    if sheet.hidden_columns:
        yield f"Cột đang ẩn trong tệp vẫn được đọc: {', '.join(sheet.hidden_columns)}"
    for reason, rows in sheet.skips.rows.items():
        yield f"Bỏ qua {len(rows)} dòng, {reason}: {ranges(rows)}"


def _strange_told(name: str) -> str:
    return f"Trang «{name}»: không dùng, vì không thấy bảng nào đọc được"


def _titles(understood: Understood) -> dict[str, str]:
    return {meaning.key: meaning.title_vi for meaning in meanings_of(understood.form)}


def _use_told(use: Use) -> str:
    heading, meaning = use.heading.text or "không có tên", use.meaning
    return f"Cột {use.letters} «{heading}» → {meaning.title_vi} [{meaning.key}] ({use.reason})"


def _unused_told(matched: Matched, understood: Understood) -> Iterator[str]:
    used = {use.heading.place for use in matched.uses}
    for heading in understood.table.headings:
        if heading.parts and heading.place not in used:
            why = matched.unused.get(heading.place, "sổ này không có cột như vậy")
            yield f"Cột {column_letters(heading.place)} «{heading.text}»: không dùng ({why})"


def _households_told(sheet: SheetReading) -> str:
    codes = list(sheet.counted.derived)
    how = {
        "number": "số hộ trong thôn",
        "order": "số thứ tự ở dòng chủ hộ",
        "heads": "thứ tự chủ hộ trong trang; lần sau chèn thêm hộ thì mã đổi, nên thêm cột «Số hộ»",
    }[sheet.understood.household_by]
    return f"Mã hộ: tạo từ tên thôn và {how}; {len(codes)} hộ, từ “{codes[0]}” đến “{codes[-1]}”"


def ranges(numbers: Iterable[int]) -> str:
    """Row numbers as people write them: `7, 30–45`."""
    ordered = sorted(set(numbers))
    starts = [0, *(place for place, (a, b) in enumerate(pairwise(ordered), start=1) if b != a + 1), len(ordered)]
    pieces = [ordered[start:end] for start, end in pairwise(starts)]
    said = [str(piece[0]) if len(piece) == 1 else f"{piece[0]}–{piece[-1]}" for piece in pieces if piece]
    more = sum(len(piece) for piece in pieces[_MOST_RANGES:])
    return ", ".join(said[:_MOST_RANGES]) + (f" và {more} dòng nữa" if more else "")
