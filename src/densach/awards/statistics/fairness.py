"""The share of some groups among those put forward, passed and awarded, and how their chances differ from the others'.

Each share has the base it is of: whoever is not known to belong or not is left out and counted apart, never taken as
no. An interval treats the outcomes as one run of a process that could have come out otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from densach.awards.models import LeaderLevel, SubjectKind
from densach.measures.groups import Estimate, Group, NotMeasurable
from densach.measures.intervals import wilson
from densach.measures.pairs import difference_of_shares, ratio
from densach.people.models import Sex

GROUPS = ("households", "women", "direct_workers", "hard_areas")
COUNTED_APART = ("ethnic_minorities",)  # by the protected room alone, of rounds that are over


@dataclass(frozen=True)
class Put:
    """One nomination that was submitted: whom it is for, and how far it came."""

    subject: str
    sex: str
    level: str
    hard_area: bool | None
    passed: bool
    awarded: bool


@dataclass(frozen=True)
class Share:
    """So many of a base, with the interval of the share; none for an empty base."""

    count: int
    base: int

    @property
    def estimate(self) -> Estimate | None:
        """The share with its interval."""
        return wilson(self.count, self.base) if self.base else None


@dataclass(frozen=True)
class Gap:
    """How often a group and the others came so far, and the absolute and the relative difference of that."""

    group: Share
    others: Share
    absolute: Estimate | None
    relative: Estimate | None


@dataclass(frozen=True)
class Fairness:
    """One group at each step, how many are not known to belong to it, and how its chances differ."""

    key: str
    nominated: Share
    passed: Share
    awarded: Share
    unknown: int
    passing: Gap
    awarding: Gap


def fairness_of(rows: Iterable[Put]) -> list[Fairness]:
    """Every group that can be counted."""
    put = list(rows)
    return [_fairness(key, put) for key in GROUPS]


def belongs(key: str, row: Put) -> bool | None:
    """Whether a nomination belongs to a group; None is not known, and not asked of another kind of subject."""
    if key == "households":
        return row.subject == SubjectKind.HOUSEHOLD
    if key == "women":
        return row.sex == Sex.FEMALE if row.sex else None
    if key == "direct_workers":
        return row.level == LeaderLevel.DIRECT_WORKER if row.level else None
    return row.hard_area


def _fairness(key: str, rows: Sequence[Put]) -> Fairness:
    of_persons = key in {"women", "direct_workers"}
    asked = [row for row in rows if row.subject == SubjectKind.PERSON] if of_persons else rows
    inside = [row for row in asked if belongs(key, row) is True]
    outside = [row for row in asked if belongs(key, row) is False]
    return Fairness(
        key,
        Share(len(inside), len(inside) + len(outside)),
        _at([row.passed for row in inside], [row.passed for row in outside]),
        _at([row.awarded for row in inside], [row.awarded for row in outside]),
        len(asked) - len(inside) - len(outside),
        gap_of(_rate([row.passed for row in inside]), _rate([row.passed for row in outside])),
        gap_of(_rate([row.awarded for row in inside]), _rate([row.awarded for row in outside])),
    )


def gap_of(group: Share, others: Share) -> Gap:
    """The differences of two rates; none where one of them has no base, no ratio to a rate of zero."""
    one, other = group.estimate, others.estimate
    if one is None or other is None:
        return Gap(group, others, None, None)
    try:
        relative = ratio(_group(group), _group(others))
    except NotMeasurable:
        relative = None
    return Gap(group, others, difference_of_shares(one, other), relative)


def _group(share: Share) -> Group:
    rate = share.count / share.base
    return Group(rate, share.base, sqrt(rate * (1 - rate) / share.base))


def _at(inside: Sequence[bool], outside: Sequence[bool]) -> Share:
    return Share(sum(inside), sum(inside) + sum(outside))


def _rate(came: Sequence[bool]) -> Share:
    return Share(sum(came), len(came))
