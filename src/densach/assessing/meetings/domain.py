"""Everything that can happen to a meeting: it is written down, decides otherwise of somebody, and ends with minutes.

What it decides comes onto the recognition list when it ends, in the same transaction as its minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from densach.assessing.domain import Decision, propose_all_met, propose_list
from densach.assessing.meetings import queries
from densach.assessing.meetings.models import Meeting, Otherwise
from densach.assessing.models import Round, Subject, Verdict
from densach.assessing.queries import standing_assessments
from densach.history.bringing import bring
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting as its secretary writes it down; the members a line each, the agenda as the keys of titles."""

    held_on: date
    begins: str = ""
    place: str = ""
    chair: str
    secretary: str
    present: str
    absent: str = ""
    agenda: tuple[str, ...] = ()
    discussion: str = ""
    agreed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What people decide of one subject against the verdict, why, by whom it was scored, and on which paper sheet."""

    proposed: bool
    level: str = ""
    reason: str
    scorer: str
    paper_sheet: str = ""


def hold_meeting(round_: Round, held: Held, *, act: Act) -> Meeting:
    """Write a meeting down; refused without an agenda (R202), or where more agreed than came (R201)."""
    _refuse_what_cannot_be(held)
    with transaction.atomic():
        meeting = Meeting.objects.create(round=round_, **_fields(held))
        record(_happening(meeting, "held", {}, _fields(held)), act)
        return meeting


def write_meeting(meeting: Meeting, held: Held, version: int, *, act: Act) -> Meeting:
    """Correct what is written of a meeting before it ends; refused as `hold_meeting`, and if another wrote (R204)."""
    _refuse_what_cannot_be(held)

    def change(now: Meeting) -> None:
        for name, value in _fields(held).items():
            setattr(now, name, value)

    return _change(meeting, version, "written", change, act)


def decide_otherwise(meeting: Meeting, subject: Subject, title_key: str, said: Said, *, act: Act) -> Otherwise:
    """Write down that the meeting decides against the verdict of a subject.

    Refused without a reason or scorer (R205), for a title not on the agenda (R206), and where the verdict says so
    anyway (R207).
    """
    if not (said.reason.strip() and said.scorer.strip()):
        raise Refused(problem("R205", subject))
    with transaction.atomic():
        now = _open(meeting)
        if title_key not in now.agenda:
            raise Refused(problem("R206", title_key))
        judged = standing_assessments(now.round, title_key).get(subject.pk)
        if (judged is not None and judged.verdict == Verdict.MET) == said.proposed:
            raise Refused(problem("R207", subject))
        known = queries.otherwise_of(now, subject, title_key)
        fields = {"meeting_id": now.pk, "subject_id": subject.pk, "title_key": title_key, **asdict(said)}
        return bring(Otherwise, [(known, fields)], kind="otherwise", act=act).rows[0]


def close_meeting(meeting: Meeting, minutes: str, version: int, *, act: Act) -> Meeting:
    """End a meeting: its minutes are kept, and the lists of its agenda are made of who is met and whom it decided."""

    def change(now: Meeting) -> None:
        now.minutes, now.closed_at = minutes, act.at

    with transaction.atomic():
        closed = _change(meeting, version, "closed", change, act)
        for title_key in closed.agenda:
            make_list(closed.round, title_key, act=act)
            propose_list(closed.round, title_key, _proposed(closed, title_key), act=act)
        return closed


def make_list(round_: Round, title_key: str, *, act: Act) -> int:
    """Bring the list of a title to who is met and was not left out by a meeting; gives how many are met and on it."""
    return propose_all_met(round_, title_key, act=act, without=queries.left_out(round_, title_key))


def _proposed(meeting: Meeting, title_key: str) -> list[Decision]:
    rows = (row for row in queries.otherwise_in(meeting) if row.title_key == title_key and row.proposed)
    return [
        Decision(
            subject=row.subject, level=row.level, reason=row.reason, scorer=row.scorer, paper_sheet=row.paper_sheet
        )
        for row in rows
    ]


def _change(meeting: Meeting, version: int, event: str, change: Callable[[Meeting], None], act: Act) -> Meeting:
    with transaction.atomic():
        now = _open(meeting)
        if now.version != version:
            raise Refused(problem("R204", meeting.uid))
        before = _state(now)
        change(now)
        now.version += 1
        now.save()
        after = _state(now)
        changed = [name for name in after if after[name] != before[name]]
        states = ({name: state[name] for name in changed} for state in (before, after))
        record(_happening(now, event, *states), act)
        return now


def _open(meeting: Meeting) -> Meeting:
    now = queries.meeting_for_update(meeting)
    if now.is_closed:
        raise Refused(problem("R203", meeting.uid))
    return now


def _refuse_what_cannot_be(held: Held) -> None:
    came = len(held.present.splitlines())
    if held.agreed is not None and held.agreed > came:
        raise Refused(problem("R201", "agreed", agreed=held.agreed, came=came))
    if not held.agenda:
        raise Refused(problem("R202", "agenda"))


def _fields(held: Held) -> dict[str, object]:
    return asdict(held) | {"agenda": list(held.agenda)}


def _state(meeting: Meeting) -> dict[str, object]:
    names = Held.__dataclass_fields__
    return {name: getattr(meeting, name) for name in names} | {"closed": meeting.is_closed}


def _happening(meeting: Meeting, event: str, before: dict[str, object], after: dict[str, object]) -> Happening:
    return Happening(kind="meeting", object_id=meeting.pk, event=event, before=before or None, after=after)
