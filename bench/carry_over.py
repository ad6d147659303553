"""How long a carry-over of three communes takes beside the entering of their registers, on SQLite.

6,000 households in one transaction, back again, and the statistics of a province on the map of a day.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

HOUSEHOLDS, COMMUNES = 2000, 3
FOLDER = tempfile.TemporaryDirectory()
os.environ["DENSACH_HOME"] = FOLDER.name
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from django.utils import timezone  # noqa: E402

import densach.config.ready  # noqa: E402, F401  - before the models below
from densach.config.database import ensure_ready  # noqa: E402
from densach.history.domain import Act  # noqa: E402
from densach.people.domain import Resident, enter_residents  # noqa: E402
from densach.people.merger.carrying import carry_over, plan_carry_over, undo_carry_over  # noqa: E402
from densach.people.numbers import load_keys  # noqa: E402
from densach.places.domain import add_fictional_commune, add_villages  # noqa: E402
from densach.places.lookup import get_place  # noqa: E402
from densach.places.merging import Part, merge_communes  # noqa: E402
from densach.places.models import Place  # noqa: E402
from densach.reporting.statistics import Asked, statistics  # noqa: E402

BEGAN, MERGED, TODAY = date(2024, 1, 1), date(2025, 7, 1), date(2026, 11, 23)


def main() -> None:
    """Measure and print seconds and ratios."""
    ensure_ready()
    act = Act(who="bench", at=timezone.now())
    province = get_place("25", MERGED).place
    olds = [add_fictional_commune(province, f"9940{n}", f"Xã MẪU {n}", on=BEGAN, act=act) for n in range(COMMUNES)]
    new = add_fictional_commune(province, "99500", "Xã MẪU Mới", on=MERGED, act=act)
    keys = load_keys(Path(FOLDER.name) / "keys.json")

    def enter() -> None:
        for order, commune in enumerate(olds):
            villages = add_villages(commune, [f"Thôn {n}" for n in range(20)], on=BEGAN, act=act, source="MẪU")
            enter_residents(commune, list(residents(villages, order)), on=BEGAN, keys=keys, act=act)

    entering = timed(enter)
    merge_communes([Part(old, new, whole=True) for old in olds], on=MERGED, legal_act="MẪU", source="MẪU", act=act)
    planning = timed(lambda: plan_carry_over(new, MERGED))
    carrying = timed(lambda: carry_over(new, MERGED, act=act))
    again = timed(lambda: carry_over(new, MERGED, act=act))
    undoing = timed(lambda: undo_carry_over(new, MERGED, rounds=0, act=act))
    whole = get_place("38", TODAY)
    counting = timed(lambda: statistics(Asked(whole, TODAY, 2026, "vn", TODAY)))
    print(f"{COMMUNES} communes of {HOUSEHOLDS} households of three people each")
    for name, seconds in (
        ("entering the registers", entering),
        ("the plan alone", planning),
        ("the carry-over", carrying),
        ("the same again", again),
        ("undone", undoing),
        ("statistics of a province of 166 communes", counting),
    ):
        print(f"{name:42} {seconds:7.2f} s  {seconds / entering:5.2f} of entering")


def residents(villages: list[Place], commune: int) -> Iterator[Resident]:
    """Three made-up people in each household."""
    for home in range(HOUSEHOLDS):
        for place, sex in enumerate(("male", "female", "male")):
            yield Resident(
                household=f"H{home:05}",
                village=villages[home % len(villages)],
                full_name=f"Mẫu Thị {commune} {home} {place}",
                sex=sex,
                birth=f"{1960 + 20 * place}",
                is_head=place == 0,
            )


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes, once."""
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    main()
