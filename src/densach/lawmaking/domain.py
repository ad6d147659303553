"""Everything that can happen to a text at the desk: begun, saved, dropped, put forward, approved, published, ended.

Nothing is written over: each form of a text is kept, and the log of the text says who did what and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from densach.accounts.models import Account
from densach.authority.access import Viewer, require
from densach.authority.roles import Right
from densach.formats import pictures
from densach.formats.pictures import Evidence
from densach.history.domain import Happening, record
from densach.history.domain import State as Recorded
from densach.lawmaking import queries
from densach.lawmaking.access import LOG, has_written, kinds_at, scope_of, the_edition, within
from densach.lawmaking.checking import begins, look, piece_for
from densach.lawmaking.models import Edition, Kind, LawText, Scan, State, Wording, packs_of
from densach.lawmaking.offering import offer_of
from densach.lawmaking.texts import LARGEST, PARTS, Texts, digest_of, texts_of
from densach.places.queries import has_fictional_places
from densach.policy.composing import gives_way, text_of
from densach.policy.drafting import Looked
from densach.problems import Refused, problem
from densach.rules.model import Overlay, Rubric


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What somebody begins to write, with its first form."""

    policy_id: str
    kind: Kind
    target: str
    fictional: bool
    texts: Texts


def begin(viewer: Viewer, beginning: Beginning, *, at: datetime) -> LawText:
    """Begin a text.

    Refused for what cannot be written at this desk, made-up law among real places included (P180), about this rubric
    (P198, P120), or too large (P193).
    """
    scope, account = scope_of(viewer), _account(viewer)
    if beginning.kind not in kinds_at(scope) or (beginning.fictional and not has_fictional_places()):
        raise Refused(problem("P180", beginning.target, kind=beginning.kind.label))
    offer_of(viewer, packs_of(fictional=beginning.fictional), beginning.target, beginning.kind)
    _refuse_too_large(beginning.texts)
    with transaction.atomic():
        fixed = {"policy_id": beginning.policy_id, "kind": beginning.kind, "target": beginning.target}
        text = LawText.objects.create(**fixed, place=scope, fictional=beginning.fictional, started_by=account)
        _keep(text, beginning.texts, account, at)
        after = fixed | {"place": str(scope.uid) if scope else None, "fictional": text.fictional, "edition": 1}
        _record(text, "begun", viewer, at, after=after)
        return text


def save(viewer: Viewer, uid: UUID, texts: Texts, *, seen: int, at: datetime) -> Edition:
    """Keep another form of a draft.

    Refused where somebody saved one meanwhile (P181), where it is no draft any more (P182), or too large (P193).
    """
    _refuse_too_large(texts)
    with transaction.atomic():
        text = _locked(viewer, uid, State.DRAFT, seen)
        before = the_edition(text, text.edition)
        if texts_of(before) == texts:
            return before
        text.edition += 1
        text.save(update_fields=["edition"])
        saved = _keep(text, texts, _account(viewer), at)
        _record(text, "saved", viewer, at, before=_hashes(before), after=_hashes(saved))
        return saved


def drop(viewer: Viewer, uid: UUID, *, at: datetime) -> LawText:
    """Put a draft aside; all of it is kept, and it can be taken up again. Refused once it is no draft (P182)."""
    with transaction.atomic():
        return _step(_locked(viewer, uid, State.DRAFT), State.DROPPED, viewer, at, changes={})


def take_up(viewer: Viewer, uid: UUID, *, at: datetime) -> LawText:
    """Go on with a draft that was dropped; refused for any other text (P182)."""
    with transaction.atomic():
        text = _locked(viewer, uid, State.DROPPED)
        before, text.state = {"state": text.state}, State.DRAFT
        text.save(update_fields=["state"])
        _record(text, "taken_up", viewer, at, before=before, after={"state": text.state})
        return text


def keep_scan(viewer: Viewer, uid: UUID, name: str, sent: Evidence, *, at: datetime) -> Scan:
    """Keep the scan of the paper with the form that stands now; the same file again is the one that is kept.

    Refused for what is no PDF (P223), and once the text is no draft (P182).
    """
    if sent.kind is not pictures.Kind.PDF:
        raise Refused(problem("P223", "scan"))
    with transaction.atomic():
        text = _locked(viewer, uid, State.DRAFT)
        known = queries.scan_like(text, sent.sha256)
        if known is not None:
            return known
        kept = {"content": sent.content, "pages": sent.pages, "sha256": sent.sha256}
        made = {"sent_by": _account(viewer), "sent_at": at, "edition": text.edition}
        scan = Scan.objects.create(text=text, name=name[:200], **kept, **made)
        _record(text, "scan_kept", viewer, at, after={"sha256": sent.sha256, "edition": text.edition})
        return scan


def put_forward(viewer: Viewer, uid: UUID, *, seen: int, at: datetime) -> LawText:
    """Ask a second person to approve a draft; refused (P184) while anything is wrong or a case does not hold."""
    with transaction.atomic():
        text = _locked(viewer, uid, State.DRAFT, seen)
        _sound(text, viewer.today)
        return _step(text, State.PUT_FORWARD, viewer, at, changes={"put_forward_by": _account(viewer)})


def send_back(viewer: Viewer, uid: UUID, *, why: str, at: datetime) -> LawText:
    """Make a text a draft again, with the reason; refused without one (P191), or once it is published (P182)."""
    if not why.strip():
        raise Refused(problem("P191", uid))
    with transaction.atomic():
        text = _locked(viewer, uid, State.PUT_FORWARD, State.APPROVED)
        nobody = {"put_forward_by": None, "approved_by": None}
        return _step(text, State.DRAFT, viewer, at, why=why.strip(), changes=nobody)


def approve(viewer: Viewer, uid: UUID, *, seen: int, at: datetime) -> LawText:
    """Approve a text that was put forward; refused (P183) for whoever wrote or put forward any form of it."""
    require(viewer, Right.APPROVE_LAW, uid)
    with transaction.atomic():
        text = _locked(viewer, uid, State.PUT_FORWARD, seen)
        if has_written(viewer.account, text):
            raise Refused(problem("P183", uid))
        _sound(text, viewer.today)
        return _step(text, State.APPROVED, viewer, at, changes={"approved_by": _account(viewer)})


def publish(viewer: Viewer, uid: UUID, *, past_is_meant: bool, at: datetime) -> LawText:
    """Make an approved text part of the law; what it takes the place of ends where it begins.

    Refused (P188) where its first day has passed and nobody said that this is meant.
    """
    with transaction.atomic():
        text = _locked(viewer, uid, State.APPROVED)
        since = _first_day(text, viewer.today)
        if since < viewer.today and not past_is_meant:
            raise Refused(problem("P188", uid, day=since.isoformat()))
        _end_earlier(text, since, viewer, at)
        days = {"published_on": viewer.today, "valid_from": since}
        return _step(text, State.PUBLISHED, viewer, at, changes={"published_by": _account(viewer), **days})


def ask_end(viewer: Viewer, uid: UUID, on: date, basis: str, *, at: datetime) -> LawText:
    """Ask a second person to end a published text from a day on, though nothing takes its place.

    Refused where it ended already or somebody asked before (P224), and for a day on which it has not begun (P225).
    """
    with transaction.atomic():
        text = _locked(viewer, uid, State.PUBLISHED)
        if text.ended_on or text.end_on:
            raise Refused(problem("P224", uid))
        if text.valid_from is None or on <= text.valid_from:
            raise Refused(problem("P225", "end_on", day=on.isoformat(), since=text.valid_from))
        asked = {"end_on": on, "end_basis": basis, "end_asked_by": _account(viewer)}
        return _change(text, "end_asked", viewer, at, asked, why=basis)


def leave_end(viewer: Viewer, uid: UUID, *, at: datetime) -> LawText:
    """Take back that somebody asked to end a text; refused where nobody did or it was approved (P226)."""
    with transaction.atomic():
        text = _end_waits(viewer, uid)
        return _change(text, "end_left", viewer, at, {"end_on": None, "end_basis": "", "end_asked_by": None})


def approve_end(viewer: Viewer, uid: UUID, *, at: datetime) -> LawText:
    """End a text as somebody else asked; refused (P227) for whoever asked, and where nobody did (P226)."""
    require(viewer, Right.APPROVE_LAW, uid)
    with transaction.atomic():
        text, account = _end_waits(viewer, uid), _account(viewer)
        if text.end_asked_by_id == account.pk:
            raise Refused(problem("P227", uid))
        changes = {"end_approved_by": account, "ended_on": text.end_on}
        return _change(text, "end_approved", viewer, at, changes, why=text.end_basis)


def ask_undo(viewer: Viewer, uid: UUID, basis: str, *, at: datetime) -> LawText:
    """Ask a second person to undo an end before its day, with the reason; what is law then stays law without a gap.

    Refused where nobody ended it so or somebody asked before (P229), and once its day has come or another text took
    up its id (P234): then a new text is written.
    """
    with transaction.atomic():
        text = _locked(viewer, uid, State.PUBLISHED)
        if not text.ends_without_successor or text.undo_asked_by_id:
            raise Refused(problem("P229", uid))
        _refuse_late_undo(text, viewer.today)
        return _change(
            text, "undo_asked", viewer, at, {"undo_asked_by": _account(viewer), "undo_basis": basis}, why=basis
        )


def leave_undo(viewer: Viewer, uid: UUID, *, at: datetime) -> LawText:
    """Take back that somebody asked to undo an end; refused where nobody did (P235)."""
    with transaction.atomic():
        text = _undo_waits(viewer, uid)
        return _change(text, "undo_left", viewer, at, {"undo_asked_by": None, "undo_basis": ""})


def approve_undo(viewer: Viewer, uid: UUID, *, at: datetime) -> LawText:
    """Undo an end as somebody else asked; refused (P227) for whoever asked, and once it is too late (P234)."""
    require(viewer, Right.APPROVE_LAW, uid)
    with transaction.atomic():
        text = _undo_waits(viewer, uid)
        if text.undo_asked_by_id == _account(viewer).pk:
            raise Refused(problem("P227", uid))
        _refuse_late_undo(text, viewer.today)
        nobody = dict.fromkeys(("end_on", "ended_on", "end_asked_by", "end_approved_by", "undo_asked_by"))
        changes = nobody | {"end_basis": "", "undo_basis": ""}
        return _change(text, "undo_approved", viewer, at, changes, why=text.undo_basis)


def _undo_waits(viewer: Viewer, uid: UUID) -> LawText:
    text = _locked(viewer, uid, State.PUBLISHED)
    if text.undo_asked_by_id is None:
        raise Refused(problem("P235", uid))
    return text


def _refuse_late_undo(text: LawText, today: date) -> None:
    if text.ended_on is None or text.ended_on <= today or queries.stands_under_its_id(text):
        raise Refused(problem("P234", text.uid, day=text.ended_on))


def _end_waits(viewer: Viewer, uid: UUID) -> LawText:
    text = _locked(viewer, uid, State.PUBLISHED)
    if text.end_on is None or text.ended_on is not None:
        raise Refused(problem("P226", uid))
    return text


def _change(
    text: LawText, event: str, viewer: Viewer, at: datetime, changes: Mapping[str, object], why: str = ""
) -> LawText:
    for name, value in changes.items():
        setattr(text, name, value)
    text.save(update_fields=list(changes))
    _record(text, event, viewer, at, after={"end_on": text.end_on, "ended_on": text.ended_on}, why=why)
    return text


def _first_day(text: LawText, today: date) -> date:
    found = _sound(text, today).text
    since = begins(found) if found else None
    if since is None:
        raise Refused(problem("P187", text.uid, day="–"))
    return since


def _end_earlier(text: LawText, since: date, viewer: Viewer, at: datetime) -> None:
    """What gives way ends where the new text begins; what has the same id ends before its first day."""
    new = _parsed(text)
    for old in queries.standing_for_update(text):
        first, parsed = old.valid_from, _parsed(old)
        if first is None or parsed is None or new is None:
            continue
        if old.policy_id == text.policy_id or (gives_way(parsed, new) and first <= since):
            old.ended_on = first if old.policy_id == text.policy_id else since
            if old.end_on and old.end_approved_by_id is None:
                _change(old, "end_left", viewer, at, {"end_on": None, "end_basis": "", "end_asked_by": None})
            old.save(update_fields=["ended_on"])
            _record(old, "ended", viewer, at, after={"ended_on": old.ended_on, "by": str(text.uid)})


def _parsed(text: LawText) -> Rubric | Overlay | None:
    return text_of(piece_for(text, texts_of(the_edition(text, text.edition))).entries())


def _sound(text: LawText, today: date) -> Looked:
    looked = look(text, texts_of(the_edition(text, text.edition)), today)
    if not looked.is_sound:
        failing = sum(not run.holds for run in looked.own)
        raise Refused(problem("P184", text.policy_id, count=len(looked.found), failing=failing))
    return looked


def _locked(viewer: Viewer, uid: UUID, *expected: State | int) -> LawText:
    """A text of this desk, locked; refused unless it stands where expected (P182) in the form that was seen (P181)."""
    text = within(viewer, queries.text_for_update(uid), uid)
    states = [state for state in expected if isinstance(state, State)]
    if text.state not in states:
        raise Refused(problem("P182", uid, state=State(text.state).label))
    if any(seen != text.edition for seen in expected if isinstance(seen, int)):
        raise Refused(problem("P181", uid, edition=text.edition))
    return text


def _step(
    text: LawText, state: State, viewer: Viewer, at: datetime, *, changes: Mapping[str, object], why: str = ""
) -> LawText:
    before, text.state = {"state": text.state}, state
    for name, value in changes.items():
        setattr(text, name, value)
    text.save(update_fields=["state", *changes])
    days = {name: value for name, value in changes.items() if isinstance(value, date)}
    after = {"state": state, "edition": text.edition, **days}
    _record(text, state, viewer, at, before=before, after=after, why=why)
    return text


def _keep(text: LawText, texts: Texts, account: Account, at: datetime) -> Edition:
    given = {part: getattr(texts, part) for part in PARTS}
    files = {part: _wording(data) for part, data in given.items() if data or part == "law"}
    return Edition.objects.create(text=text, number=text.edition, written_by=account, written_at=at, **files)


def _wording(data: bytes) -> Wording:
    return Wording.objects.get_or_create(digest=digest_of(data), defaults={"content": data})[0]


def _hashes(edition: Edition) -> Recorded:
    return {"edition": edition.number, **{part: getattr(edition, f"{part}_id") for part in PARTS}}


def _account(viewer: Viewer) -> Account:
    if viewer.account is None:
        raise Refused(problem("H103", "ban-soan"))
    return viewer.account


def _refuse_too_large(texts: Texts) -> None:
    over = [part for part in PARTS if len(getattr(texts, part)) > LARGEST]
    if over:
        raise Refused(problem("P193", over[0], most=LARGEST // 1000))


def _record(
    text: LawText,
    event: str,
    viewer: Viewer,
    at: datetime,
    *,
    before: Recorded | None = None,
    after: Recorded | None = None,
    why: str = "",
) -> None:
    happening = Happening(kind=LOG, object_id=text.pk, event=event, before=before, after=after)
    record(happening, viewer.act(at, why))
