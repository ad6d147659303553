"""What happens to people with homes in several communes: drawn at random, as far as the register allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from densach.problems import Refused
from tests.people.pairing import SAID, join

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from densach.people.models import Household, Person
    from densach.places.models import Place

KINDS = ("temporary", "permanent", "away", "boarding", "choose", "join", "rule")


def events(people: int) -> st.SearchStrategy[tuple[int, str, int]]:
    """Whom of so many it happens to, what, and where or with whom."""
    return st.tuples(st.integers(0, people - 1), st.sampled_from(KINDS), st.integers(0, 2))


def first_household(commune: Place) -> Household:
    """The household that was entered first in a commune."""
    from densach.people.models import HouseholdHome

    return HouseholdHome.objects.filter(commune=commune).order_by("pk")[0].household


def happen(people: Sequence[Person], places: Sequence[Place], event: tuple[int, str, int], on: date) -> None:
    """One event, as far as it is allowed."""
    from densach.people.models import CountedBy, Person
    from densach.people.records import lives
    from densach.people.records.choosing import choose_place, choose_rule

    who, what, where = event
    person = Person.objects.get(pk=people[who].pk)
    person = person.same_as or person
    place = places[where % len(places)]
    try:
        if what in {"temporary", "permanent"}:
            lives.move(person, first_household(place), on=on, kind=what, act=SAID)
        elif what in {"away", "boarding"}:
            there = [*places[:2], None][where]
            lives.stay(person, what, "MẪU", commune=there, on=on, source="MẪU", act=SAID)
        elif what == "choose":
            choose_place(person, place, by="MẪU", source="MẪU", on=on, act=SAID)
        elif what == "rule":
            choose_rule(place, list(CountedBy.values)[where], source="MẪU", on=on, act=SAID)
        else:
            other = Person.objects.get(pk=people[where].pk)
            if person.pk != other.pk and other.same_as is None:
                join(person, other)
    except Refused:
        return
