"""One thing that waits for somebody in a role."""

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
