"""The levels of a country in the order in which they are judged, and the rubric each goes by on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from densach.policy.library import Effective, Library
from densach.problems import Refused, problem
from densach.rules.counting import Measure, measures_of
from densach.rules.judging import Judge
from densach.rules.model import DECIDING, DECIDING_IN_DEMO


@dataclass(frozen=True)
class Level:
    """One level: its name, its title in law, and the column that names one of it."""

    name: str
    title_key: str
    name_vi: str
    key: str


LEVELS = (
    Level("citizens", "citizen.qd677", "Công dân học tập", "citizen"),
    Level("families", "family.qd387", "Gia đình học tập", "household"),
    Level("units", "unit_commune.qd387", "Đơn vị học tập", "unit"),
    Level("clans", "clan.qd387", "Dòng họ học tập", "clan"),
    Level("villages", "village.qd387", "Cộng đồng học tập (thôn, tổ dân phố)", "village"),
    Level("literacy", "literacy.nd20", "Xã đạt chuẩn xóa mù chữ", "commune"),
    Level("communes", "commune.tt25", "Cộng đồng học tập cấp xã", "commune"),
    Level("provinces", "province.tt25", "Cộng đồng học tập cấp tỉnh", "province"),
)
BY_NAME = {level.name: level for level in LEVELS}
CITIZENS, OF_COMMUNES = LEVELS[0], ("literacy", "communes")


@dataclass(frozen=True)
class Chain:
    """The judges of all levels, and whether made-up law is among them."""

    judges: Mapping[str, Judge]
    fictional: bool

    @cached_property
    def measures(self) -> dict[str, dict[str, Measure]]:
        """What each level counts from below, by fact."""
        return {name: measures_of(judge.rubric) for name, judge in self.judges.items()}


def chain_of(library: Library, on: date) -> Chain:
    """The judges of a day; refused (R101) where the law holds not exactly one rubric for a title."""
    found = {level.name: _rubric_on(library, level, on) for level in LEVELS}
    judges = {name: judge_of(effective) for name, effective in found.items()}
    return Chain(judges, any(effective.fictional for effective in found.values()))


def judge_of(effective: Effective) -> Judge:
    """The judge of a rubric; fictional law decides only where it was opened."""
    return Judge(effective.rubric, effective.sources, DECIDING_IN_DEMO if effective.fictional else DECIDING)


def _rubric_on(library: Library, level: Level, on: date) -> Effective:
    found = [
        rubric.id
        for rubric in library.rubrics.values()
        if rubric.title_key == level.title_key and library.in_force(rubric, on) != "no"
    ]
    if len(found) != 1:
        raise Refused(problem("R101", level.title_key, title=level.name_vi, on=on.isoformat(), count=len(found)))
    return library.rubric(found[0], on)
