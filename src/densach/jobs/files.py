"""The files of jobs in the work folder: written whole, checked when they are read, and swept when nobody owns them.

Each job has a folder of its own, named by its uid, that only the owner of the installation may read. A row in the
database is what makes a file belong to a job; a folder without rows was left by a process that was killed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID

from django.conf import settings

from densach.jobs.models import Job, JobFile, Role
from densach.problems import Refused, problem

MOST_NAME = 120  # bytes: file systems take 255, and a name grows while it is written and marked
# A folder is made before its rows; nobody needs a day between the two.
LEFT_BEHIND = timedelta(days=1)
_SLATE = "progress.json"


@dataclass(frozen=True)
class KeptFile:
    """A file that stands whole in the work folder and is not entered yet."""

    role: Role
    name: str
    sha256: str
    size: int
    path: str

    def row_of(self, job: Job) -> JobFile:
        """The row that makes it belong to a job."""
        return JobFile(job=job, **vars(self))


def new_folder(uid: UUID) -> Path:
    """A new empty folder for files of a job; refused (J103) where the machine does not let it be made."""
    try:
        _folder(uid).mkdir(mode=0o700, parents=True, exist_ok=True)
        return Path(mkdtemp(dir=_folder(uid)))
    except OSError as error:
        raise Refused(problem("J103", "work", reason=error.strerror)) from error


def keep_given(uid: UUID, name: str, pieces: Iterable[bytes]) -> KeptFile:
    """Write a file that came with a job, to the disk and not only to its memory; refused (J103) where it cannot be."""
    path = new_folder(uid) / safe_name(name)
    unfinished = path.with_name(f".{path.name}")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(pieces)
        unfinished.replace(path)
    except OSError as error:
        raise Refused(problem("J103", path.name, reason=error.strerror)) from error
    return keep(path, Role.GIVEN)


def keep(path: Path, role: Role) -> KeptFile:
    """Make sure that a file in a folder of a job outlives a power cut, and measure it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        digest = file_digest(file, sha256).hexdigest()
    for folder in (path.parent, path.parent.parent, settings.WORK_FOLDER):
        _sync(folder)
    relative = path.relative_to(settings.WORK_FOLDER).as_posix()
    return KeptFile(role, path.name, digest, path.stat().st_size, relative)


def whole(file: JobFile) -> Path:
    """Where the bytes of a file stand; refused (J102) where they are gone or not those that were kept."""
    path: Path = settings.WORK_FOLDER / file.path
    with suppress(OSError), path.open("rb") as opened:
        if file_digest(opened, sha256).hexdigest() == file.sha256:
            return path
    raise Refused(problem("J102", file.name))


def discard(uid: UUID) -> None:
    """Remove all files of a job."""
    shutil.rmtree(_folder(uid), ignore_errors=True)


def sweep(owners: Collection[str], now: datetime) -> int:
    """Remove the folders that belong to no job with files and were left alone for a day; how many."""
    if not settings.WORK_FOLDER.is_dir():
        return 0
    last = (now - LEFT_BEHIND).timestamp()
    left = [each for each in settings.WORK_FOLDER.iterdir() if each.name not in owners and each.stat().st_mtime < last]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def safe_name(name: str) -> str:
    """The last part of a name as it may stand in a folder, with its ending; “tep” where nothing is left of it."""
    last = name.replace("\\", "/").rpartition("/")[2]
    tidy = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    stem, dot, ending = tidy.rpartition(".") if "." in tidy else (tidy, "", "")
    room = MOST_NAME - len(f"{dot}{ending[:10]}".encode())
    return f"{stem.encode()[:room].decode(errors='ignore')}{dot}{ending[:10]}" or "tep"


def note_progress(uid: UUID, attempt: int, step: str, done: int, total: int) -> None:
    """Say on the slate of a job how far an attempt is, for as long as the database cannot be told."""
    with suppress(OSError):  # nobody is hurt by a sign of progress that is not seen
        _folder(uid).mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = _folder(uid) / f".{_SLATE}"
        unfinished.write_text(json.dumps([attempt, step, done, total]), "utf-8")
        unfinished.replace(_folder(uid) / _SLATE)


def noted_progress(uid: UUID, attempt: int) -> tuple[str, int, int] | None:
    """What the slate says of this attempt."""
    try:
        noted, step, done, total = json.loads((_folder(uid) / _SLATE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return (step, done, total) if noted == attempt else None


def wipe_slate(uid: UUID) -> None:
    """The database can be told again."""
    (_folder(uid) / _SLATE).unlink(missing_ok=True)


def _folder(uid: UUID) -> Path:
    folder: Path = settings.WORK_FOLDER / str(uid)
    return folder


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
