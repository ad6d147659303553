"""Start one way of the trial from an empty folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import densach.config.ready  # noqa: F401  - before the models below
from densach.problems import Refused, problem
from densach.trial.story import Say, play


def play_one(folder: Path, packs: tuple[str, ...], say: Say) -> None:
    """Play the year under some packs; what an earlier trial left in the folder is made again (else S105)."""
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
    except OSError as error:
        raise Refused(problem("S105", folder, reason=error.strerror)) from error
    play(folder, packs, say)
