"""Putting the rows of households together: a constant number of queries, for fifty of them as for two thousand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from densach.assessing.models import Round
from densach.assessing.privacy.association import Closed, why_closed
from densach.assessing.privacy.queries import words_on_checking
from densach.assessing.sheets.models import State, Way
from densach.assessing.villages import queries
from densach.assessing.villages.marks import HouseholdRow, KnownSheet, Member, Progress
from densach.assessing.villages.rubrics import asked, verdict_only
from densach.people.ages import grown_by
from densach.policy.assumed import adult_age
from densach.rules.judging import Judge

Home = tuple[int, UUID, str]
_STATES, _WAYS = {each.value: each for each in State}, {each.value: each for each in Way}
_BY_STATE = {State.WRITING: Progress.WRITING, State.GIVEN_BACK: Progress.GIVEN_BACK, State.SENT: Progress.SENT}
_SHUT = {Closed.REFUSED: Progress.CLOSED, Closed.SILENT: Progress.SILENT}


@dataclass(frozen=True)
class Read:
    """In which round households are read, as they are on a day, and by which judge of people."""

    round: Round
    on: date
    judge: Judge
    for_association: bool = False


@dataclass(frozen=True)
class _Reader:
    """What the marks of one round are made by; `words` are those said to the association, where it is the reader."""

    judge: Judge
    questions: frozenset[str]
    born_by: date
    words: Mapping[int, bool] | None

    def shut(self, whose: Sequence[int]) -> Progress | None:
        """The mark of what some people speak for, where it is closed to the reader."""
        why = None if self.words is None else why_closed(whose, self.words)
        return _SHUT[why] if why else None

    def member(self, row: tuple[Any, ...], sheets: Mapping[int, KnownSheet]) -> Member:
        """One member of a household, from its row."""
        _, person, uid, name, _, born = row
        owes = born is None or born <= self.born_by
        if (shut := self.shut([person])) is not None:
            return Member(person, uid, name, owes, shut, frozenset(), None)
        sheet = sheets.get(person)
        return Member(person, uid, name, owes, self._mark(sheet), self.questions, sheet)

    def _mark(self, sheet: KnownSheet | None) -> Progress:
        if sheet is None:
            return Progress.NONE
        if sheet.state in _BY_STATE:
            return _BY_STATE[sheet.state]
        return Progress(verdict_only(self.judge, self.judge.sheet.bounds(sheet.facts)))


def household_rows(where: Read, homes: Sequence[Home]) -> list[HouseholdRow]:
    """The rows of some households, in their order."""
    keys = [key for key, _, _ in homes]
    round_, on, judge = where.round, where.on, where.judge
    by_household: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    members = queries.described_of(keys, on)
    persons = [row[1] for row in members]
    for row in members:
        by_household[row[0]].append(row)
    sheets, families = _sheets(queries.sheets_of(round_.pk, persons, keys))
    words = words_on_checking(persons, grown_by(on)) if where.for_association else None
    reader = _Reader(judge, frozenset(fact.id for fact in asked(judge)), born_by(round_), words)
    return [_household(home, by_household.get(home[0], []), reader, sheets, families.get(home[0])) for home in homes]


def born_by(round_: Round) -> date:
    """The last day on which an adult of the round was born: who is of age by the end of its year."""
    return date(round_.year - adult_age(), 12, 31)


def _household(
    home: Home,
    rows: Sequence[tuple[Any, ...]],
    reader: _Reader,
    sheets: Mapping[int, KnownSheet],
    family: KnownSheet | None,
) -> HouseholdRow:
    key, uid, code = home
    members = tuple({row[1]: reader.member(row, sheets) for row in rows}.values())
    head = rows[0][3] if rows else ""
    if (shut := reader.shut([row[1] for row in rows if row[4]])) is not None:
        return HouseholdRow(key, uid, code, head, members, shut, None)
    mark = Progress.NONE if family is None else _BY_STATE.get(family.state, Progress.CHECKED)
    return HouseholdRow(key, uid, code, head, members, mark, family)


def _sheets(rows: Iterable[tuple[Any, ...]]) -> tuple[dict[int, KnownSheet], dict[int, KnownSheet]]:
    """The sheets of people and of households, by the keys of both."""
    people: dict[int, KnownSheet] = {}
    families: dict[int, KnownSheet] = {}
    for person, household, state, way, version, draft, note, verified in rows:
        sheet = KnownSheet(_STATES[state], _WAYS[way], version, draft, note, verified)
        if person is not None:
            people[person] = sheet
        else:
            families[household] = sheet
    return people, families
