"""Opening a register of 100,000 rows by 10 columns, all checks included, beside openpyxl reading the same file.

Each reading has a process of its own, so that its memory is its own; both read every cell, and count the same rows. The
marked copy of the same register is timed apart. Prints medians, peak memory and ratios of one run.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import openpyxl
import xlsxwriter

from densach.formats.marked import Mark, write_marked_copy
from densach.formats.tables import read_tables

ROWS, RUNS, MARKS = 100_000, 3, 2_000
AIM_RATIO, AIM_MB = 1.0, 250
MARK = Mark("Số định danh cá nhân có 11 chữ số.", "Kiểm tra lại trên thẻ căn cước và gõ đủ 12 chữ số.")


def main() -> None:
    if len(sys.argv) > 1:
        _measure(({"write": _write} | MEASURED)[sys.argv[1]], Path(sys.argv[2]))
        return
    with TemporaryDirectory() as folder:
        register = Path(folder) / "register.xlsx"
        _run("write", register)  # in a process of its own: a process begins with the peak of the one that started it
        runs = {name: [_run(name, register) for _ in range(RUNS)] for name in MEASURED}
    _print(runs)


def _write(path: Path) -> int:
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        sheet = book.add_worksheet("Sổ hộ MẪU")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for row in range(ROWS):
            texts = [f"H{row // 4:05}", f"Thôn {row % 30}", f"Nguyễn Văn {row % 5_000}", f"999{row:09}", "chủ hộ"]
            sheet.write_row(row, 0, [*texts, row, row % 7, row * 1.25, row % 2 == 0])
            sheet.write_datetime(row, 9, date(1950 + row % 60, 1 + row % 12, 1 + row % 28), day)
    return ROWS


def _ours(path: Path) -> int:
    return sum(len(row.values) == 10 for sheet in read_tables(path) for row in sheet.rows())


def _openpyxl(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(len(row) == 10 for sheet in book for row in sheet.iter_rows(values_only=True))


def _copy(path: Path) -> int:
    marks = {"Sổ hộ MẪU": {(number * (ROWS // MARKS) + 1, 3): MARK for number in range(MARKS)}}
    copy = path.with_name("copy.xlsx")
    write_marked_copy(copy, read_tables(path), marks, summary_title="MẪU", made_on=date(2026, 11, 23))
    return ROWS


MEASURED: dict[str, Callable[[Path], int]] = {"ours": _ours, "openpyxl": _openpyxl, "marked copy": _copy}


def _measure(read: Callable[[Path], int], path: Path) -> None:
    start = perf_counter()
    rows = read(path)
    print(rows, perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000)


def _run(name: str, path: Path) -> tuple[float, float]:
    """Seconds and megabytes of one run in a fresh process."""
    command = [sys.executable, "-W", "ignore", __file__, name, str(path)]
    rows, seconds, megabytes = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if int(rows) != ROWS:
        raise SystemExit(f"{name} read {rows} rows of {ROWS}")
    return float(seconds), float(megabytes)


def _print(runs: dict[str, list[tuple[float, float]]]) -> None:
    peer = median(seconds for seconds, _ in runs["openpyxl"])
    for name, measured in runs.items():
        seconds, megabytes = (median(values) for values in zip(*measured, strict=True))
        print(f"{name:12}{seconds:8.2f} s   {seconds / peer:6.2f} x openpyxl   {megabytes:6.0f} MB at most")
    ours, memory = (median(values) for values in zip(*runs["ours"], strict=True))
    reached = ours / peer < AIM_RATIO and memory < AIM_MB
    print(f"aim: under {AIM_RATIO:g} x openpyxl and under {AIM_MB} MB; reached: {reached}")


if __name__ == "__main__":
    main()
