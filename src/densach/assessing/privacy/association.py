"""What the association may not open: it is no State body, and works on people's data with their consent alone."""

from __future__ import annotations

from densach.assessing.privacy.standing import who_withdrew
from densach.authority.access import Viewer
from densach.authority.granting import Thing
from densach.people.models import Person
from densach.places.models import Line


def association_was_told_no(viewer: Viewer, thing: Thing) -> bool:
    """Whether the viewer acts for the association and the person said no to that."""
    if viewer.post is None or viewer.post.line != Line.ASSOCIATION or not isinstance(thing, Person):
        return False
    return bool(who_withdrew([thing.same_as_id or thing.pk], "chapter_check"))
