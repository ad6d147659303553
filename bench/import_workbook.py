"""How dear is importing a large register that people laid out themselves? Prints the ratio to merely reading the file.

100,000 people in 25,000 households, village by village, with a birth date in a column for men and one for women. Ours
does it all: checks the file, understands it, reads each cell, enters people, households and the log into SQLite.
The peer only reads the same file with openpyxl, read-only. Each has a process of its own, which tells its own peak.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from statistics import median
from tempfile import TemporaryDirectory

import xlsxwriter

PEOPLE, VILLAGES, RUNS = 100_000, 50, 3
HEADER = (
    ("STT", "Số hộ", "Họ và tên", "Ngày sinh", None, "Quan hệ với chủ hộ", "Số CCCD", "Biết chữ", "Cư trú"),
    (None, None, None, "Nam", "Nữ", None, None, None, None),
)
RELATIONS = ("Chủ hộ", "Vợ", "Con", "Mẹ")

HOME = """
from datetime import UTC, date, datetime
import densach.config.ready
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
ensure_ready()
act = Act(who="bench", at=datetime(2026, 1, 1, tzinfo=UTC))
add_fictional_commune(get_place("19", date(2026, 1, 1)).place, "99001", "Xã MẪU", on=date(2026, 1, 1), act=act)
"""
TELL = """
print(perf_counter() - start, getrusage(RUSAGE_SELF).ru_maxrss // 1024)
"""
START = """
import sys
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
"""
OURS = f"""{START}
from contextlib import redirect_stdout
from io import StringIO
start = perf_counter()
from densach.cli import main
sys.argv = ["densach", "round", "import", sys.argv[1], "--place", "99001", "--year", "2026", "--yes"]
with redirect_stdout(StringIO()) as said:
    main()
assert "thêm {PEOPLE}, sửa 0, giữ nguyên 0" in said.getvalue(), said.getvalue()
{TELL}"""
BARE = f"""{START}
import openpyxl
start = perf_counter()
rows = sum(1 for row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True))
assert rows > {PEOPLE}
{TELL}"""
MARKED = f"""{START}
from datetime import date
from pathlib import Path
import densach.config.ready
from densach.assessing.workbooks.forms import sheet_forms
from densach.assessing.workbooks.marking import write_marked
from densach.assessing.workbooks.reading import read_workbook_rows
from densach.policy.library import open_library
path, last = Path(sys.argv[1]), date(2026, 12, 31)
reading = read_workbook_rows(path, sheet_forms(open_library(), last), last)
reading.rows.clear()
assert len(reading.problems) == {PEOPLE} // 100, len(reading.problems)
start = perf_counter()
assert write_marked(path, path.parent, reading.problems, reading, last)
{TELL}"""


def write_register(path: Path, *, wrong: int) -> None:
    """A register with a wrong level of literacy in every `wrong`-th row, or nowhere for 0."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_string(0, 0, "DANH SÁCH NHÂN KHẨU (số liệu hư cấu để đo tốc độ)")
        for line, titles in enumerate(HEADER, start=2):
            write_row(sheet, line, titles)
        line = 4
        for person in range(PEOPLE):
            if person % (PEOPLE // VILLAGES) == 0:
                write_row(sheet, line, (None, f"Thôn {person // (PEOPLE // VILLAGES) + 1}"))
                line += 1
            write_row(sheet, line, row_of(person, is_wrong=bool(wrong) and person % wrong == 0))
            line += 1


def row_of(person: int, *, is_wrong: bool) -> tuple[str | int | None, ...]:
    home, order = divmod(person, len(RELATIONS))
    birth = f"{person % 28 + 1:02}/{person % 12 + 1:02}/{1940 + person % 80}"
    dates = (birth, None) if order % 2 == 0 else (None, birth)
    number = 9_000_000_000 + person if person % 3 else f"009{person:09}"
    number_of_home = home % (PEOPLE // VILLAGES // len(RELATIONS)) + 1 if order == 0 else None
    learned = "?" if is_wrong else f"Mức độ {person % 2 + 1}"
    name = f"Nguyễn Thị {('Hoa', 'Lan', 'Mai', 'Cúc')[order]} {person % 977}"
    return (person + 1, number_of_home, name, *dates, RELATIONS[order], number, learned, "Thường trú")


def write_row(sheet: xlsxwriter.worksheet.Worksheet, line: int, values: tuple[str | int | None, ...]) -> None:
    for place, value in enumerate(values):
        if value is not None:
            sheet.write(line, place, value)


def measure(code: str, path: Path, home: Path) -> tuple[float, int]:
    """Seconds and peak in MB of one run in a fresh process."""
    environment = {**os.environ, "DENSACH_HOME": str(home)}
    run = [sys.executable, "-c", code, str(path)]
    told = subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout.split()
    return float(told[0]), int(told[1])


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        right, wrong, empty = folder / "so.xlsx", folder / "sai.xlsx", folder / "nha"
        write_register(right, wrong=0)
        write_register(wrong, wrong=100)
        subprocess.run([sys.executable, "-c", HOME], check=True, env={**os.environ, "DENSACH_HOME": str(empty)})
        pairs = []
        for run in range(RUNS):
            home = Path(copytree(empty, folder / str(run)))
            pairs.append((measure(OURS, right, home), measure(BARE, right, home)))
        marked = [measure(MARKED, wrong, empty) for _ in range(RUNS)]
    ours, bare = median(mine[0] for mine, _ in pairs), median(theirs[0] for _, theirs in pairs)
    print(f"import of {PEOPLE:,} people into SQLite: {ours:.1f} s; openpyxl reads the same file in {bare:.1f} s")
    ratio = median(mine[0] / theirs[0] for mine, theirs in pairs)
    print(f"ratio: {ratio:.2f} (median of {RUNS} pairs; promised: at most 5)")
    print(f"peak: {max(mine[1] for mine, _ in pairs)} MB (promised: at most 400 MB)")
    seconds, peak = median(one[0] for one in marked), max(one[1] for one in marked)
    print(f"marked copy with {PEOPLE // 100:,} cells: {seconds:.1f} s, {peak} MB")


if __name__ == "__main__":
    main()
