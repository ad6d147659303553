"""Rows that say where households, clans and units are entered, moved in bulk to another commune and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from densach.history.domain import Act, Happening, record_many
from densach.people.entering import AT_ONCE, Grouping, entered, said
from densach.people.merger import queries
from densach.people.models import Clan, Household, HouseholdHome, InCommune, Unit
from densach.places.models import Place

G = TypeVar("G", Household, Clan, Unit)


@dataclass(frozen=True)
class Move:
    """A household, clan or unit about to come to another commune: its open row, and the code it will have there."""

    row: InCommune
    code: str


def with_codes(rows: Sequence[InCommune], taken: Collection[str], origins: Mapping[int, str]) -> list[Move]:
    """The rows with their codes in the new commune: as they are, except where two would have the same.

    Then each that comes has the code of its old commune (`origins`, by key) behind its own, "H12-02017"; those that
    are there already (`taken`) keep theirs.
    """
    often = Counter(row.code for row in rows)
    kept = {code for code, times in often.items() if times == 1 and code not in taken}
    used = {*taken, *kept}
    moves = []
    for row in rows:
        code = row.code if row.code in kept else _unused(f"{row.code}-{origins[row.commune_id]}", used)
        used.add(code)
        moves.append(Move(row, code))
    return moves


def move_rows(
    grouping: Grouping[G],
    moves: Sequence[Move],
    commune: Place,
    *,
    on: date,
    act: Act,
    villages: Mapping[int, Place] | None = None,
) -> None:
    """End the old rows on a day and begin new ones in the commune; `villages` says which village became another."""
    rows = [_there(grouping, move, commune, on, villages or {}) for move in moves]
    queries.end_rows(grouping.row, [move.row.pk for move in moves], on)
    grouping.row._default_manager.bulk_create(rows, batch_size=AT_ONCE)
    pairs = zip(moves, rows, strict=True)
    record_many((entered(grouping.kind, row, "carried_over", said(move.row)) for move, row in pairs), act)


def move_back(grouping: Grouping[G], pairs: Sequence[tuple[InCommune, InCommune]], *, act: Act) -> None:
    """Undo that; `pairs` are the row in the commune and the row before."""
    queries.delete_rows(grouping.row, [now.pk for now, _ in pairs])
    queries.end_rows(grouping.row, [before.pk for _, before in pairs], None)
    kind = grouping.kind
    record_many(
        (
            Happening(
                kind=kind,
                object_id=getattr(now, f"{kind}_id"),
                event="carried_back",
                before=said(now),
                after=said(before) | {"to": None},
            )
            for now, before in pairs
        ),
        act,
    )


def _unused(code: str, used: Collection[str]) -> str:
    """The code, or the first of code-2, code-3, … that nobody has."""
    wanted, number = code, 1
    while wanted in used:
        number += 1
        wanted = f"{code}-{number}"
    return wanted


def _there(grouping: Grouping[G], move: Move, commune: Place, on: date, villages: Mapping[int, Place]) -> InCommune:
    kind = grouping.kind
    same = {f"{kind}_id": getattr(move.row, f"{kind}_id")}
    if isinstance(move.row, HouseholdHome):
        village = villages.get(move.row.village_id)
        same["village_id"] = village.pk if village else move.row.village_id
    return grouping.row(**same, commune=commune, code=move.code, valid_from=on)
