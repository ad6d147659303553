"""Which home a line of the register speaks of, and what it changes: somebody may have two, of different kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from densach.people.models import HouseholdMember, Residence

SOURCE = "sổ hộ"
Change = tuple[HouseholdMember | None, dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """Where a line of the register says that somebody lives. `is_head` is None where the file names no head."""

    household: int
    kind: str
    is_head: bool | None


def home_changes(homes: Sequence[HouseholdMember], line: Line, on: date) -> Iterator[Change]:
    """What a line changes of the homes of its person that last beyond a day, as rows for `history.bringing.bring`.

    Someone who now stands in another household moves there on that day. A home that began on that day was a mistake of
    the line, and is corrected instead. What has happened after that day stands over the line.
    """
    if any(_is_later(home, on) and _may_be(home, line) for home in homes):
        return
    now = _spoken_of(homes, line)
    kind = now.kind if now is not None and line.kind == Residence.UNKNOWN else line.kind
    for other in homes:
        if other is not now and other.kind == kind and other.valid_from < on:
            yield other, {"valid_to": on}
    head = {} if line.is_head is None else {"is_head": line.is_head}
    lives = {"household_id": line.household, "kind": kind}
    if now is not None and (now.household_id == line.household or now.valid_from == on):
        free = all(other is now or other.kind != kind or other.valid_from < on for other in homes)
        yield now, {**lives, "kind": kind if free else now.kind, **head}
        return
    if now is not None:
        yield now, {"valid_to": on}
    yield None, {"is_head": False, **lives, **head, "valid_from": on, "source": SOURCE}


def _spoken_of(homes: Sequence[HouseholdMember], line: Line) -> HouseholdMember | None:
    """The home in that household, else the one of that kind, else one where either side does not say its kind."""
    open_homes = [home for home in homes if home.valid_to is None]
    either = (home for home in open_homes if _may_be(home, line))
    same_kind = (home for home in open_homes if home.kind == line.kind)
    same_household = (home for home in open_homes if home.household_id == line.household)
    return next(same_household, None) or next(same_kind, None) or next(either, None)


def _may_be(home: HouseholdMember, line: Line) -> bool:
    return home.kind == line.kind or Residence.UNKNOWN in {home.kind, line.kind}


def _is_later(home: HouseholdMember, on: date) -> bool:
    """A home that began or ended after a day: the register of that day did not know of it."""
    return home.valid_from > on or home.valid_to is not None
