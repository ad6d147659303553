"""Of which kinds a commune is on a day: one of a family, none of it, or not known because no list speaks of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from densach.places.areas import queries
from densach.places.models import AreaFamily, AreaKind, AreaList, Place
from densach.problems import Refused, problem


@dataclass(frozen=True)
class Standing:
    """A commune in one family on a day: without a `kind` it is none of them, without a list that is not known."""

    family: AreaFamily
    kind: AreaKind | None
    area_list: AreaList | None


def standings_of(place: Place, on: date) -> list[Standing]:
    """How a commune stands in every family on a day."""
    said = {row.family: row for row in queries.areas_of(place, on)}
    return [
        Standing(family, AreaKind(row.kind) if row.kind else None, row.area_list)
        if (row := said.get(family))
        else Standing(family, None, None)
        for family in AreaFamily
    ]


def find_list(reference: str) -> AreaList:
    """The list in use with this number or permanent identity; refused (L147) where there is not just one."""
    found = queries.lists_called(reference.strip())
    if len(found) != 1:
        raise Refused(problem("L147", reference))
    return found[0]
