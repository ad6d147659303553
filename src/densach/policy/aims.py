"""The national targets of the published policy with the documents that set them, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from densach.policy.files import HOME
from densach.policy.library import read_entries
from densach.rules.model import Document, Target


@dataclass(frozen=True)
class Aim:
    """One national target, and the document in which it stands."""

    target: Target
    document: Document

    @property
    def citation(self) -> str:
        """The document by its kind, number and day, as papers cite it."""
        day = "/".join(reversed(self.document.signed.split("-")))
        dated = "" if self.document.signed == "unknown" else f" ngày {day}"
        return f"{self.document.kind_vi} {self.document.number}{dated}"


@cache
def aims() -> Mapping[str, Aim]:
    """Every national target by its id, in the order of the documents."""
    found: dict[str, Aim] = {}
    for path in sorted((HOME / "vn").glob("*/targets.yaml")):
        [document] = (entry.value for entry in read_entries(path.parent / "document.yaml"))
        found |= {entry.value.id: Aim(entry.value, document) for entry in read_entries(path)}
    return found
