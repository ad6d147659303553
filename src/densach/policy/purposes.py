"""What personal data is used for, on which basis and for how long, and the time in which a request is settled."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from densach.rules.model import Cite, Mark

Basis = Literal["duty", "consent"]
UsedBy = Literal["state", "association", "everybody", "person"]
RequestKind = Literal["provide", "correct", "withdraw", "restrict", "object", "delete"]


class _Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value of the policy files: unknown words are refused, nothing can be changed."""


class Until(_Shape, frozen=True, kw_only=True):
    """How long data is kept for a purpose, as far as a text says it."""

    text_vi: str
    text_en: str
    mark: Mark
    cites: tuple[Cite, ...]


class Purpose(_Shape, frozen=True, kw_only=True):
    """One thing that personal data is used for: a duty of the State, or what somebody consented to.

    `holds` names the kinds of data; `child_agrees_from` is the age from which a child too must agree, where it is
    published. What is gone by where no text speaks stands in `note_vi` and `note_en`.
    """

    id: str
    name_vi: str
    name_en: str
    why_vi: str
    why_en: str
    basis: Basis
    used_by: UsedBy
    holds: tuple[str, ...]
    mark: Mark
    cites: tuple[Cite, ...]
    until: Until
    after_withdrawal_vi: str | None = None
    after_withdrawal_en: str | None = None
    child_agrees_from: int | None = None
    sensitive: bool = False
    note_vi: str | None = None
    note_en: str | None = None


class RequestRule(_Shape, frozen=True, kw_only=True):
    """In how many days a kind of request is settled, and in how many working days it is answered that it came in."""

    id: RequestKind
    answer_working_days: int
    days: int
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str | None = None
    note_en: str | None = None
