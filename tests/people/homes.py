"""People of the made-up communes who live in more than one place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.people.pairing import SAID

if TYPE_CHECKING:
    from densach.people.models import Person
    from densach.places.models import Place


def two_homes(who: Person, place: Place) -> None:
    """Somebody's home is permanent, and from May on another is temporary, in the first household of a commune."""
    from densach.people.records import lives
    from tests.people.happening import first_household

    who.households.update(kind="permanent")
    lives.move(who, first_household(place), on=date(2026, 5, 1), kind="temporary", source="MẪU", act=SAID)
