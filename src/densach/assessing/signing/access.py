"""What is seen of decisions: of a round those the viewer was given, and by anybody what was published.

The public page names collectives only: persons, and households after their heads, are counted and not named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from densach.assessing.models import Recognition, RecognitionAct, Round
from densach.assessing.signing import queries
from densach.assessing.signing.models import Prepared, SignedPaper
from densach.assessing.titles import TITLES, Title
from densach.places.labels import labels_on
from densach.problems import Refused, problem

ON_A_PAGE = 50
BY_KEY = {title.key: title for title in TITLES}


@dataclass(frozen=True)
class PublicAct:
    """A published act: number, day, office, where, how many it recognises and which collectives by name."""

    act: RecognitionAct
    title: Title
    year: int
    place: str
    count: int
    withdrawn: int
    names: tuple[str, ...]


def prepared_in(round_: Round) -> list[Prepared]:
    """The decisions of a round that were prepared, the latest first."""
    return queries.prepared_of(round_)


def one_prepared(round_: Round, uid: UUID) -> Prepared:
    """A prepared decision of a round."""
    found = queries.prepared_by_uid(round_, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def papers_in(prepared: Prepared) -> list[SignedPaper]:
    """The signed files of a decision."""
    return queries.papers_of(prepared)


def paper_in(prepared: Prepared, uid: UUID) -> SignedPaper:
    """One signed file of a decision."""
    found = queries.paper_by_uid(prepared, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def recognised_in(prepared: Prepared, text: str) -> list[Recognition]:
    """Some whom a signed decision recognises, by a part of the name."""
    return queries.recognised_by(prepared.act_id or 0, text, 0, ON_A_PAGE)


def recognition_in(prepared: Prepared, pseudonym: UUID) -> Recognition:
    """The recognition of one subject by a signed decision."""
    found = queries.recognition_of(prepared.act_id or 0, pseudonym)
    if found is None:
        raise Refused(problem("H103", pseudonym))
    return found


def public_act(uid: UUID) -> PublicAct:
    """A published act for anybody; refused (H103) where it was not published."""
    found = queries.published(uid)
    if found is None or found.act is None:
        raise Refused(problem("H103", uid))
    count, gone = queries.counts_of_act(found.act.pk)
    named = queries.collectives_of_act(found.act.pk)
    names = tuple(row.named.name for row in named if hasattr(row, "named"))
    place = _place(found.act, found.act.signed_on)
    return PublicAct(found.act, BY_KEY[found.title_key], found.round.year, place, count, gone, names)


def _place(act: RecognitionAct, on: date) -> str:
    label = labels_on([act.place_id], on).get(act.place_id)
    return label.whole if label else ""
