"""Read workbooks: every sheet that is understood, every row as values, and every refused cell with its reason."""

from __future__ import annotations

import itertools
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from densach.assessing.workbooks.cells import CellReader, Raw, Value, is_empty
from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.composing import Cells, Composer, Counted
from densach.assessing.workbooks.decoding import counts_from_1904, decoding_of, filled_down
from densach.assessing.workbooks.forms import SheetForm
from densach.assessing.workbooks.headings import TOP_ROWS
from densach.assessing.workbooks.matching import cell
from densach.assessing.workbooks.progress import Progress, Step, silent
from densach.assessing.workbooks.refusing import NotAValue
from densach.assessing.workbooks.rows import ReadRow, Source
from densach.assessing.workbooks.understanding import SAMPLE_ROWS, Told, Understood, of_template, understand
from densach.assessing.workbooks.walking import Skip, Skips, Walk
from densach.formats.excel import Row, Sheet, column_letters
from densach.formats.filled import Filled, read_filled
from densach.formats.marked import is_summary
from densach.formats.sheets import EXAMPLE, SPECIMEN
from densach.formats.tables import read_tables
from densach.formats.vietnamese import tone_key
from densach.problems import Problem, Refused, problem

Forms = Mapping[str, SheetForm]
_PIECE = 1000  # rows between two signs of progress
_REPEATED = frozenset({"village", "household", "clan", "unit"})  # texts that stand in many rows: kept once


@dataclass
class SheetReading:
    """One sheet as it was read: how it was understood, and what was skipped, mended and filled in.

    `repairs` holds the numbers of the rows by column and kind of repair; `read` counts the rows that became values.
    `hidden` are the rows of data that do not show in the file and were read all the same; so are `hidden_columns`.
    `twins` are the rows that say what a row above says, each with the number of that one.
    """

    understood: Understood
    skips: Skips
    counted: Counted
    repairs: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    read: int = 0
    refused: int = 0
    hidden: list[int] = field(default_factory=list)
    hidden_columns: tuple[str, ...] = ()
    twins: dict[int, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows stand below the header: each was read, skipped or refused."""
        return self.read + self.skips.count + self.refused


@dataclass
class Reading:
    """What a workbook says: rows by form, all that was refused, and how each sheet was understood.

    `fictional` when one of its sheets says MẪU; `strange` are the sheets in which no table was found.
    """

    rows: dict[str, list[ReadRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    sheets: list[SheetReading] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    fictional: bool = False

    def of(self, *form_ids: str) -> Iterator[ReadRow]:
        """The rows of some sheets, in order."""
        for form_id in form_ids:
            yield from self.rows.get(form_id, [])


def read_workbook_rows(
    path: Path, forms: Forms, last: date, told: Told | None = None, progress: Progress = silent
) -> Reading:
    """Read all sheets that are understood; raises Refused where the file is no workbook, or no sheet is understood.

    `last` is the last day of the round; `progress` hears of each thousand rows.
    """
    reading = Reading()
    reader = _WorkbookReader(reading, forms, told or Told(), progress, last, counts_from_1904(path))
    for sheet in itertools.filterfalse(is_summary, read_tables(path)):
        reader.read_sheet(sheet)
    if not reading.sheets and not reading.problems:
        raise Refused(problem("W211", path.name))
    return reading


@dataclass
class _WorkbookReader:
    reading: Reading
    forms: Forms
    told: Told
    progress: Progress
    last: date
    since_1904: bool | None
    homes: dict[str, str] = field(default_factory=dict)
    seen: dict[str, dict[tuple[Value, ...], int]] = field(default_factory=lambda: defaultdict(dict))

    def read_sheet(self, sheet: Sheet) -> None:
        filled = read_filled(sheet)
        if filled is not None:
            self.reading.fictional = self.reading.fictional or filled.fictional
            if form := self.form_of(sheet, filled):
                own = of_template(sheet.name, form, filled.places, filled.header_row)
                self.read_rows(own, sheet.rows(), sheet)
        elif not sheet.is_hidden:
            self.read_strange(sheet)

    def read_strange(self, sheet: Sheet) -> None:
        merged, rows = sheet.merged, sheet.rows()
        raw = list(itertools.islice(rows, TOP_ROWS + SAMPLE_ROWS))
        decoding = decoding_of(raw)
        top = list(decoding.rows(raw))
        understood = understand(sheet.name, top, merged, self.forms, self.told)
        if understood is None:
            self.reading.strange += [sheet.name] if any(not row.is_blank for row in top) else []
            return
        understood.encoding = decoding.title
        self.reading.fictional = self.reading.fictional or any(SPECIMEN in row.values for row in top[:TOP_ROWS])
        self.reading.problems += understood.questions
        if understood.questions:
            self.reading.sheets.append(SheetReading(understood, Skips(), Counted()))
        else:
            self.read_rows(understood, itertools.chain(top, decoding.rows(rows)), sheet)

    def form_of(self, sheet: Sheet, filled: Filled) -> SheetForm | None:
        """The form of one of our templates, or the reason why it cannot be read."""
        form_id, _, version = filled.id.partition(":")
        form = self.forms.get(form_id)
        if form is None:
            self.reading.problems.append(problem("W212", sheet.name, id=filled.id))
            return None
        if version != form.version:
            self.reading.problems.append(problem("W213", sheet.name, found=version, expected=form.version))
            return None
        missing = [column for column in form.columns if column.key not in filled.places]
        self.reading.problems += [problem("W214", sheet.name, column=column.title_vi) for column in missing]
        return None if missing else form

    def read_rows(self, understood: Understood, rows: Iterable[Row], source: Sheet) -> None:
        below = [one for one in source.merged if one.first_row > max(understood.table.header_rows)]
        rows = filled_down(rows, below) if below else rows
        hidden = source.hidden
        walk = Walk(understood.layout, hidden.rows if self.told.without_hidden else frozenset())
        sheet = _SheetReader(self, understood, walk)
        sheet.result.hidden_columns = tuple(map(column_letters, sorted(hidden.columns & understood.layout.places)))
        self.reading.sheets.append(sheet.result)
        found = self.reading.rows.setdefault(understood.form.id, [])
        seen = self.seen[understood.form.id]
        for done, row in enumerate(walk.data(_checking_examples(rows, sheet)), start=1):
            values = sheet.read(row)
            if row.number in hidden.rows:
                sheet.result.hidden.append(row.number)
            if values is None:
                sheet.result.refused += 1
            elif seen.setdefault(values, len(found)) != len(found):
                walk.skips.note(Skip.TWICE, row.number)
                sheet.result.twins[row.number] = found[seen[values]].number
            else:
                found.append(ReadRow(sheet.source, row.number, values))
                sheet.result.read += 1
            if done % _PIECE == 0:
                self.progress(Step.READING, _PIECE, 0)


class _SheetReader:
    """Reads the data rows of one sheet into values, and keeps account of what it did."""

    def __init__(self, workbook: _WorkbookReader, understood: Understood, walk: Walk) -> None:
        told = workbook.told
        self.understood = understood
        self.walk = walk
        self.problems = workbook.reading.problems
        self.columns = understood.form.columns
        self.places = understood.matched.by_key
        self.source = Source(understood.sheet, understood.form, _first_places(understood))
        self.cells = CellReader(workbook.last, workbook.since_1904, told.old_numbers_empty)
        self.composer = Composer(
            understood.sheet,
            self.places,
            told.village,
            understood.household_by,
            carries=any(column.key == "full_name" for column in self.columns),
            known_villages={tone_key(name): name for name in told.villages},
            taken=workbook.homes,
        )
        self.result = SheetReading(understood, walk.skips, self.composer.counted)

    def read(self, row: Row) -> tuple[Value, ...] | None:
        """The values of a row in the order of the form, or None where one of its cells is refused."""
        if self.understood.own:
            said: Cells = {key: cell(row, place) for key, place in self.places.items()}
        else:
            said = self.composer.cells(row, self.walk.village)
        before = len(self.problems)
        values = tuple([self.value(column, said.get(column.key), row) for column in self.columns])
        return values if len(self.problems) == before else None

    def value(self, column: Column, raw: Raw | NotAValue, row: Row) -> Value:
        if raw is None and not column.required:
            return None
        try:
            if isinstance(raw, NotAValue):
                raise raw
            value = self.cells.read(column, raw)
        except NotAValue as refused:
            self.problems.append(self.refused_cell(column, raw, row, refused))
            self.cells.repairs.clear()
            return None
        if self.cells.repairs:
            for repair in self.cells.repairs:
                self.result.repairs[column.key, repair].append(row.number)
            self.cells.repairs.clear()
        return sys.intern(value) if column.key in _REPEATED and isinstance(value, str) else value

    def refused_cell(self, column: Column, raw: Raw | NotAValue, row: Row, refused: NotAValue) -> Problem:
        """The problem of one cell: its address, what stands in it, why it is refused."""
        place = self.place_of(column.key, row)
        if isinstance(raw, NotAValue):
            raw = cell(row, place) if place is not None else None
        address = row.address(place) if place is not None else str(row.number)
        where = f"{self.source.sheet}!{address}"
        return problem(refused.code, where, column=column.title_vi, value=raw, **refused.words)

    def place_of(self, key: str, row: Row) -> int | None:
        """Where a value stands: of several columns that may hold it the first that is filled."""
        places = [use.heading.place for use in self.understood.matched.uses if key in use.meaning.gives]
        return next((place for place in places if not is_empty(cell(row, place))), places[0] if places else None)


def _first_places(understood: Understood) -> dict[str, int]:
    """Where each column of the form stands, or the first column that helps to fill it."""
    places: dict[str, int] = {}
    for use in understood.matched.uses:
        for key in use.meaning.gives:
            places.setdefault(key, use.heading.place)
    return places | {key: place for key, place in understood.matched.by_key.items() if key in places}


def _checking_examples(rows: Iterable[Row], sheet: _SheetReader) -> Iterator[Row]:
    """The rows as they are; of one that bears the mark of an example and says something else it is told."""
    for row in rows:
        if row.values and row.values[0] == EXAMPLE and row.number > max(sheet.understood.table.header_rows):
            sheet.problems += _overwritten(row, sheet)
        yield row


def _overwritten(row: Row, sheet: _SheetReader) -> Iterator[Problem]:
    """An example that no longer says what it said: somebody's own data would be lost."""
    for column in sheet.columns:
        place = sheet.places.get(column.key)
        raw = cell(row, place) if place is not None else None
        if place is not None and raw != (column.example or None):
            where = f"{sheet.source.sheet}!{row.address(place)}"
            yield problem("W223", where, column=column.title_vi, value=raw, mark=EXAMPLE)
            return
