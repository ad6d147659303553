"""The files of jobs: kept whole, shown to the one who asked, forgotten after a week, swept when nobody owns them."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from densach.problems import Refused, problem
from tests.jobs.making import NOW, SOMEBODY, SOMEBODY_ELSE, asked, must_take, row, worker

pytestmark = pytest.mark.django_db


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_stands_whole_in_a_folder_that_only_its_owner_reads(work_folder: Path) -> None:
    from densach.jobs.files import whole

    [file] = asked(so=b"noi dung").files.all()
    assert (file.name, file.role, file.size, file.sha256) == ("so.txt", "given", 8, sha256(b"noi dung").hexdigest())
    path = whole(file)
    assert path.read_bytes() == b"noi dung"
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, path.parent.parent)] == [
        0o600,
        0o700,
        0o700,
    ]
    assert files_in(work_folder) == ["so.txt"]


def test_sent_twice_the_bytes_are_kept_once(work_folder: Path) -> None:
    asked(so=b"1")
    asked(so=b"1")
    assert files_in(work_folder) == ["so.txt"]


def test_a_file_that_is_gone_or_changed_is_refused() -> None:
    from densach.jobs.files import whole

    [file] = asked(so=b"1").files.all()
    path = whole(file)
    path.write_bytes(b"2")
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            whole(file)
        assert [each.code for each in refused.value.problems] == ["J102"]
        path.unlink(missing_ok=True)


def test_a_folder_that_cannot_be_written_is_told(work_folder: Path) -> None:
    work_folder.write_text("no folder")
    with pytest.raises(Refused) as refused:
        asked(so=b"1")
    assert [each.code for each in refused.value.problems] == ["J103"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("sổ hộ.xlsx", "sổ hộ.xlsx"),
        ("../../etc/passwd", "passwd"),
        (r"C:\so\Thôn 3.xls", "Thôn 3.xls"),
        ("..", "tep"),
        ("", "tep"),
        ("a\0b\n.csv", "ab.csv"),
        ("ế" * 100 + ".xlsx", "ế" * 38 + ".xlsx"),
        (".xlsx", "xlsx"),
    ],
)
def test_a_name_never_leaves_its_folder(name: str, kept: str) -> None:
    from densach.jobs.files import safe_name

    assert safe_name(name) == kept


def test_a_week_after_the_end_files_and_problems_are_forgotten_and_the_job_stays(work_folder: Path) -> None:
    from densach.jobs.domain import fail, forget

    refused, waiting = asked("a", so=b"1"), asked("b", so=b"2")
    fail(must_take(), [problem("J102", "so.txt")], [], NOW)
    week = NOW + timedelta(days=7)
    assert forget(week) == 0
    age(work_folder)
    assert forget(week + timedelta(seconds=1)) == 1
    assert (row(refused).problems, row(refused).forgotten_at, row(refused).state) == (
        [],
        week + timedelta(seconds=1),
        "failed",
    )
    assert [path.name for path in work_folder.iterdir()] == [str(waiting.uid)]
    assert row(waiting).files.count() == 1
    assert forget(week + timedelta(seconds=2)) == 0


def test_a_folder_without_a_job_is_swept_after_a_day_and_not_before(work_folder: Path) -> None:
    from densach.jobs.domain import forget
    from densach.jobs.files import keep_given

    keep_given(SOMEBODY, "so.txt", [b"1"])
    os.utime(work_folder / str(SOMEBODY), (NOW.timestamp(), NOW.timestamp()))
    forget(NOW + timedelta(hours=23))
    assert files_in(work_folder) == ["so.txt"]
    forget(NOW + timedelta(hours=25))
    assert list(work_folder.iterdir()) == []


def test_a_worker_forgets_once_an_hour(work_folder: Path) -> None:
    from densach.jobs.tasks import Result

    job = asked(so=b"1")
    worker(lambda _: Result()).drain()
    age(work_folder)
    later = worker(lambda _: Result(), NOW + timedelta(days=8))
    later.sweep()
    assert (row(job).forgotten_at, list(work_folder.iterdir())) == (NOW + timedelta(days=8), [])


def test_only_who_asked_sees_a_job_and_what_it_made() -> None:
    from densach.jobs.access import open_made_file, see_job
    from densach.jobs.tasks import Result, Task

    def make(task: Task) -> Result:
        made = task.new_folder() / "ra.txt"
        made.write_text("của người hỏi")
        task.keep(made)
        return Result({"rows": 1})

    job, of_nobody = asked("a", so=b"1"), asked("b", uid=None)
    worker(make).drain()
    seen = see_job(SOMEBODY, job.uid)
    assert (seen.state, seen.result, [file.name for file in seen.files]) == ("done", {"rows": 1}, ["ra.txt"])
    [file] = seen.files
    name, path = open_made_file(SOMEBODY, job.uid, file.uid)
    assert (name, path.read_text()) == ("ra.txt", "của người hỏi")
    given = job.files.get(role="given")
    for ask in (
        lambda: see_job(SOMEBODY_ELSE, job.uid),
        lambda: see_job(SOMEBODY, of_nobody.uid),
        lambda: see_job(SOMEBODY, SOMEBODY_ELSE),
        lambda: open_made_file(SOMEBODY_ELSE, job.uid, file.uid),
        lambda: open_made_file(SOMEBODY, of_nobody.uid, file.uid),
        lambda: open_made_file(SOMEBODY, job.uid, given.uid),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert [each.code for each in refused.value.problems] == ["H103"]


def age(folder: Path) -> None:
    """As if the folders had been made when the jobs were."""
    for each in folder.iterdir():
        os.utime(each, (NOW.timestamp(), NOW.timestamp()))
