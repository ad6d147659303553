"""The secret that signs what browsers bring back: made on first use, kept in a file that only its owner may read."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from django.core.management.utils import get_random_secret_key


@cache
def secret_key(path: Path) -> str:
    """The secret of this installation; of several processes that start at once, one makes it and all use it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(path)
    return path.read_text("utf-8")


def _make(path: Path) -> None:
    """Write the file whole beside its place and link it there, which fails if another process was first."""
    made = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(get_random_secret_key())
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
