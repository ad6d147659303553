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

from densach.people.counting import Home, Rule, claims, every_rule, household_of, kinds_counted, one_of_each_kind
from densach.people.many import queries
from densach.people.many.queries import Known


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
    born: Mapping[int, date]  # by record, where that is known
    units: tuple[Known, ...]  # where the records work or learn


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
        return self._with_plain(0, _people_of(self.few, self.born))

    @cached_property
    def families(self) -> dict[int, int]:
        """By commune: the households that they and others who surely are live in."""
        return self._with_plain(1, _families_of(self.few, self.asked, self.on))

    def persons_of(self, commune: int) -> set[int]:
        """The very people who are counted in one of the communes."""
        plain = queries.plain_persons(self._only(commune), self.on, self.born.first, self.born.last)
        known, few = _birth_dates(self.few), self.few.communes.get(commune, {})
        return plain | {person for person in few if self.born.includes(known.get((commune, person)))}

    def households_of(self, commune: int) -> set[int]:
        """The very households that somebody who is counted in one of the communes lives in."""
        few = self.few.communes.get(commune, {}).values()
        return queries.plain_households(self._only(commune), self.on) | {home for home in few if home is not None}

    def _only(self, commune: int) -> queries.Asked:
        return {kinds: [commune] for kinds, each in self.asked.items() if commune in each}

    @cached_property
    def _plain(self) -> dict[int, tuple[int, int]]:
        return queries.plain_in(self.asked, self.on, self.born.first, self.born.last)

    def _with_plain(self, which: int, others: Mapping[int, int]) -> dict[int, int]:
        nobody = (0, 0)
        return {each: self._plain.get(each, nobody)[which] + others.get(each, 0) for each in self.communes}


def sums_in(communes: list[int], on: date, born: Born) -> Sums:
    """How many people born between two days, and how many families, are surely counted in each of some communes."""
    every = every_rule(on)
    asked: dict[frozenset[str], list[int]] = defaultdict(list)
    for commune in communes:
        asked[kinds_counted(every[commune].choice)].append(commune)
    return Sums(tuple(communes), on, born, asked, _few(communes, every, on))


def _few(communes: list[int], every: Mapping[int, Rule], on: date) -> _Few:
    """Settle those who need more than one row, with everything that is known of where they live."""
    counted_as = queries.records_to_settle(communes, on)
    counted_as |= queries.joined_to(counted_as.values())
    counted_as |= {kept: kept for kept in counted_as.values()}
    records: dict[int, list[int]] = defaultdict(list)
    for record, person in counted_as.items():
        records[person].append(record)
    known: dict[str, list[Known]] = defaultdict(list)
    for each in queries.known_of(counted_as, on):
        known[each.what].append(each)
    homes: dict[int, list[Home]] = defaultdict(list)
    for each in (*known["home"], *known["stay"]):
        homes[counted_as[each.record]].append(Home(each.way, each.commune, each.household, each.record, each.row))
    settled = {person: one_of_each_kind(person, each) for person, each in homes.items()}
    chosen = {counted_as[each.record]: each.commune for each in sorted(known["choice"], key=_entered)}
    born = {each.record: each.born for each in known["born"] if each.born is not None}
    return _Few(records, homes, _settle(settled, communes, every, chosen), born, tuple(known["unit"]))


def _entered(known: Known) -> int:
    return known.row


def _settle(
    homes: Mapping[int, list[Home]],
    communes: list[int],
    every: Mapping[int, Rule],
    choices: Mapping[int, int | None],
) -> dict[int, dict[int, int | None]]:
    """Who is counted in exactly one commune, and that is one of those asked for."""
    asked, found = set(communes), defaultdict[int, dict[int, int | None]](dict)
    for person, each in homes.items():
        claiming = claims(each, every, choices.get(person))
        if len(claiming) == 1 and (commune := claiming.pop()) in asked:
            found[commune][person] = household_of(commune, each, every[commune].choice)
    return found


def _families_of(few: _Few, asked: queries.Asked, on: date) -> dict[int, int]:
    """By commune, the households in which only such people live as need more than one row."""
    homes = {commune: {*each.values()} - {None} for commune, each in few.communes.items()}
    every = {home for each in few.communes.values() for home in each.values() if home is not None}
    others = queries.with_plain_people(every, asked, on)
    return {commune: len(each - others) for commune, each in homes.items()}


def _people_of(few: _Few, born: Born) -> dict[int, int]:
    known = _birth_dates(few)
    return {
        commune: sum(born.includes(known.get((commune, person))) for person in each)
        for commune, each in few.communes.items()
    }


def _birth_dates(few: _Few) -> dict[tuple[int, int], date]:
    """When each is born as far as the commune that counts them knows: by the record kept, else by the first of those
    joined to it that lives, works or learns in that commune.
    """
    wanted = [(commune, person) for commune, each in few.communes.items() for person in each]
    known = {(commune, person): few.born[person] for commune, person in wanted if person in few.born}
    open_ = {person for _, person in wanted if person not in few.born}
    joined = {record: person for person in open_ for record in few.records[person] if record in few.born}
    for record, commune in _met(few, joined):
        known.setdefault((commune, joined[record]), few.born[record])
    return known


def _met(few: _Few, joined: Mapping[int, int]) -> Iterable[tuple[int, int]]:
    """Where such records are met, record and commune: first the homes, then the units, as they were entered."""
    homes = [home for person in set(joined.values()) for home in few.homes[person] if home.household is not None]
    for home in sorted(homes, key=lambda home: home.row):
        if home.record in joined and home.commune is not None:
            yield home.record, home.commune
    units = (each for each in few.units if each.record in joined)
    for each in sorted(units, key=lambda each: (each.row, each.record, each.commune or 0)):
        if each.commune is not None:
            yield each.record, each.commune
