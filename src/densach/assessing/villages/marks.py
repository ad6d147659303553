"""A household as its row says it: who lives there, how far the sheet of each has come, and what is still missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from json import JSONDecoder
from typing import NamedTuple
from uuid import UUID

from django.utils.functional import cached_property  # without the lock of Python's own, for hundreds on a page

from densach.assessing.sheets.models import State, Way
from densach.rules.sheet import Answer

_DECODER = JSONDecoder()


class Progress(StrEnum):
    """How far a sheet has come; once it was checked, what the law gives for it."""

    NONE = "none"
    WRITING = "writing"
    GIVEN_BACK = "given_back"
    SENT = "sent"
    CHECKED = "checked"  # scored, where the verdict waits for what the register counts
    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    CLOSED = "closed"  # to the association alone: the person said no to its looking at the sheet
    SILENT = "silent"  # to the association alone: the person did not agree to that yet, which is no consent either


SHUT = frozenset({Progress.CLOSED, Progress.SILENT})
LACKING = frozenset({Progress.NONE, Progress.WRITING, Progress.GIVEN_BACK})


class Wanted(StrEnum):
    """Which households are listed; the words stand in the address."""

    ALL = "tat-ca"
    LACKING = "con-thieu"
    COMPLETE = "da-gui"
    WAITING = "cho-kiem-tra"
    GIVEN_BACK = "tra-lai"
    MET = "dat"


class KnownSheet(NamedTuple):
    """A sheet with what a row needs of it, its answers as they are written: most rows never look into them."""

    state: State
    way: Way
    version: int
    draft_json: str
    note: str
    verified_json: str | None

    @property
    def draft(self) -> Mapping[str, Answer]:
        """What was said."""
        return _read(self.draft_json)

    @property
    def facts(self) -> Mapping[str, Answer]:
        """What stands now: what the checker found over what was said, which is mostly the same."""
        if self.verified_json is None or self.verified_json == self.draft_json:
            return self.draft
        return {**self.draft, **_read(self.verified_json)}


class Member(NamedTuple):
    """Somebody who lives in a household; `owes` says that the person is an adult, or of unknown age."""

    key: int
    uid_text: str
    name: str
    owes: bool
    mark: Progress
    questions: frozenset[str]
    sheet: KnownSheet | None

    @property
    def uid(self) -> UUID:
        """The lasting identity."""
        return UUID(self.uid_text)

    @property
    def open_questions(self) -> int:
        """How many questions are not answered."""
        return len(self.questions - self.sheet.draft.keys()) if self.sheet else len(self.questions)

    @property
    def is_lacking(self) -> bool:
        """Whether a sheet of this person is still to be sent."""
        return self.mark in LACKING and (self.owes or self.sheet is not None)


@dataclass(frozen=True)
class HouseholdRow:
    """A household of a village; `head` is empty where nobody is entered in it. `family` is its own sheet."""

    key: int
    uid: UUID
    code: str
    head: str
    members: tuple[Member, ...]
    family: Progress
    family_sheet: KnownSheet | None

    @cached_property
    def shown(self) -> tuple[Member, ...]:
        """Who has a mark in the strip: adults, and the young who have a sheet."""
        return tuple(member for member in self.members if member.owes or member.sheet is not None)

    @cached_property
    def printed(self) -> tuple[Member, ...]:
        """Whom a paper of the household may name: who has a mark and is not closed to the reader."""
        return tuple(member for member in self.shown if member.mark not in SHUT)

    @property
    def printed_head(self) -> str:
        """The head as a paper names it; empty where the head is closed to the reader."""
        return "" if self.family in SHUT else self.head

    @cached_property
    def to_ask(self) -> tuple[Member, ...]:
        """Who may be asked on paper about their own data: whoever did not refuse the reader."""
        return tuple(member for member in self.members if member.mark is not Progress.CLOSED)

    @property
    def asked_head(self) -> str:
        """The head as the sheet with those questions names it; empty where the head refused the reader."""
        return "" if self.family is Progress.CLOSED else self.head

    @cached_property
    def lacking(self) -> tuple[Member, ...]:
        """Whose sheet is still to be sent."""
        return tuple(member for member in self.members if member.is_lacking)

    @property
    def is_shut(self) -> bool:
        """Whether something of the household is closed to the reader."""
        return self.family in SHUT or any(member.mark in SHUT for member in self.shown)

    @property
    def is_met(self) -> bool:
        """Whether everybody who owes a sheet has one that was checked and meets the rubric."""
        owing = [member for member in self.members if member.owes]
        return bool(owing) and all(member.mark is Progress.MET for member in owing)


def states_of(rows: Iterable[HouseholdRow]) -> Counter[State]:
    """How many sheets of some households and of who lives there have come how far, as far as they may be known."""
    rows = list(rows)
    people = {member.key: member.sheet for row in rows for member in row.members}
    sheets = [*people.values(), *(row.family_sheet for row in rows)]
    return Counter(sheet.state for sheet in sheets if sheet is not None)


def _read(written: str) -> Mapping[str, Answer]:
    """Answers as the database keeps them, with nothing before them that would have to be skipped."""
    answers: Mapping[str, Answer]
    answers, _ = _DECODER.raw_decode(written)
    return answers
