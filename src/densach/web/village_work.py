"""Work of a village that takes long: printing for all its households, and sending more sheets than a page waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from django.utils import timezone

from densach.accounts.queries import account_by_uid
from densach.assessing.sheets.models import Sheet
from densach.assessing.villages.access import Village, complete_sheets, village_seen
from densach.assessing.villages.domain import send_complete
from densach.assessing.villages.marks import HouseholdRow
from densach.authority.access import Viewer, viewer_of
from densach.jobs.domain import Asker, ask_for
from densach.jobs.models import Job
from densach.jobs.tasks import Handler, Result, Task
from densach.lawmaking.standing import library_for
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.web.village_prints import PRINTS, Print, parts_of

PRINT_VILLAGE, SEND_VILLAGE = "print_village", "send_village"
TOLD_EACH = 10  # sheets: a home is judged in some hundredths of a second


def ask_to_print_village(village: Village, kind: str, seen: Viewer) -> Job:
    """Ask for the papers of a whole village; asked again while it waits or runs it is the same job."""
    if kind not in PRINTS:
        raise Refused(problem("H103", kind))
    return _ask(PRINT_VILLAGE, village, seen, {"papers": kind})


def ask_to_send_village(village: Village, complete: int, seen: Viewer) -> Job:
    """Ask for every complete sheet of a village to be sent; `complete` is how many there are now."""
    return _ask(SEND_VILLAGE, village, seen, {"complete": complete})


def _ask(kind: str, village: Village, seen: Viewer, more: dict[str, object]) -> Job:
    now, account, acting = timezone.now(), seen.account, seen.acting
    if account is None or acting is None:
        raise Refused(problem("H103", village.uid))
    said = {"village": str(village.uid), "name": village.period.name, "role": str(acting.uid), **more}
    key = f"{village.uid} {more.get('papers', '')}"
    return ask_for(kind, said, key=key, asker=Asker(seen.act(now).who, account.uid), now=now)


def print_village(task: Task) -> Result:
    """Print the papers of all households: one PDF, or one for each two hundred in a ZIP; done twice it is the same."""
    village, kind = _village(task), PRINTS[task.arguments["papers"]]
    parts = parts_of(kind, village)
    if not parts:
        raise Refused(problem("K144", "", village=village.period.name))
    path = _written(task, village, kind, parts)
    task.keep(path)
    return Result({"households": sum(map(len, parts)), "files": len(parts)})


def _written(task: Task, village: Village, kind: Print, parts: list[list[HouseholdRow]]) -> Path:
    stem = task.new_folder() / f"{kind.name}-{village.today.isoformat()}"
    if len(parts) == 1:
        path = stem.with_suffix(".pdf")
        path.write_bytes(kind.set(village, parts[0]))
        return path
    path = stem.with_suffix(".zip")
    with ZipFile(path, "w", ZIP_STORED) as whole:  # pages are packed already
        for name, data in _files(task, village, kind, parts):
            whole.writestr(name, data)
    return path


def _files(task: Task, village: Village, kind: Print, parts: list[list[HouseholdRow]]) -> Iterator[tuple[str, bytes]]:
    """Each file with its name, one in memory at a time."""
    done, total = 0, sum(map(len, parts))
    for number, rows in enumerate(parts, 1):
        task.tell("setting", done, total)
        yield f"{kind.name}-{number:02}-{rows[0].code}-{rows[-1].code}.pdf".replace("/", "-"), kind.set(village, rows)
        done += len(rows)


def send_village(task: Task) -> Result:
    """Send the complete sheets of a village, each by itself, and judge its home as sending does.

    Each sheet is kept with its verdicts as it is sent, so that others can write meanwhile; sent sheets are not found
    again, and whoever goes on after a killed worker sends what is left.
    """
    village, asked = _village(task), task.arguments["complete"]
    sheets, problems, act = complete_sheets(village), 0, task.act("")
    before = max(0, asked - len(sheets))
    for done, some in _some(sheets):
        task.tell("sending", before + done, before + len(sheets))
        problems += len(send_complete(some, village.library, act=act)[1])
    return Result({"sent": before + len(sheets) - problems, "not_sent": problems, "village": str(village.uid)})


def _some(sheets: list[Sheet]) -> Iterator[tuple[int, list[Sheet]]]:
    for start in range(0, len(sheets), TOLD_EACH):
        yield start, sheets[start : start + TOLD_EACH]


HANDLERS: Mapping[str, Handler] = {PRINT_VILLAGE: print_village, SEND_VILLAGE: send_village}


def _village(task: Task) -> Village:
    """The village as whoever asked may see it when the work is done, in the role in which they asked."""
    said, asker, today = task.arguments, task.taken.asker, timezone.localdate(task.clock())
    account = account_by_uid(asker.uid) if asker.uid else None
    if account is None or not account.is_active:
        raise Refused(problem("H103", said["name"]))
    seen = viewer_of(account, UUID(said["role"]), today)
    if seen.acting is None or str(seen.acting.uid) != said["role"]:
        raise Refused(problem("H103", said["name"]))

    def law_of(packs: str) -> Library:
        return library_for(packs.split(","), today)

    return village_seen(seen, UUID(said["village"]), law_of)
