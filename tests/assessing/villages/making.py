"""A made-up village with sheets at every stage, and the village beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.assessing.making import GOOD, POOR, Small, library, open_year, settle
from tests.people.making import enter, family, village

if TYPE_CHECKING:
    from densach.assessing.models import Round
    from densach.assessing.sheets.models import Sheet
    from densach.history.domain import Act
    from densach.places.models import Place
    from densach.policy.library import Library

KEY = "citizen.qd677"


def law_of(packs: str) -> Library:
    """The law of some packs, opened once."""
    return library(*packs.split(","))


@dataclass(frozen=True)
class Working:
    """A commune of one round, its village of H1, H2, …, and a neighbouring village of one household."""

    small: Small
    round: Round
    neighbour: Place
    other: str

    def sheet(self, name: str, facts: dict[str, int], act: Act, *, to: str = "writing") -> Sheet:
        """The sheet of somebody, brought so far: writing, sent, given_back or checked."""
        from densach.assessing.sheets.domain import begin_sheet, check_sheet, give_back, send_sheet, write_on
        from densach.assessing.sheets.models import Way

        sheet = begin_sheet(self.round, self.small.subject("citizen", name), KEY, by=None, way=Way.OWN, act=act)
        sheet = write_on(sheet, facts, sheet.version, by=None, way=Way.OWN, act=act)
        if to != "writing":
            sheet = send_sheet(sheet, sheet.version, act=act)
        if to == "given_back":
            sheet = give_back(sheet, sheet.version, by=None, note="Chưa rõ lớp học nào", act=act)
        if to == "checked":
            sheet = check_sheet(sheet, facts, sheet.version, by=None, note="", act=act)
        return sheet


def working(commune: Place, act: Act, households: int = 2, packs: str = "vn") -> Working:
    """The village with so many households, and next door the household H90 of "Nguyễn Văn Mẫu 90"."""
    small = settle(commune, act, households)
    neighbour = village(commune, act, "Thôn Đông")
    enter(commune, [replace(line, village=neighbour) for line in family(neighbour, 90)], act)
    return Working(small, open_year(small, act, packs), neighbour, "Nguyễn Văn Mẫu 90")


def at_every_stage(made: Working, act: Act) -> None:
    """H1: both are met; H2: sent and given back; H3: one being written, the other without; H4: one is not met."""
    made.sheet("Nguyễn Văn Mẫu 1", GOOD, act, to="checked")
    made.sheet("Trần Thị Mẫu 1", GOOD, act, to="checked")
    made.sheet("Nguyễn Văn Mẫu 2", GOOD, act, to="sent")
    made.sheet("Trần Thị Mẫu 2", GOOD, act, to="given_back")
    made.sheet("Nguyễn Văn Mẫu 3", {"a1": 9, "a2": 8}, act)
    made.sheet("Nguyễn Văn Mẫu 4", POOR, act, to="checked")
    made.sheet("Trần Thị Mẫu 4", GOOD, act, to="sent")
