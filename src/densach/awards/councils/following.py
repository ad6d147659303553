"""Beside a file on the agenda: what the law says of it, and where it went once the council had decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from densach.authority.access import Viewer
from densach.awards.councils.access import item_in
from densach.awards.councils.models import Item
from densach.awards.councils.room import Room
from densach.awards.judging import Judgement, judgement_of
from densach.awards.models import Step
from densach.awards.register.models import Award, Decision
from densach.awards.register.queries import lists_with


@dataclass(frozen=True)
class Went:
    """Where a nomination stands after the council: the signed decision that lists it, and its row in the register.

    Whoever prepares the sittings opens both; a member opens only what was published. A draft is not told of.
    """

    step: str
    decision: Decision | None
    award: Award | None
    opens: bool

    @property
    def is_public(self) -> bool:
        """Whether anybody may read the decision."""
        return self.decision is not None and self.decision.published_at is not None

    @property
    def waits_for_decision(self) -> bool:
        """Whether the council agreed and no signed decision lists it yet."""
        return self.step == Step.PASSED and self.decision is None


def see_law(viewer: Viewer, room: Room, uid: UUID) -> tuple[Item, Judgement | None]:
    """What the law gives for a file on the agenda, for whoever may read the file."""
    item = item_in(room, uid)
    return item, judgement_of(item.nomination, viewer)


def see_where_they_went(room: Room, items: Iterable[Item]) -> dict[int, Went]:
    """Where those went that left the council, by item, in one query; nothing of a sitting that did not end."""
    moved = [item for item in items if item.is_moved]
    if not moved:
        return {}
    listed = lists_with([item.nomination_id for item in moved])
    found = {}
    for item in moved:
        row = listed.get(item.nomination_id)
        decision = row.decision if row and row.decision.recorded_at else None
        award = getattr(row.nomination, "award_row", None) if row and decision else None
        opens = room.prepares and decision is not None and decision.place_id == room.sitting.council.place_id
        found[item.pk] = Went(item.nomination.step, decision, award, opens)
    return found
