"""What the product does in the background: the handlers that every worker is given, and how to ask for their work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from densach.assessing.domain import open_round
from densach.assessing.evidence.domain import sweep
from densach.assessing.evidence.vault import Vault
from densach.assessing.models import Stage
from densach.assessing.scans.domain import sweep_scans
from densach.assessing.workbooks.loading import Loaded, load_reading, read_for_year
from densach.assessing.workbooks.marking import write_marked
from densach.assessing.workbooks.progress import Step
from densach.assessing.workbooks.reading import Reading
from densach.assessing.workbooks.remembering import memories, remember
from densach.assessing.workbooks.telling import unconfirmed, understanding_data
from densach.assessing.workbooks.understanding import Told
from densach.history.domain import canonical
from densach.jobs.domain import Asker, ask_for
from densach.jobs.models import Job
from densach.jobs.tasks import Handler, Result, Task
from densach.lawmaking.standing import library_for
from densach.people.numbers import load_keys
from densach.people.records.merging import find_likely
from densach.places.models import Place
from densach.policy.library import Library
from densach.problems import Refused
from densach.reporting.sums.keeping import keep_all
from densach.web import central_work, council_work, figure_work, round_work, village_work
from densach.web.asking import today

IMPORT_WORKBOOK, LOOK_THROUGH = "import_workbook", "look_through_workbook"
_MOST_TOLD = 200  # problems; the marked copy names them all
_PIECE = 1 << 20


@dataclass(frozen=True, kw_only=True)
class WantedImport:
    """An import as it is asked for: of which commune and year, and what people said that the file does not.

    `packs` are those of the round ("vn" or "vn,demo"); `confirmed` when what was unsure was shown and found right.
    """

    place: str
    year: int
    packs: str = "vn"
    stage: str = Stage.SELF
    sender: str = ""
    form: str = ""
    village: str = ""
    columns: tuple[str, ...] = ()
    old_numbers_empty: bool = False
    without_hidden: bool = False
    confirmed: bool = False

    def told(self, place: Place) -> Told:
        """What people said of the file, now or before."""
        remembered = memories(place, self.sender)
        said = (tuple(self.columns), self.form, self.village, self.old_numbers_empty, self.without_hidden)
        return Told(*said, remembered=remembered)


def ask_for_import(wanted: WantedImport, name: str, file: IO[bytes], *, asker: Asker, now: datetime) -> Job:
    """Ask for a workbook to be imported; the same file sent twice, while the first one waits or runs, is one job."""
    return _ask(IMPORT_WORKBOOK, wanted, name, file, asker, now)


def ask_for_look(wanted: WantedImport, name: str, file: IO[bytes], *, asker: Asker, now: datetime) -> Job:
    """Ask for a workbook to be looked through: how it is understood and what loading it would do, loading nothing."""
    return _ask(LOOK_THROUGH, wanted, name, file, asker, now)


def _ask(kind: str, wanted: WantedImport, name: str, file: IO[bytes], asker: Asker, now: datetime) -> Job:
    arguments = asdict(wanted) | {"place": str(UUID(wanted.place)), "columns": list(wanted.columns)}
    digest = sha256(canonical(arguments).encode())
    for piece in _pieces(file):
        digest.update(piece)
    given = [(name, _pieces(file))]
    return ask_for(kind, arguments, key=digest.hexdigest(), asker=asker, now=now, given=given)


def import_workbook(task: Task) -> Result:
    """Import a workbook into a commune's round, all or nothing; refused, its marked copy is kept with the job."""
    wanted = WantedImport(**task.arguments)
    place = Place.objects.get(uid=wanted.place)
    library, path, hear = _law(wanted, place, task), task.given_file(), _Hearing(task)
    reading = read_for_year(path, place, wanted.year, library, wanted.told(place), hear)
    with _marked_when_refused(task, path, reading):
        _refuse_unconfirmed(reading, wanted)
        with transaction.atomic():
            act = task.act(f"nhập {path.name}")
            opened = open_round(place, wanted.year, wanted.packs, act=act)
            remember(place, wanted.sender, reading, act=act)
            keys = load_keys(settings.KEYS_FILE)
            stage = Stage(wanted.stage)
            loaded = load_reading(reading, opened, library, keys, act=act, stage=stage, progress=hear)
            return task.finish(Result(_sheets(loaded) | _pairs(loaded, place, task)))


def _law(wanted: WantedImport, place: Place, task: Task) -> Library:
    """The law that a round goes by, as it is read in its place, with what was published by now."""
    return library_for(wanted.packs.split(","), timezone.localdate(task.clock()), place)


def look_through_workbook(task: Task) -> Result:
    """Read a workbook and try to load it, keeping nothing: what was understood, what it would do, what is wrong."""
    wanted = WantedImport(**task.arguments)
    place = Place.objects.get(uid=wanted.place)
    library, path, hear = _law(wanted, place, task), task.given_file(), _Hearing(task)
    reading = read_for_year(path, place, wanted.year, library, wanted.told(place), hear)
    said: dict[str, Any] = {"understood": understanding_data(reading)}
    try:
        with _marked_when_refused(task, path, reading), transaction.atomic():
            act = task.act(f"thử nhập {path.name}")
            opened = open_round(place, wanted.year, wanted.packs, act=act)
            keys, stage = load_keys(settings.KEYS_FILE), Stage(wanted.stage)
            loaded = load_reading(reading, opened, library, keys, act=act, stage=stage, progress=hear)
            transaction.set_rollback(True)
    except Refused as refused:
        said["problems"] = [[each.code, each.where, each.words] for each in refused.problems[:_MOST_TOLD]]
        said["wrong"] = len(refused.problems)
    else:
        said |= _sheets(loaded)
    return Result(said)


HANDLERS: Mapping[str, Handler] = {
    IMPORT_WORKBOOK: import_workbook,
    LOOK_THROUGH: look_through_workbook,
    **central_work.HANDLERS,
    **council_work.HANDLERS,
    **figure_work.HANDLERS,
    **round_work.HANDLERS,
    **village_work.HANDLERS,
}


def sweep_evidence(now: datetime) -> int:
    """Remove the files of evidence and of scans that killed processes left without a row; how many those were."""
    vault = Vault(settings.EVIDENCE_FOLDER, load_keys(settings.KEYS_FILE))
    return sweep(vault, now) + sweep_scans(vault, now)


def keep_sums(now: datetime) -> int:
    """Work out anew the sums that dashboards read where the map is a new one; of how many periods."""
    return len(keep_all(timezone.localdate(now)))


CHORES = (sweep_evidence, keep_sums)


class _Hearing:
    """Hears each piece of an import and tells the sum of its step."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.done: dict[Step, int] = {}

    def __call__(self, step: Step, done: int, total: int) -> None:
        self.done[step] = self.done.get(step, 0) + done
        self.task.tell(step.name.lower(), self.done[step], total)


@contextmanager
def _marked_when_refused(task: Task, path: Path, reading: Reading) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        try:
            copy = write_marked(path, task.new_folder(), refused.problems, reading, today())
        except Refused as unwritten:  # why the file is refused matters more than that its copy cannot be written
            raise Refused(*refused.problems, *unwritten.problems) from refused
        if copy is not None:
            task.keep(copy)
        raise


def _refuse_unconfirmed(reading: Reading, wanted: WantedImport) -> None:
    unsure = [] if reading.problems or wanted.confirmed else unconfirmed(reading)
    if unsure:
        raise Refused(*unsure)


def _sheets(loaded: Loaded) -> dict[str, Any]:
    """Each sheet with its rows entered, corrected and left; a list, as a database may change the order of a map."""
    return {"sheets": [[sheet, *counts] for sheet, counts in loaded.sheets.items()]}


def _pairs(loaded: Loaded, place: Place, task: Task) -> dict[str, Any]:
    """The records that may be of one person, which a new register can bring."""
    if "register" not in loaded.sheets:
        return {}
    act = task.act("tìm hồ sơ giống nhau")
    found = find_likely(place, today=today(), keys=load_keys(settings.KEYS_FILE), act=act)
    return {"pairs_new": found.new, "pairs_waiting": found.waiting}


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece
