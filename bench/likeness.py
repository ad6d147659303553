"""How much dearer is finding the likely duplicates among 100,000 records than looking at each record once?

The records are those of made-up communes, one in a hundred entered again with a slip. Both passes run in one process
on the same list; a record entered twice that the search misses stops the bench.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import densach.config.ready  # noqa: F401  - the records are of the room `people`
from densach.formats.vietnamese import fold
from densach.people.records.likeness import Record, likely_pairs
from densach.sample.commune import make_commune
from densach.sample.model import SamplePerson

RECORDS, COMMUNES, RUNS = 100_000, 6, 5
SEED = 1315


def records() -> tuple[list[Record], set[tuple[int, int]]]:
    """So many records in six communes of one province, and the pairs of those that were entered twice."""
    made: list[Record] = []
    for commune in range(COMMUNES):
        people = make_commune(SEED + commune, households=5000, year=2025).people
        made += [_record(len(made) + at, person, commune) for at, person in enumerate(people)]
    made = made[: RECORDS - RECORDS // 100]
    random = Random(SEED)  # noqa: S311  - made-up slips need no secret
    twice = random.sample(made, RECORDS // 100)
    again = [_again(record, len(made) + at, random) for at, record in enumerate(twice)]
    return made + again, {(one.id, other.id) for one, other in zip(twice, again, strict=True)}


def plain_pass(rows: list[Record]) -> int:
    """The floor: each record looked at once, exact doubles counted by name and birth."""
    return sum(count > 1 for count in Counter((row.folded, row.birth) for row in rows).values())


def main() -> None:
    rows, twice = records()
    seconds: dict[str, list[float]] = {"search": [], "pass": []}
    for _ in range(RUNS):
        start = perf_counter()
        pairs = list(likely_pairs(rows))
        middle = perf_counter()
        plain_pass(rows)
        seconds["search"].append(middle - start)
        seconds["pass"].append(perf_counter() - middle)
    missed = twice - {(pair.first.id, pair.second.id) for pair in pairs}
    if missed:
        raise SystemExit(f"{len(missed)} of {len(twice)} records entered twice were not found")
    asked = sum(pair.why.number == "same_or_missing" for pair in pairs)
    search, plain = median(seconds["search"]), median(seconds["pass"])
    print(f"{len(rows):,} records, {len(twice):,} entered twice: all found; {asked:,} pairs to ask a person about")
    print(f"search: {search:.2f} s; one plain pass: {plain:.3f} s; ratio {search / plain:.0f}")


def _record(key: int, person: SamplePerson, commune: int) -> Record:
    return Record(
        id=key,
        kept=key,
        full_name=person.full_name,
        folded=fold(person.full_name),
        birth=person.birth_date,
        only_year=False,
        sex=person.sex,
        number_hash=person.personal_number or None,
        households=frozenset({hash((commune, person.household))}),
        communes=frozenset({commune}),
        areas=frozenset({commune}),
        provinces=frozenset({1}),
    )


def _again(record: Record, key: int, random: Random) -> Record:
    """The same person without number in another household, with a slip in the birth date or without marks."""
    born = record.birth or date(2000, 1, 1)
    slipped = random.choice([born, born.replace(day=born.day ^ 1)]) if 2 <= born.day <= 9 else born
    name = random.choice([record.full_name, record.folded.title()])
    home = frozenset({key})
    return replace(record, id=key, kept=key, full_name=name, birth=slipped, number_hash=None, households=home)


if __name__ == "__main__":
    main()
