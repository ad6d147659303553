"""How many are counted in each of many communes on a day, by the rule of each: as `people.counting` counts in one.

Nearly everybody has one home and nothing beside it: such people are counted in one statement. Only the others are read,
in as many portions as their number takes, however many communes there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from densach.people.counting import Home, Rule, claims, household_of, kinds_counted, one_of_each_kind, rules_of
from densach.people.many import queries
from densach.people.queries import homes_of, stays_of


@dataclass(frozen=True)
class Born:
    """Who was born between two days, both included, as far as the records of a person say."""

    first: date
    last: date

    def includes(self, day: date | None) -> bool:
        """Whether a birth date lies between them; one that is not known does not."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True)
class _Few:
    """The people whom no single row settles, by their keys as counted, with the keys of all their records."""

    records: Mapping[int, list[int]]
    homes: Mapping[int, list[Home]]
    communes: Mapping[int, dict[int, int | None]]  # who is surely counted in a commune, in which household if any


@dataclass(frozen=True)
class Sums:
    """What is surely counted in some communes; each of the two sums is read only where it is asked for."""

    communes: tuple[int, ...]
    on: date
    born: Born
    asked: queries.Asked
    few: _Few

    @cached_property
    def people(self) -> dict[int, int]:
        """By commune: the people of an age who are counted there."""
        return self._with_plain(0, _people_of(self.few, self.on, self.born))

    @cached_property
    def families(self) -> dict[int, int]:
        """By commune: the households that they and others who surely are live in."""
        return self._with_plain(1, _families_of(self.few, self.asked, self.on))

    @cached_property
    def _plain(self) -> dict[int, tuple[int, int]]:
        return queries.plain_in(self.asked, self.on, self.born.first, self.born.last)

    def _with_plain(self, which: int, others: Mapping[int, int]) -> dict[int, int]:
        nobody = (0, 0)
        return {each: self._plain.get(each, nobody)[which] + others.get(each, 0) for each in self.communes}


def sums_in(communes: list[int], on: date, born: Born) -> Sums:
    """How many people born between two days, and how many families, are surely counted in each of some communes."""
    rules = rules_of(communes, on)
    asked: dict[frozenset[str], list[int]] = defaultdict(list)
    for commune, rule in rules.items():
        asked[kinds_counted(rule.choice)].append(commune)
    return Sums(tuple(communes), on, born, asked, _few(rules, on))


def _few(rules: Mapping[int, Rule], on: date) -> _Few:
    """Settle those who need more than one row, with everything that is known of where they live."""
    counted_as = queries.records_to_settle(list(rules), on)
    counted_as |= queries.joined_to(counted_as.values())
    counted_as |= {kept: kept for kept in counted_as.values()}
    records: dict[int, list[int]] = defaultdict(list)
    for record, person in counted_as.items():
        records[person].append(record)
    homes: dict[int, list[Home]] = defaultdict(list)
    for record, _, kind, where, household, row in (*homes_of(counted_as, on), *stays_of(counted_as, on)):
        homes[counted_as[record]].append(Home(kind, where, household, record, row))
    settled = {person: one_of_each_kind(person, each) for person, each in homes.items()}
    return _Few(records, homes, _settle(settled, rules, queries.choices_of(counted_as, on), on))


def _settle(
    homes: Mapping[int, list[Home]], rules: Mapping[int, Rule], choices: Mapping[int, int], on: date
) -> dict[int, dict[int, int | None]]:
    """Who is counted in exactly one commune, and that is one of those asked for."""
    named = {home.commune for each in homes.values() for home in each if home.commune is not None}
    every = {**rules, **rules_of(named - rules.keys(), on)}
    found: dict[int, dict[int, int | None]] = defaultdict(dict)
    for person, each in homes.items():
        claiming = claims(each, every, choices.get(person))
        if len(claiming) == 1 and (commune := claiming.pop()) in rules:
            found[commune][person] = household_of(commune, each, rules[commune].choice)
    return found


def _families_of(few: _Few, asked: queries.Asked, on: date) -> dict[int, int]:
    """By commune, the households in which only such people live as need more than one row."""
    homes = {commune: {*each.values()} - {None} for commune, each in few.communes.items()}
    every = {home for each in few.communes.values() for home in each.values() if home is not None}
    others = queries.with_plain_people(every, asked, on)
    return {commune: len(each - others) for commune, each in homes.items()}


def _people_of(few: _Few, on: date, born: Born) -> dict[int, int]:
    known = _birth_dates(few, on)
    return {
        commune: sum(born.includes(known.get((commune, person))) for person in each)
        for commune, each in few.communes.items()
    }


def _birth_dates(few: _Few, on: date) -> dict[tuple[int, int], date]:
    """When each is born as far as the commune that counts them knows: by the record kept, else by the first of those
    joined to it that lives, works or learns in that commune.
    """
    wanted = [(commune, person) for commune, each in few.communes.items() for person in each]
    dates = queries.birth_dates_of(record for _, person in wanted for record in few.records[person])
    known = {(commune, person): dates[person] for commune, person in wanted if person in dates}
    open_ = {person for _, person in wanted if person not in dates}
    joined = {record: person for person in open_ for record in few.records[person] if record in dates}
    for record, commune in _met(few, joined, on):
        known.setdefault((commune, joined[record]), dates[record])
    return known


def _met(few: _Few, joined: Mapping[int, int], on: date) -> Iterable[tuple[int, int]]:
    """Where such records are met, record and commune: first the homes, then the units, as they were entered."""
    homes = [home for person in set(joined.values()) for home in few.homes[person] if home.household is not None]
    for home in sorted(homes, key=lambda home: home.row):
        if home.record in joined and home.commune is not None:
            yield home.record, home.commune
    for _, record, commune in sorted(queries.communes_of_units_of(joined, on)):
        yield record, commune
