"""Which records look as if they were of one person. Pure: records in, pairs with their reasons out; a person decides.

Records are compared only within blocks that share a folded name and most of a birth date, never all with all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import combinations
from typing import Literal

from densach.formats.vietnamese import fold, tone_key

RARE = 5  # a folded name that at most so many of the records bear is no coincidence in one province

Birth = Literal["same", "swapped", "one_digit", "year_only", "unknown"]
Where = Literal["household", "commune", "lineage", "province"]
Name = Literal["same", "marks_missing", "marks_differ"]
Number = Literal["same_or_missing", "differ"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is compared of one record. `kept` is the record it is counted as, itself unless it was joined to another.

    `areas` are today's communes that the communes of its homes have become, `provinces` those above them.
    """

    id: int
    kept: int
    full_name: str
    folded: str
    birth: date | None
    only_year: bool
    sex: str
    number_hash: str | None
    households: frozenset[int]
    communes: frozenset[int]
    areas: frozenset[int]
    provinces: frozenset[int]

    @property
    def said(self) -> str:
        """All by which the record can be told apart, as one text."""
        birth = "" if self.birth is None else self.birth.isoformat()[: 4 if self.only_year else 10]
        return "|".join((self.full_name, birth, self.sex, self.number_hash or ""))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two records look alike."""

    name: Name
    birth: Birth
    where: Where
    same_sex: bool
    number: Number

    def as_data(self) -> dict[str, str | bool]:
        """The reasons as they are kept beside the pair."""
        return {
            "name": self.name,
            "birth": self.birth,
            "where": self.where,
            "same_sex": self.same_sex,
            "number": self.number,
        }


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that look alike, the lower key first."""

    first: Record
    second: Record
    why: Likeness

    @property
    def looked(self) -> str:
        """The hash of what both said: while it is the same, a decision on them stands."""
        return sha256(f"{self.first.said}\n{self.second.said}".encode()).hexdigest()


def likely_pairs(records: Iterable[Record]) -> Iterator[Pair]:
    """The pairs that look alike, each once. Where both numbers are known and differ, `why.number` says so.

    Time grows with the records, and with the few that share a block.
    """
    by_name: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_name[record.folded].append(record)
    for same_name in by_name.values():
        if len(same_name) > 1:
            rare = len({record.kept for record in same_name}) <= RARE
            yield from _pairs_within(same_name, rare)


def without_other_people(pairs: Iterable[Pair], slips: Collection[tuple[int, int]]) -> Iterator[Pair]:
    """The pairs but those of two different numbers, unless one number is only a slip of the other."""
    for pair in pairs:
        if pair.why.number == "same_or_missing" or (pair.first.id, pair.second.id) in slips:
            yield pair


def _pairs_within(same_name: list[Record], rare: bool) -> Iterator[Pair]:
    seen: set[tuple[int, int]] = set()
    for one, other in _met_in_blocks(same_name):
        first, second = (one, other) if one.kept < other.kept else (other, one)
        key = (first.kept, second.kept)
        if first.kept == second.kept or key in seen:
            continue
        why = _likeness(first, second, rare)
        if why is not None:
            seen.add(key)
            yield Pair(first, second, why)


def _met_in_blocks(same_name: list[Record]) -> Iterator[tuple[Record, Record]]:
    blocks: dict[Hashable, list[Record]] = defaultdict(list)
    for record in same_name:
        for key in _block_keys(record):
            blocks[key].append(record)
    yield from (pair for block in blocks.values() if len(block) > 1 for pair in combinations(block, 2))
    yield from _years_with_days(same_name)


def _block_keys(record: Record) -> Iterator[Hashable]:
    """Whole days that differ in one digit share a block, as do day and month swapped; and all of one household do."""
    yield from record.households
    if record.birth is None:
        return
    if record.only_year:
        yield record.birth.year, "year"
        return
    digits = f"{record.birth:%Y%m%d}"
    for at in range(len(digits)):
        yield at, digits[:at] + digits[at + 1 :]
    yield record.birth.year, *sorted((record.birth.month, record.birth.day))


def _years_with_days(same_name: list[Record]) -> Iterator[tuple[Record, Record]]:
    by_year: Mapping[int, list[Record]] = defaultdict(list)
    years = [record for record in same_name if record.birth is not None and record.only_year]
    if not years:
        return
    for record in same_name:
        if record.birth is not None and not record.only_year:
            by_year[record.birth.year].append(record)
    for year in years:
        if year.birth is not None:
            yield from ((year, day) for day in by_year.get(year.birth.year, ()))


def _likeness(one: Record, other: Record, rare: bool) -> Likeness | None:
    """Why two records of one folded name look alike; None where that is too little to ask somebody."""
    birth, where = _births(one, other), _places(one, other)
    if birth is None or where is None:
        return None
    differ = None not in {one.number_hash, other.number_hash} and one.number_hash != other.number_hash
    why = Likeness(
        name=_names(one.full_name, other.full_name),
        birth=birth,
        where=where,
        same_sex=one.sex == other.sex,
        number="differ" if differ else "same_or_missing",
    )
    return why if _is_enough(why, rare) else None


def _is_enough(why: Likeness, rare: bool) -> bool:
    """The less two records agree in one thing, the more they must in the others."""
    if why.birth == "same":
        return why.where != "province" or (rare and why.same_sex)
    if why.birth in {"swapped", "one_digit"}:
        return why.where != "province" and why.same_sex and why.name != "marks_differ"
    if why.birth == "year_only":
        return why.where == "household" or (why.where != "province" and rare and why.same_sex)
    return why.where == "household" and why.same_sex and why.name != "marks_differ"


def _births(one: Record, other: Record) -> Birth | None:
    if one.birth is None or other.birth is None:
        return "unknown"
    if one.only_year or other.only_year:
        return "year_only" if one.birth.year == other.birth.year else None
    if one.birth == other.birth:
        return "same"
    if one.birth.year == other.birth.year and (one.birth.day, one.birth.month) == (other.birth.month, other.birth.day):
        return "swapped"
    differing = sum(a != b for a, b in zip(f"{one.birth:%Y%m%d}", f"{other.birth:%Y%m%d}", strict=True))
    return "one_digit" if differing == 1 else None


def _places(one: Record, other: Record) -> Where | None:
    if one.households & other.households:
        return "household"
    if one.communes & other.communes:
        return "commune"
    if one.areas & other.areas:
        return "lineage"
    return "province" if one.provinces & other.provinces else None


def _names(one: str, other: str) -> Name:
    """Whether two names of one folded form are the same but for the place of a tone, or marks were left out of words.

    A d for a đ counts as a mark that was left out.
    """
    first, second = tone_key(one), tone_key(other)
    if first == second:
        return "same"
    words = zip(first.replace("đ", "d").split(), second.replace("đ", "d").split(), strict=False)
    bare = all(a == b or fold(a) == a or fold(b) == b for a, b in words)
    return "marks_missing" if bare else "marks_differ"
