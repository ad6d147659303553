"""What is seen of decisions: of a round those the viewer was given, and by anybody what was published.

The public page names collectives and whoever agreed to be named. Others, and households after their heads, it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from densach.assessing.models import Recognition, RecognitionAct, Round
from densach.assessing.privacy.publishing import may_be_named
from densach.assessing.signing import queries
from densach.assessing.signing.models import Prepared, SignedPaper
from densach.assessing.titles import TITLES, Title
from densach.places.labels import labels_on
from densach.problems import Refused, problem

ON_A_PAGE = 50
MOST_NAMED = 500  # a page of more names would be too heavy for a phone
BY_KEY = {title.key: title for title in TITLES}


@dataclass(frozen=True)
class PublicAct:
    """A published act: number, day, office, where, how many it recognises, and by name the collectives.

    `persons` are those who agreed to be named, at most so many as a page holds.
    """

    act: RecognitionAct
    title: Title
    year: int
    place: str
    count: int
    withdrawn: int
    names: tuple[str, ...]
    persons: tuple[str, ...]


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


def public_act(uid: UUID, on: date) -> PublicAct:
    """A published act for anybody; refused (H103) where it was not published."""
    found = queries.published(uid)
    if found is None or found.act is None:
        raise Refused(problem("H103", uid))
    count, gone = queries.counts_of_act(found.act.pk)
    named = queries.collectives_of_act(found.act.pk)
    names, persons = _names(named), _names(_agreeing(found.act, on))
    place = _place(found.act, found.act.signed_on)
    title, year = BY_KEY[found.title_key], found.round.year
    return PublicAct(found.act, title, year, place, count, gone, names, persons[:MOST_NAMED])


def _names(rows: list[Recognition]) -> tuple[str, ...]:
    return tuple(row.named.name for row in rows if hasattr(row, "named"))


def _agreeing(act: RecognitionAct, on: date) -> list[Recognition]:
    rows = queries.agreeing_of_act(act.pk)
    named = may_be_named(rows, on)
    return [row for row in rows if row.pk in named]


def _place(act: RecognitionAct, on: date) -> str:
    label = labels_on([act.place_id], on).get(act.place_id)
    return label.whole if label else ""
