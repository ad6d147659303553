"""What those who run or sign a round see of the acts of the years before; any other is not there (H103).

Each function asks for the round that `steps.access` gave to the viewer. An act is named in addresses by an identity
that is made of its place, number and day, so it is the same in every database.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from densach.assessing.models import Recognition, RecognitionAct, Round
from densach.assessing.past import queries
from densach.assessing.past.models import ScanFile, TypedList
from densach.assessing.signing.queries import recognised_by, recognition_of
from densach.assessing.steps.takeover import FIRST
from densach.assessing.titles import BY_KEY, FORMER, Title
from densach.problems import Refused, problem

ON_A_PAGE = 50
_TITLES = BY_KEY | {title.key: title for title in FORMER}


@dataclass(frozen=True)
class PastAct:
    """An act of a year before: for which years and titles it recognises how many, its scans, and lines left over."""

    act: RecognitionAct
    recognises: tuple[tuple[int, Title, int], ...]
    files: tuple[ScanFile, ...]
    typed: TypedList | None


def identity_of(act: RecognitionAct) -> UUID:
    """The lasting identity of an act."""
    return uuid5(act.place.uid, f"{act.number} {act.signed_on.isoformat()} {act.fictional}")


def past_act_in(round_: Round, uid: UUID) -> RecognitionAct:
    """An act of a year before a round."""
    found = next((act for act in queries.past_acts(round_, FIRST) if identity_of(act) == uid), None)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def identities_in(round_: Round) -> dict[int, UUID]:
    """The identities of the acts of the years before a round, by their keys."""
    return {act.pk: identity_of(act) for act in queries.past_acts(round_, FIRST)}


def see_past_act(act: RecognitionAct) -> PastAct:
    """An act of a year before as its page shows it."""
    recognises = tuple((year, _TITLES[key], count) for year, key, count in queries.recognised_for(act))
    return PastAct(act, recognises, tuple(queries.files_of(act)), queries.list_of(act))


def scan_in(act: RecognitionAct, uid: UUID) -> ScanFile:
    """One scan of an act."""
    found = queries.file_by_uid(act, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def named_by(act: RecognitionAct, text: str) -> list[Recognition]:
    """Some whom an act recognises, by a part of the name."""
    return recognised_by(act.pk, text, 0, ON_A_PAGE)


def recognition_by(act: RecognitionAct, pseudonym: UUID) -> tuple[Recognition, Title]:
    """The recognition of one subject by an act, with its title."""
    found = recognition_of(act.pk, pseudonym)
    if found is None:
        raise Refused(problem("H103", pseudonym))
    return found, _TITLES[found.title_key]
