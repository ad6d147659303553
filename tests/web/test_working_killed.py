"""`densach work` that is killed in the middle of an import: nothing is entered, and the next one enters it once."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.cli.making import Home, home_with_commune
from tests.conftest import WANTED
from tests.workbooks.making import HEAD, WIFE, written
from tests.workbooks.test_killed import KILL_AT

pytestmark = pytest.mark.slow
SEND = """
from datetime import date
from pathlib import Path
import densach.config.ready
from django.utils import timezone
from densach.jobs.domain import Asker
from densach.places.lookup import get_place
from densach.web.working import WantedImport, ask_for_import
place = get_place("99001", date(2026, 12, 31)).place
with Path({path!r}).open("rb") as file:
    wanted = WantedImport(place=str(place.uid), year=2026)
    ask_for_import(wanted, "so-ho.xlsx", file, asker=Asker("cán bộ MẪU"), now=timezone.now())
"""
LEASE_RUNS_OUT = """
import densach.config.ready
from datetime import UTC, datetime
from densach.jobs.models import Job
Job.objects.filter(state="running").update(lease_until=datetime(2026, 1, 1, tzinfo=UTC))
"""
KILL_AT_END = """
import os, signal
import densach.config.ready
from django.db import connection

def kill(execute, sql, params, many, context):
    done = execute(sql, params, many, context)
    if sql.startswith('UPDATE "jobs_job"') and "finished_at" in sql:
        os.kill(os.getpid(), signal.SIGKILL)
    return done

connection.execute_wrappers.append(kill)
"""


def entered(home: Home) -> list[str]:
    """All that the database holds but the job itself."""
    return [row for row in home.rows() if not row.startswith('INSERT INTO "jobs_job"')]


@pytest.fixture
def home(shared_url: str, tmp_path: Path) -> Home:
    """An installation on the database of this run."""
    return home_with_commune(tmp_path / "nha", shared_url if WANTED == "postgresql" else "")


@pytest.mark.parametrize("points", [("people_household", "people_person"), ("people_householdmember", "")])
def test_killed_at_any_point_an_import_is_entered_once(home: Home, tmp_path: Path, points: tuple[str, str]) -> None:
    path = written(tmp_path, "register", [HEAD, WIFE])
    assert home.run("places", "find", "zzz", before=SEND.format(path=str(path))).returncode == 0
    known = entered(home)
    for table in points:
        before = KILL_AT.format(table=table) if table else KILL_AT_END
        killed = home.run("work", "--once", before=LEASE_RUNS_OUT + before)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert entered(home) == known
    whole = home.run("work", "--once", before=LEASE_RUNS_OUT)
    assert (whole.returncode, whole.stdout, whole.stderr) == (0, "Đã xử lý: 1 việc. / Jobs taken up.\n", "")
    after = home.rows()
    assert sum(row.startswith('INSERT INTO "people_person"') for row in after) == 2
    assert home.run("work", "--once", before=LEASE_RUNS_OUT).stdout.startswith("Đã xử lý: 0 việc.")
    assert home.rows() == after
