"""What is said above of a commune's file: an officer of the province verifies, its leader approves and sends it up.

The ministry agrees to what was sent up, or asks the province to look again; it never speaks to the commune past the
province. An opinion is withdrawn only by a later one, with its reason. It recognises nobody: who may recognise is the
law's matter (`authority.competence`), and that two people look is our own reading, which no text draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from densach.assessing.models import Round
from densach.assessing.queries import assessed_with_objects, round_for_update
from densach.assessing.titles import BY_MODEL
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.history.domain import Happening, record
from densach.places.models import Level
from densach.problems import Refused, problem
from densach.reporting.below.access import may_agree_about, speaker
from densach.reporting.below.inquiries import LONGEST
from densach.reporting.below.queries import opinions_on
from densach.reporting.models import Opinion

Kind = Opinion.Kind
WITH_REASON = frozenset({Kind.SENT_BACK, Kind.WITHDRAWN, Kind.RETURNED, Kind.TAKEN_BACK})
ALONE = {Kind.APPROVED: Kind.VERIFIED, Kind.AGREED: Kind.FORWARDED}  # what nobody says behind their own word
# What an officer and a leader may say after what was said last; nothing yet is "".
_OFFICER: Mapping[str, tuple[Kind, ...]] = {
    "": (Kind.VERIFIED, Kind.SENT_BACK),
    Kind.SENT_BACK: (Kind.VERIFIED,),
    Kind.WITHDRAWN: (Kind.VERIFIED, Kind.SENT_BACK),
    Kind.VERIFIED: (Kind.WITHDRAWN,),
}
_LEADER: Mapping[str, tuple[Kind, ...]] = {
    Kind.VERIFIED: (Kind.APPROVED, Kind.SENT_BACK),
    Kind.APPROVED: (Kind.FORWARDED, Kind.WITHDRAWN),
    Kind.FORWARDED: (Kind.WITHDRAWN,),
    Kind.RETURNED: (Kind.FORWARDED, Kind.SENT_BACK, Kind.WITHDRAWN),
    Kind.TAKEN_BACK: (Kind.WITHDRAWN,),
    Kind.AGREED: (Kind.WITHDRAWN,),
}
_MINISTRY: Mapping[str, tuple[Kind, ...]] = {
    Kind.FORWARDED: (Kind.AGREED, Kind.RETURNED),
    Kind.TAKEN_BACK: (Kind.AGREED, Kind.RETURNED),
    Kind.AGREED: (Kind.TAKEN_BACK,),
    Kind.RETURNED: (Kind.TAKEN_BACK,),
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """An opinion as it was written: `read` is how many opinions the page showed, `seal` that of the verdict on it."""

    kind: Kind
    reason: str
    read: int
    seal: str


def may_say(viewer: Viewer, last: Opinion | None) -> tuple[Kind, ...]:
    """What somebody may say of a file now; who verified does not approve, nor who sent it up agree, as well."""
    found = _steps(viewer).get(last.kind if last else "", ())
    return tuple(kind for kind in found if not _is_alone(viewer, kind, last))


def say_opinion(viewer: Viewer, round_: Round, said: Said, *, at: datetime) -> Opinion:
    """Say it; refused where the viewer may not (H103), out of turn (R184, R185), without a reason (R182), for a file
    that was not judged yet (R189), and where somebody spoke or the verdict changed meanwhile (R183).
    """
    if not may_agree_about(viewer, round_.place):
        raise Refused(problem("H103", round_.place.uid))
    with transaction.atomic():
        round_for_update(round_)
        before = opinions_on(round_)
        if _was_sent(before[said.read :], viewer, said):
            return before[said.read]
        _refuse(viewer, round_, said, before)
        who, role = speaker(viewer)
        opinion = Opinion.objects.create(
            round=round_,
            order=len(before) + 1,
            kind=said.kind,
            reason=said.reason.strip(),
            seal=said.seal,
            by=who,
            role=role,
            at=at,
        )
        after = {"kind": said.kind, "order": opinion.order, "seal": said.seal, "place": str(round_.place.uid)}
        happening = Happening(kind="opinion", object_id=round_.pk, event=said.kind, after=after)
        record(happening, viewer.act(at, opinion.reason))
        return opinion


def _steps(viewer: Viewer) -> Mapping[str, tuple[Kind, ...]]:
    if viewer.where is not None and viewer.where.level == Level.COUNTRY:
        return _MINISTRY
    return _LEADER if viewer.may(Right.SIGN) else _OFFICER


def _is_alone(viewer: Viewer, kind: Kind, last: Opinion | None) -> bool:
    return last is not None and last.by == viewer.account and ALONE.get(kind) == last.kind


def _refuse(viewer: Viewer, round_: Round, said: Said, before: list[Opinion]) -> None:
    last = before[-1] if before else None
    judged = assessed_with_objects(round_, BY_MODEL["commune"].key).first()
    if judged is None:
        raise Refused(problem("R189", round_.pk, year=round_.year))
    if len(before) != said.read or judged.seal != said.seal:
        raise Refused(problem("R183", round_.pk, who=last.by.name if last and len(before) != said.read else "…"))
    if said.kind not in may_say(viewer, last):
        raise Refused(problem("R185" if _is_alone(viewer, said.kind, last) else "R184", said.kind))
    if said.kind in WITH_REASON and not said.reason.strip():
        raise Refused(problem("R182", "reason"))
    if len(said.reason) > LONGEST:
        raise Refused(problem("R187", "reason", most=LONGEST, given=len(said.reason)))


def _was_sent(later: list[Opinion], viewer: Viewer, said: Said) -> bool:
    first = later[0] if later else None
    mine = (viewer.account, said.kind, said.reason.strip(), said.seal)
    return first is not None and (first.by, first.kind, first.reason, first.seal) == mine
