"""Who may be named where anybody reads: collectives, and living persons who agreed; a household stands for its head."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from densach.assessing.models import Kind, Recognition
from densach.assessing.privacy.standing import who_agreed
from densach.people.models import Person

COLLECTIVE = (Kind.CLAN, Kind.UNIT, Kind.PLACE)  # a household is named after its head, so it counts as a person here
PURPOSE = "publish_decision"


def may_be_named(recognitions: Sequence[Recognition], on: date) -> set[int]:
    """The keys of the recognitions whose names may be published on a day; one query. Wants subject and person."""
    persons = {row.pk: _living(row.subject.person) for row in recognitions}
    agreed = who_agreed({key for key in persons.values() if key}, PURPOSE, on)
    return {row.pk for row in recognitions if row.subject.kind in COLLECTIVE or persons[row.pk] in agreed}


def _living(person: Person | None) -> int | None:
    """The record that a living person is counted as: nobody else can withdraw a consent."""
    if person is None or person.died_on is not None:
        return None
    return person.same_as_id or person.pk
