"""A process that is killed in the middle of an import leaves the database as it was, and the next import works."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.cli.making import AT, Home, home_with_commune
from tests.workbooks.making import filled_templates
from tests.workbooks.untidying import Untidy, write_untidy

KILL_AT = """
import os, signal
import densach.config.ready
from django.db import connection

def kill(execute, sql, params, many, context):
    if sql.startswith('INSERT INTO "{table}"'):
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

connection.execute_wrappers.append(kill)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return home_with_commune(tmp_path_factory.mktemp("nha"))


def test_an_import_that_is_killed_leaves_nothing_behind(home: Home, tmp_path: Path) -> None:
    register, citizens = filled_templates(tmp_path)[:2]
    for path, tables in (
        (register, ("people_person", "people_householdmember")),
        (citizens, ("assessing_answers",)),
    ):
        before = home.rows()
        for table in tables:
            killed = home.run("round", "import", str(path), *AT, before=KILL_AT.format(table=table))
            assert killed.returncode == -signal.SIGKILL, killed.stderr
            assert home.rows() == before
        whole = home.run("round", "import", str(path), *AT)
        assert (whole.returncode, whole.stderr) == (0, "")
        assert home.rows() != before


def test_a_strange_layout_that_is_killed_leaves_nothing_behind_not_even_its_mapping(home: Home, tmp_path: Path) -> None:
    path = write_untidy(tmp_path / "so.xlsx", Untidy(seed=5, household="first", head="is_head", by_section=True))
    before = home.rows()
    for table in ("assessing_columnmapping", "people_household", "people_person", "people_householdmember"):
        killed = home.run("round", "import", str(path), *AT, "--yes", before=KILL_AT.format(table=table))
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert home.rows() == before
    whole = home.run("round", "import", str(path), *AT, "--yes")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert home.rows() != before
