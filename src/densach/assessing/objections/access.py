"""Who may object and read objections: whom the sheet is about, and who runs the round, who also answers."""

from __future__ import annotations

from uuid import UUID

from densach.assessing.objections.models import Objection, Said
from densach.assessing.objections.queries import (
    objection_by_uid,
    objections_in,
    objections_to,
    said_in,
    waiting_in,
)
from densach.assessing.sheets.access import sheet_to_read, thing_of
from densach.assessing.sheets.models import Sheet
from densach.authority.access import Viewer, require
from densach.authority.granting import Thing
from densach.authority.reaching import is_own, is_reached
from densach.authority.roles import Right
from densach.problems import Refused, problem

SHOWN = 200  # of one commune at a time; those that wait come first


def sheet_to_object(viewer: Viewer, uid: UUID) -> Sheet:
    """A sheet about which one may object: one's own, or for somebody who came to the commune; else H103."""
    sheet = sheet_to_read(viewer, uid)
    if not _may_read(viewer, thing_of(sheet.subject)):
        raise Refused(problem("H103", uid))
    return sheet


def objections_to_read(viewer: Viewer, sheet: Sheet) -> list[Objection]:
    """The objections about a sheet, for those who may read them; for others there are none."""
    return objections_to(sheet) if _may_read(viewer, thing_of(sheet.subject)) else []


def may_object(viewer: Viewer, sheet: Sheet) -> bool:
    """Whether one may object about a sheet."""
    return _may_read(viewer, thing_of(sheet.subject))


def objection_to_read(viewer: Viewer, uid: UUID) -> Objection:
    """One objection; refused (H103), as if it were not there, for anybody else."""
    found = objection_by_uid(uid)
    if found is None or not _may_read(viewer, thing_of(found.sheet.subject)):
        raise Refused(problem("H103", uid))
    return found


def said_to_read(objection: Objection) -> list[Said]:
    """Everything that was written in an objection that one may read."""
    return said_in(objection)


def may_answer(viewer: Viewer, objection: Objection) -> bool:
    """Whether one answers for the commune: nobody answers an objection of their own."""
    thing = thing_of(objection.sheet.subject)
    return is_reached(viewer, thing, Right.RUN_ROUND) and not is_own(viewer, thing, Right.FILL_IN)


def objections_to_answer(viewer: Viewer) -> list[Objection]:
    """The objections of one's commune, those that wait first."""
    require(viewer, Right.RUN_ROUND, "y-kien")
    return list(objections_in(viewer.place)[:SHOWN]) if viewer.place else []


def waiting_to_answer(viewer: Viewer) -> int:
    """How many objections wait for an answer in one's commune."""
    return waiting_in(viewer.place) if viewer.may(Right.RUN_ROUND) and viewer.place else 0


def _may_read(viewer: Viewer, thing: Thing) -> bool:
    return is_own(viewer, thing, Right.FILL_IN) or is_reached(viewer, thing, Right.RUN_ROUND)
