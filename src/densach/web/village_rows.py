"""Sheets as rows to fill in: the questions of the rubric as cells, what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from densach.assessing.models import Kind
from densach.assessing.sheets.models import State, Way
from densach.assessing.titles import Title
from densach.assessing.villages.access import Village
from densach.assessing.villages.marks import HouseholdRow, KnownSheet, Member, Progress
from densach.assessing.villages.rubrics import CITIZEN, FAMILY, asked
from densach.policy.viewing import in_language
from densach.problems import Problem, Refused
from densach.rules.judging import Judge
from densach.rules.lowering import highest
from densach.rules.model import Fact
from densach.rules.sheet import Answer
from densach.rules.verdicts import Verdict
from densach.web.sentences import language
from densach.web.trying import LARGEST_SHOWN, read_answers

FORMS = {"nguoi": CITIZEN, "gia-dinh": FAMILY}
WAYS = {"giup": Way.HELPED, "giay": Way.PAPER}
CAN_BE_WRITTEN = frozenset({Progress.NONE, Progress.WRITING, Progress.GIVEN_BACK})


@dataclass(frozen=True)
class Column:
    """One question over its column: its number on the paper, its words, and what is taken."""

    number: int
    fact: Fact
    title: str
    most: int | None


@dataclass(frozen=True)
class Cell:
    """One answer: what is typed there, what somebody else wrote meanwhile, and what is wrong."""

    column: Column
    given: str
    theirs: str = ""
    problem: Problem | None = None

    @property
    def is_plain(self) -> bool:
        """Whether a field for a number is all there is to show."""
        kind = self.column.fact.kind
        return kind in {"score", "count"} and self.problem is None and not self.theirs


@dataclass(frozen=True)
class EntryRow:
    """The sheet of one person or household as a row; `told` says what became of it just now."""

    uid: UUID
    code: str
    household: UUID
    name: str
    mark: Progress
    way: str
    version: int
    note: str
    cells: tuple[Cell, ...]
    told: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the sheet can be written on."""
        return self.mark in CAN_BE_WRITTEN

    @property
    def is_plain(self) -> bool:
        """Whether fields for numbers, or what they hold, is all there is to show, as in all but a few of hundreds."""
        return not self.is_open or all(cell.is_plain for cell in self.cells)

    @property
    def is_wrong(self) -> bool:
        """Whether something keeps the row from being saved."""
        return bool(self.problems) or any(cell.problem for cell in self.cells)

    @property
    def left(self) -> int:
        """How many questions are not answered."""
        return sum(not cell.given for cell in self.cells)


@dataclass(frozen=True)
class OpenedMember:
    """A member of a household with the marks of each question, what is not answered, and the sheet to check if any."""

    member: Member
    marks: tuple[tuple[str, Verdict | None], ...]
    missing: tuple[str, ...]
    to_check: UUID | None


def columns_of(judge: Judge) -> tuple[Column, ...]:
    """The questions that people answer, numbered as on the paper."""
    return tuple(
        Column(number, fact, in_language(fact, "title", language()), _most(fact))
        for number, fact in enumerate(asked(judge), 1)
    )


def _most(fact: Fact) -> int | None:
    return most if (most := highest(fact)) < LARGEST_SHOWN else None


def rows_for(village: Village, title: Title, households: Iterable[HouseholdRow]) -> Iterator[EntryRow]:
    """A row for everybody who owes a sheet or has one; of the title of families, one for each household."""
    if village.round is None:
        return
    columns = columns_of(village.judge(title))
    for household in households:
        if title.kind is Kind.HOUSEHOLD:
            yield household_entry(columns, household)
            continue
        for member in household.shown:
            yield member_entry(columns, household, member)


def member_entry(columns: tuple[Column, ...], household: HouseholdRow, member: Member) -> EntryRow:
    """The row of a person."""
    return _row(columns, household, member.uid, member.name, member.mark, member.sheet)


def household_entry(columns: tuple[Column, ...], household: HouseholdRow) -> EntryRow:
    """The row of a household's own sheet."""
    return _row(columns, household, household.uid, household.head, household.family, household.family_sheet)


def _row(
    columns: tuple[Column, ...],
    household: HouseholdRow,
    uid: UUID,
    name: str,
    mark: Progress,
    sheet: KnownSheet | None,
) -> EntryRow:
    draft = sheet.draft if sheet else {}
    cells = tuple(Cell(column, as_typed(draft.get(column.fact.id))) for column in columns)
    known = (sheet.way, sheet.version, sheet.note if sheet.state == State.GIVEN_BACK else "") if sheet else ("", 0, "")
    return EntryRow(uid, household.code, household.uid, name, mark, *known, cells)


def as_typed(answer: Answer) -> str:
    """An answer as a field shows it."""
    if answer is None:
        return ""
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


def answers_typed(judge: Judge, typed: Mapping[str, str]) -> tuple[dict[str, Answer], dict[str, Problem]]:
    """The answers of every question that people are asked, None where nothing was typed, and what cannot be taken."""
    names = [fact.id for fact in asked(judge)]
    facts, problems = read_answers(judge.rubric, {name: typed.get(name, "") for name in names})
    if not problems:
        try:
            judge.sheet.bounds(facts)
        except Refused as refused:
            problems = {each.where: each for each in refused.problems}
    return {name: facts.get(name) for name in names}, problems


def opened(village: Village, household: HouseholdRow, to_check: Mapping[int, UUID]) -> list[OpenedMember]:
    """Each member of a household, opened."""
    if village.round is None:
        return []
    judge = village.judge(CITIZEN)
    titles = {column.fact.id: column.title for column in columns_of(judge)}
    return [
        OpenedMember(each, _marks(judge, each), _missing(titles, each), to_check.get(each.key))
        for each in household.shown
    ]


def _marks(judge: Judge, member: Member) -> tuple[tuple[str, Verdict | None], ...]:
    """By question: the verdict once the sheet was checked; before, only whether something was answered."""
    if member.sheet is None:
        return ()
    if member.mark in {Progress.MET, Progress.UNMET, Progress.UNKNOWN}:
        return tuple((finding.id, finding.verdict) for finding in judge.judge(member.sheet.facts).findings)
    return tuple((fact.id, None if fact.id in member.sheet.draft else "unknown") for fact in asked(judge))


def _missing(titles: Mapping[str, str], member: Member) -> tuple[str, ...]:
    if member.sheet is None or not member.is_lacking:
        return ()
    return tuple(title for name, title in titles.items() if name not in member.sheet.draft)
