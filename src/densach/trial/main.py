"""Start one way of the trial from an empty folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import densach.config.ready  # noqa: F401  - before the models below
from densach.trial.story import Say, play


def play_one(folder: Path, packs: tuple[str, ...], say: Say) -> None:
    """Play the year under some packs; what an earlier trial left in the folder is made again."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    play(folder, packs, say)
