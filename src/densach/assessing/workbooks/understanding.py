"""How a sheet is understood before anything of it is loaded: its form, its header, each column with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from densach.assessing.workbooks.cells import is_empty
from densach.assessing.workbooks.forms import SheetForm
from densach.assessing.workbooks.headings import TOP_ROWS, Heading, Table, find_table
from densach.assessing.workbooks.matching import (
    Matched,
    Reason,
    Use,
    cell,
    match,
    required_missing,
    unnamed_with_data,
)
from densach.assessing.workbooks.walking import Layout, Walk
from densach.assessing.workbooks.words import Meaning, head_words, meanings_of, plain
from densach.formats.excel import Merged, Row, column_letters
from densach.problems import Problem, problem

Forms = Mapping[str, SheetForm]
SAMPLE_ROWS = 300  # rows that are looked at to understand a sheet
_LEAST_GIVEN = 2  # columns of a form that a sheet must have to be taken for it
_UNSURE = (Reason.LIKE, Reason.CONTENT)


@dataclass(frozen=True)
class Memory:
    """How people confirmed these headings before: the form, and the meaning of each column by its letters."""

    form: str
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """What is known about a file beside the file itself; `remembered` is by the signature of the headings.

    `villages` are the names of the villages of the commune. The rest is what people said:
    `columns` are `B=full_name` or `Sheet1!B=full_name`; `village` holds for rows that name none; with `without_hidden`
    the rows that do not show stay out.
    """

    columns: tuple[str, ...] = ()
    form: str = ""
    village: str = ""
    old_numbers_empty: bool = False
    without_hidden: bool = False
    villages: tuple[str, ...] = ()
    remembered: Mapping[str, Memory] = field(default_factory=dict)


@dataclass
class Understood:
    """One sheet and how it is understood; `questions` must be answered before it can be read."""

    sheet: str
    matched: Matched
    table: Table
    own: bool = False
    household_by: str = "code"
    questions: list[Problem] = field(default_factory=list)
    encoding: str = ""

    @property
    def form(self) -> SheetForm:
        """The form it is taken for."""
        return self.matched.form

    @property
    def signature(self) -> str:
        """What the same headings are known by."""
        return signature_of(self.table)

    @property
    def unsure(self) -> list[Use]:
        """The columns taken for what they only may be."""
        return [use for use in self.matched.uses if use.reason in _UNSURE]

    @property
    def is_remembered(self) -> bool:
        """Whether people confirmed the columns of these headings before."""
        return any(use.reason is Reason.REMEMBERED for use in self.matched.uses)

    @property
    def layout(self) -> Layout:
        """Where its rows are looked at."""
        ignored = {"order", "remark"}
        places = frozenset(use.heading.place for use in self.matched.uses if use.meaning.key not in ignored)
        by_key = self.matched.by_key
        return Layout(self.table, places, by_key.get("full_name", by_key.get("given_part", -1)), self.own)


def signature_of(table: Table) -> str:
    """The hash of all headings in their places, without marks and capitals."""
    said = [f"{heading.place}:{plain(heading.text)}" for heading in table.headings if heading.parts]
    return sha256("\n".join(said).encode()).hexdigest()


def of_template(sheet: str, form: SheetForm, places: Mapping[str, int], header_row: int) -> Understood:
    """Our own template, which says itself what each column is."""
    known = {meaning.key: meaning for meaning in meanings_of(form)}
    uses = [Use(Heading(place, (known[key].title_vi,)), known[key], Reason.OWN) for key, place in _own(places, known)]
    table = Table((header_row,), tuple(use.heading for use in uses))
    return Understood(sheet, Matched(form, uses), table, own=True)


def understand(sheet: str, top: Sequence[Row], merged: Sequence[Merged], forms: Forms, told: Told) -> Understood | None:
    """How a sheet that is no template of ours is understood; None where no table is found that any form could be."""
    table = find_table(top[:TOP_ROWS], merged, _all_names(forms.values()))
    if table is None:
        return None
    places = frozenset(heading.place for heading in table.headings if heading.parts)
    sample = list(Walk(Layout(table, places, name=-1)).data(top))
    said, reason = _said(sheet, table, told)
    memory = told.remembered.get(signature_of(table))
    named = told.form or (memory.form if memory else "")
    candidates = [forms[named]] if named in forms else list(forms.values())
    found = [match(sheet, form, table, sample, said, reason) for form in candidates]
    found = found if named in forms else _best(sheet, found)
    if not found:
        return None
    understood = Understood(sheet, found[0], table)
    if len(found) > 1:
        names = ", ".join(f"{matched.form.name} [{matched.form.id}]" for matched in found)
        understood.questions.append(problem("W215", sheet, forms=names))
    _complete(understood, [row for row in top if row.number > max(table.header_rows)], told)
    return understood


def _own(places: Mapping[str, int], known: Mapping[str, Meaning]) -> list[tuple[str, int]]:
    return sorted(((key, place) for key, place in places.items() if key in known), key=lambda pair: pair[1])


def _all_names(forms: Iterable[SheetForm]) -> frozenset[str]:
    return frozenset().union(*(meaning.plain for form in forms for meaning in meanings_of(form)))


def _said(sheet: str, table: Table, told: Told) -> tuple[dict[int, str], Reason]:
    """The meanings that people gave, by place: now, or for the same headings before."""
    places = {column_letters(heading.place): heading.place for heading in table.headings}
    now = dict(_on_sheet(sheet, one) for one in told.columns)
    memory = told.remembered.get(signature_of(table))
    if now or memory is None:
        return {places[letters]: key for letters, key in now.items() if letters in places}, Reason.ASKED
    return {places[letters]: key for letters, key in memory.columns.items() if letters in places}, Reason.REMEMBERED


def _on_sheet(sheet: str, one: str) -> tuple[str, str]:
    """Letters and meaning of one `B=full_name`; of another sheet no letters."""
    column, _, key = one.partition("=")
    name, found, letters = column.rpartition("!")
    return ("" if found and name.strip() != sheet else letters.strip().upper(), key.strip())


def _best(sheet: str, found: list[Matched]) -> list[Matched]:
    """The forms that the columns fit best; of several the one whose name the sheet bears."""
    able = [one for one in found if len(one.given) >= _LEAST_GIVEN and _has_key(one)]
    if not able:
        return []
    most = max(map(_fit, able))
    best = [one for one in able if _fit(one) == most]
    named = [one for one in best if plain(one.form.name) in plain(sheet)]
    return named if len(named) == 1 else best


def _has_key(matched: Matched) -> bool:
    return any(column.required and column.key in matched.given for column in matched.form.columns)


def _fit(matched: Matched) -> tuple[int, int]:
    wanting = required_missing(matched, from_elsewhere=())
    return len(matched.given), -len(wanting)


def _complete(understood: Understood, sample: Sequence[Row], told: Told) -> None:
    """Find out where villages and households come from, and ask for what is still wanting."""
    matched = understood.matched
    elsewhere = {"village"} if told.village or _has_sections(understood, sample) else set()
    understood.household_by = _household_by(understood, sample)
    if understood.household_by:
        elsewhere.add("household")
    understood.questions += matched.questions
    understood.questions += unnamed_with_data(matched, understood.table, sample, understood.sheet)
    open_columns = [column_letters(h.place) for h in understood.table.headings if _is_open(h, matched)]
    for column in required_missing(matched, from_elsewhere=elsewhere):
        words = {"column": column.title_vi, "key": column.key, "open": ", ".join(open_columns) or "–"}
        code = {"village": "W236", "household": "W237"}.get(column.key, "W218")
        understood.questions.append(problem(code, understood.sheet, **words))


def _is_open(heading: Heading, matched: Matched) -> bool:
    return bool(heading.parts) and heading.place not in {use.heading.place for use in matched.uses}


def _has_sections(understood: Understood, sample: Sequence[Row]) -> bool:
    walk = Walk(understood.layout)
    for _ in walk.data(sample):
        pass
    return walk.sections > 0


def _household_by(understood: Understood, sample: Sequence[Row]) -> str:
    """Where households come from: a code, a number, the order that only first rows bear, or the heads; else nothing."""
    places = understood.matched.by_key
    if "household" in places:
        return "code"
    if "household_number" in places:
        return "number"
    if "relation" not in places and "is_head" not in places:
        return ""
    rows = list(Walk(understood.layout).data(sample))
    if not {"order", "relation"} <= places.keys():
        return "heads"
    with_order = [not is_empty(cell(row, places["order"])) for row in rows]
    heads = [plain(str(cell(row, places["relation"]))) in head_words() for row in rows]
    return "order" if with_order == heads and not all(heads) else "heads"
