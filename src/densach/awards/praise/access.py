"""Who sees and enters good examples: whoever puts forward or handles commendation there; anybody, once published.

A published story is read only while the consent it rests on holds: a withdrawal takes effect at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from densach.assessing.privacy.standing import who_agreed
from densach.authority.access import Viewer
from densach.awards.access import HANDLES, NOMINATES, NOTHING, places_inside
from densach.awards.praise import queries
from densach.awards.praise.measuring import Timeliness, timeliness_of
from densach.awards.praise.models import GoodExample, Honouring, Letter, Replication, Who
from densach.places.labels import Label, labels_on
from densach.problems import Refused, problem

PURPOSE = "publish_praise"
ON_A_PAGE = 50
MOST_PUBLISHED = 200


@dataclass(frozen=True)
class Shown:
    """A page of good examples, and how soon they were praised, by place and in all."""

    rows: list[GoodExample]
    start: int
    next_start: int | None
    whole: Timeliness
    by_place: list[tuple[Label, Timeliness]]


@dataclass(frozen=True)
class Followed:
    """What followed a good example."""

    letters: list[Letter]
    honourings: list[Honouring]
    replications: list[Replication]


def may_enter(viewer: Viewer) -> bool:
    """Whether one enters good examples at all."""
    return viewer.where is not None and (viewer.may(NOMINATES) or viewer.may(HANDLES))


def require_entering(viewer: Viewer) -> None:
    """Refuse (H103) whoever does not."""
    if not may_enter(viewer):
        raise Refused(problem("H103", "guong-tot"))


def examples_for(viewer: Viewer, start: int) -> Shown:
    """What a viewer's own place and those in it told, with their days from deed to praise."""
    require_entering(viewer)
    scope = scope_of(viewer)
    rows = queries.page_of(queries.examples_within(scope), start, ON_A_PAGE)
    more = start + ON_A_PAGE if len(rows) > ON_A_PAGE else None
    days = queries.days_within(scope)
    places = sorted({place for place, _, _ in days})
    labels = labels_on(places, viewer.today)
    by_place = [
        (labels[key], timeliness_of([row[1:] for row in days if row[0] == key])) for key in places if key in labels
    ]
    return Shown(rows[:ON_A_PAGE], start, more, timeliness_of([row[1:] for row in days]), by_place)


def example_for(viewer: Viewer, uid: UUID) -> GoodExample:
    """One good example of the viewer's; else H103."""
    require_entering(viewer)
    found = queries.example_within(scope_of(viewer), uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def followed(example: GoodExample) -> Followed:
    """What followed a good example that one may see."""
    return Followed(queries.letters_of(example), queries.honourings_of(example), queries.replications_of(example))


def letter_for(viewer: Viewer, uid: UUID, letter: UUID) -> Letter:
    """A letter of a good example of the viewer's; else H103."""
    found = queries.letter_of(example_for(viewer, uid), letter)
    if found is None:
        raise Refused(problem("H103", letter))
    return found


def stories(on: date) -> list[GoodExample]:
    """The published stories whose consent holds."""
    return _agreed(queries.published(MOST_PUBLISHED), on)


def story(uid: UUID, on: date) -> GoodExample:
    """One published story; else H103, also once the consent was withdrawn."""
    found = queries.published_with_uid(uid)
    if found is None or not _agreed([found], on):
        raise Refused(problem("H103", uid))
    return found


def scope_of(viewer: Viewer) -> Q:
    """Of whoever handles commendation all that lies in the place; of others what their unit or line entered."""
    if viewer.post is None or viewer.acting is None:
        return NOTHING
    if viewer.place is None:
        return Q(entered_in_unit=viewer.acting.unit_id) if viewer.acting.unit_id else NOTHING
    inside = Q(place__in=places_inside(viewer))
    return inside if viewer.may(HANDLES) else inside & Q(line=viewer.post.line, entered_in_unit=None)


def agrees(example: GoodExample, on: date) -> bool:
    """Whether nobody's consent is wanting to publish it."""
    return bool(_agreed([example], on))


def _agreed(rows: Sequence[GoodExample], on: date) -> list[GoodExample]:
    keys = {row.pk: row.speaks_for for row in rows}
    persons = {key: each.same_as_id or each.pk for key, each in keys.items() if each and each.died_on is None}
    agreed = who_agreed(set(persons.values()), PURPOSE, on)
    return [row for row in rows if row.who == Who.GROUP or persons.get(row.pk) in agreed]
