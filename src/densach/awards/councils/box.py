"""The box of a secret ballot: sealed slots that one vote after another fills and shuffles, opened only to be counted.

Each vote seals every slot of its item anew, in an order drawn by lot, so that neither two looks at the rows nor their
versions tell which slot it filled (docs/secret-ballot.md). The key lies outside the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from secrets import SystemRandom
from typing import Final

from densach.awards.councils import queries
from densach.awards.councils.models import Choice, Item, Slot
from densach.people.numbers import Keys

EMPTY: Final = b" "
_SAID: Final = {Choice.FOR: b"+", Choice.AGAINST: b"-", Choice.BLANK: b"o"}
_READ: Final = {EMPTY: ""} | {letter: choice.value for choice, letter in _SAID.items()}
_AT_ONCE = 2000
_LOT = SystemRandom()


def make_slots(items: Iterable[Item], keys: Keys, key: str) -> int:
    """Make as many empty slots for each item as it has members entitled; gives how many."""
    wanted = [item.pk for item in items for _ in range(item.entitled)]
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        queries.add_slots([(item, keys.encrypt(EMPTY, key, _about(item))) for item in some])
    return len(wanted)


def drop_in(slots: Sequence[Slot], choice: Choice, keys: Keys, key: str) -> bool:
    """Fill one empty slot of an item and seal all anew in another order; says whether there was an empty one."""
    said = [_opened(slot, keys, key) for slot in slots]
    if EMPTY not in said:
        return False
    said[said.index(EMPTY)] = _SAID[choice]
    _seal(slots, said, keys, key)
    return True


def take_one_out(slots: Sequence[Slot], keys: Keys, key: str) -> Slot | None:
    """Bring one empty slot to the end and seal all anew; gives the row to remove, where there is an empty one."""
    said = [_opened(slot, keys, key) for slot in slots]
    if EMPTY not in said:
        return None
    said.remove(EMPTY)
    _seal(slots[:-1], said, keys, key)
    return slots[-1]


def open_all(slots: Sequence[Slot], keys: Keys, key: str) -> None:
    """Open the slots of one item, the choices in an order drawn by lot; the rows still have to be written."""
    said = [_opened(slot, keys, key) for slot in slots]
    _LOT.shuffle(said)
    for slot, each in zip(slots, said, strict=True):
        slot.sealed, slot.choice = None, _READ[each]


def write_opened(slots: Iterable[Slot]) -> None:
    """Write slots that were opened, all that say the same in one statement; which slot says it was drawn by lot."""
    saying: dict[str, list[int]] = defaultdict(list)
    for slot in slots:
        saying[slot.choice].append(slot.pk)
    for choice, some in saying.items():
        queries.open_slots(some, choice)


def write(slots: Sequence[Slot]) -> None:
    """Write sealed slots, all of an item together."""
    for first in range(0, len(slots), _AT_ONCE):
        Slot.objects.bulk_create(
            slots[first : first + _AT_ONCE],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["sealed", "choice"],
        )


def _seal(slots: Sequence[Slot], said: list[bytes], keys: Keys, key: str) -> None:
    _LOT.shuffle(said)
    for slot, each in zip(slots, said, strict=True):
        slot.sealed = keys.encrypt(each, key, _about(slot.item_id))


def _opened(slot: Slot, keys: Keys, key: str) -> bytes:
    return keys.decrypt(bytes(slot.sealed or b""), key, _about(slot.item_id))


def _about(item: int) -> bytes:
    return f"ballot of item {item}".encode()
