"""Cases and ballots of the demonstration, which are encrypted: told in plain words for the file, and sealed anew.

Everybody in it is made up, so the words are nobody's secret, while a key that ships would be nobody's key. Ballots of a
sitting that is voting are not told: their box is filled anew from who has voted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import connection, transaction

from densach.awards.cases.models import Case
from densach.awards.cases.sealing import Told, seal, seal_text, unseal, unseal_text
from densach.awards.councils import box
from densach.awards.councils.models import Choice, Sitting
from densach.awards.councils.queries import all_items, slots_for_update, voted_in
from densach.people.numbers import Keys


class Brought(msgspec.Struct, frozen=True):
    """Who brought a case, by its key, and what it says."""

    case: int
    name: str
    contact: str
    what: str


def read_cases(keys: Keys) -> tuple[Brought, ...]:
    """The cases of the database of this process, opened."""
    return tuple(_brought(case, keys) for (case,) in _asked(_CASES))


def seal_again(cases: Sequence[Brought], keys: Keys) -> None:
    """Encrypt the cases, and fill the boxes, in the database of this process, all or nothing."""
    with transaction.atomic():
        for brought in cases:
            case = Case.objects.get(pk=brought.case)
            seal(case, Told(brought.name, brought.contact), keys).save()
            seal_text(case, brought.what, keys).save()
        for (sitting,) in _asked(_WITH_A_BOX):
            _fill_box(Sitting.objects.get(pk=sitting), keys)


_CASES = "SELECT case_id FROM cases_informant ORDER BY id"
_WITH_A_BOX = "SELECT id FROM councils_sitting WHERE is_secret AND opened_at IS NOT NULL ORDER BY id"


def _asked(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _brought(key: int, keys: Keys) -> Brought:
    case = Case.objects.get(pk=key)
    told = unseal(case, keys)
    return Brought(key, told.name, told.contact, unseal_text(case, keys))


def _fill_box(sitting: Sitting, keys: Keys) -> None:
    """Name the key; while the voting lasts, also give each item its slots and a yes for everybody who has voted.

    In the demonstration nobody says anything else before a count (trial/awards/sittings.py).
    """
    sitting.key = keys.current
    sitting.save(update_fields=["key"])
    if sitting.counted_at is not None:
        return
    items, voted = all_items(sitting), voted_in(sitting)
    box.make_slots(items, keys, sitting.key)
    slots = slots_for_update([item.pk for item in items])
    for item in items:
        for _ in range(voted.get(item.pk, 0)):
            box.drop_in(slots[item.pk], Choice.FOR, keys, sitting.key)
        box.write(slots[item.pk])
