"""Whose sheets a viewer may write, check or read; any other is not there (H103)."""

from __future__ import annotations

from uuid import UUID

from densach.assessing.models import Subject
from densach.assessing.sheets.models import Sheet, Way
from densach.assessing.sheets.queries import sheet_by_uid
from densach.authority.access import Viewer
from densach.authority.granting import Thing
from densach.authority.reaching import is_own, is_reached
from densach.authority.roles import Right
from densach.problems import Refused, problem


def thing_of(subject: Subject) -> Thing:
    """The person, household, clan, unit or place that a subject stands for."""
    thing: Thing = getattr(subject, subject.kind)
    return thing


def may_write(viewer: Viewer, thing: Thing) -> bool:
    """Whether a sheet about this may be written: one's own, or for others in one's place."""
    return is_own(viewer, thing, Right.FILL_IN) or is_reached(viewer, thing, Right.FILL_IN_FOR_OTHERS)


def may_check(viewer: Viewer, thing: Thing) -> bool:
    """Whether a sheet about this may be scored."""
    return is_own(viewer, thing, Right.CHECK_SHEETS) or is_reached(viewer, thing, Right.CHECK_SHEETS)


def way_of_writing(viewer: Viewer, thing: Thing) -> Way:
    """Somebody who writes about what the role is not held over is a helper, and the sheet says so."""
    return Way.OWN if is_own(viewer, thing, Right.FILL_IN) else Way.HELPED


def sheet_to_write(viewer: Viewer, uid: UUID) -> Sheet:
    """A sheet that the viewer may write on."""
    sheet = _found(uid)
    if not may_write(viewer, thing_of(sheet.subject)):
        raise _not_there(uid)
    return sheet


def sheet_to_check(viewer: Viewer, uid: UUID) -> Sheet:
    """A sheet that the viewer may score or give back."""
    sheet = _found(uid)
    if not may_check(viewer, thing_of(sheet.subject)):
        raise _not_there(uid)
    return sheet


def sheet_to_read(viewer: Viewer, uid: UUID) -> Sheet:
    """A sheet that the viewer may write on or check."""
    sheet = _found(uid)
    thing = thing_of(sheet.subject)
    if not (may_write(viewer, thing) or may_check(viewer, thing)):
        raise _not_there(uid)
    return sheet


def _found(uid: UUID) -> Sheet:
    sheet = sheet_by_uid(uid)
    if sheet is None:
        raise _not_there(uid)
    return sheet


def _not_there(uid: UUID) -> Refused:
    return Refused(problem("H103", uid))
