"""What the association may open: it is no State body, and works on people's data with their consent alone.

Silence is no consent (Law 91/2025/QH15, Article 9): who said nothing is closed to it as who said no, and is checked by
the People's Committee (docs/decisions/0026-silence-is-not-consent.md).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from densach.assessing.privacy.queries import words_on_checking
from densach.authority.access import Viewer
from densach.authority.granting import Thing
from densach.people.ages import grown_by
from densach.people.models import Household, HouseholdMember, Person
from densach.people.queries import members_of
from densach.places.models import Line


class Closed(StrEnum):
    """Why something is closed to the association: the person said no, or nothing that still holds."""

    REFUSED = "refused"
    SILENT = "silent"


def acts_for_association(viewer: Viewer) -> bool:
    """Whether the viewer acts in a role of the association."""
    return viewer.post is not None and viewer.post.line == Line.ASSOCIATION


def is_closed_to(viewer: Viewer, thing: Thing) -> bool:
    """Whether the viewer acts for the association and the person, or the head of the household, did not agree.

    A clan, a unit or a place is nobody's personal data and stays open.
    """
    if not acts_for_association(viewer) or not isinstance(thing, Person | Household):
        return False
    rows = members_of(thing.pk, viewer.today) if isinstance(thing, Household) else []
    whose = heads_of(rows) if isinstance(thing, Household) else [thing.same_as_id or thing.pk]
    return why_closed(whose, words_to_association(whose, viewer.today)) is not None


def heads_of(rows: Collection[HouseholdMember]) -> list[int]:
    """Who speaks for a household of these members, by the records they are counted as."""
    return [row.person.same_as_id or row.person_id for row in rows if row.is_head]


def words_to_association(persons: Collection[int], on: date) -> Mapping[int, bool]:
    """Of some records, as counted, who said yes or no to the association's checking; the silent are not in it."""
    return words_on_checking(persons, grown_by(on))


def why_closed(whose: Collection[int], words: Mapping[int, bool]) -> Closed | None:
    """Why what some people speak for is closed; nothing where all agreed. Where nobody can speak, nobody agreed."""
    said = [words.get(person) for person in whose]
    if False in said:
        return Closed.REFUSED
    return None if said and all(said) else Closed.SILENT
