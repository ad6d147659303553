"""The `densach` command as an officer types it, in a process of its own with a folder of its own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from densach.cli import main
from tests.first_start import lay_ready

PLACE, YEAR = "99001", "2026"
AT = ("--place", PLACE, "--year", YEAR)
_COMMUNE = """
from datetime import UTC, date, datetime
import densach.config.ready
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
ensure_ready()
province = get_place("19", date(2026, 1, 1)).place
act = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))
add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=date(2026, 1, 1), act=act)
"""


@dataclass(frozen=True)
class Home:
    """One installation: its database and keys stand in `folder` alone, or the database where `url` says."""

    folder: Path
    url: str = ""

    def run(self, *words: str, before: str = "") -> subprocess.CompletedProcess[str]:
        """Run `densach` with these words; `before` is Python that runs first in the same process."""
        program = f"import sys\n{before}\nfrom densach.cli import main\nmain()\n"
        environment = {**os.environ, "DENSACH_HOME": str(self.folder), "PYTHONIOENCODING": "utf-8"}
        for name in ("DATABASE_URL", "DENSACH_KEYS", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        environment |= {"DATABASE_URL": self.url} if self.url else {}
        return subprocess.run(
            [sys.executable, "-c", program, *words],
            env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    def rows(self) -> list[str]:
        """All that the database holds, as text."""
        if self.url:
            return list(_rows_of_server(self.url))
        with sqlite3.connect(self.folder / "densach.sqlite3") as database:
            return list(database.iterdump())


def _rows_of_server(url: str) -> Iterator[str]:
    with psycopg.connect(url) as connection:
        named = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        for [table] in named.fetchall():
            every = SQL("SELECT row_to_json(t)::text FROM {} t ORDER BY 1").format(Identifier(table))
            rows = connection.execute(every)
            yield from (f'INSERT INTO "{table}" {row}' for [row] in rows)


def home_with_commune(folder: Path, url: str = "") -> Home:
    """An installation with the country and a fictional commune in it."""
    home = Home(folder, url)
    if not url:
        lay_ready(folder)
    assert home.run("places", "find", "zzz", before=_COMMUNE).returncode == 0
    return home


class Terminal:
    """Runs `densach` in this process, on the database of the test."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self.patch = patch
        self.capture = capture

    def __call__(self, *words: str) -> str:
        """What a command that succeeds prints."""
        code, out, err = self.run(*words)
        assert (code, err) == (0, "")
        return out

    def refusals(self, *words: str) -> list[str]:
        """The codes with which a command is refused, after checking that both languages stand there and no trace."""
        code, _, err = self.run(*words)
        lines = err.splitlines()
        assert code == 2, err
        assert "Traceback" not in err
        codes = [line.split(" ")[0] for line in lines if line[:1].isupper() and line[1:4].isdigit()]
        assert codes[::2] == codes[1::2], err
        return codes[::2]

    def run(self, *words: str) -> tuple[int, str, str]:
        self.patch.setattr(sys, "argv", ["densach", *words])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        captured = self.capture.readouterr()
        return code, captured.out, captured.err
