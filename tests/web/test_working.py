"""Importing a workbook in the background: all or nothing, once, and refused with its marked copy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from pytest_django import Settings

from tests.jobs.making import SOMEBODY, row
from tests.workbooks.making import HEAD, WIFE, everything, written
from tests.workbooks.untidying import CLEAN, Untidy, write_untidy

if TYPE_CHECKING:
    from densach.jobs.models import Job
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Path) -> None:
    settings.WORK_FOLDER, settings.KEYS_FILE = tmp_path / "work", tmp_path / "keys.json"


def wanted(path: Path, commune: Place, **more: object) -> Job:
    from densach.jobs.domain import Asker
    from densach.web.working import WantedImport, ask_for_import

    asked = WantedImport(place=str(commune.uid), year=2026, **more)  # type: ignore[arg-type]
    with path.open("rb") as file:
        return ask_for_import(asked, path.name, file, asker=Asker("cán bộ MẪU", SOMEBODY), now=NOW)


def work() -> int:
    from densach.jobs.worker import Worker
    from densach.web.working import HANDLERS

    return Worker("máy 1", HANDLERS, lambda: NOW).drain()


def persons() -> int:
    from densach.people.models import Person

    return Person.objects.count()


def test_a_register_is_imported_once_however_often_it_is_sent(commune: Place, tmp_path: Path) -> None:
    path = written(tmp_path, "register", [HEAD, WIFE])
    job = wanted(path, commune)
    assert wanted(path, commune) == job
    assert work() == 1
    assert row(job).state == "done", row(job).problems
    assert row(job).result == {"sheets": [["register", 2, 0, 0]], "pairs_new": 0, "pairs_waiting": 0}
    assert (row(job).step, persons()) == ("", 2)
    again = wanted(path, commune)
    assert (again != job, work()) == (True, 1)
    assert row(again).result["sheets"] == [["register", 0, 0, 2]]


def test_the_log_names_who_asked(commune: Place, tmp_path: Path) -> None:
    from densach.history.models import Entry

    wanted(written(tmp_path, "register", [HEAD]), commune)
    work()
    assert set(Entry.objects.filter(kind="person").values_list("who", "why")) == {("cán bộ MẪU", "nhập 1-so-ho.xlsx")}


def test_what_is_refused_comes_back_marked_and_nothing_is_entered(commune: Place, tmp_path: Path) -> None:
    from densach.jobs.access import open_made_file, see_job

    path = written(tmp_path, "register", [HEAD, WIFE | {"birth_date": "hôm qua"}])
    job = wanted(path, commune)
    before = everything()
    work()
    after = everything()
    assert {name for name in after if after[name] != before[name]} == {"Entry", "Job", "JobFile"}
    seen = see_job(SOMEBODY, job.uid)
    assert (seen.state, [found.code for found in seen.problems]) == ("failed", ["W204"])
    [file] = seen.files
    name, copy = open_made_file(SOMEBODY, job.uid, file.uid)
    assert name == "1-so-ho-can-sua.xlsx"
    assert openpyxl.load_workbook(copy).sheetnames[1:] == openpyxl.load_workbook(path).sheetnames


def test_what_nobody_confirmed_is_asked_and_then_remembered(commune: Place, tmp_path: Path) -> None:
    path = write_untidy(tmp_path / "so.xlsx", Untidy(seed=1, household="first", head="is_head", titles=2))
    unsure = wanted(path, commune, sender="Thôn 3")
    work()
    assert {found["code"] for found in row(unsure).problems} == {"W216"}
    confirmed = wanted(path, commune, sender="Thôn 3", confirmed=True)
    again = wanted(path, commune, sender="Thôn 3", confirmed=True)
    assert again == confirmed
    work()
    assert (row(confirmed).state, persons()) == ("done", len(CLEAN))
    remembered = wanted(path, commune, sender="Thôn 3")
    work()
    assert row(remembered).state == "done"


def test_how_far_it_is_is_told_by_steps(commune: Place, tmp_path: Path) -> None:
    from densach.jobs.domain import take_next
    from densach.jobs.tasks import Task
    from densach.jobs.worker import Asked
    from densach.web.working import HANDLERS, IMPORT_WORKBOOK

    told: list[tuple[str, int, int]] = []

    class Listening(Task):
        def tell(self, step: str, done: int, total: int) -> None:
            told.append((step, done, total))

    wanted(written(tmp_path, "register", [HEAD, WIFE]), commune)
    taken = take_next("máy 1", HANDLERS, NOW)
    assert taken is not None
    HANDLERS[IMPORT_WORKBOOK](Listening(taken, lambda: NOW, Asked()))
    assert told[-3:] == [("checking", 0, 2), ("checking", 2, 2), ("loading", 2, 2)]
