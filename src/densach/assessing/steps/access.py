"""Which round of a commune a viewer may see, run or sign in; any other is not there (H103)."""

from __future__ import annotations

import re

from densach.assessing.models import Round
from densach.assessing.queries import round_of
from densach.assessing.steps.queries import rounds_of
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.places.models import Level, Place
from densach.problems import Refused, problem

_NAME = re.compile(r"(20\d\d)(-mau)?")
_PACKS = {None: "vn", "-mau": "vn,demo"}
RUNS, SIGNS = Right.RUN_ROUND, Right.SIGN


def own_commune(viewer: Viewer, *rights: Right) -> Place:
    """The commune over which the role is held, where it gives one of these rights."""
    is_commune = viewer.where is not None and viewer.where.level == Level.COMMUNE
    if viewer.place is None or not is_commune or not any(map(viewer.may, rights)):
        raise Refused(problem("H103", "xa"))
    return viewer.place


def own_rounds(viewer: Viewer) -> list[Round]:
    """The rounds of the viewer's commune, the latest first."""
    return rounds_of(own_commune(viewer, RUNS, SIGNS))


def own_round(viewer: Viewer, name: str, *rights: Right) -> Round:
    """A round of the viewer's commune by its name, where the role gives one of these rights."""
    place = own_commune(viewer, *rights)
    said = _NAME.fullmatch(name)
    found = round_of(place, int(said[1]), _PACKS[said[2]]) if said else None
    if found is None:
        raise Refused(problem("H103", name))
    return found


def name_of(round_: Round) -> str:
    """What a round is called in an address: its year, and whether the fictional pack takes part."""
    return f"{round_.year}-mau" if round_.is_fictional else str(round_.year)
