"""Two records laid before a person, as a search would have found them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from densach.history.domain import Act

if TYPE_CHECKING:
    from densach.people.models import LikelyDuplicate, Person

SAID = Act(who="bà Tư MẪU", at=datetime(2026, 6, 1, tzinfo=UTC), why="đã hỏi tại nhà")


def pair_up(one: Person, other: Person) -> LikelyDuplicate:
    """A pair that waits."""
    from densach.people.models import LikelyDuplicate

    low, high = sorted((one.pk, other.pk))
    why = {"name": "same", "birth": "same", "where": "commune", "same_sex": True, "number": "same_or_missing"}
    return LikelyDuplicate.objects.create(
        first_id=low, second_id=high, why=why, looked=f"{low} {high}", found_at=SAID.at
    )


def join(one: Person, other: Person) -> LikelyDuplicate:
    """Both are one person from now on, counted as the first."""
    from densach.people.records.merging import decide_same

    return decide_same(pair_up(one, other).pk, one, act=SAID)
