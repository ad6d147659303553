"""Who may read evidence: whom it is about, who wrote it there, who checks, and who runs the round of the commune."""

from __future__ import annotations

from uuid import UUID

from densach.assessing.evidence.models import Evidence
from densach.assessing.evidence.queries import evidence_by_uid, evidence_for
from densach.assessing.sheets.access import may_check, may_write, thing_of
from densach.assessing.sheets.models import Sheet
from densach.authority.access import Viewer
from densach.authority.granting import Thing
from densach.authority.reaching import is_own, is_reached
from densach.authority.roles import Right
from densach.problems import Refused, problem


def evidence_to_read(viewer: Viewer, sheet: Sheet) -> list[Evidence]:
    """The evidence of a sheet that one may read the sheet of; a helper sees only what the helper added."""
    rows = evidence_for(sheet)
    if not rows or _reads_all(viewer, thing_of(sheet.subject)):
        return rows
    return [row for row in rows if _added(viewer, row)]


def piece_to_read(viewer: Viewer, uid: UUID) -> Evidence:
    """One piece of evidence; refused (H103), as if it were not there, for anybody else."""
    piece = _found(uid)
    thing = thing_of(piece.sheet.subject)
    if not (_reads_all(viewer, thing) or (_added(viewer, piece) and may_write(viewer, thing))):
        raise _not_there(uid)
    return piece


def piece_to_change(viewer: Viewer, uid: UUID) -> Evidence:
    """One piece that one may read, on a sheet that one may write on; refused (H103) for any other."""
    piece = piece_to_read(viewer, uid)
    if not may_write(viewer, thing_of(piece.sheet.subject)):
        raise _not_there(uid)
    return piece


def _reads_all(viewer: Viewer, thing: Thing) -> bool:
    return (
        is_own(viewer, thing, Right.FILL_IN) or may_check(viewer, thing) or is_reached(viewer, thing, Right.RUN_ROUND)
    )


def _added(viewer: Viewer, piece: Evidence) -> bool:
    return viewer.account is not None and piece.added_by_id == viewer.account.pk


def _found(uid: UUID) -> Evidence:
    piece = evidence_by_uid(uid)
    if piece is None:
        raise _not_there(uid)
    return piece


def _not_there(uid: UUID) -> Refused:
    return Refused(problem("H103", uid))
