"""Who is counted in a commune on a day, by which choice: nobody twice in the country, nobody silently dropped.

No text seen says who counts. The policy states an assumption, a commune may choose otherwise with its source, and for
somebody with several homes the place can be chosen one by one (docs/decisions/0010).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from densach.formats.vietnamese import format_date, format_number
from densach.people import queries
from densach.people.models import CountedBy, Residence, ResidentsCounted, StayKind
from densach.places.models import Place
from densach.policy.assumed import adult_age, assumptions

_AS_WRITTEN = (Residence.PERMANENT, Residence.UNKNOWN)
_AS_LIVED = (Residence.TEMPORARY, StayKind.BOARDING, StayKind.AWAY, Residence.UNKNOWN, Residence.PERMANENT)
_ORDER: Mapping[str, tuple[str, ...]] = {
    CountedBy.PERMANENT: _AS_WRITTEN,
    CountedBy.WHERE_THEY_LIVE: _AS_LIVED,
    CountedBy.BOTH: (Residence.PERMANENT, Residence.UNKNOWN, Residence.TEMPORARY),
}


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives in one way on a day, by one record; no `commune` where that is not known.

    `row` is its key: of two, the one that was entered later is the greater.
    """

    kind: str
    commune: int | None
    household: int | None
    record: int
    row: int


@dataclass(frozen=True)
class Rule:
    """Who is counted in a commune, and on whose word: the source of its own choice, or the assumption of the policy."""

    choice: str
    since: str
    source: str
    is_assumption: bool

    def sentence(self) -> str:
        """The rule as a sentence with its source."""
        options = {option.value: option.text_vi for option in assumptions()["residents_counted"].options}
        if self.is_assumption:
            return f"Tính {options[self.choice]}. Đây là giả định từ ngày {self.since}: {self.source}"
        return f"Tính {options[self.choice]}. Xã chọn từ ngày {self.since}, nguồn: {self.source}."


@dataclass
class Counted:
    """Everyone with a home in a commune on a day, by the key of the person as counted.

    `households`: who is counted in a household of it. `lodgers`: who is counted and lives in none. `waiting`: of
    those two, whom another commune counts as well, so that somebody must choose. `elsewhere` and `nowhere`: who is
    not counted here, because another commune counts them, or because no commune known to us does. `chosen`: counted
    here by a choice of their own.
    """

    rule: Rule
    households: dict[int, int] = field(default_factory=dict)
    lodgers: list[int] = field(default_factory=list)
    waiting: set[int] = field(default_factory=set)
    elsewhere: set[int] = field(default_factory=set)
    nowhere: set[int] = field(default_factory=set)
    chosen: set[int] = field(default_factory=set)

    @property
    def sure(self) -> int:
        """How many are counted here and surely nowhere else."""
        return len(self.households) + len(self.lodgers) - len(self.waiting)

    def sentence(self) -> str:
        """Who was counted, by which assumption or choice, and what is not settled."""
        said = [self.rule.sentence(), f"Người lớn là người từ {adult_age()} tuổi, cũng là giả định."]
        if self.waiting:
            said.append(f"{format_number(len(self.waiting))} người được hai xã cùng tính, đang chờ chọn một nơi.")
        if self.nowhere:
            said.append(f"{format_number(len(self.nowhere))} người có nơi ở trong xã mà chưa xã nào tính.")
        return " ".join(said)


def nobody_counted() -> Counted:
    """A count before anybody is counted, by the assumption of the policy."""
    return Counted(_assumed())


def counted_in(commune: Place, on: date) -> Counted:
    """Who is counted in a commune on a day, in a constant number of queries."""
    return _counted(commune, homes_by_person(commune, on), queries.counted_at(commune, on), on)


def counted_among(commune: Place, records: Mapping[int, int], on: date) -> Counted:
    """Who of some persons is counted in a commune, as `counted_in` says of them.

    `records` are all of their records, each with the one that it is counted as.
    """
    rows = [*queries.homes_of(records, on), *queries.stays_of(records, on)]
    homes = _by_person(records, rows)
    here = {person: each for person, each in homes.items() if any(home.commune == commune.pk for home in each)}
    return _counted(commune, here, queries.places_chosen(list(records), on), on)


def _counted(commune: Place, homes: Mapping[int, Sequence[Home]], choices: Mapping[int, int], on: date) -> Counted:
    communes = {home.commune for each in homes.values() for home in each if home.commune is not None}
    rules = rules_of({*communes, commune.pk}, on)
    counted = Counted(rules[commune.pk])
    settled = kinds_counted(counted.rule.choice)
    for person, each in homes.items():
        only = each[0] if len(each) == 1 and person not in choices else None
        if only and only.household is not None and only.commune == commune.pk and only.kind in settled:
            counted.households[person] = only.household  # nearly everybody: one home, and no question about it
        else:
            _place(counted, commune.pk, person, each, rules, choices.get(person))
    return counted


def claims(homes: Sequence[Home], rules: Mapping[int, Rule], chosen: int | None = None) -> set[int]:
    """The communes that count a person with these homes, each by its own rule; a choice of one of them settles it."""
    communes = {home.commune for home in homes if home.commune is not None}
    if chosen in communes and chosen is not None:
        return {chosen}
    return {commune for commune in communes if _claims(commune, homes, rules[commune].choice)}


def kinds_counted(choice: str) -> frozenset[str]:
    """The kinds of homes that a rule asks for; whoever has one home and it is another is counted nowhere."""
    return frozenset(_ORDER[choice])


def household_of(commune: int, homes: Sequence[Home], choice: str) -> int | None:
    """In which household of a commune that counts them somebody is counted; None for who lives in none."""
    here = [home for home in homes if home.commune == commune]
    return [*_in_order(here, choice), *here][0].household


def homes_by_person(commune: Place, on: date) -> dict[int, list[Home]]:
    """All homes on a day, wherever they are, of everyone with one in a commune; one of each kind."""
    inside, lodging = list(queries.homes_in(commune, on)), list(queries.stays_in(commune, on))
    counted_as = {record: kept or record for record, kept, *_ in (*inside, *lodging)}
    counted_as |= queries.joined_to_those_in(commune, on)
    counted_as |= {kept: kept for kept in counted_as.values()}
    others = counted_as.keys() - {record for record, *_ in inside}
    rows = [
        *inside,
        *queries.homes_elsewhere(commune, on),
        *queries.stays_of_those_in(commune, on),
        *queries.homes_of(others, on),
        *queries.stays_of(others, on),
    ]
    return _by_person(counted_as, rows)


def _by_person(counted_as: Mapping[int, int], rows: Iterable[queries.HomeRow]) -> dict[int, list[Home]]:
    homes: dict[int, list[Home]] = defaultdict(list)
    for record, _, kind, where, household, row in rows:
        homes[counted_as[record]].append(Home(kind, where, household, record, row))
    return {person: one_of_each_kind(person, each) for person, each in homes.items()}


def one_of_each_kind(person: int, homes: list[Home]) -> list[Home]:
    """Of two homes of one kind by two records, the one of the record that is kept counts, else the later one."""
    if len(homes) == 1:
        return homes
    found: dict[str, Home] = {}
    for home in sorted(set(homes), key=lambda home: (home.record != person, -home.row, home.kind)):
        found.setdefault(home.kind, home)
    return list(found.values())


def rules_of(communes: Iterable[int], on: date) -> dict[int, Rule]:
    """By which rule each of some communes counts on a day."""
    default = _assumed()
    chosen = queries.residents_counted(communes, on)
    return {commune: _rule(chosen[commune]) if commune in chosen else default for commune in communes}


def every_rule(on: date) -> Mapping[int, Rule]:
    """By which rule any commune counts on a day; few have chosen one of their own, and those are read at once."""
    assumed = _assumed()
    rules = defaultdict[int, Rule](lambda: assumed)
    rules.update((row.commune_id, _rule(row)) for row in queries.every_choice_of_residents(on))
    return rules


def _assumed() -> Rule:
    assumed = assumptions()["residents_counted"]
    since = format_date(date.fromisoformat(assumed.since))
    return Rule(str(assumed.value), since, assumed.text_vi, is_assumption=True)


def _rule(row: ResidentsCounted) -> Rule:
    return Rule(row.choice, format_date(row.valid_from), row.source, is_assumption=False)


def _claims(commune: int, homes: Sequence[Home], choice: str) -> bool:
    ordered = _in_order(homes, choice)
    if choice == CountedBy.BOTH:
        return any(home.commune == commune for home in ordered)
    return bool(ordered) and ordered[0].commune == commune


def _in_order(homes: Sequence[Home], choice: str) -> list[Home]:
    """The homes that a rule asks for, the one it asks for first at the head."""
    order = _ORDER[choice]
    return sorted((home for home in homes if home.kind in order), key=lambda home: order.index(home.kind))


def _place(
    counted: Counted, commune: int, person: int, homes: Sequence[Home], rules: Mapping[int, Rule], chosen: int | None
) -> None:
    """Put a person where he or she belongs in the count of a commune."""
    claiming = claims(homes, rules, chosen)
    if commune not in claiming:
        (counted.elsewhere if claiming else counted.nowhere).add(person)
        return
    if len(claiming) > 1:
        counted.waiting.add(person)
    if chosen == commune:
        counted.chosen.add(person)
    household = household_of(commune, homes, counted.rule.choice)
    if household is None:
        counted.lodgers.append(person)
    else:
        counted.households[person] = household
