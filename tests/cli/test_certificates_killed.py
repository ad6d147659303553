"""Killed while it prints, or printing beside another: no number is lost or drawn twice, and the file is the same."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.making import AT, Home, home_with_commune

SIGNED = """
from datetime import UTC, date, datetime
import densach.config.ready
from densach.history.domain import Act
from densach.places.lookup import get_place
from tests.assessing.certificates.making import signed
from tests.assessing.making import settle
act = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))
signed(settle(get_place("99001", date(2026, 12, 31)).place, act), act)
"""
KILL_AT_SQL = """
import os, signal
import densach.config.ready
from django.db import connection

def kill(execute, sql, params, many, context):
    if sql.startswith('{start}'):
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

connection.execute_wrappers.append(kill)
"""
KILL_AT_FILE = """
import os, signal
import densach.formats.whole_file as whole_file
whole_file.mkdtemp = lambda **_: os.kill(os.getpid(), signal.SIGKILL)
"""
PRINT = ("certificate", "print", *AT, "--title", "citizen", "--demo", "--out")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return signed_home(tmp_path_factory.mktemp("nha"))


def signed_home(folder: Path) -> Home:
    made = home_with_commune(folder)
    assert made.run("places", "find", "zzz", before=SIGNED).returncode == 0
    return made


def certificates(home: Home) -> list[str]:
    tables = ("assessing_certificate", "assessing_printing", "authority_issuednumber")
    return [row for row in home.rows() if row.startswith(tuple(f'INSERT INTO "{table}"' for table in tables))]


def test_killed_before_numbers_are_kept_between_them_and_the_file_and_before_it_is_noted(
    home: Home, tmp_path: Path
) -> None:
    out = tmp_path / "a.pdf"

    def killed(before: str) -> list[str]:
        ended = home.run(*PRINT, str(out), before=before)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        return certificates(home)

    assert killed(KILL_AT_SQL.format(start='INSERT INTO "assessing_certificate"')) == []
    assert not out.exists()
    drawn = killed(KILL_AT_FILE)
    assert len(drawn) == 4 + 1 + 4
    assert not out.exists()
    assert killed(KILL_AT_SQL.format(start='UPDATE "assessing_printing"')) == drawn
    before = out.read_bytes()
    out.unlink()
    whole = home.run(*PRINT, str(out))
    assert (whole.returncode, whole.stderr) == (0, "")
    assert out.read_bytes() == before
    assert "chưa viết xong tệp; nay đã đủ, số như cũ." in whole.stdout
    assert [row for row in certificates(home) if "printing" not in row] == [r for r in drawn if "printing" not in r]
    assert home.run(*PRINT, str(out)).returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf"]


def test_two_that_print_at_once_number_everybody_once(tmp_path: Path) -> None:
    home = signed_home(tmp_path / "nha")
    outs = [tmp_path / f"{name}.pdf" for name in "ab"]
    with ThreadPoolExecutor() as both:
        ended = list(both.map(lambda out: home.run(*PRINT, str(out)), outs))
    assert len(certificates(home)) == 4 + 1 + 4
    # The second finds either the unwritten printing of the first, or nothing left to print.
    assert [each.returncode for each in ended if each.returncode] in ([], [2])
    assert all("R140" in each.stderr for each in ended if each.returncode)
    assert len({out.read_bytes() for out in outs if out.exists()}) == 1
