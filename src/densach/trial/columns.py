"""The rows of the demonstration as the lines of a text, a column to a line, and what of them is worked out again.

Columns compress far better than rows. Digests do not compress at all, so those that follow from the rest are left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from densach.history.domain import digest_of
from densach.people.numbers import Keys

Row = tuple[Any, ...]
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name"
_LOG = "history_entry"


class Rule(NamedTuple):
    """What of a table is not kept as it stands: some `rows`, and `columns` that `again` puts at the end of each row.

    What these say, where it does not follow from the rest, `tell` puts in their place.
    """

    columns: tuple[str, ...] = ()
    again: Callable[[Iterable[Row]], Iterable[Row]] = list
    tell: Callable[[Row], Row] = lambda _: ()
    told: int = 0
    rows: str = "true"


Rules = Mapping[str, Rule]
_WHOLE = Rule()


def rules(keys: Keys) -> Rules:
    """How the tables are kept whose rows are not; a personal number stands in plain words and is sealed with `keys`."""

    def number_of(sealed: Row) -> Row:
        cipher, key, _ = sealed
        return (cipher and keys.open(cipher, key),)

    def sealed(row: Row) -> Row:
        *rest, number = row
        return (*rest, *(attrgetter("cipher", "key", "hash")(keys.seal(number)) if number else (None, "", None)))

    return {
        _LOG: Rule(("previous_hash", "hash"), _chained),
        "people_person": Rule(
            ("number_cipher", "number_key", "number_hash"), lambda rows: map(sealed, rows), number_of, told=1
        ),
        "councils_sitting": Rule(("key",), lambda rows: ((*row, "") for row in rows)),
        "councils_slot": Rule(rows="sealed IS NULL"),
        "cases_informant": Rule(rows="false"),
        "cases_casetext": Rule(rows="false"),
    }


def tables_of(database: sqlite3.Connection, rules: Rules) -> dict[str, tuple[str, ...]]:
    """Every table with the columns that are kept of it."""
    return {name: _kept_columns(database, name, rules) for (name,) in database.execute(_TABLES).fetchall()}


def write_table(database: sqlite3.Connection, table: str, columns: tuple[str, ...], rules: Rules) -> Iterator[bytes]:
    """A line for each column; a ValueError where a digest that is left out would not come back as it is."""
    rule = rules.get(table, _WHOLE)
    rows = _rows(database, table, columns + rule.columns, rule.rows)
    kept = [row[: len(columns)] + rule.tell(row[len(columns) :]) for row in rows]
    if table == _LOG and list(rule.again(kept)) != rows:
        raise ValueError(f"the digests of {table} do not follow from its rows")
    return map(_line, zip(*kept, strict=True) if kept else [()] * (len(columns) + rule.told))


def read_table(
    database: sqlite3.Connection, table: str, columns: tuple[str, ...], lines: Iterator[bytes], rules: Rules
) -> None:
    """Insert the rows of a table, whose lines come next."""
    rule = rules.get(table, _WHOLE)
    rows = zip(*[_values(next(lines)) for _ in range(len(columns) + rule.told)], strict=True)
    names = ", ".join(f'"{name}"' for name in columns + rule.columns)
    places = ", ".join("?" * len(columns + rule.columns))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608  - our own names
    database.executemany(statement, rule.again(rows))


def _kept_columns(database: sqlite3.Connection, table: str, rules: Rules) -> tuple[str, ...]:
    gone = rules.get(table, _WHOLE).columns
    found = (name for _, name, *_ in database.execute(f'PRAGMA table_info("{table}")'))
    return tuple(name for name in found if name not in gone)


def _rows(database: sqlite3.Connection, table: str, columns: tuple[str, ...], which: str) -> list[Row]:
    names = ", ".join(f'"{name}"' for name in columns)
    return database.execute(f'SELECT {names} FROM "{table}" WHERE {which} ORDER BY rowid').fetchall()  # noqa: S608


def _line(values: Row) -> bytes:
    """A column as JSON: whole numbers by their differences, bytes as a list with their letters."""
    if values and {type(value) for value in values} == {int}:
        return msgspec.json.encode({"steps": [values[0], *(after - before for before, after in pairwise(values))]})
    return msgspec.json.encode([[each.decode("latin-1")] if isinstance(each, bytes) else each for each in values])


def _values(line: bytes) -> Iterable[Any]:
    found = msgspec.json.decode(line)
    if isinstance(found, dict):
        return accumulate(found["steps"])
    return (each[0].encode("latin-1") if isinstance(each, list) else each for each in found)


def _chained(rows: Iterable[Row]) -> Iterator[Row]:
    """Entries of the log, each with the hash of the one before it in its chain and its own."""
    heads: dict[Row, str] = {}
    for row in rows:
        _, kind, object_id, sequence, at, *rest = row
        previous = heads.get((kind, object_id), "")
        moment = f"{at.replace(' ', 'T')}+00:00"
        digest = heads[kind, object_id] = digest_of((kind, object_id, sequence, moment, *rest, previous))
        yield (*row, previous, digest)
