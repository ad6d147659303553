"""What those who run a round see of its meetings and lists; each function asks for the round the viewer was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from densach.assessing.meetings import queries
from densach.assessing.meetings.models import Meeting, Otherwise
from densach.assessing.models import Assessment, Proposal, Round, Subject, Verdict
from densach.assessing.queries import verdict_counts
from densach.assessing.run import judged_on
from densach.assessing.titles import LITERACY, TITLES, Title
from densach.assessing.verifying.naming import Called, called
from densach.formats.vietnamese import fold
from densach.problems import Refused, problem

DECIDED: Mapping[str, Title] = {title.model: title for title in TITLES if title.model != LITERACY}
BY_KEY: Mapping[str, Title] = {title.key: title for title in DECIDED.values()}
ON_A_PAGE = 50


@dataclass(frozen=True)
class SeenMeeting:
    """A meeting with what it decided otherwise, by name, and what came out for each title of its agenda."""

    meeting: Meeting
    otherwise: tuple[tuple[Otherwise, Title, Called], ...]
    agenda: tuple[tuple[Title, Mapping[str, int]], ...]


@dataclass(frozen=True)
class Listing:
    """One page of the recognition list of a title, by name."""

    title: Title
    rows: tuple[tuple[Proposal, Called], ...]
    number: int
    has_more: bool


def meetings_in(round_: Round) -> list[Meeting]:
    """The meetings of a round, the latest first."""
    return queries.meetings_of(round_)


def meeting_in(round_: Round, uid: UUID) -> Meeting:
    """A meeting of a round."""
    found = queries.meeting_by_uid(round_, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def see_meeting(meeting: Meeting) -> SeenMeeting:
    """A meeting as its page shows it."""
    rows = queries.otherwise_in(meeting)
    names = called([row.subject for row in rows], judged_on(meeting.round))
    agenda = [BY_KEY[key] for key in meeting.agenda]
    return SeenMeeting(
        meeting=meeting,
        otherwise=tuple((row, BY_KEY[row.title_key], names[row.subject_id]) for row in rows),
        agenda=tuple((title, _counts(meeting.round, title)) for title in agenda),
    )


def _counts(round_: Round, title: Title) -> Mapping[str, int]:
    """How many came to each verdict; nothing where nobody was judged."""
    counts = verdict_counts(round_, title.key)
    return {verdict: counts.get(verdict, 0) for verdict in Verdict.values} if counts else {}


def title_in(model: str) -> Title:
    """A title by its model; any other is not there (H103)."""
    if model not in DECIDED:
        raise Refused(problem("H103", model))
    return DECIDED[model]


def found_by_name(round_: Round, title: Title, text: str) -> list[tuple[Assessment, Called]]:
    """Some who were judged for a title, by a name or code."""
    rows = queries.judged_named(round_, title.key, fold(text), judged_on(round_), ON_A_PAGE)
    names = called([row.subject for row in rows], judged_on(round_))
    return [(row, names[row.subject_id]) for row in rows]


def judged_in(round_: Round, title: Title, pseudonym: UUID) -> tuple[Subject, Called]:
    """A subject that was judged for a title, and what it is called."""
    subject = queries.subject_by_pseudonym(round_, title.key, pseudonym)
    if subject is None:
        raise Refused(problem("H103", pseudonym))
    return subject, called([subject], judged_on(round_))[subject.pk]


def list_of(round_: Round, title: Title, number: int) -> Listing:
    """One page of the recognition list of a title, numbered from 1."""
    first = (number - 1) * ON_A_PAGE
    rows = queries.proposals_of(round_, title.key, first, ON_A_PAGE + 1)
    names = called([row.subject for row in rows], judged_on(round_))
    shown = tuple((row, names[row.subject_id]) for row in rows[:ON_A_PAGE])
    return Listing(title, shown, number, len(rows) > ON_A_PAGE)
