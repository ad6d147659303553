"""Bring many rows to what a source says: enter the new, correct the changed, leave the rest, and log each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from django.db import models

from densach.history.domain import Act, Happening, record_many

M = TypeVar("M", bound=models.Model)
Fields = Mapping[str, Any]
_AT_ONCE = 2000


@dataclass(frozen=True)
class Brought(Generic[M]):
    """The rows in the order they were asked for, and how many were entered, corrected and left as they are."""

    rows: list[M]
    entered: int
    corrected: int
    unchanged: int


def bring(
    model: type[M], wanted: Iterable[tuple[M | None, Fields]], *, kind: str, act: Act, secret: Sequence[str] = ()
) -> Brought[M]:
    """Bring rows to the fields wanted; a row of None is new. Fields named in `secret` never enter the log.

    Works 2,000 rows at a time, each with a constant number of queries; belongs in the transaction of the event.
    """
    done: Brought[M] = Brought([], 0, 0, 0)
    waiting = iter(wanted)
    while some := list(islice(waiting, _AT_ONCE)):
        piece = _bring_piece(model, some, kind, act, secret)
        done.rows.extend(piece.rows)
        done = Brought(
            done.rows,
            done.entered + piece.entered,
            done.corrected + piece.corrected,
            done.unchanged + piece.unchanged,
        )
    return done


def _bring_piece(
    model: type[M], wanted: Iterable[tuple[M | None, Fields]], kind: str, act: Act, secret: Sequence[str]
) -> Brought[M]:
    rows: list[M] = []
    new: list[M] = []
    happenings: list[tuple[M, str, dict[str, Any] | None, dict[str, Any]]] = []
    changed: list[M] = []
    for row, fields in wanted:
        if row is None:
            row = model(**fields)  # noqa: PLW2901  - the row that was asked for, made
            new.append(row)
            happenings.append((row, "entered", None, _shown(fields, secret)))
        elif before := {name: getattr(row, name) for name, value in fields.items() if getattr(row, name) != value}:
            after = {name: fields[name] for name in before}
            for name, value in after.items():
                setattr(row, name, value)
            changed.append(row)
            happenings.append((row, "corrected", _shown(before, secret), _shown(after, secret)))
        rows.append(row)
    _write(model, new, changed)
    record_many((Happening(kind=kind, object_id=r.pk, event=e, before=b, after=a) for r, e, b, a in happenings), act)
    return Brought(rows, len(new), len(changed), len(rows) - len(new) - len(changed))


def _write(model: type[M], new: list[M], changed: list[M]) -> None:
    manager = model._default_manager
    manager.bulk_create(new, batch_size=_AT_ONCE)
    if changed:
        columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        manager.bulk_create(
            changed, batch_size=_AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=columns
        )


def _shown(fields: Fields, secret: Sequence[str]) -> dict[str, Any]:
    """What the log may hold of some fields: related rows by their key, secrets only as having changed."""
    shown = {}
    for name, value in fields.items():
        if name in secret:
            shown[name] = None if value is None else "•••"
        else:
            shown[name] = value.pk if isinstance(value, models.Model) else value
    return shown
