"""How far an import has come, for whoever waits for it."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Step(StrEnum):
    """What an import does, one after the other."""

    READING = "Đang đọc"
    CHECKING = "Đang kiểm tra"
    LOADING = "Đang nhập"


class Progress(Protocol):
    """Hears how many more rows are done in a step, of how many; of 0 where nobody knows yet."""

    def __call__(self, step: Step, done: int, total: int) -> None:
        """Hear of it."""


def silent(step: Step, done: int, total: int) -> None:
    """Nobody waits."""
