"""Everything that can happen to a text at the desk: begun, saved, put forward, sent back, approved, published, ended.

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
from densach.history.domain import Happening, record
from densach.history.domain import State as Recorded
from densach.lawmaking import queries
from densach.lawmaking.access import LOG, has_written, kinds_at, scope_of, the_edition, within
from densach.lawmaking.checking import begins, look, piece_for
from densach.lawmaking.models import Edition, Kind, LawText, State, Wording, packs_of
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
