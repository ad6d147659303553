"""What a killed process leaves is removed once nobody can be writing it any more; a row never lacks its file."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.assessing.evidence.making import added, vault
from tests.assessing.making import open_year, settle
from tests.assessing.sheets.making import begun
from tests.cli.making import Home, home_with_commune

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

NOW = datetime.now(UTC)
OLD = (NOW - timedelta(days=2)).timestamp()
ADD = """
import os, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path
import densach.config.ready
from django.conf import settings
from django.db import connection
from densach.history.domain import Act
from densach.people.numbers import load_keys
from densach.places.lookup import get_place
from densach.assessing.evidence.domain import add_evidence
from densach.assessing.evidence.vault import Vault
from densach.formats.pictures import check_evidence
from tests.assessing.evidence.making import photo
from tests.assessing.making import open_year, settle
from tests.assessing.sheets.making import begun

act = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))
small = settle(get_place("99001", date(2026, 12, 31)).place, act)
sheet = begun(open_year(small, act), small.subject("citizen", "Nguyễn Văn Mẫu 1"), act)
vault = Vault(settings.EVIDENCE_FOLDER, load_keys(settings.KEYS_FILE))

def kill(execute, sql, params, many, context):
    if sql.startswith("INSERT INTO") and "evidence" in sql.split(" (")[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

add_evidence(sheet, "a1", check_evidence("a", photo(1)), vault, by=None, act=act)
connection.execute_wrappers.append(kill)
add_evidence(sheet, "a1", check_evidence("a", photo(2)), vault, by=None, act=act)
"""
SWEEP = """
import densach.config.ready
from django.utils import timezone
from densach.web.working import sweep_evidence
print("swept", sweep_evidence(timezone.now()))
"""


def files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "evidence").rglob("*") if path.is_file())


def aged(*paths: Path) -> None:
    for path in paths:
        os.utime(path, (OLD, OLD))


@pytest.mark.slow
def test_killed_between_file_and_row_leaves_a_file_that_is_removed_a_day_later(tmp_path: Path) -> None:
    home = home_with_commune(tmp_path / "nha")
    assert home.run("places", "find", "zzz", before=ADD).returncode == -signal.SIGKILL
    assert len(files(home.folder)) == 2
    assert "swept 0" in swept(home)
    aged(*files(home.folder))
    assert "swept 1" in swept(home)
    [kept] = files(home.folder)
    [row] = [row for row in home.rows() if row.startswith('INSERT INTO "evidence_evidence"')]
    assert (kept.name[:64] in row, kept.name[65:].replace("-", "") in row) == (True, True)
    assert "swept 0" in swept(home)


def swept(home: Home) -> str:
    return home.run("places", "find", "zzz", before=SWEEP).stdout


@pytest.mark.django_db
def test_only_what_no_row_names_is_removed(commune: Place, act: Act, tmp_path: Path) -> None:
    from densach.assessing.evidence.domain import sweep

    small = settle(commune, act)
    row = added(begun(open_year(small, act), small.subject("citizen", "Nguyễn Văn Mẫu 1"), act), tmp_path, act)
    [kept] = files(tmp_path)
    left, unfinished = kept.with_name(f"{'0' * 64}-{uuid4()}"), kept.with_suffix(".new")
    for path in (left, unfinished):
        path.write_bytes(b"x")
    assert sweep(vault(tmp_path), datetime.now(UTC)) == 0
    aged(kept, left, unfinished)
    assert (sweep(vault(tmp_path), datetime.now(UTC)), files(tmp_path)) == (2, [kept])
    assert len(vault(tmp_path).read(row)) == row.size


@pytest.mark.django_db
def test_a_folder_of_another_database_is_left_alone(tmp_path: Path) -> None:
    from densach.assessing.evidence.domain import sweep

    home = tmp_path / "evidence" / "00"
    home.mkdir(parents=True)
    for _ in range(11):
        (home / f"{'0' * 64}-{uuid4()}").write_bytes(b"x")
    aged(*files(tmp_path))
    assert (sweep(vault(tmp_path), datetime.now(UTC)), len(files(tmp_path))) == (0, 11)
    assert sweep(vault(tmp_path / "khong-co"), datetime.now(UTC)) == 0


@pytest.mark.django_db
def test_the_worker_sweeps_once_an_hour() -> None:
    from densach.jobs.worker import Worker
    from densach.web.working import CHORES, sweep_evidence

    done: list[datetime] = []
    worker = Worker("máy 1", {}, lambda: NOW, chores=(done.append,))
    worker.sweep()
    worker.sweep()
    assert (done, sweep_evidence in CHORES) == ([NOW], True)
