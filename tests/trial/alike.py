"""What two databases of the demonstration say alike: their rows without what is another at each making."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

BESIDE = ("gia-lap.json", "tai-khoan-dung-thu.json")
# Numbered in the order in which the migrations of a database were applied, and never shown.
OF_DJANGO = {"auth_permission", "django_content_type", "django_migrations", "sqlite_sequence"}
NUMBERED_BY_LOT = {"councils_slot"}
# Identities, codes and salts are drawn by lot, digests follow from them; moments are of the clock.
OTHER = re.compile(
    r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b|[0-9a-f]{64}|\bk[0-9a-f]{10}\b"
    r"|\b(?:[0-9A-Z]{4}-?){4}\b|argon2\S+"
    r"|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S*"
)
Said = dict[str, Counter[str]]


class Difference(NamedTuple):
    """How many rows a table has in each, and a few that the other has not."""

    counts: tuple[int, int]
    rows: list[str]


def differences(one: Path, other: Path) -> dict[str, Difference]:
    """The tables in which the databases of two homes differ, and the files beside them."""
    said, others = said_in(one), said_in(other)
    none = Counter[str]()
    return {
        table: _difference(said.get(table, none), others.get(table, none))
        for table in sorted({*said, *others})
        if said.get(table) != others.get(table)
    }


def said_in(home: Path) -> Said:
    """The rows of every table, and the files beside the database."""
    with closing(sqlite3.connect(f"file:{home / 'densach.sqlite3'}?mode=ro", uri=True)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        made_on = _made_on(database)
        found = {name: _rows(database, name, made_on) for name in names if name not in OF_DJANGO}
    return found | {name: Counter([(home / name).read_text("utf-8")]) for name in BESIDE}


def _difference(one: Counter[str], other: Counter[str]) -> Difference:
    return Difference((one.total(), other.total()), [*list(one - other)[:3], *list(other - one)[:3]])


def _made_on(database: sqlite3.Connection) -> str:
    """The day of the making in Viet Nam, which stands in some rows."""
    [[last]] = database.execute("SELECT max(at) FROM history_entry WHERE who = 'densach try'").fetchall()
    return (datetime.fromisoformat(last) + timedelta(hours=7)).date().isoformat()


def _rows(database: sqlite3.Connection, table: str, made_on: str) -> Counter[str]:
    first = 1 if table in NUMBERED_BY_LOT else 0
    rows = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608  - a table of its own list
    return Counter(" | ".join(_said(value, made_on) for value in row[first:]) for row in rows)


def _said(value: object, made_on: str) -> str:
    try:
        text = value.decode() if isinstance(value, bytes) else str(value)
    except UnicodeDecodeError:  # what is encrypted looks otherwise each time
        return "*"
    return OTHER.sub("*", text).replace(made_on, "*")
