"""What the association may not open: it is no State body, and works on people's data with their consent alone."""

from __future__ import annotations

from datetime import date

from densach.assessing.privacy.standing import who_withdrew
from densach.authority.access import Viewer
from densach.authority.granting import Thing
from densach.people.models import Household, Person
from densach.people.queries import members_of
from densach.places.models import Line


def association_was_told_no(viewer: Viewer, thing: Thing) -> bool:
    """Whether the viewer acts for the association and the person, or the head of the household, said no to that."""
    if viewer.post is None or viewer.post.line != Line.ASSOCIATION:
        return False
    return bool(who_withdrew(_speaking_for(thing, viewer.today), "chapter_check"))


def _speaking_for(thing: Thing, on: date) -> list[int]:
    """Whose word it is, by the records they are counted as; nobody's for a group."""
    if isinstance(thing, Person):
        return [thing.same_as_id or thing.pk]
    if isinstance(thing, Household):
        return [row.person.same_as_id or row.person_id for row in members_of(thing.pk, on) if row.is_head]
    return []
