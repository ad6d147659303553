"""The log of what happened to every object of the register: written once, never changed."""

from __future__ import annotations

import json
from typing import Any, ClassVar, NoReturn

from django.db import models

REFUSAL = "history is append-only: an entry is never changed or deleted"


class EntrySet(models.QuerySet["Entry"]):
    """Entries can be read and added; whatever would change them is refused with a TypeError."""

    def update(self, **_changes: object) -> NoReturn:
        """Refuse."""
        raise TypeError(REFUSAL)

    def bulk_update(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse."""
        raise TypeError(REFUSAL)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError(REFUSAL)


class Entry(models.Model):
    """One event in the life of one object, tied to the entry before it by its hash.

    `before` and `after` are canonical JSON, kept as the very text that was hashed; empty where there was nothing.
    """

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    who = models.CharField(max_length=120)
    event = models.CharField(max_length=60)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    why = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Entry]] = EntrySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id", "sequence"], name="history_entry_once"),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="history_entry_from_one"),
        ]
        ordering: ClassVar = ["kind", "object_id", "sequence"]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} #{self.sequence} {self.event}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add a new entry; a TypeError for one that is already written."""
        if not self._state.adding:
            raise TypeError(REFUSAL)
        super().save(*args, **kwargs)

    def delete(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse."""
        raise TypeError(REFUSAL)

    @property
    def state_before(self) -> Any:
        """The state before the event, None where there was nothing."""
        return json.loads(self.before) if self.before else None

    @property
    def state_after(self) -> Any:
        """The state after the event, None where nothing is left."""
        return json.loads(self.after) if self.after else None
