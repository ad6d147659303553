"""`densach work` that is killed while a sitting ends: no paper and no step is written; the next one ends it once."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.cli.making import Home, home_with_commune
from tests.conftest import WANTED
from tests.web.test_working_killed import KILL_AT_END, LEASE_RUNS_OUT

pytestmark = pytest.mark.slow
NOMINATIONS = 60
BEFORE = """
from datetime import UTC, date, datetime
import densach.config.ready
from django.conf import settings
from django.utils import timezone
from densach.authority.access import viewer_of
from densach.authority.models import Grant
from densach.history.domain import Act
from densach.people.numbers import load_keys
from densach.places.lookup import get_place
from densach.web.council_work import ask_to_end
ACT = Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC))
TODAY = timezone.localdate()
"""
MAKE = """
from tests.authority.roles import given
from tests.awards.councils.making import begin, council_of, closed, prepared, vote
import tests.awards.councils.making as making
making.KEYS, making.TODAY = load_keys(settings.KEYS_FILE), TODAY
bench = council_of(get_place("99001", date(2026, 12, 31)).place, ACT)
sitting = begin(bench, prepared(bench, ACT, count={count}), ACT)
for number in range(3):
    vote(bench, sitting, number, "for", act=ACT)
sitting = closed(bench, sitting, ACT)
grant = Grant.objects.get(account=bench.accounts[0])
ask_to_end(sitting, sitting.version, viewer_of(grant.account, grant.uid, TODAY))
"""
KILL_AT = """
import os, signal
import densach.config.ready
from django.db import connection

def kill(execute, sql, params, many, context):
    if sql.startswith({words!r}):
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

connection.execute_wrappers.append(kill)
"""


def entered(home: Home) -> list[str]:
    """All that the database holds but the job itself."""
    return [row for row in home.rows() if not row.startswith('INSERT INTO "jobs_job"')]


def count(rows: list[str], table: str, *words: str) -> int:
    """How many rows of a table there are, in which some words stand."""
    found = (row for row in rows if row.startswith(f'INSERT INTO "{table}"'))
    return sum(all(word in row for word in words) for row in found)


@pytest.fixture
def home(shared_url: str, tmp_path: Path) -> Home:
    """An installation on the database of this run."""
    return home_with_commune(tmp_path / "nha", shared_url if WANTED == "postgresql" else "")


def test_killed_at_any_point_a_long_sitting_ends_once(home: Home) -> None:
    made = home.run("places", "find", "zzz", before=BEFORE + MAKE.format(count=NOMINATIONS))
    assert made.returncode == 0, made.stderr
    known = entered(home)
    for before in (KILL_AT.format(words='INSERT INTO "awards_part"'), KILL_AT_END):
        killed = home.run("work", "--once", before=LEASE_RUNS_OUT + before)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert entered(home) == known
    whole = home.run("work", "--once", before=LEASE_RUNS_OUT)
    assert (whole.returncode, whole.stdout, whole.stderr) == (0, "Đã xử lý: 1 việc. / Jobs taken up.\n", "")
    after = entered(home)
    assert home.run("work", "--once", before=LEASE_RUNS_OUT).stdout.startswith("Đã xử lý: 0 việc.")
    assert entered(home) == after
    assert count(after, "awards_part", "bien_ban_xet_khen_thuong") == NOMINATIONS
    assert count(after, "history_entry", "part_put") == NOMINATIONS
    assert count(after, "history_entry", "moved", "passed") == NOMINATIONS
