"""Which sheets deserve a second look because their numbers are unusual. A lead is no finding: it says where to look.

Every threshold here is an own word, no law. Where chance decides, `LIMIT` is shared out over all that is looked at (the
rule of Bonferroni): among sheets that are honest and alike in all groups, one kind gives a lead in at most one round of
a hundred. What is the same everywhere in a commune is not unusual in it, and gives none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from densach.measures.chance import drawn_at_least, drawn_at_most, tossed_at_least

LIMIT = Fraction(1, 100)  # of a false lead of one kind in a round: few enough that people go on reading them
LEAST_ANSWERS = 10  # with fewer answers, honest sheets are equal too often to say anything
LEAST_ALIKE = 5  # fewer equal sheets than this are one family, or two
LEAST_JUMP = Fraction(1, 5)  # in a large group chance explains little; smaller changes are the work of a year
RUSH_SHEETS = 10  # enough that it is no double click and no answer to an interrupted connection
RUSH = timedelta(seconds=30)  # three seconds a sheet: less than it takes to read one question


Numbers = Mapping[str, int | Fraction]
_T = TypeVar("_T")


class Kind(Enum):
    """What is unusual."""

    STRAIGHT_LINED = "straight-lined"
    IDENTICAL = "identical"
    JUMP = "jump"
    EVIDENCE_REUSED = "evidence-reused"
    AT_THE_MARK = "at-the-mark"
    IN_A_RUSH = "in-a-rush"
    COPIED = "copied"
    TOO_EVEN = "too-even"


@dataclass(frozen=True)
class Lead:
    """Where to look: the subjects concerned, the group or hand they share (or ""), and the numbers that made it one."""

    kind: Kind
    subjects: tuple[str, ...]
    group: str
    numbers: Numbers


@dataclass(frozen=True)
class Sheet:
    """What one subject answered, in the order of the questions; `hand` is who filled it in for others, or ""."""

    subject: str
    village: str
    hand: str
    answers: tuple[Hashable, ...]

    @property
    def is_straight(self) -> bool:
        """Whether every answer is the same."""
        return len(set(self.answers)) == 1


def straight_lined(sheets: Sequence[Sheet]) -> tuple[Lead, ...]:
    """Villages and hands with far more sheets of one answer all the way down than the sheets of all have."""
    long = _long(sheets)
    return _gathered(Kind.STRAIGHT_LINED, long, [[sheet for sheet in long if sheet.is_straight]])


def identical(sheets: Sequence[Sheet]) -> tuple[Lead, ...]:
    """Villages and hands with far more equal sheets than the sheets of all have; straight ones are another kind."""
    long = _long(sheets)
    alike: dict[tuple[Hashable, ...], list[Sheet]] = defaultdict(list)
    for sheet in long:
        if not sheet.is_straight:
            alike[sheet.answers].append(sheet)
    return _gathered(Kind.IDENTICAL, long, [same for same in alike.values() if len(same) >= LEAST_ALIKE])


def _long(sheets: Iterable[Sheet]) -> list[Sheet]:
    return [sheet for sheet in sheets if len(sheet.answers) - sheet.answers.count(None) >= LEAST_ANSWERS]


_GROUPINGS: tuple[Callable[[Sheet], str], ...] = (lambda sheet: sheet.village, lambda sheet: sheet.hand)


def _gathered(kind: Kind, sheets: Sequence[Sheet], alike: Sequence[Sequence[Sheet]]) -> tuple[Lead, ...]:
    """One lead for each group in which more of a set of alike sheets stand than chance would put there."""
    sizes = [Counter(filter(None, map(group_of, sheets))) for group_of in _GROUPINGS]
    looks = len(alike) * sum(map(len, sizes))
    return tuple(
        lead
        for same in alike
        for group_of, size in zip(_GROUPINGS, sizes, strict=True)
        for group, members in _grouped(same, group_of)
        if (lead := _lead_of_group(kind, group, members, (len(same), size[group], len(sheets)), looks))
    )


def _lead_of_group(
    kind: Kind, group: str, members: Sequence[Sheet], counts: tuple[int, int, int], looks: int
) -> Lead | None:
    alike, size, every = counts
    if len(members) < LEAST_ALIKE or len(members) * every <= alike * size:
        return None
    chance = drawn_at_least(len(members), population=every, marked=alike, drawn=size)
    if chance * looks > LIMIT:
        return None
    numbers: Numbers = {
        "here": len(members),
        "sheets_here": size,
        "everywhere": alike,
        "sheets": every,
        "chance": chance,
    }
    return Lead(kind, tuple(sorted(sheet.subject for sheet in members)), group, numbers)


@dataclass(frozen=True)
class TwoYears:
    """How many of how many a group had last year, and has this year."""

    group: str
    before: int
    base_before: int
    now: int
    base_now: int


def jumps(groups: Sequence[TwoYears]) -> tuple[Lead, ...]:
    """Groups whose share is far from their own of last year, by more than chance gives (Fisher's exact test)."""
    known = [each for each in groups if each.base_before and each.base_now]
    return tuple(lead for each in known if (lead := _jump(each, 2 * len(known))))


def _jump(each: TwoYears, looks: int) -> Lead | None:
    change = Fraction(each.now, each.base_now) - Fraction(each.before, each.base_before)
    if abs(change) < LEAST_JUMP:
        return None
    both = {
        "population": each.base_before + each.base_now,
        "marked": each.before + each.now,
        "drawn": each.base_now,
    }
    chance = drawn_at_least(each.now, **both) if change > 0 else drawn_at_most(each.now, **both)
    if chance * looks > LIMIT:
        return None
    counts: dict[str, int | Fraction] = {
        "before": each.before,
        "base_before": each.base_before,
        "now": each.now,
        "base_now": each.base_now,
    }
    return Lead(Kind.JUMP, (each.group,), each.group, counts | {"change": change, "chance": chance})


@dataclass(frozen=True)
class Score:
    """The points of one subject; `group` is its village, or the hand that filled the sheet in."""

    subject: str
    group: str
    points: int


def at_the_mark(scores: Iterable[Score], mark: int) -> tuple[Lead, ...]:
    """Groups where those with exactly the points needed outnumber all with more, beyond the toss of a coin.

    The mark is one of many values that a sheet may reach, so at most half of those who pass honestly stand on it. Not
    to be asked of a rubric where nobody can have more than the mark.
    """
    passing = list(_grouped((score for score in scores if score.points >= mark), lambda score: score.group))
    return tuple(lead for group, members in passing if (lead := _mark(group, members, mark, len(passing))))


def _mark(group: str, members: Sequence[Score], mark: int, looks: int) -> Lead | None:
    exactly = sorted(score.subject for score in members if score.points == mark)
    chance = tossed_at_least(len(exactly), len(members))
    if chance * looks > LIMIT:
        return None
    numbers: Numbers = {"exactly": len(exactly), "above": len(members) - len(exactly), "chance": chance}
    return Lead(Kind.AT_THE_MARK, tuple(exactly), group, numbers)


@dataclass(frozen=True)
class Sending:
    """A sheet sent by one hand at a moment; what a workbook brought in at once is none."""

    subject: str
    hand: str
    at: datetime


def rushes(sendings: Iterable[Sending]) -> tuple[Lead, ...]:
    """Runs of sheets by one hand that follow on each other faster than they can be read."""
    return tuple(
        _rush(hand, run)
        for hand, sent in _grouped(sendings, lambda sending: sending.hand)
        for run in _runs(sorted(sent, key=lambda sending: (sending.at, sending.subject)))
    )


def _runs(sent: Sequence[Sending]) -> Iterator[Sequence[Sending]]:
    """The longest stretches of which every sheet belongs to `RUSH_SHEETS` sent within `RUSH`."""
    begin = end = 0
    for first in range(len(sent) - RUSH_SHEETS + 1):
        if sent[first + RUSH_SHEETS - 1].at - sent[first].at > RUSH:
            continue
        if first >= end and end:
            yield sent[begin:end]
        begin, end = (first if first >= end else begin), first + RUSH_SHEETS
    if end:
        yield sent[begin:end]


def _rush(hand: str, run: Sequence[Sending]) -> Lead:
    seconds = Fraction((run[-1].at - run[0].at) // timedelta(milliseconds=1), 1000)
    subjects = tuple(sorted({sending.subject for sending in run}))
    return Lead(Kind.IN_A_RUSH, subjects, hand, {"sheets": len(run), "seconds": seconds})


def _grouped(items: Iterable[_T], group_of: Callable[[_T], str]) -> Iterator[tuple[str, list[_T]]]:
    """The items of each group in the order of their names; what belongs to no group is left out."""
    found: dict[str, list[_T]] = defaultdict(list)
    for item in items:
        found[group_of(item)].append(item)
    for group in sorted(filter(None, found)):
        yield group, found[group]
