"""Small policy files for the tests: a folder of somebody's own, MẪU in every title."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
import yaml

from densach.policy.files import HOME
from densach.policy.library import Library
from densach.rules.model import Rubric

HEAD = "# yaml-language-server: $schema=x\n"
CITES = [{"document": "tt22-2020-bgddt", "place": "MẪU"}]

SMALL: dict[str, object] = {
    "id": "mau-nho",
    "title_vi": "Bộ tiêu chí MẪU",
    "title_en": "Criteria MẪU",
    "subject": "unit",
    "title_key": "unit.mau",
    "document": "tt22-2020-bgddt",
    "basis_vi": "MẪU",
    "cites": CITES,
    "valid_from": "2024-01-26",
    "style": "points",
    "total": 10,
    "mark": "read",
    "facts": [
        {"id": "members", "kind": "count", "high": 100, "title_vi": "MẪU?", "title_en": "MẪU?"},
        {
            "id": "learners",
            "kind": "count",
            "high": 100,
            "part_of": "members",
            "title_vi": "MẪU?",
            "title_en": "MẪU?",
        },
    ],
    "levels": [{"id": 1, "name_vi": "MẪU", "name_en": "MẪU", "at_least": {"value": 5}, "mark": "read", "cites": CITES}],
    "criteria": [
        {
            "id": "1",
            "title_vi": "MẪU",
            "points": 10,
            "mark": "read",
            "cites": CITES,
            "indicators": [
                {
                    "id": "1.1",
                    "text_vi": "MẪU",
                    "test": "share",
                    "fact": "learners",
                    "base": "members",
                    "levels": {1: {"value": "50%"}},
                    "points": 10,
                    "otherwise": 0,
                    "when_not_applicable": "award",
                    "mark": "read",
                    "cites": CITES,
                }
            ],
        }
    ],
}

INDICATOR = ("criteria", 0, "indicators", 0)


def copy() -> dict[str, object]:
    """A rubric without mistakes, to be spoilt."""
    fresh: dict[str, object] = msgspec.json.decode(msgspec.json.encode(SMALL))
    change(fresh, (*INDICATOR, "levels"), {1: {"value": "50%"}})
    return fresh


def change(whole: Any, trail: tuple[int | str, ...], value: object) -> None:
    """Put a value at the end of a trail; `None` removes what stands there."""
    inner = whole
    for step in trail[:-1]:
        inner = inner[step]
    if value is None:
        del inner[trail[-1]]
    else:
        inner[trail[-1]] = value


class _Plain(yaml.SafeDumper):
    """Writes what is used twice twice, as a person does."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  - PyYAML's signature
        return True


def write(folder: Path, name: str, value: object) -> Path:
    """Write a policy file beside the one document that all of them cite."""
    shutil.copy(HOME / "vn" / "tt22-2020-bgddt" / "document.yaml", folder / "document.yaml")
    path = folder / name
    path.write_text(HEAD + yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def rubric_of(library: Library, name: str = "mau-nho") -> Rubric:
    """A rubric as it stands without a day."""
    return library.rubric(name).rubric
