"""The database of the demonstration, ready for each state of the source and copied for each trial.

It is opened from the file that ships, in a few seconds, or else made from the source, in a minute or two. A copy takes
less than a second, and a trial may do with it what it likes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

DATA, SITE, READY = "du-lieu", "trinh-dien", "san-sang"
AS_SHIPPED = "di-kem"
_MADE_OF = {".py", ".yaml", ".toml", ".csv", ".txt", ".typ", ".xz"}


def is_made(folder: Path) -> bool:
    """Whether the database of this state of the source stands ready."""
    return _ready(folder).exists()


def unpack(folder: Path) -> bool:
    """Open the file that ships and bring it up to date; a failure, which says why, or a kill leaves nothing behind."""
    return _made(folder, AS_SHIPPED)


def make(folder: Path) -> bool:
    """Make it from the source; what it does is printed, and a failed or killed one leaves nothing behind."""
    return _made(folder, SITE)


def copy(folder: Path) -> Path:
    """A fresh copy to work with, in place of that of an earlier trial; the home that it stands in."""
    site = folder / SITE
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(_ready(folder) / SITE / DATA, site / DATA)
    return site / DATA


def _made(folder: Path, way: str) -> bool:
    """In a process of its own, in a folder that takes its name only when all is done."""
    for outdated in folder.glob(f"{READY}-*"):
        shutil.rmtree(outdated)
    making = folder / f"{READY}-dang-lap"
    command = [sys.executable, "-m", "densach", "try", "--out", str(making), "--packs", way]
    environment = {**os.environ, "DENSACH_HOME": str(making / SITE / DATA), "PYTHONUNBUFFERED": "1"}
    for name in ("DATABASE_URL", "DENSACH_KEYS"):
        environment.pop(name, None)
    done = subprocess.run(command, env=environment, check=False).returncode == 0  # noqa: S603  - our own command
    if done:
        making.rename(_ready(folder))
    return done


def _ready(folder: Path) -> Path:
    return folder / f"{READY}-{_state_of_the_source()}"


def _state_of_the_source() -> str:
    """A digest of everything that the database is made from."""
    root, digest = Path(str(files("densach"))), sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in _MADE_OF:
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
