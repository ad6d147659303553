"""Which column of a sheet holds what: by the same name, else by a like name, else by what its cells hold.

What fits two columns, or what no column fits, becomes a question for people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from densach.assessing.workbooks.cells import CellReader, Raw, is_empty
from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.days import YEARS
from densach.assessing.workbooks.forms import SheetForm
from densach.assessing.workbooks.headings import Heading, Table
from densach.assessing.workbooks.refusing import NotAValue
from densach.assessing.workbooks.words import Meaning, marked, meanings_of, plain
from densach.formats.excel import Row, column_letters
from densach.formats.vietnamese import fold
from densach.problems import Problem, problem

UNUSED = "-"  # what a person says of a column that is not to be used
SET_ASIDE = "không dùng, theo người nhập"
_ALIKE, _MARGIN, _SHORTEST_ALIKE = 0.8, 0.08, 5
_MOSTLY, _HARDLY = 0.8, 0.2  # shares of the filled cells of a column
_TELLING = ("number12", "date", "choice")  # kinds whose cells can be told from others
_LEAST_CELLS = 3


class Reason(StrEnum):
    """Why a column is taken for what it is taken for."""

    OWN = "mẫu của Đèn Sách"
    REMEMBERED = "đã được xác nhận trước đây"
    ASKED = "theo --column"
    NAME = "đúng tên cột"
    LIKE = "tên gần giống"
    CONTENT = "theo nội dung các ô"


@dataclass(frozen=True)
class Use:
    """What one column is used for, and why."""

    heading: Heading
    meaning: Meaning
    reason: Reason

    @property
    def letters(self) -> str:
        """The name of the column: `C`."""
        return column_letters(self.heading.place)


@dataclass
class Matched:
    """One sheet taken for one form: its columns in use, why others are not, and what must be asked."""

    form: SheetForm
    uses: list[Use] = field(default_factory=list)
    unused: dict[int, str] = field(default_factory=dict)
    questions: list[Problem] = field(default_factory=list)

    @property
    def given(self) -> set[str]:
        """The columns of the form that some column fills."""
        return {key for use in self.uses for key in use.meaning.gives}

    @property
    def by_key(self) -> dict[str, int]:
        """The place of each meaning."""
        return {use.meaning.key: use.heading.place for use in self.uses}


def match(
    sheet: str, form: SheetForm, table: Table, sample: Sequence[Row], said: Mapping[int, str], reason: Reason
) -> Matched:
    """Take a sheet for a form; `said` are the meanings people gave for columns, by place, for this `reason`."""
    return _Matching(sheet, Matched(form), table, sample, meanings_of(form)).run(said, reason)


@dataclass
class _Matching:
    sheet: str
    matched: Matched
    table: Table
    sample: Sequence[Row]
    meanings: tuple[Meaning, ...]
    fits: dict[tuple[int, str], float] = field(default_factory=dict)

    def run(self, said: Mapping[int, str], reason: Reason) -> Matched:
        by_key = {meaning.key: meaning for meaning in self.meanings}
        for heading in self.table.headings:
            if said.get(heading.place) == UNUSED:
                self.matched.unused[heading.place] = SET_ASIDE
            elif meaning := by_key.get(said.get(heading.place, "")):
                self.matched.uses.append(Use(heading, meaning, reason))
        self.by_name()
        self.by_likeness()
        self.by_content()
        self.matched.uses.sort(key=lambda use: use.heading.place)
        return self.matched

    def open(self) -> list[Heading]:
        """The columns nothing is said of yet."""
        settled = {use.heading.place for use in self.matched.uses} | self.matched.unused.keys()
        return [heading for heading in self.table.headings if heading.place not in settled]

    def by_name(self) -> None:
        found = {heading: self.named(heading) for heading in self.open()}
        present = {meaning.key for some in found.values() for meaning in some}
        present |= self.matched.by_key.keys()
        for heading, some in found.items():
            kept = [meaning for meaning in some if not meaning.partner or meaning.partner in present]
            self.settle(heading, self.by_kind(heading, kept), Reason.NAME)
        self.ask_of_doubles()

    def named(self, heading: Heading) -> list[Meaning]:
        for text in heading.wordings:
            if fold(text) != text.casefold() and (
                exact := [meaning for meaning in self.meanings if marked(text) in meaning.marked]
            ):
                return exact
            if folded := [meaning for meaning in self.meanings if plain(text) in meaning.plain]:
                return folded
        return []

    def by_kind(self, heading: Heading, some: list[Meaning]) -> list[Meaning]:
        """Of several meanings those that the cells bear out; a text bears out anything, so it comes last."""
        if len(some) < 2:
            return some
        exact = [meaning for meaning in some if meaning.kind != "text"]
        fitting = [meaning for meaning in exact if self.share(heading, meaning) >= _MOSTLY]
        if fitting or any(self.share(heading, meaning) > _HARDLY for meaning in exact):
            return fitting or some
        return [meaning for meaning in some if meaning.kind == "text"] or some

    def settle(self, heading: Heading, some: list[Meaning], reason: Reason) -> None:
        where = f"{self.sheet}!{column_letters(heading.place)}"
        if len(some) > 1:
            titles = ", ".join(f"{meaning.title_vi} [{meaning.key}]" for meaning in some)
            self.matched.questions.append(problem("W220", where, heading=heading.text, meanings=titles))
        for meaning in some[:1]:
            if meaning.key == "full_name" and self.share(heading, meaning) < _HARDLY:  # the columns have slipped
                self.matched.questions.append(problem("W229", where, heading=heading.text, column=meaning.title_vi))
            self.matched.uses.append(Use(heading, meaning, reason))

    def ask_of_doubles(self) -> None:
        """Two columns of one meaning: which of them is meant, nobody but the sender knows."""
        places: dict[str, list[Use]] = defaultdict(list)
        for use in self.matched.uses:
            places[use.meaning.key].append(use)
        for key, uses in places.items():
            for other in uses[1:] if key not in {"order", "remark"} else ():
                self.ask_which(uses[0], other)

    def ask_which(self, first: Use, second: Use) -> None:
        words = {"first": first.letters, "first_heading": first.heading.text, "second": second.letters}
        words |= {"second_heading": second.heading.text, "column": first.meaning.title_vi, "key": first.meaning.key}
        self.matched.questions.append(problem("W217", f"{self.sheet}!{second.letters}", **words))

    def by_likeness(self) -> None:
        """A name that is like one name much more than like any other, of something that no column holds yet."""
        for heading in self.open():
            scores = sorted(((likeness(heading, meaning), meaning) for meaning in self.meanings), key=lambda s: -s[0])
            (best, meaning), (next_best, _) = scores[0], scores[1]
            if best < _ALIKE or best - next_best < _MARGIN or meaning.partner:
                continue
            if self.matched.given.issuperset(meaning.gives) and meaning.gives:
                self.matched.unused[heading.place] = f"gần giống “{meaning.title_vi}”, mà cột đó đã có"
            elif meaning.gives:
                self.settle(heading, [meaning], Reason.LIKE)

    def by_content(self) -> None:
        """What the cells of a column can only be, where its name says nothing."""
        wanting = [m for m in self.meanings if m.kind in _TELLING and m.gives == (m.key,)]
        wanting = [m for m in wanting if m.key not in self.matched.given]
        filled = [heading for heading in self.open() if self.cells(heading)]
        fitting = {m.key: [h for h in filled if self.share(h, m) >= _MOSTLY] for m in wanting}
        for meaning in wanting:
            headings = fitting[meaning.key]
            alone = [h for h in headings if sum(h in others for others in fitting.values()) == 1]
            if len(headings) == 1 and alone:
                self.settle(headings[0], [meaning], Reason.CONTENT)
            elif len(headings) > 1:
                uses = [Use(heading, meaning, Reason.CONTENT) for heading in headings]
                self.ask_which(uses[0], uses[1])

    def share(self, heading: Heading, meaning: Meaning) -> float:
        """The share of the filled cells of a column that its meaning can take; a few cells must all fit."""
        key = (heading.place, meaning.key)
        if key not in self.fits:
            cells = self.cells(heading)
            column = next((c for c in self.matched.form.columns if c.key == meaning.key), None)
            column = column or Column(meaning.key, meaning.title_vi, meaning.kind, high=2100)
            fitting = sum(_fits(column, raw) for raw in cells)
            few = len(cells) < _LEAST_CELLS
            self.fits[key] = float(fitting == len(cells)) if few else fitting / len(cells)
        return self.fits[key]

    def cells(self, heading: Heading) -> list[Raw]:
        """What stands in the column, among the first rows."""
        return [raw for row in self.sample if not is_empty(raw := cell(row, heading.place))]


def likeness(heading: Heading, meaning: Meaning) -> float:
    """How like the names of a column and of a meaning are, from 0 to 1; very short names are like nothing."""
    texts = [text for text in map(plain, heading.wordings) if len(text) >= _SHORTEST_ALIKE]
    names = [name for name in meaning.plain if len(name) >= _SHORTEST_ALIKE]
    return max((_alike(text, name) for text in texts for name in names), default=0.0)


def cell(row: Row, place: int) -> Raw:
    """What stands at a place of a row."""
    return row.values[place] if place < len(row.values) else None


def unnamed_with_data(matched: Matched, table: Table, sample: Sequence[Row], sheet: str) -> Iterator[Problem]:
    """Columns without a name in which half of the rows hold something: the second half of a name, as likely as not."""
    width = max((len(row.values) for row in sample), default=0)
    named = {heading.place for heading in table.headings if heading.parts} | matched.unused.keys()
    named |= {use.heading.place for use in matched.uses}
    filled = [row for row in sample if not row.is_blank]
    for place in range(width):
        count = sum(not is_empty(cell(row, place)) for row in filled)
        if place not in named and count >= _LEAST_CELLS and 2 * count >= len(filled):
            yield problem("W219", f"{sheet}!{column_letters(place)}", column=column_letters(place))


def _alike(text: str, name: str) -> float:
    words, others = set(text.split()), set(name.split())
    shared = 2 * len(words & others) / (len(words) + len(others))
    if shared == 0:  # one word written with a slip
        return SequenceMatcher(None, text, name).ratio() if len(words) == len(others) == 1 else 0.0
    return max(shared, SequenceMatcher(None, text, name).ratio())


def _fits(column: Column, raw: Raw) -> bool:
    if column.key == "full_name":
        return isinstance(raw, str) and sum(map(str.isalpha, raw)) * 2 > len(raw)
    if column.kind == "date" and isinstance(raw, int) and raw not in YEARS:
        return False  # any number may be a running number of days
    try:
        CellReader(date.max).read(column, raw)
    except NotAValue as refused:
        return refused.code in {"W225", "W227", "W228"}
    return True


def required_missing(matched: Matched, *, from_elsewhere: Iterable[str]) -> list[Column]:
    """The required columns of the form that nothing fills."""
    given = matched.given | set(from_elsewhere)
    return [column for column in matched.form.columns if column.required and column.key not in given]
