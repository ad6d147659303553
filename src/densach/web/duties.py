"""What waits for somebody in a role: each area of the site says it for its own pages, and the first page shows all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from densach.authority.access import Viewer


@dataclass(frozen=True)
class Duty:
    """Something to do or to look at: a sentence with its words, where it is done, and the sentence that explains it.

    `waiting` says how many things wait there; nothing where that has no number.
    """

    sentence: str
    address: str
    words: Mapping[str, object] = field(default_factory=dict)
    more: str = ""
    waiting: int | None = None


Source = Callable[[Viewer], list[Duty]]
SOURCES: tuple[Source, ...] = ()


def duties_of(viewer: Viewer) -> list[Duty]:
    """All that waits for a viewer, what has things waiting first."""
    found = [duty for source in SOURCES for duty in source(viewer)]
    return sorted(found, key=lambda duty: not duty.waiting)
