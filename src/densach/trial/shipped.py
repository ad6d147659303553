"""The demonstration as a file that ships: made from the source once, opened in seconds on every machine.

Why it is so, and why no key is in it: docs/decisions/0028-a-demonstration-that-ships.md.
"""

from __future__ import annotations

import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib.resources import files
from pathlib import Path

import msgspec
from django.conf import settings

import densach.config.ready  # noqa: F401  - before the models below
from densach.config.database import ensure_ready
from densach.formats.vietnamese import format_date
from densach.nation.told import FILE as SYNTHETIC
from densach.people.numbers import Keys, load_keys
from densach.problems import Refused, problem
from densach.trial.columns import read_table, rules, tables_of, write_table
from densach.trial.sealed import Brought, read_cases, seal_again
from densach.trial.story import Say
from densach.web.signing.demonstration import ACCOUNTS

SHIPPED = Path(str(files("densach.trial"))) / "demonstration.xz"
DATABASE = "densach.sqlite3"
BESIDE = (ACCOUNTS, SYNTHETIC)  # the files of its home that a site reads beside the database
_STRONGEST = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 26, "lc": 4, "pb": 0}]
_STATEMENTS = "SELECT sql FROM sqlite_master WHERE type = ? AND name NOT GLOB 'sqlite_*' AND sql <> '' ORDER BY name"
_FAULTS = (
    OSError,
    lzma.LZMAError,
    msgspec.MsgspecError,
    sqlite3.Error,
    LookupError,
    StopIteration,
    TypeError,
    ValueError,
)


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says of itself in its first line: what it was made of, and all that is no row of a table."""

    made_on: date
    packs: tuple[str, ...]
    migrations: tuple[tuple[str, str], ...]
    schema: tuple[str, ...]
    indexes: tuple[str, ...]
    tables: dict[str, tuple[str, ...]]
    beside: dict[str, str]
    cases: tuple[Brought, ...]


def write_shipped(file: Path, packs: tuple[str, ...], *, made_on: date) -> int:
    """Write the demonstration of this process's home as a file, whole or not at all; how many bytes it has.

    A ValueError where something would ship that names a key, because it is encrypted and could not be opened again.
    """
    keys = load_keys(settings.KEYS_FILE)
    content = b"\n".join(_lines(settings.HOME, keys, packs, made_on))
    if any(name.encode() in content for name in keys.by_id):
        raise ValueError("something of the demonstration is encrypted that trial/columns.py and sealed.py do not know")
    half = file.with_suffix(".half")
    half.write_bytes(lzma.compress(content, lzma.FORMAT_XZ, filters=_STRONGEST))
    half.replace(file)
    return file.stat().st_size


def open_shipped(file: Path, say: Say) -> None:
    """Make the database of this process's home from a file, with keys of its own; refused where it cannot be.

    It is brought up to date with the source, as every database is that an earlier version left.
    """
    keys = load_keys(settings.KEYS_FILE)
    record = restore(file, settings.HOME, keys)
    ensure_ready()
    seal_again(record.cases, keys)
    say(f"Đã mở xã MẪU đi kèm, lập ngày {format_date(record.made_on)}.")


def restore(file: Path, home: Path, keys: Keys) -> Record:
    """Write into a home the database of a file as it was, but for cases and boxes; refused (S120) if it is no good."""
    try:
        first, *columns = lzma.decompress(file.read_bytes()).split(b"\n")
        record = msgspec.json.decode(first, type=Record)
        home.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(home / DATABASE, isolation_level=None)) as database:
            _fill(database, record, iter(columns), keys)
        for name, content in record.beside.items():
            (home / name).write_text(content, "utf-8")
    except _FAULTS as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Refused(problem("S120", file.name, reason=reason or type(error).__name__)) from error
    return record


def _lines(home: Path, keys: Keys, packs: tuple[str, ...], made_on: date) -> Iterator[bytes]:
    with closing(sqlite3.connect(f"file:{home / DATABASE}?mode=ro", uri=True)) as database:
        how = rules(keys)
        tables = tables_of(database, how)
        yield msgspec.json.encode(
            Record(
                made_on=made_on,
                packs=packs,
                migrations=tuple(database.execute("SELECT app, name FROM django_migrations ORDER BY id")),
                schema=_statements(database, "table"),
                indexes=_statements(database, "index"),
                tables=tables,
                beside={name: (home / name).read_text("utf-8") for name in BESIDE},
                cases=read_cases(keys),
            )
        )
        for table, columns in tables.items():
            yield from write_table(database, table, columns, how)


def _statements(database: sqlite3.Connection, kind: str) -> tuple[str, ...]:
    return tuple(sql for (sql,) in database.execute(_STATEMENTS, (kind,)))


def _fill(database: sqlite3.Connection, record: Record, lines: Iterator[bytes], keys: Keys) -> None:
    """All in one transaction that waits for no disk: a half-filled database is thrown away with its folder."""
    for setting in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -262144"):
        database.execute(f"PRAGMA {setting}")
    database.execute("BEGIN")
    how = rules(keys)
    for statement in record.schema:
        database.execute(statement)
    for table, columns in record.tables.items():
        read_table(database, table, columns, lines, how)
    for statement in record.indexes:
        database.execute(statement)
    database.execute("COMMIT")
