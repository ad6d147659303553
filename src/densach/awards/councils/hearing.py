"""Whoever waits for something long hears how far it is: which step, how much of it is done, and of how much."""

from __future__ import annotations

from collections.abc import Callable

Hear = Callable[[str, int, int], None]


def unheard(step: str, done: int, total: int) -> None:
    """Nobody waits to hear it."""
