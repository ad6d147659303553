"""An official document as one text to keep (bản lưu), and back: what was issued is printed again as it was issued."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from densach.formats.official.model import (
    Annex,
    Block,
    Issuer,
    Kind,
    Official,
    Paragraph,
    Picture,
    Reference,
    Signature,
    Table,
)


def kept_text(document: Official) -> str:
    """The document as JSON; equal documents give equal texts."""
    return json.dumps(asdict(document), default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_kept(text: str) -> Official:
    """The document that `kept_text` wrote."""
    said = json.loads(text)
    issuer, reference = said["issuer"], said["reference"]
    on = reference["on"]
    return Official(
        **said
        | {
            "kind": Kind[said["kind"]],
            "issuer": Issuer(**issuer | {"body": tuple(issuer["body"])}),
            "reference": Reference(**reference | {"on": on and date.fromisoformat(on)}),
            "signatures": tuple(Signature(**each) for each in said["signatures"]),
            "annexes": tuple(Annex(each["title"], _blocks(each["blocks"])) for each in said["annexes"]),
            "blocks": _blocks(said["blocks"]),
            **{name: tuple(said[name]) for name in ("addressees", "bases", "recipients", "filed_by")},
        }
    )


def _blocks(said: list[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(_block(each) for each in said)


def _block(said: dict[str, Any]) -> Block:
    if "svg" in said:
        return Picture(**said)
    return _table(said) if "rows" in said else Paragraph(**said)


def _table(said: dict[str, Any]) -> Table:
    rows = tuple(tuple(row) for row in said["rows"])
    return Table(tuple(said["headers"]), rows, tuple(said["widths"]), frozenset(said["middle"]))


def _plain(value: object) -> object:
    if isinstance(value, Kind):
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"a document holds no {type(value).__name__}")
