"""A new database has the tables that its migrations would make, one after another."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MIGRATE = """
import densach.config.ready
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
call_command("createcachetable", verbosity=0)
"""
KEPT_BY_DJANGO = (
    "SELECT app, name FROM django_migrations",
    "SELECT app_label, model FROM django_content_type",
    "SELECT app_label, model, codename, name FROM auth_permission JOIN django_content_type t ON t.id = content_type_id",
)
OF_SERVER = (
    "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
)


def parts(sql: str | None) -> tuple[str, ...]:
    """The columns and constraints of a table, in no order: a column that came later stands last."""
    head, _, body = (sql or "").removesuffix(")").partition("(")
    depth, found = 0, [""]
    for letter in body:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return head, *sorted(each.strip() for each in found)


def described(url: str) -> set[object]:
    """The tables of a database with all that binds them, and what Django keeps of itself."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
            made = database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
            kept = [row for ask in KEPT_BY_DJANGO for row in database.execute(ask)]
        return {*((*named, parts(sql)) for *named, sql in made), *kept}
    with psycopg.connect(url) as server:
        return {row for ask in (*OF_SERVER, *KEPT_BY_DJANGO) for row in server.execute(ask)}


def test_it_has_the_tables_that_its_migrations_make(shared_url: str, empty_url: str, tmp_path: Path) -> None:
    environment = {**os.environ, "DENSACH_HOME": str(tmp_path), "DATABASE_URL": empty_url}
    subprocess.run([sys.executable, "-c", MIGRATE], env=environment, check=True)
    new, migrated = described(shared_url), described(empty_url)
    assert len(new) > 500
    assert sorted(new ^ migrated, key=str) == []
