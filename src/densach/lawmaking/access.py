"""Who may see what at the desk: who writes for the country sees all desks, who writes for a province its own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from densach.accounts.models import Account
from densach.authority.access import Viewer, require
from densach.authority.roles import Right
from densach.history.models import Entry as LogEntry
from densach.history.queries import chain_of
from densach.lawmaking import queries
from densach.lawmaking.checking import look
from densach.lawmaking.models import Edition, Kind, LawText, Scan, State
from densach.lawmaking.texts import Texts, texts_of
from densach.places.models import Level, Place
from densach.policy.drafting import Looked
from densach.problems import Refused, problem

LOG = "law_text"


@dataclass(frozen=True)
class SeenText:
    """One text with its last form, what is wrong with it, and what this viewer may do with it."""

    text: LawText
    edition: Edition
    texts: Texts
    looked: Looked
    may_approve: bool
    may_end: bool
    may_undo: bool


def scope_of(viewer: Viewer, right: Right = Right.WRITE_LAW) -> Place | None:
    """The place whose desk a viewer sits at, none for the whole country; refused (H103) without the right."""
    require(viewer, right, "ban-soan")
    if viewer.where is None:
        raise Refused(problem("H103", "ban-soan"))
    return None if viewer.where.level == Level.COUNTRY else viewer.place


def texts_for(viewer: Viewer) -> list[LawText]:
    """What is written at the desks that a viewer sees, the newest first."""
    return queries.texts_in(scope_of(viewer))


def waiting_for(viewer: Viewer) -> int:
    """How many texts wait for somebody to approve them; nothing for who may not."""
    if not viewer.may(Right.APPROVE_LAW) or viewer.where is None:
        return 0
    return queries.waiting_in(scope_of(viewer, Right.APPROVE_LAW), State.PUT_FORWARD)


def the_text(viewer: Viewer, uid: UUID) -> LawText:
    """One text that a viewer may see; refused (H103) where there is none."""
    return within(viewer, queries.text_by_uid(uid), uid)


def within(viewer: Viewer, text: LawText | None, uid: UUID) -> LawText:
    """The text, if it lies on a desk that the viewer sees; else refused (H103) as if it were not there."""
    scope = scope_of(viewer)
    if text is None or (scope is not None and text.place_id != scope.pk):
        raise Refused(problem("H103", uid))
    return text


def see_text(viewer: Viewer, uid: UUID) -> SeenText:
    """One text with its last form and all that is found in it."""
    text = the_text(viewer, uid)
    edition = the_edition(text, text.edition)
    texts = texts_of(edition)
    looked = look(text, texts, viewer.today)
    may = (_may_approve(viewer, text), _may_end(viewer, text), _may_undo(viewer, text))
    return SeenText(text, edition, texts, looked, *may)


def the_edition(text: LawText, number: int) -> Edition:
    """One form of a text; refused (H103) where there is none."""
    found = queries.edition_of(text, number)
    if found is None:
        raise Refused(problem("H103", text.uid))
    return found


def scans_of(seen: SeenText) -> list[Scan]:
    """The scans that are kept with a text, oldest first, without their bytes."""
    return queries.scans_of(seen.text)


def the_scan(viewer: Viewer, uid: UUID, scan: UUID) -> Scan:
    """One scan that is kept with a text; refused (H103) where there is none."""
    found = queries.scan_of(the_text(viewer, uid), scan)
    if found is None:
        raise Refused(problem("H103", scan))
    return found


@dataclass(frozen=True)
class Step:
    """One entry of the log of a text, with the name of who did it."""

    entry: LogEntry
    name: str


def log_of(viewer: Viewer, uid: UUID) -> list[Step]:
    """All that happened to a text, oldest first."""
    entries = list(chain_of(LOG, str(the_text(viewer, uid).pk)))
    names = queries.names_of_accounts({_uid_of(entry) for entry in entries})
    return [Step(entry, names.get(_uid_of(entry), entry.who)) for entry in entries]


def editions_of(viewer: Viewer, uid: UUID) -> list[Edition]:
    """Every form of a text, the last first."""
    return queries.editions_of(the_text(viewer, uid))


def _uid_of(entry: LogEntry) -> str:
    return entry.who.partition(" ")[0]


def has_written(account: Account | None, text: LawText) -> bool:
    """Whether an account put a text forward or wrote any form of it: then it is not the second person."""
    if account is None:
        return True
    return account.pk in queries.writers_of(text) | {text.put_forward_by_id, text.started_by_id}


def kinds_at(scope: Place | None) -> tuple[Kind, ...]:
    """What can be written at a desk: at that of a province only what lies over national law."""
    overlays = (Kind.FILLS, Kind.LOCAL_SET, Kind.TRANSCRIPTION)
    return overlays[:2] if scope else (*overlays, Kind.DATED, Kind.CORRECTION)


def _may_approve(viewer: Viewer, text: LawText) -> bool:
    waits = text.state == State.PUT_FORWARD and viewer.may(Right.APPROVE_LAW)
    return waits and not has_written(viewer.account, text)


def _may_undo(viewer: Viewer, text: LawText) -> bool:
    asked = viewer.account is not None and text.undo_asked_by_id == viewer.account.pk
    return text.undo_asked_by_id is not None and viewer.may(Right.APPROVE_LAW) and not asked


def _may_end(viewer: Viewer, text: LawText) -> bool:
    waits = text.end_on is not None and text.end_approved_by_id is None
    asked = viewer.account is not None and text.end_asked_by_id == viewer.account.pk
    return waits and viewer.may(Right.APPROVE_LAW) and not asked
