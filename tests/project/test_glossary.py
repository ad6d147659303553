"""Every word of the law that the code uses stands in the glossary, once."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import yaml
from msgspec import Struct

from densach.rules import model

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and "`" in line
]
IDENTIFIERS = [name for row in ROWS for name in re.findall(r"`([^`]+)`", row[1])]
TITLE_KEY = re.compile(r"[a-z_]+\.[a-z0-9]+")


def title_keys(folder: str) -> set[str]:
    """The title keys that the policy files of one folder use, wherever they stand in them."""
    texts = (path.read_text("utf-8") for path in (ROOT / "src/densach/policy" / folder).rglob("*.yaml"))
    return {key for text in texts for key in _keys_in(yaml.load(text, yaml.CBaseLoader))}  # noqa: S506  - reads words only


def _keys_in(value: object) -> set[str]:
    if isinstance(value, list):
        return {key for item in value for key in _keys_in(item)}
    if isinstance(value, dict):
        here = {value["title_key"]} if "title_key" in value else set()
        return here.union(*(_keys_in(item) for item in value.values()))
    return set()


def test_every_row_has_a_term_an_identifier_and_a_text() -> None:
    assert [row for row in ROWS if len(row) != 3 or not all(row)] == []


def test_no_identifier_is_explained_twice() -> None:
    assert sorted(IDENTIFIERS) == sorted(set(IDENTIFIERS))


def test_every_title_key_of_the_law_is_explained_and_no_other() -> None:
    assert {name for name in IDENTIFIERS if TITLE_KEY.fullmatch(name)} == title_keys("vn")


def test_every_shape_of_the_law_is_explained() -> None:
    shapes = {name for name, kind in inspect.getmembers(model, inspect.isclass) if issubclass(kind, Struct)}
    assert {name for name in shapes if not name.startswith("_") and name != "Struct"} - set(IDENTIFIERS) == set()
