"""Write a file whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from densach.problems import Refused, problem


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Where to write; the file takes its place only if all went well. Raises Refused (S105) where it cannot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(mkdtemp(prefix=".", dir=path.parent))
    except OSError as error:
        raise Refused(problem("S105", path, reason=error.strerror)) from error
    unfinished = folder / path.name
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise Refused(problem("S105", path, reason=error.strerror)) from error
    finally:
        unfinished.unlink(missing_ok=True)
        folder.rmdir()
