"""Querysets live in queries.py; elsewhere a manager may only write rows or fetch the one it is about to change."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "densach"
ALLOWED = {"bulk_create", "bulk_update", "create", "get", "get_or_create", "update_or_create"}
FIXTURES = {"db"}
EMPTYING = {"transactional_db", "django_db_reset_sequences", "live_server"}


def managers(tree: ast.AST) -> list[tuple[int, str]]:
    """Each use of a manager: its line, and what is asked of it."""
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return [
        (node.lineno, node.attr)
        for node in uses
        if isinstance(node.value, ast.Attribute) and node.value.attr == "objects"
    ]


def test_only_queries_hold_querysets() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} .objects.{verb}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name != "queries.py" and "migrations" not in path.parts
        for line, verb in managers(ast.parse(path.read_text("utf-8")))
        if verb not in ALLOWED
    ]
    assert found == []


def test_every_test_of_the_database_says_so_and_therefore_runs_on_both() -> None:
    # `make test` picks what runs on PostgreSQL by the mark django_db; a bare fixture would stay on SQLite.
    bare = [
        f"{path.relative_to(ROOT)}::{node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and FIXTURES & {argument.arg for argument in node.args.args}
    ]
    assert bare == []


def test_no_test_empties_the_database_the_others_share() -> None:
    # A transactional test ends by emptying every table, the country's too, and files run in any order side by side.
    emptying = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.keyword) and node.arg == "transaction")
        or (isinstance(node, ast.arg) and node.arg in EMPTYING)
    ]
    assert emptying == []
