"""One person, several records: pairs that look alike are found, a person decides, and the decision can be undone.

Nothing of either record is moved: the one that is joined names the one it is counted as (docs/decisions/0009).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from densach.formats.vietnamese import format_date
from densach.history.bringing import bring
from densach.history.domain import Act, Happening, record, record_many
from densach.people.models import LikelyDuplicate, PairState, Person, Precision
from densach.people.numbers import Keys, differ_by_a_slip
from densach.people.records import queries
from densach.people.records.likeness import Pair, Record, likely_pairs, without_other_people
from densach.people.records.naming import public_id
from densach.places.lineage import all_on_todays_map
from densach.places.models import Place
from densach.problems import Refused, problem


@dataclass(frozen=True)
class Waiting:
    """How many pairs a search found anew, and how many of the commune wait for a person in all."""

    new: int
    waiting: int


def find_likely(commune: Place, *, today: date, keys: Keys, act: Act) -> Waiting:
    """Find the records that look like somebody of a commune's, there, where it came from, and in its province.

    A pair that was decided comes back only if what one of its records says has changed. The number of queries does
    not grow with the pairs, but for one in every 900 of them.
    """
    with transaction.atomic():
        pairs = list(_alike(commune, today, keys))
        known = queries.pairs_among(pair.first.kept for pair in pairs)
        wanted = ((known.get((pair.first.kept, pair.second.kept)), pair) for pair in pairs)
        changed = [(row, pair) for row, pair in wanted if row is None or _comes_back(row, pair)]
        new = sum(row is None or row.state != PairState.WAITING for row, _ in changed)
        bring(LikelyDuplicate, ((row, _found(pair, act)) for row, pair in changed), kind="pair", act=act)
        return Waiting(new, queries.pairs_waiting(commune).count())


def put_forward(one: Person, other: Person, *, act: Act) -> LikelyDuplicate:
    """Lay two records side by side that no search finds alike; a pair decided to be of two people waits again.

    Refused where both are counted as one person already (N129), or there is no reason (N106).
    """
    with transaction.atomic():
        first, second = _two_people(one, other, act)
        row = queries.pairs_among([first]).get((first, second))
        if row is not None and row.state == PairState.WAITING:
            return row
        looked = "" if row is None else row.looked
        fields = _waits(first, second, act) | {"why": {"held": act.why}, "looked": looked}
        return bring(LikelyDuplicate, [(row, fields)], kind="pair", act=act).rows[0]


def decide_same(pair_id: int, keep: Person, *, act: Act) -> LikelyDuplicate:
    """Both records are of one person, counted as `keep` from now on.

    Refused where the pair is not there (N104), was decided already (N105), or there is no reason (N106); where `keep`
    is none of the two (N107); and where by one record the person died and by the other lived on (N108).
    """
    with transaction.atomic():
        pair = _waiting_pair(pair_id, act)
        kept, joined = _kept_and_joined(pair, keep)
        _refuse_life_after_death(kept, joined)
        _decide(pair, PairState.SAME, act, kept=kept, joined=joined)
        _count_as({row.pk: kept.pk for row in queries.records_of(joined.pk)}, act)
        return pair


def decide_different(pair_id: int, *, act: Act) -> LikelyDuplicate:
    """The records are of two people; the pair comes back only if one of them changes. Refused as `decide_same`."""
    with transaction.atomic():
        pair = _waiting_pair(pair_id, act)
        _decide(pair, PairState.DIFFERENT, act)
        return pair


def undo_same(pair_id: int, *, act: Act) -> LikelyDuplicate:
    """Both records are people of their own again, and what was joined to them goes back with them; the pair waits.

    Refused where the pair is not there (N104), is not decided to be one person (N109), or there is no reason (N106).
    """
    with transaction.atomic():
        pair = _pair(pair_id, act)
        if pair.state != PairState.SAME or pair.kept_id is None:
            raise Refused(problem("N109", pair_id))
        kept = Person.objects.get(pk=pair.kept_id)
        group = [row.pk for row in queries.records_of(kept.same_as_id or kept.pk)]
        _decide(pair, PairState.WAITING, act)
        joins = queries.joins_within(group)
        _count_as({key: _counted_as(key, joins) for key in group}, act)
        return pair


def as_kept(found: Sequence[Person | None]) -> list[Person | None]:
    """The records that lines of a register were found in, each as the record it is counted as.

    Where the register has a line for that one too, or for another that was joined to it, each line keeps its own.
    """
    lines: dict[int, int] = defaultdict(int)
    for person in found:
        if person is not None:
            lines[person.same_as_id or person.pk] += 1
    alone = {person.same_as_id for person in found if person is not None and lines[person.same_as_id or 0] == 1}
    kept = queries.persons_by_key(key for key in alone if key is not None)
    return [kept.get(person.same_as_id or 0, person) if person is not None else None for person in found]


def _alike(commune: Place, today: date, keys: Keys) -> Iterable[Pair]:
    pairs = list(likely_pairs(_records(commune, today)))
    asked = [pair for pair in pairs if pair.why.number == "differ"]
    sealed = queries.sealed_numbers(record.id for pair in asked for record in (pair.first, pair.second))
    numbers = {person: keys.open(cipher, key) for person, (cipher, key) in sealed.items()}
    ids = ((pair.first.id, pair.second.id) for pair in asked)
    slips = {(one, other) for one, other in ids if differ_by_a_slip(numbers[one], numbers[other])}
    return without_other_people(pairs, slips)


def _records(commune: Place, today: date) -> list[Record]:
    """The records of a commune, of those whose land it shares, and of the namesakes in its province."""
    communes = queries.communes_with_households()
    areas, provinces = _areas(communes, today)
    near = [key for key in communes if key == commune.pk or areas[key] & areas.get(commune.pk, frozenset())]
    far = [key for key in communes if key not in near and provinces[key] & provinces.get(commune.pk, frozenset())]
    rows = [*queries.compared_in(near), *(queries.compared_elsewhere(commune, far) if far else ())]
    homes: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        homes[row[0]].append(row)
    return [_record(of_one, areas, provinces) for of_one in homes.values()]


def _areas(communes: Sequence[int], today: date) -> tuple[dict[int, frozenset[int]], dict[int, frozenset[int]]]:
    """What each commune has become, and the provinces above that, by key."""
    carried = all_on_todays_map(communes, today)
    areas = {key: frozenset({key, *(row.place_id for row in carried[key].places)}) for key in communes}
    provinces = {key: frozenset(row.parent_id for row in carried[key].places if row.parent_id) for key in communes}
    return areas, provinces


def _record(
    homes: Sequence[tuple[Any, ...]], areas: Mapping[int, frozenset[int]], provinces: Mapping[int, frozenset[int]]
) -> Record:
    person, same_as, full_name, folded, birth, precision, sex, number_hash, *_ = homes[0]
    communes = frozenset(row[-1] for row in homes)
    return Record(
        id=person,
        kept=same_as or person,
        full_name=full_name,
        folded=folded,
        birth=birth,
        only_year=precision == Precision.YEAR,
        sex=sex,
        number_hash=number_hash,
        households=frozenset(row[-2] for row in homes),
        communes=communes,
        areas=frozenset().union(*(areas[key] for key in communes)),
        provinces=frozenset().union(*(provinces[key] for key in communes)),
    )


def _two_people(one: Person, other: Person, act: Act) -> tuple[int, int]:
    both = sorted({row.same_as_id or row.pk for row in queries.persons_for_update({one.pk, other.pk})})
    if len(both) == 1:
        raise Refused(problem("N129", public_id(one)))
    if not act.why.strip():
        raise Refused(problem("N106", public_id(one)))
    return both[0], both[1]


def _found(pair: Pair, act: Act) -> dict[str, Any]:
    return _waits(pair.first.kept, pair.second.kept, act) | {"why": pair.why.as_data(), "looked": pair.looked}


def _waits(first: int, second: int, act: Act) -> dict[str, Any]:
    return {
        "first_id": first,
        "second_id": second,
        "found_at": act.at,
        "state": PairState.WAITING,
        "decided_at": None,
        "decided_by": "",
        "decided_why": "",
    }


def _comes_back(row: LikelyDuplicate, pair: Pair) -> bool:
    return row.looked != pair.looked and row.state != PairState.SAME


def _pair(pair_id: int, act: Act) -> LikelyDuplicate:
    pair = queries.pair_for_update(pair_id)
    if pair is None:
        raise Refused(problem("N104", pair_id))
    if not act.why.strip():
        raise Refused(problem("N106", pair_id))
    return pair


def _waiting_pair(pair_id: int, act: Act) -> LikelyDuplicate:
    pair = _pair(pair_id, act)
    if pair.state != PairState.WAITING:
        raise Refused(problem("N105", pair_id, state=pair.get_state_display()))
    return pair


def _kept_and_joined(pair: LikelyDuplicate, keep: Person) -> tuple[Person, Person]:
    """The two as they are counted now, since one of them may have been joined to a third since the pair was found."""
    both = {row.same_as_id or row.pk for row in (pair.first, pair.second)}
    if len(both) == 1:
        raise Refused(problem("N105", pair.pk, state=PairState.SAME.label))
    if keep.pk not in both:
        raise Refused(problem("N107", pair.pk))
    rows = {row.pk: row for row in queries.persons_for_update(both)}
    return rows[keep.pk], rows[(both - {keep.pk}).pop()]


def _refuse_life_after_death(one: Person, other: Person) -> None:
    """Two deaths of one person, or a home that outlasts the death, are for somebody to put right first."""
    for dead, living in ((one, other), (other, one)):
        if dead.died_on is None:
            continue
        later = queries.home_after(living.pk, dead.died_on) if living.died_on != dead.died_on else None
        if later is not None or living.died_on not in {None, dead.died_on}:
            raise Refused(problem("N108", public_id(living), on=format_date(dead.died_on), dead=public_id(dead)))


def _decide(
    pair: LikelyDuplicate, state: PairState, act: Act, kept: Person | None = None, joined: Person | None = None
) -> None:
    before = {"state": pair.state, "kept": pair.kept_id, "joined": pair.joined_id}
    waits = state == PairState.WAITING
    pair.state, pair.kept, pair.joined = state, kept, joined
    pair.decided_at, pair.decided_by, pair.decided_why = (None, "", "") if waits else (act.at, act.who, act.why)
    pair.save()
    after = {"state": pair.state, "kept": pair.kept_id, "joined": pair.joined_id}
    event = "undone" if waits else "decided"
    record(Happening(kind="pair", object_id=pair.pk, event=event, before=before, after=after), act)


def _count_as(kept_of: Mapping[int, int], act: Act) -> None:
    """Count each record as another, or as itself; only the records for which that changes are written and logged."""
    rows = [row for row in queries.persons_for_update(kept_of) if (row.same_as_id or row.pk) != kept_of[row.pk]]
    happenings = []
    for row in rows:
        before, row.same_as_id = row.same_as_id, None if kept_of[row.pk] == row.pk else kept_of[row.pk]
        states = ({"same_as": before}, {"same_as": row.same_as_id})
        event = "separated" if row.same_as_id is None else "joined"
        happenings.append(Happening(kind="person", object_id=row.pk, event=event, before=states[0], after=states[1]))
    Person.objects.bulk_update(rows, ["same_as"], batch_size=500)
    record_many(happenings, act)


def _counted_as(key: int, joins: Mapping[int, int]) -> int:
    """The record at the end of the decisions that lead on from one."""
    while key in joins:
        key = joins[key]
    return key
