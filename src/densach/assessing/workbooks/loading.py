"""Load a filled workbook: all of it or nothing, and the same file twice changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from densach.assessing.domain import Facts, enter_answers, register, subjects_for
from densach.assessing.models import Round, Stage, Subject
from densach.assessing.titles import BY_MODEL, LITERACY
from densach.assessing.workbooks.acts import load_decisions
from densach.assessing.workbooks.finding import Commune
from densach.assessing.workbooks.forms import GROUPS, sheet_forms
from densach.assessing.workbooks.reading import Reading, ReadRow, read_workbook_rows
from densach.history.domain import Act
from densach.people.domain import Resident, enter_clans, enter_residents, enter_units, join_clans, join_units
from densach.people.numbers import Keys
from densach.places.domain import add_villages
from densach.places.models import Place
from densach.places.queries import period_of, villages_of
from densach.policy.library import Library
from densach.problems import Problem, Refused, problem


@dataclass
class Loaded:
    """What an import did, sheet by sheet: rows entered, corrected and found as they were."""

    sheets: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def add(self, sheet: str, entered: int, corrected: int, unchanged: int) -> None:
        """Note one sheet."""
        self.sheets[sheet] = (entered, corrected, unchanged)


class _DryRun(Exception):  # noqa: N818  - it only carries the loading out of its transaction
    pass


def load_workbook(
    path: Path, round_: Round, library: Library, keys: Keys, *, act: Act, dry_run: bool = False
) -> Loaded:
    """Read, check and load one workbook into a round; refuses it whole with every refused cell named."""
    reading = read_workbook_rows(path, sheet_forms(library, date(round_.year, 12, 31)))
    if reading.problems:
        raise Refused(*reading.problems)
    loaded = Loaded()
    try:
        with transaction.atomic():
            _load_all(reading, round_, library, keys, loaded, act)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return loaded


def _load_all(reading: Reading, round_: Round, library: Library, keys: Keys, loaded: Loaded, act: Act) -> None:
    start = _first_day(round_)
    if "register" in reading.rows:
        _load_register(list(reading.of("register")), round_, start, keys, loaded, act)
    commune = Commune(round_.place, keys, date(round_.year, 12, 31))
    if "clan" in reading.rows or "clan.households" in reading.rows:
        _load_clans(reading, commune, start, act)
    if "unit" in reading.rows or "unit.members" in reading.rows:
        _load_units(reading, commune, start, act)
    for model, rows in _answered(reading).items():
        _load_answers(model, rows, round_, commune, loaded, act)
    if "decisions" in reading.rows:
        load_decisions(list(reading.of("decisions")), round_, library, commune, loaded, act)


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


def _load_register(rows: list[ReadRow], round_: Round, start: date, keys: Keys, loaded: Loaded, act: Act) -> None:
    _refuse_twice(rows, ("household", "full_name", "birth_date"), skip_if_empty="")
    _refuse_twice(rows, ("personal_number",), skip_if_empty="personal_number")
    _add_missing_villages(round_, {row.text("village") for row in rows}, start, act)
    villages = {row.name: row.place for row in villages_of(round_.place, date(round_.year, 12, 31))}
    residents = [_resident(row, villages) for row in rows]
    done = enter_residents(round_.place, residents, on=start, keys=keys, act=act)
    loaded.add("register", done.entered, done.corrected, done.unchanged)


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
        is_head=row.values.get("is_head") is True,
    )


def _add_missing_villages(round_: Round, names: set[str], start: date, act: Act) -> None:
    known = {row.name for row in villages_of(round_.place, start)}
    missing = sorted(names - known)
    if missing:
        add_villages(round_.place, missing, on=start, act=act, source="Sổ hộ của xã")


def _load_clans(reading: Reading, commune: Commune, start: date, act: Act) -> None:
    names = {row.text("clan"): row.text("name") for row in reading.of("clan")}
    commune.clans.update(enter_clans(commune.place, names, act=act))
    rows = list(reading.of("clan.households"))
    wrong = [_not_found(row, "clan") for row in rows if row.text("clan") not in commune.clans]
    wrong += [_not_found(row, "household") for row in rows if row.text("household") not in commune.households]
    _refuse(wrong)
    pairs = ((commune.clans[row.text("clan")], commune.households[row.text("household")]) for row in rows)
    join_clans(commune.place, pairs, on=start, act=act)


def _load_units(reading: Reading, commune: Commune, start: date, act: Act) -> None:
    about = {row.text("unit"): (row.text("name"), row.text("kind")) for row in reading.of("unit")}
    commune.units.update(enter_units(commune.place, about, act=act))
    rows = list(reading.of("unit.members"))
    found = [(row, commune.person(row)) for row in rows]
    _refuse([_not_found(row, "unit") for row in rows if row.text("unit") not in commune.units])
    _refuse([_not_found(row, "full_name") for row, person in found if person is None])
    members = (
        (commune.units[row.text("unit")], person, row.text("role")) for row, person in found if person is not None
    )
    join_units(commune.place, members, on=start, act=act)


def _load_answers(model: str, rows: list[ReadRow], round_: Round, commune: Commune, loaded: Loaded, act: Act) -> None:
    title = BY_MODEL[model]
    found = [(row, commune.object_of(model, row)) for row in rows]
    _refuse([_not_found(row, row.form.columns[0].key) for row, key in found if key is None])
    _refuse(_twice(found))
    subjects = subjects_for(title.kind, [key for _, key in found if key is not None])
    of_row = [(row, subjects[key]) for row, key in found if key is not None]
    new = register(round_, title.key, _registered(of_row), act=act)
    answered: dict[int, Facts] = {subject.pk: facts for row, subject in of_row if (facts := row.facts())}
    done = enter_answers(round_, title.key, Stage.SELF, answered, act=act)
    loaded.add(model, done.entered + new, done.corrected, len(rows) - done.entered - done.corrected)


def _registered(rows: Iterable[tuple[ReadRow, Subject]]) -> Iterator[Subject]:
    return (subject for row, subject in rows if row.values.get("registered") is True)


def _twice(found: Iterable[tuple[ReadRow, int | None]]) -> list[Problem]:
    """The second line about the same person or group: both may be right, so a person must choose."""
    first: dict[int | None, ReadRow] = {}
    wrong = []
    for row, key in found:
        if first.setdefault(key, row) is not row:
            wrong.append(_said_twice(row, first[key]))
    return wrong


def _refuse_twice(rows: list[ReadRow], keys: tuple[str, ...], skip_if_empty: str) -> None:
    by_key: dict[tuple[object, ...], list[ReadRow]] = defaultdict(list)
    for row in rows:
        if not skip_if_empty or row.values.get(skip_if_empty) is not None:
            by_key[tuple(row.values.get(key) for key in keys)].append(row)
    _refuse([_said_twice(row, same[0]) for same in by_key.values() for row in same[1:]])


def _said_twice(row: ReadRow, first: ReadRow) -> Problem:
    key = row.form.columns[0].key
    return problem("W221", row.where(key), first=first.where(key))


def _not_found(row: ReadRow, key: str) -> Problem:
    column = next(column for column in row.form.columns if column.key == key)
    return problem("W222", row.where(key), column=column.title_vi, value=row.text(key) or "–")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(*problems)
