"""The files of one text: what they are called, their bytes as they were saved, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from densach.lawmaking.models import OVERLAYS, Edition, Kind
from densach.policy.composing import Piece
from densach.policy.reading import Source

PARTS = ("law", "document", "cases")
LARGEST = 200_000  # bytes of one file; the longest rubric we hold has a tenth of it


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The bytes of the files of a text; a document or cases that it has not are empty."""

    law: bytes
    document: bytes = b""
    cases: bytes = b""


@dataclass(frozen=True)
class Stamp:
    """The files of a text by hash, which say all that the law with it can depend on."""

    policy_id: str
    target: str
    is_overlay: bool
    replaces: bool
    digests: tuple[tuple[str, str], ...]
    ends: date | None = None

    def piece(self, contents: Mapping[str, bytes]) -> Piece:
        """The files as the law is put together from them."""
        files = {part: contents[digest] for part, digest in self.digests}
        piece = piece_of(self.policy_id, self.target, Texts(**files), overlay=self.is_overlay, replaces=self.replaces)
        return replace(piece, ends=self.ends)


def stamp_of(form: tuple[Any, ...]) -> Stamp:
    """One published form of a text by its hashes; it ends where a second person agreed to its end."""
    policy_id, target, kind, end_on, agreed, *kept = form
    digests = tuple((part, digest) for part, digest in zip(PARTS, kept, strict=True) if digest)
    ends = end_on if agreed else None
    return Stamp(policy_id, target, kind in OVERLAYS, kind == Kind.CORRECTION, digests, ends)


def texts_of(edition: Edition) -> Texts:
    """The bytes of one form of a text."""
    kept = {part: getattr(edition, part) for part in PARTS}
    return Texts(**{part: bytes(wording.content) for part, wording in kept.items() if wording})


def file_names(policy_id: str, target: str, *, overlay: bool) -> dict[str, str]:
    """What the files are called, by part; the cases are those of the rubric."""
    return {
        "law": f"{policy_id}.overlay.yaml" if overlay else f"{policy_id}.yaml",
        "document": "document.yaml",
        "cases": f"{target if overlay else policy_id}.cases.yaml",
    }


def piece_of(policy_id: str, target: str, texts: Texts, *, overlay: bool, replaces: bool) -> Piece:
    """The files of a text, the document first, as the law is put together from them."""
    names = file_names(policy_id, target, overlay=overlay)
    given = ((part, getattr(texts, part)) for part in ("document", "law", "cases"))
    kept = ((part, data) for part, data in given if data or part == "law")
    return Piece(tuple(Source(Path(names[part]), data) for part, data in kept), replaces)


def digest_of(data: bytes) -> str:
    """The hash by which bytes are kept."""
    return sha256(data).hexdigest()
