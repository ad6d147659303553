"""Start one way of the trial from an empty folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import densach.config.ready  # noqa: F401  - before the models below
from densach.problems import Refused, problem
from densach.trial.demonstration import prepare
from densach.trial.merger import play_merger
from densach.trial.ready_made import AS_SHIPPED, SITE
from densach.trial.shipped import SHIPPED, open_shipped
from densach.trial.story import Say, play

MERGER = "sap-nhap"


def play_one(folder: Path, way: str, say: Say) -> None:
    """Play the year under the packs of a way, or the merger; what an earlier trial left is made again (else S105)."""
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
    except OSError as error:
        raise Refused(problem("S105", folder, reason=error.strerror)) from error
    if way == MERGER:
        play_merger(folder, say)
    elif way == AS_SHIPPED:
        open_shipped(SHIPPED, say)
    elif way == SITE:
        prepare(folder, say)
    else:
        play(folder, tuple(way.split(",")), say)
