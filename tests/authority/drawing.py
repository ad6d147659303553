"""A process of its own that draws numbers: `python -m tests.authority.drawing PLACE TIMES ROLLED_BACK_EVERY [kill]`.

Each number that is committed is printed. With `kill` the process kills itself between drawing and committing.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, date, datetime

from django.db import transaction

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.numbering import BookKey, draw
from densach.history.domain import Act
from densach.places.models import Kind, Place

ACT = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))
DAY = date(2026, 3, 2)


def make_place() -> int:
    """One made-up place."""
    return Place.objects.create(kind=Kind.UNIT, fictional=True).pk


def draw_once(place: Place, *, rolled_back: bool = False, kill: bool = False) -> int:
    with transaction.atomic():
        (number,) = draw(BookKey(place, "UBND", "QĐ", fictional=True), on=DAY, what="Quyết định MẪU", act=ACT)
        if kill:
            os.kill(os.getpid(), signal.SIGKILL)
        transaction.set_rollback(rolled_back)
    return number


def main(place_id: int, times: int, rolled_back_every: int, *, kill: bool) -> None:
    place = Place.objects.get(pk=place_id)
    for turn in range(1, times + 1):
        rolled_back = turn % rolled_back_every == 0
        number = draw_once(place, rolled_back=rolled_back, kill=kill)
        if not rolled_back:
            sys.stdout.write(f"{number}\n")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        sys.stdout.write(f"{make_place()}\n")
    else:
        main(*map(int, sys.argv[1:4]), kill="kill" in sys.argv[4:])
