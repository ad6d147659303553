"""The log of a round as people read it: what happened, who did it in which role, when, what changed, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from densach.assessing.models import Round
from densach.assessing.steps.queries import keys_logged
from densach.authority.queries import account_names
from densach.authority.roles import Role
from densach.history.models import Entry
from densach.history.queries import latest_of

ON_A_PAGE = 50
GROUPS = ("round", "list", "sheets")
PRIVATE = "leads"  # for those who run the round only


@dataclass(frozen=True)
class Change:
    """One field with what it said before and after; None where it said nothing."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Line:
    """One entry: `who` is the name of the account, or what acted where no account did; `role` the role it acted in."""

    kind: str
    event: str
    at: datetime
    who: str
    role: str
    why: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Page:
    """Some lines of the log, the latest first, and whether there are older ones."""

    lines: tuple[Line, ...]
    number: int
    has_more: bool


def log_of(round_: Round, group: str, number: int) -> Page:
    """One page of the log of a round, numbered from 1, in two queries."""
    first = (number - 1) * ON_A_PAGE
    entries = latest_of(keys_logged(round_)[group], first, ON_A_PAGE + 1)
    names = account_names({uid for entry in entries if (uid := _uid(entry.who))})
    lines = tuple(_line(entry, names) for entry in entries[:ON_A_PAGE])
    return Page(lines, number, len(entries) > ON_A_PAGE)


def _line(entry: Entry, names: dict[str, str]) -> Line:
    uid, _, role = entry.who.partition(" ")
    known = uid in names
    return Line(
        kind=entry.kind,
        event=entry.event,
        at=entry.at,
        who=names.get(uid, entry.who),
        role=role if known and role in Role.values else "",
        why=entry.why,
        changes=tuple(_changes(entry)),
    )


def _changes(entry: Entry) -> Iterator[Change]:
    before, after = entry.state_before or {}, entry.state_after or {}
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield Change(name, before.get(name), after.get(name))


def _uid(who: str) -> UUID | None:
    try:
        return UUID(who.partition(" ")[0])
    except ValueError:
        return None
