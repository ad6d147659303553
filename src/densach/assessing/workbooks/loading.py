"""Load a filled workbook: all of it or nothing, and the same file twice changes nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from densach.assessing.domain import Facts, enter_answers, register, subjects_for
from densach.assessing.models import Round, Stage, Subject
from densach.assessing.queries import recognitions_in
from densach.assessing.titles import BY_MODEL, LITERACY, rubric_on
from densach.assessing.workbooks.acts import record_decisions
from densach.assessing.workbooks.columns import GROUPS
from densach.assessing.workbooks.finding import Commune
from densach.assessing.workbooks.forms import sheet_forms
from densach.assessing.workbooks.progress import Progress, Step, silent
from densach.assessing.workbooks.reading import Reading, read_workbook_rows
from densach.assessing.workbooks.rows import ReadRow
from densach.assessing.workbooks.telling import unconfirmed
from densach.assessing.workbooks.understanding import Told
from densach.formats.vietnamese import tone_key
from densach.history.domain import Act
from densach.people.domain import Resident, enter_clans, enter_residents, enter_units, join_clans, join_units
from densach.people.entering import refuse_former_households
from densach.people.merger.carrying import refuse_left_behind
from densach.people.numbers import Keys
from densach.places.domain import add_villages
from densach.places.models import Place, PlacePeriod
from densach.places.queries import period_of, villages_of
from densach.policy.library import Library
from densach.problems import Problem, Refused, problem
from densach.rules.sheet import Sheet


@dataclass
class Loaded:
    """What an import did, sheet by sheet: rows entered, corrected and found as they were."""

    sheets: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def add(self, sheet: str, entered: int, corrected: int, unchanged: int) -> None:
        """Note one sheet."""
        self.sheets[sheet] = (entered, corrected, unchanged)


def load_workbook(
    path: Path, round_: Round, library: Library, keys: Keys, *, act: Act, stage: Stage = Stage.SELF
) -> Loaded:
    """Read, check and load one workbook into a round; refuses it whole with every refused cell named.

    `stage` says whose answers they are: the subjects' own, or those of the people who checked.
    """
    reading = read_for_year(path, round_.place, round_.year, library)
    if unsure := unconfirmed(reading):
        raise Refused(*unsure)
    return load_reading(reading, round_, library, keys, act=act, stage=stage)


def read_for_year(
    path: Path, place: Place, year: int, library: Library, told: Told | None = None, progress: Progress = silent
) -> Reading:
    """Read a workbook for a commune's year, loading nothing; refuses made-up figures for a real commune (W224).

    What is wrong in it is in the `problems` of the reading, so that people can be shown how all of it was understood.
    """
    last = date(year, 12, 31)
    told = replace(told or Told(), villages=tuple(row.name for row in villages_of(place, last)))
    reading = read_workbook_rows(path, sheet_forms(library, last), last, told, progress)
    if reading.fictional and not place.fictional:
        raise Refused(problem("W224", path.name))
    return reading


def load_reading(
    reading: Reading,
    round_: Round,
    library: Library,
    keys: Keys,
    *,
    act: Act,
    stage: Stage = Stage.SELF,
    progress: Progress = silent,
) -> Loaded:
    """Check and load what was read, all of it or nothing; refuses every problem of the reading, then of the commune."""
    if reading.problems:
        raise Refused(*reading.problems)
    loading = _Loading(reading, round_, library, keys, act, stage, progress)
    gc.freeze()  # what was read stays to the end: it need not be looked through for garbage again and again
    try:
        with transaction.atomic():
            loading.load_all()
    finally:
        gc.unfreeze()
    return loading.loaded


@dataclass
class _Loading:
    """One import on its way: registers first, then groups, then answers, then decisions, inside one transaction."""

    reading: Reading
    round: Round
    library: Library
    keys: Keys
    act: Act
    stage: Stage
    progress: Progress
    loaded: Loaded = field(default_factory=Loaded)

    def __post_init__(self) -> None:
        self.start = _first_day(self.round)
        self.commune = Commune(self.round.place, self.keys, date(self.round.year, 12, 31))

    def load_all(self) -> None:
        sheets = self.reading.rows.keys()
        if "register" in sheets:
            self.load_register(self.reading.rows["register"])
        if {"clan", "clan.households"} & sheets:
            self.load_clans()
        if {"unit", "unit.members"} & sheets:
            self.load_units()
        for model, rows in _answered(self.reading).items():
            self.load_answers(model, rows)
        if "decisions" in sheets:
            self.load_decisions(self.reading.rows["decisions"])

    def load_decisions(self, rows: list[ReadRow]) -> None:
        before = recognitions_in(self.commune.place)
        record_decisions(rows, self.round, self.library, self.commune, act=self.act)
        new = recognitions_in(self.commune.place) - before
        self.loaded.add("decisions", new, 0, len(rows) - new)

    def load_register(self, rows: list[ReadRow]) -> None:
        refuse_left_behind(self.commune.place)
        self.progress(Step.CHECKING, 0, len(rows))
        _refuse_contradictions(rows)
        self.refuse_unborn(rows)
        self.add_missing_villages({row.text("village") for row in rows})
        villages = {row.name: row.place for row in self.villages()}
        residents = [_resident(row, villages) for row in rows]
        with _told_in(rows, "household"):
            refuse_former_households(self.commune.place, {line.household for line in residents}, self.start)
        total = len(rows)
        self.progress(Step.CHECKING, total, total)
        rows.clear()  # a hundred thousand rows need not stand in memory twice
        done = enter_residents(
            self.commune.place,
            residents,
            on=self.start,
            keys=self.keys,
            act=self.act,
            progress=lambda done: self.progress(Step.LOADING, done, total),
        )
        self.loaded.add("register", done.entered, done.corrected, done.unchanged)

    def refuse_unborn(self, rows: list[ReadRow]) -> None:
        """Both are ISO texts: a day, or a year alone."""
        last = self.commune.on.isoformat()
        _refuse([_unborn(row, last) for row in rows if row.text("birth_date") > last])

    def villages(self) -> QuerySet[PlacePeriod]:
        return villages_of(self.commune.place, self.commune.on)

    def add_missing_villages(self, names: set[str]) -> None:
        missing = sorted(names - {row.name for row in self.villages()})
        if missing:
            add_villages(self.commune.place, missing, on=self.start, act=self.act, source="Sổ hộ của xã")

    def load_clans(self) -> None:
        commune = self.commune
        names = {row.text("clan"): row.text("name") for row in self.reading.of("clan")}
        with _told_in(list(self.reading.of("clan")), "clan"):
            commune.clans.update(enter_clans(commune.place, names, on=self.start, act=self.act))
        rows = list(self.reading.of("clan.households"))
        wrong = [_not_found(row, "clan") for row in rows if row.text("clan") not in commune.clans]
        wrong += [_not_found(row, "household") for row in rows if row.text("household") not in commune.households]
        _refuse(wrong)
        pairs = ((commune.clans[row.text("clan")], commune.households[row.text("household")]) for row in rows)
        join_clans(commune.place, pairs, on=self.start, act=self.act)

    def load_units(self) -> None:
        commune = self.commune
        about = {row.text("unit"): (row.text("name"), row.text("kind")) for row in self.reading.of("unit")}
        with _told_in(list(self.reading.of("unit")), "unit"):
            commune.units.update(enter_units(commune.place, about, on=self.start, act=self.act))
        rows = list(self.reading.of("unit.members"))
        found = commune.persons_anywhere(rows)
        wrong = [_not_found(row, "unit") for row in rows if row.text("unit") not in commune.units]
        _refuse([*wrong, *(_not_found(row, "full_name") for row, person in found if person is None)])
        members = ((commune.units[row.text("unit")], who, row.text("role")) for row, who in found if who is not None)
        join_units(commune.place, members, on=self.start, act=self.act)

    def load_answers(self, model: str, rows: list[ReadRow]) -> None:
        title = BY_MODEL[model]
        found = [(row, self.commune.object_of(model, row)) for row in rows]
        _refuse([_not_found(row, row.form.columns[0].key) for row, key in found if key is None])
        _refuse(_twice(found))
        sheet = Sheet(rubric_on(self.library, title, self.commune.on).rubric)
        _refuse([wrong for row in rows for wrong in contradictions(row, sheet)])
        subjects = subjects_for(title.kind, [key for _, key in found if key is not None])
        of_row = [(row, subjects[key]) for row, key in found if key is not None]
        registered = register(self.round, title.key, _registered(of_row), act=self.act)
        answered: dict[int, Facts] = {subject.pk: facts for row, subject in of_row if (facts := row.facts())}
        done = enter_answers(self.round, title.key, self.stage, answered, act=self.act)
        new = max(registered, done.entered)
        self.loaded.add(model, new, done.corrected, len(rows) - new - done.corrected)


def contradictions(row: ReadRow, sheet: Sheet) -> Iterator[Problem]:
    """What the rubric cannot take of a row whose cells are each in order: a part that is more than its whole."""
    try:
        sheet.bounds(row.facts())
    except Refused as refused:
        for found in refused.problems:
            yield Problem(found.code, row.where(found.where), found.words)


def _first_day(round_: Round) -> date:
    """The day from which the lines of a year are true: 1 January, or the day the commune came to be if later."""
    commune = period_of(round_.place, date(round_.year, 12, 31))
    new_year = date(round_.year, 1, 1)
    return max(new_year, commune.valid_from) if commune else new_year


def _answered(reading: Reading) -> dict[str, list[ReadRow]]:
    sheets = {
        "citizen": tuple(f"citizen.{group}" for group in GROUPS),
        **{model: (model,) for model in ("family", "clan", "village", "unit", LITERACY, "commune")},
    }
    found = {model: list(reading.of(*ids)) for model, ids in sheets.items()}
    return {model: rows for model, rows in found.items() if rows}


def _resident(row: ReadRow, villages: Mapping[str, Place]) -> Resident:
    literacy = row.text("literacy")
    return Resident(
        household=row.text("household"),
        village=villages[row.text("village")],
        full_name=row.text("full_name"),
        sex=row.text("sex"),
        birth=row.text("birth_date"),
        number=row.text("personal_number"),
        literacy=int(literacy) if literacy else None,
        residence=row.text("residence") or "unknown",
        is_head=row.value("is_head") is True,
    )


def _registered(rows: Iterable[tuple[ReadRow, Subject]]) -> Iterator[Subject]:
    return (subject for row, subject in rows if row.value("registered") is True)


def _twice(found: Iterable[tuple[ReadRow, int | None]]) -> list[Problem]:
    """Two lines about the same person or group: both may be right, so a person must choose."""
    first: dict[int | None, ReadRow] = {}
    wrong = []
    for row, key in found:
        if first.setdefault(key, row) is not row:
            wrong += [_said_twice(first[key], row), _said_twice(row, first[key])]
    return _each_once(wrong)


def _refuse_contradictions(rows: list[ReadRow]) -> None:
    """One person on two different rows, or one household in two villages: both places are told."""
    with_number = [row for row in rows if row.text("personal_number")]
    found = _both_told(rows, _who)
    found += _both_told(with_number, lambda row: row.text("personal_number"))
    _refuse(_each_once(found))
    first: dict[str, ReadRow] = {}
    apart = []
    for row in rows:
        known = first.setdefault(row.text("household"), row)
        if known.text("village") != row.text("village"):
            apart += [_lives_apart(row, known), _lives_apart(known, row)]
    _refuse(_each_once(apart))


def _who(row: ReadRow) -> tuple[str, str, str]:
    """Who a row of the register is about, where it gives no number."""
    return row.text("household"), tone_key(row.text("full_name")), row.text("birth_date")


def _each_once(found: list[Problem]) -> list[Problem]:
    return list({(each.code, each.where): each for each in found}.values())


def _both_told(rows: list[ReadRow], key: Callable[[ReadRow], object]) -> list[Problem]:
    by_key: dict[object, ReadRow] = {}
    found = []
    for row in rows:
        first = by_key.setdefault(key(row), row)
        if first is not row:
            found += [_said_twice(first, row), _said_twice(row, first)]
    return found


def _lives_apart(row: ReadRow, other: ReadRow) -> Problem:
    words = {"household": row.text("household"), "village": row.text("village"), "other": other.text("village")}
    return problem("W231", row.where("household"), other_cell=other.where("household"), **words)


def _said_twice(row: ReadRow, first: ReadRow) -> Problem:
    key = row.form.columns[0].key
    return problem("W221", row.where(key), first=first.where(key))


@contextmanager
def _told_in(rows: list[ReadRow], key: str) -> Iterator[None]:
    """A code that is refused (N140) is named by the first cell that it stands in."""
    try:
        yield
    except Refused as refused:
        cells = {row.text(key): row.where(key) for row in reversed(rows)}
        told = [replace(each, where=cells[each.where]) if each.code == "N140" else each for each in refused.problems]
        raise Refused(*told) from refused


def _unborn(row: ReadRow, last: str) -> Problem:
    column = next(column for column in row.form.columns if column.key == "birth_date")
    words = {"column": column.title_vi, "value": row.text("birth_date"), "last": last}
    return problem("W208", row.where("birth_date"), **words)


def _not_found(row: ReadRow, key: str) -> Problem:
    column = next(column for column in row.form.columns if column.key == key)
    return problem("W222", row.where(key), column=column.title_vi, value=row.text(key) or "–")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(*problems)
