"""The database of the demonstration, made once for each state of the source and copied for each trial.

Making it takes half a minute; a copy takes a second, and a trial may do with it what it likes.
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


def is_made(folder: Path) -> bool:
    """Whether the database of this state of the source stands ready."""
    return _ready(folder).exists()


def make(folder: Path) -> bool:
    """Make it in a process of its own, which prints what it does; a failed or killed one leaves nothing behind."""
    for outdated in folder.glob(f"{READY}-*"):
        shutil.rmtree(outdated)
    making = folder / f"{READY}-dang-lap"
    command = [sys.executable, "-m", "densach", "try", "--out", str(making), "--packs", SITE]
    environment = {**os.environ, "DENSACH_HOME": str(making / SITE / DATA), "PYTHONUNBUFFERED": "1"}
    for name in ("DATABASE_URL", "DENSACH_KEYS"):
        environment.pop(name, None)
    done = subprocess.run(command, env=environment, check=False).returncode == 0  # noqa: S603  - our own command
    if done:
        making.rename(_ready(folder))
    return done


def copy(folder: Path) -> Path:
    """A fresh copy to work with, in place of that of an earlier trial; the home that it stands in."""
    site = folder / SITE
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(_ready(folder) / SITE / DATA, site / DATA)
    return site / DATA


def _ready(folder: Path) -> Path:
    return folder / f"{READY}-{_state_of_the_source()}"


def _state_of_the_source() -> str:
    """A digest of everything that the database is made from."""
    root, digest = Path(str(files("densach"))), sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".yaml", ".toml", ".csv", ".txt", ".typ"}:
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
