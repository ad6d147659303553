"""The lock files and the page of dependencies agree with pyproject.toml, and name no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def name_of(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower()


def direct(*requirements: object) -> set[str]:
    """The packages asked for by name; groups within groups and the project itself are none."""
    return {name_of(each) for each in requirements if isinstance(each, str)} - {"densach"}


RUNTIME = direct(*PROJECT["project"]["dependencies"])
NATION = direct(*PROJECT["project"]["optional-dependencies"]["nation"])
SPARK = direct(*PROJECT["project"]["optional-dependencies"]["spark"])
BUILD = direct(*PROJECT["dependency-groups"]["build"])
DEVELOPMENT = direct(*PROJECT["dependency-groups"]["dev"])


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert [line for line in text.splitlines() if "://" in line or " @ " in line] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_is_exact_and_hashed(name: str) -> None:
    entries = re.split(r"^(?=\S)", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert [
        entry for entry in entries if not re.match(r"[a-z0-9._-]+==\S+ .*?--hash=sha256:[0-9a-f]{64}", entry, re.S)
    ] == []
    assert len(entries) == len(locked(name))


def test_the_runtime_lock_is_part_of_the_other() -> None:
    runtime, development = (locked(name) for name in LOCKS)
    assert runtime == {name: development.get(name) for name in runtime}


def test_the_locks_hold_all_that_is_asked_for() -> None:
    runtime, development = (set(locked(name)) for name in LOCKS)
    assert runtime >= RUNTIME | BUILD
    assert development >= RUNTIME | BUILD | NATION | DEVELOPMENT


def test_every_direct_dependency_has_a_floor() -> None:
    asked = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["nation"],
        *PROJECT["project"]["optional-dependencies"]["spark"],
        *(each for group in PROJECT["dependency-groups"].values() for each in group if isinstance(each, str)),
    ]
    assert [each for each in asked if not re.search(r"(>=|~=)\d", each)] == ["densach[nation]"]


def test_the_page_of_dependencies_has_one_line_for_each() -> None:
    page = (ROOT / "docs/dependencies.md").read_text("utf-8")
    listed = re.findall(r"^\| ([a-z][a-z0-9-]*) \| .+ \|$", page, re.MULTILINE)
    assert sorted(listed) == sorted(RUNTIME | NATION | SPARK | BUILD | DEVELOPMENT)
