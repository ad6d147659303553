"""What those who run a round see of its samples and leads; any other is not there (H103).

Each function asks for the round that `steps.access` gave to the viewer, so that nothing of another round is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from densach.assessing.evidence.models import Evidence
from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.assessing.titles import LITERACY, TITLES, Title
from densach.assessing.verifying import queries
from densach.assessing.verifying.domain import Proof, proof_of
from densach.assessing.verifying.models import Draw, DrawnFile, Lead, Returned
from densach.assessing.verifying.naming import Called, called
from densach.assessing.verifying.reusing import pieces_of_lead
from densach.places.models import PlacePeriod
from densach.places.queries import villages_of
from densach.problems import Refused, problem

SAMPLED: Mapping[str, Title] = {title.key: title for title in TITLES if title.model != LITERACY}


@dataclass(frozen=True)
class SeenDraw:
    """A sample with its files by name, what it proves by now, and the villages it sent back, by name."""

    draw: Draw
    title: Title
    files: tuple[tuple[DrawnFile, Called], ...]
    proof: Proof
    returned: tuple[tuple[Returned, str], ...]


@dataclass(frozen=True)
class SeenLead:
    """A lead with whom it is about, by name, the samples that they may be looked through with, and used evidence."""

    lead: Lead
    title: Title
    names: tuple[Called, ...]
    draws: tuple[Draw, ...]
    pieces: tuple[tuple[Evidence, Called], ...]


def draws_in(round_: Round) -> list[Draw]:
    """The samples of a round, the latest first."""
    return queries.draws_of(round_)


def titles_to_draw(round_: Round) -> list[tuple[Title, int]]:
    """The titles that somebody answered for, with how many files there are."""
    counts = queries.answered_titles(round_)
    return [(title, counts[key]) for key, title in SAMPLED.items() if counts.get(key)]


def villages_in(round_: Round) -> dict[str, PlacePeriod]:
    """The villages of a round by their identity, as on the day its facts are taken at."""
    return {str(row.place.uid): row for row in villages_of(round_.place, judged_on(round_))}


def draw_in(round_: Round, uid: UUID) -> Draw:
    """A sample of a round."""
    found = queries.draw_by_uid(round_, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def see_draw(draw: Draw) -> SeenDraw:
    """A sample as its page shows it."""
    files, sent_back = queries.files_of(draw), queries.returned_of(draw)
    names = called([file.subject for file in files], judged_on(draw.round))
    rows = villages_of(draw.round.place, judged_on(draw.round)) if sent_back else ()
    villages = {row.place_id: row.name for row in rows}
    return SeenDraw(
        draw=draw,
        title=SAMPLED[draw.title_key],
        files=tuple((file, names[file.subject_id]) for file in files),
        proof=proof_of(draw),
        returned=tuple((row, villages.get(row.village_id, "")) for row in sent_back),
    )


def file_in(round_: Round, uid: UUID) -> tuple[DrawnFile, Called]:
    """A file of a sample of a round, and what its subject is called."""
    found = queries.file_by_uid(round_, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found, called([found.subject], judged_on(round_))[found.subject_id]


def leads_in(round_: Round) -> list[tuple[Lead, Title]]:
    """The leads of a round, those nobody decided first."""
    return [(lead, SAMPLED[lead.title_key]) for lead in queries.leads_of(round_)]


def lead_in(round_: Round, uid: UUID) -> SeenLead:
    """A lead of a round as its page shows it."""
    found = queries.lead_by_uid(round_, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    subjects = queries.subjects_of(found)
    names = called(subjects, judged_on(round_))
    drawn = (each for each in draws_in(round_) if each.title_key == found.title_key and each.is_drawn)
    whom = tuple(names[subject.pk] for subject in subjects)
    reused = pieces_of_lead(found, names)
    pieces = tuple((piece, names[piece.sheet.subject_id]) for piece in reused)
    return SeenLead(found, SAMPLED[found.title_key], whom, tuple(drawn), pieces)
