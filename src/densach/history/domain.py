"""Writing and checking the log: who did what, when and why, and what it changed.

A chain shows an entry that was altered, removed from the middle or slipped in. It cannot show that its last
entries are missing; compare the object with the state after its last entry for that.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import IntegrityError

from densach.history.models import Entry
from densach.history.queries import COLUMNS, Row, append, chain_of, heads_of

State = dict[str, Any]
Key = tuple[str, str]
_IDS_AT_ONCE = 2000
_TURNS = 100  # one of several who add to a chain without a pause loses many turns in a row
_HOLDING = frozenset({dict, list, tuple})


@dataclass(frozen=True, kw_only=True)
class Act:
    """The circumstances of an event: who acted, when it was entered (with a time zone), and why."""

    who: str
    at: datetime
    why: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time of an act needs a time zone")


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What happened to one object; a state holds text, whole numbers, booleans, dates, None, lists and maps."""

    kind: str
    object_id: object
    event: str
    before: State | None = None
    after: State | None = None


def record(happening: Happening, act: Act) -> None:
    """Add one entry to the chain of its object; belongs in the transaction that changes the object."""
    record_many([happening], act)


def record_many(happenings: Iterable[Happening], act: Act) -> None:
    """Add many entries of one act, in their order, also several for one object; all of them or none.

    Where another adds to one of the chains between the look at its end and the write, it goes on after that one.
    """
    happenings = list(happenings)
    for turns_left in reversed(range(_TURNS)):
        try:
            append(_continued(happenings, act), act.at)
        except IntegrityError:
            if not turns_left:
                raise
        else:
            return


def _continued(happenings: list[Happening], act: Act) -> list[Row]:
    """The entries, each after the last one of its chain as it ends now."""
    heads = _heads(happenings)
    time = act.at.astimezone(UTC).isoformat()
    rows: list[Row] = []
    for happening in happenings:
        key = (happening.kind, str(happening.object_id))
        last, previous = heads.get(key, (0, ""))
        before, after = canonical(happening.before), canonical(happening.after)
        said = (*key, last + 1, time, act.who, happening.event, before, after, act.why, previous)
        digest = digest_of(said)
        heads[key] = (last + 1, digest)
        rows.append((*said, digest))
    return rows


def verify_chain(kind: str, object_id: object) -> list[int]:
    """The numbers of the entries at which the chain of an object is broken; empty when it is whole."""
    broken = []
    previous = ""
    for place, entry in enumerate(chain_of(kind, str(object_id)), start=1):
        if (entry.sequence, entry.previous_hash, entry.hash) != (place, previous, entry_hash(entry)):
            broken.append(entry.sequence)
        previous = entry.hash
    return broken


def canonical(state: State | None) -> str:
    """One JSON text for one state: sorted keys, no spaces, dates as ISO; a float is a TypeError, None is empty."""
    if state is None:
        return ""
    _refuse_floats(state)
    return _ENCODER.encode(state)


def entry_hash(entry: Entry) -> str:
    """SHA-256 over everything an entry says and the hash of the entry before it."""
    said = [getattr(entry, column) for column in COLUMNS[:-1]]
    said[COLUMNS.index("at")] = entry.at.astimezone(UTC).isoformat()
    return digest_of(said)


def digest_of(said: Sequence[object]) -> str:
    """The hash of an entry, of its columns in their order up to the hash of the one before; the time is in UTC."""
    return sha256(_ENCODER.encode(said).encode()).hexdigest()


def _heads(happenings: list[Happening]) -> dict[Key, tuple[int, str]]:
    """The last number and hash of every chain that is about to grow."""
    ids_of: dict[str, set[str]] = defaultdict(set)
    for happening in happenings:
        ids_of[happening.kind].add(str(happening.object_id))
    heads: dict[Key, tuple[int, str]] = {}
    for kind, ids in ids_of.items():
        waiting = iter(ids)
        while some := list(islice(waiting, _IDS_AT_ONCE)):
            heads.update(heads_of(kind, some))
    return heads


def _refuse_floats(value: object) -> None:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else (value,)
    kinds = set(map(type, parts))
    if float in kinds:
        raise TypeError("a state holds no float")
    if not kinds.isdisjoint(_HOLDING):
        for part in parts:
            if type(part) in _HOLDING:
                _refuse_floats(part)


def _as_json(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a state holds no {type(value).__name__}")


_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_as_json
)
