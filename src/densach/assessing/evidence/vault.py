"""The folder in which the content of evidence stands, encrypted file by file with the keys of the installation.

Encrypted is the content. The row in the database (of which sheet and indicator, how large, when, the hash of the file
as it was sent) is not. A file is named by that hash and by the identity of its row, to which its encryption is bound.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from densach.assessing.evidence.models import KeptFile
from densach.people.numbers import Keys
from densach.problems import Refused, problem

_KEY = 16  # bytes at the head of each file that name its key


@dataclass(frozen=True)
class Vault:
    """Where the files stand, and the keys they are encrypted with."""

    folder: Path
    keys: Keys

    def keep(self, row: KeptFile, content: bytes) -> None:
        """Write the content of a row whole and for the owner of the installation alone; S105 where it cannot be."""
        path = self._path(row)
        unfinished = path.with_suffix(".new")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(row.key.encode().ljust(_KEY) + self.keys.encrypt(content, row.key, row.uid.bytes))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except OSError as error:
            raise Refused(problem("S105", path.name, reason=error.strerror)) from error

    def read(self, row: KeptFile) -> bytes:
        """The content of a row; refused where its file is gone (K115), or its key, or it was changed (N103)."""
        try:
            kept = self._path(row).read_bytes()
        except OSError as error:
            raise Refused(problem("K115", row.uid)) from error
        # By its own key and not by that of the row: whoever was stopped between the two while keys changed still reads.
        key = kept[:_KEY].decode("ascii", "replace").strip()
        return self.keys.decrypt(kept[_KEY:], key, row.uid.bytes)

    def remove(self, row: KeptFile) -> None:
        """Take the file of a row away."""
        self._path(row).unlink(missing_ok=True)

    def old_files(self, before: datetime) -> Iterator[tuple[Path, UUID | None]]:
        """The files last written before a moment, each with the row that names it; none where it was never finished."""
        for path in self.folder.glob("??/*"):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                yield path, _row_named(path)

    def _path(self, row: KeptFile) -> Path:
        return self.folder / row.sha256[:2] / f"{row.sha256}-{row.uid}"


def _row_named(path: Path) -> UUID | None:
    try:
        return UUID(path.name[65:])
    except ValueError:
        return None
