"""What the council found goes into each dossier by itself, as the parts that its award asks for.

Which parts those are the law says (`council` of a form); each dossier gets what minutes and count say of it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from densach.awards import by_law
from densach.awards.councils import queries
from densach.awards.councils.hearing import Hear, unheard
from densach.awards.councils.minutes import extracts
from densach.awards.councils.models import Item
from densach.awards.councils.room import Room
from densach.awards.models import Part, Step
from densach.awards.parts import file_made
from densach.formats.official.keeping import kept_text
from densach.formats.official.model import Official
from densach.history.domain import Act

_AT_ONCE = 500


def file_into_dossiers(room: Room, items: Sequence[Item], *, act: Act, hear: Hear = unheard) -> int:
    """Put what the council found into the dossiers that lie before it; gives how many papers."""
    lying = [item for item in items if item.nomination.step == Step.COUNCIL]
    told = queries.interests_in(room.sitting), queries.open_against(room.sitting)
    filed = 0
    for first in range(0, len(lying), _AT_ONCE):
        hear("filing", first, len(lying))
        parts = _parts(extracts(room, lying[first : first + _AT_ONCE], *told))
        filed += file_made(list(parts), act=act)
    return filed


def _parts(found: Iterable[tuple[Item, Official, Official]]) -> Iterator[Part]:
    for item, minutes, count in found:
        papers = {"minutes": minutes, "count": count}
        for kind, paper in _asked(item):
            text = kept_text(papers[paper])
            digest = sha256(text.encode()).hexdigest()
            yield Part(nomination=item.nomination, kind=kind, content=text, sha256=digest)


def _asked(item: Item) -> Iterator[tuple[str, str]]:
    """The forms of the council's papers that the award of an item asks for, with which paper each is."""
    forms = by_law.law().forms
    named = ((need.form, forms[need.form].council) for need in by_law.needs_of(item.nomination))
    return ((form, paper) for form, paper in named if paper)
