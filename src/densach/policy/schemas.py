"""The published JSON Schemas: of the policy files, for editors, and of the facts that one rubric asks, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from densach.policy.files import HOME, SHAPES
from densach.problems import Language
from densach.rules.model import Fact, Rubric

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PUBLISHED = HOME / "schema"


def file_schemas() -> Iterator[tuple[str, str]]:
    """Name and text of the schema of each kind of policy file, generated from the shapes."""
    for kind, shape in SHAPES.items():
        schema = {"$schema": DIALECT, "$id": f"densach/{kind}.json", **msgspec.json.schema(shape)}
        yield f"{kind}.json", json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schemas of all kinds into a folder, and say which files they are."""
    folder.mkdir(parents=True, exist_ok=True)
    written = tuple(folder / name for name, _ in file_schemas())
    for path, (_, text) in zip(written, file_schemas(), strict=True):
        path.write_text(text, encoding="utf-8")
    return written


def facts_schema(rubric: Rubric, lang: Language) -> dict[str, Any]:
    """The flat schema of the facts that a resolved rubric asks, in the order of the sheet; nothing is required."""
    return {
        "$schema": DIALECT,
        "$id": f"densach/facts/{rubric.id}.json",
        "title": rubric.title_vi if lang == "vi" else rubric.title_en,
        "type": "object",
        "properties": {fact.id: _property(fact, lang) for fact in rubric.facts},
        "additionalProperties": False,
    }


def _property(fact: Fact, lang: Language) -> dict[str, Any]:
    title, proof = (fact.title_vi, fact.proof_vi) if lang == "vi" else (fact.title_en, fact.proof_en)
    told = {"vi": ("Người trả lời", "Minh chứng"), "en": ("Answered by", "Proof")}[lang]
    described = zip(told, (fact.answered_by, proof), strict=True)
    description = " ".join(f"{label}: {text}." for label, text in described if text)
    return {"title": title, **({"description": description} if description else {}), **_range(fact)}


def _range(fact: Fact) -> dict[str, Any]:
    if fact.kind == "boolean":
        return {"type": "boolean"}
    if fact.kind in {"choice", "ordinal"}:
        return {"type": "string", "enum": list(fact.choices)}
    return {"type": "integer", "minimum": fact.low, "maximum": fact.high}
