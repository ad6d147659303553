"""A village's own table through the command: shown, asked about, remembered, and given back with its cells marked."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.making import AT, Home, Terminal, home_with_commune
from tests.workbooks.making import everything
from tests.workbooks.untidying import CLEAN, Untidy, write_untidy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]
ASK = ("round", "import")
FIRST_ONLY = Untidy(seed=1, household="first", head="is_head", titles=2, signatures=True)


def persons() -> int:
    from densach.people.models import Person

    return Person.objects.count()


def test_a_dry_run_shows_all_and_loads_nothing(densach: Terminal, tmp_path: Path) -> None:
    before = everything()
    lines = densach(*ASK, str(write_untidy(tmp_path / "so.xlsx", FIRST_ONLY)), *AT, "--dry-run").splitlines()
    assert lines[0] == "Trang «Danh sách»: hiểu là Sổ hộ dân cư [register], tiêu đề ở dòng 3"
    assert "  ? Mã hộ: 6 ô trống lấy theo dòng trên" in lines
    assert "  Bỏ qua 4 dòng, ghi chú, chữ ký dưới bảng: 16–19" in lines
    assert lines[-2:] == [
        "so.xlsx: chỉ kiểm tra, chưa nhập",
        f"  register: thêm {len(CLEAN)}, sửa 0, giữ nguyên 0",
    ]
    assert everything() == before


def test_without_a_terminal_it_is_refused_until_confirmed_and_then_remembered(
    densach: Terminal, tmp_path: Path
) -> None:
    path = str(write_untidy(tmp_path / "so.xlsx", FIRST_ONLY))
    assert densach.refusals(*ASK, path, *AT) == ["W216"]
    assert persons() == 0
    densach(*ASK, path, *AT, "--sender", "Thôn 3", "--yes")
    assert persons() == len(CLEAN)
    again = densach(*ASK, path, *AT, "--sender", "Thôn 3").splitlines()
    assert f"  register: thêm 0, sửa 0, giữ nguyên {len(CLEAN)}" in again
    assert "(đã được xác nhận trước đây)" in again[1]
    assert densach.refusals(*ASK, path, *AT, "--sender", "Thôn 4") == ["W216"]
    at_place = ("round", "mappings", "--place", "99001")
    (line,) = densach(*at_place).splitlines()
    number, _, rest = line.partition(": ")
    assert rest.startswith("register, Thôn 3, ")
    assert densach.refusals(*at_place, "--forget", "999999") == ["W235"]
    densach(*at_place, "--forget", number)
    assert densach(*at_place).startswith("Chưa có cách hiểu cột nào")
    assert densach.refusals(*ASK, path, *AT, "--sender", "Thôn 3") == ["W216"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("--form", "sổ"), ["W238"]),
        (("--column", "full_name"), ["W230"]),
        (("--column", "B=ho_ten"), ["W230"]),
        (("--column", "1=full_name"), ["W230"]),
    ],
)
def test_answers_that_nobody_understands_are_refused(
    densach: Terminal, tmp_path: Path, words: tuple[str, ...], codes: list[str]
) -> None:
    assert densach.refusals(*ASK, str(write_untidy(tmp_path / "so.xlsx", FIRST_ONLY)), *AT, *words) == codes


POISONED = Untidy(seed=3, titles=1, extra=("ethnic",), poisons=("american", "literacy"))


def corrected(copy: Path, poisoned: list[str], good: list[Any]) -> Path:
    """The marked copy after somebody corrected the cells in it."""
    book = openpyxl.load_workbook(copy)
    for where, value in zip(poisoned, good, strict=True):
        sheet, _, address = where.partition("!")
        book[sheet][address] = value
    book.save(copy)
    return copy


def test_refused_cells_come_back_in_a_marked_copy_that_goes_in_again(densach: Terminal, tmp_path: Path) -> None:
    path, folder = write_untidy(tmp_path / "so.xlsx", POISONED), tmp_path / "sua"
    before = everything()
    code, out, _ = densach.run(*ASK, str(path), *AT, "--marked", str(folder))
    copy = folder / "so-can-sua.xlsx"
    assert (code, out.splitlines()[-1]) == (2, f"Bản đánh dấu ô cần sửa / marked copy: {copy}")
    assert everything() == before
    listed = openpyxl.load_workbook(copy).worksheets[0]
    addresses = {str(cell.value) for row in listed.iter_rows() for cell in row if cell.value}
    assert {where.partition("!")[2] for where in POISONED.poisoned} <= addresses
    keys = POISONED.keys()
    good = [_good(where, keys) for where in POISONED.poisoned]
    densach(*ASK, str(corrected(copy, POISONED.poisoned, good)), *AT)
    assert persons() == len(CLEAN)


def _good(where: str, keys: list[str]) -> str | None:
    letters, _ = openpyxl.utils.cell.coordinate_from_string(where.partition("!")[2])
    key = keys[openpyxl.utils.column_index_from_string(letters) - 1]
    return {"birth_date": "1/1/1999", "literacy": None}[key]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return home_with_commune(tmp_path_factory.mktemp("nha"))


@pytest.mark.parametrize(("answer", "code", "loaded"), [("n\n", 130, False), ("y\n", 0, True)])
def test_a_terminal_asks_and_shows_how_far_it_has_come(
    home: Home, tmp_path: Path, answer: str, code: int, *, loaded: bool
) -> None:
    path = write_untidy(tmp_path / "so.xlsx", FIRST_ONLY)
    before = home.rows()
    mine, theirs = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "densach", "round", "import", str(path), *AT],
        env={**os.environ, "DENSACH_HOME": str(home.folder), "PYTHONIOENCODING": "utf-8"},
        stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
    )  # fmt: skip
    os.close(theirs)
    os.write(mine, answer.encode())
    said = b""
    while True:
        try:
            piece = os.read(mine, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        said += piece
    os.close(mine)
    assert run.wait(timeout=60) == code, said.decode()
    assert "Hiểu như trên có đúng không?" in said.decode()
    assert ("Đang nhập" in said.decode()) == loaded
    assert (home.rows() != before) == loaded
