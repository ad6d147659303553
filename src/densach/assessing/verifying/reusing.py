"""Evidence that serves several households: which sets of it there are in a title, as the measures find them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from densach.assessing.evidence.models import Evidence
from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.assessing.verifying.models import Lead
from densach.assessing.verifying.queries import evidence_of_title
from densach.measures.leads import Kind
from densach.measures.leads import Lead as Found
from densach.measures.reuse import Piece, sets_reused
from densach.people.queries import lives_with


def reused_in(round_: Round, title_key: str) -> Iterator[Found]:
    """The sets of evidence that are the same file or nearly the same picture for more than one household."""
    yield from (found for found, _ in sets_reused(_pieces(round_, evidence_of_title(round_, title_key))))


def pieces_of_lead(lead: Lead, subjects: Iterable[int]) -> list[Evidence]:
    """The evidence that a lead of used evidence is about, as it is there now; none for any other kind."""
    if lead.kind != Kind.EVIDENCE_REUSED.value:
        return []
    wanted = {str(key) for key in subjects}
    rows = {str(row.uid): row for row in evidence_of_title(lead.round, lead.title_key)}
    sets = sets_reused(_pieces(lead.round, rows.values()))
    return [rows[piece.name] for found, alike in sets if set(found.subjects) == wanted for piece in alike]


def _pieces(round_: Round, rows: Iterable[Evidence]) -> list[Piece]:
    every = list(rows)
    homes = lives_with({row.sheet.subject.person_id for row in every if row.sheet.subject.person_id}, judged_on(round_))
    return [_piece(row, homes) for row in every]


def _piece(row: Evidence, homes: Mapping[int, int]) -> Piece:
    subject = row.sheet.subject
    home = homes.get(subject.person_id or 0)
    return Piece(
        subject=str(subject.pk),
        sha256=row.sha256,
        fingerprint=int(row.fingerprint, 16) if row.fingerprint else None,
        home="" if home is None else f"household {home}",
        name=str(row.uid),
    )
