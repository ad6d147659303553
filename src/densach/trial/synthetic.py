"""The synthetic country of the demonstration: a million made-up people, judged and told in one small file."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from pathlib import Path

from densach.nation.told import write_told
from densach.places.territory import territory
from densach.policy.library import open_library
from densach.trial.story import Say

CITIZENS, SEED, ON = 1_000_000, 1, date(2026, 11, 26)
SETTING = "congdan-324-2022.b2.floor=none"  # without the floor of 5 on foreign language
ENGINE = "ibis"


def make_synthetic(home: Path, packs: tuple[str, ...], say: Say) -> None:
    """Make the country and keep what is told of it beside the database; says so where its engine is not installed."""
    if find_spec(ENGINE) is None:
        say("Chưa lập cả nước giả lập: máy này chưa cài phần densach[nation].")
        return
    from densach.nation.summary import told_of  # noqa: PLC0415  - slow to import, and optional
    from densach.nation.titles import chain_of  # noqa: PLC0415

    chain = chain_of(open_library(packs), ON)
    write_told(told_of(territory(), chain, citizens=CITIZENS, seed=SEED, on=ON, setting=SETTING), home)
    say("Đã lập cả nước giả lập: 1.000.000 người không có thật, xem ở /ca-nuoc-gia-lap.")
