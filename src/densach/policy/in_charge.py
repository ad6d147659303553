"""The shape of what is known of who answers for the targets of a decision."""

from __future__ import annotations

from typing import Literal

import msgspec

from densach.rules.model import Mark

Task = Literal["proposes", "leads", "assigned"]


class InCharge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body that is named for a decision: it proposed it, leads it, or was given a task by it.

    That a body is named makes it no owner of a target: a target has an owner only where a text says so.
    """

    document: str
    task: Task
    body_vi: str
    body_en: str
    what_vi: str | None = None
    what_en: str | None = None
    mark: Mark
    sources: tuple[str, ...] = ()
