"""Reading meetings, what they decided otherwise, and the subjects of a title by name."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from densach.assessing.meetings.models import Meeting, Otherwise
from densach.assessing.models import Assessment, Proposal, Round, Subject
from densach.people.queries import true_on

_OBJECTS = ("subject__person", "subject__household", "subject__clan", "subject__unit", "subject__place")


def meetings_of(round_: Round) -> list[Meeting]:
    """The meetings of a round, the latest first."""
    return list(Meeting.objects.filter(round=round_).order_by("-held_on", "-pk"))


def meeting_by_uid(round_: Round, uid: UUID) -> Meeting | None:
    """One meeting of a round."""
    return Meeting.objects.filter(round=round_, uid=uid).select_related("round__place").first()


def meeting_for_update(meeting: Meeting) -> Meeting:
    """The same meeting as it is now, locked until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("round__place").get(pk=meeting.pk)


def otherwise_in(meeting: Meeting) -> list[Otherwise]:
    """What a meeting decided against the verdicts, in the order it was entered."""
    return list(Otherwise.objects.filter(meeting=meeting).select_related(*_OBJECTS).order_by("title_key", "pk"))


def otherwise_of(meeting: Meeting, subject: Subject, title_key: str) -> Otherwise | None:
    """What a meeting decided of one subject."""
    return Otherwise.objects.filter(meeting=meeting, subject=subject, title_key=title_key).first()


def left_out(round_: Round, title_key: str) -> dict[int, Otherwise]:
    """Whom closed meetings of a round left out of the list of a title, by subject; the latest meeting stands."""
    rows = Otherwise.objects.filter(meeting__round=round_, title_key=title_key, meeting__closed_at__isnull=False)
    latest = {row.subject_id: row for row in rows.order_by("meeting__closed_at", "pk")}
    return {key: row for key, row in latest.items() if not row.proposed}


def subject_by_pseudonym(round_: Round, title_key: str, pseudonym: UUID) -> Subject | None:
    """A subject that was judged for a title in a round."""
    rows = Assessment.objects.filter(round=round_, title_key=title_key, subject__pseudonym=pseudonym)
    found = rows.select_related(*_OBJECTS).first()
    return found.subject if found else None


def judged_named(round_: Round, title_key: str, folded: str, on: date, most: int) -> list[Assessment]:
    """Some who were judged for a title and whose name or code holds a text without marks; the first if it is empty."""
    rows = Assessment.objects.filter(round=round_, title_key=title_key).select_related(*_OBJECTS).order_by("pk")
    if folded:
        rows = rows.filter(_is_named(folded, on)).distinct()
    return list(rows[:most])


def proposals_of(round_: Round, title_key: str, first: int, count: int) -> list[Proposal]:
    """Some of the recognition list of a title, those that people decided first."""
    rows = Proposal.objects.filter(round=round_, title_key=title_key).select_related(*_OBJECTS)
    return list(rows.order_by("-reason", "pk")[first : first + count])


def _is_named(folded: str, on: date) -> Q:
    head = true_on(on, "subject__household__members__")
    head &= Q(subject__household__members__is_head=True, subject__household__members__person__folded__contains=folded)
    named = Q(subject__person__folded__contains=folded) | head
    named |= Q(subject__household__homes__code__iexact=folded)
    return named | Q(subject__clan__name__icontains=folded) | Q(subject__unit__name__icontains=folded)
