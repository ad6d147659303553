"""Roles as people read them: the post, and the name of what it is held over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects

from densach.authority.models import Grant
from densach.authority.queries import account_names
from densach.authority.roles import Over, Role
from densach.people.queries import names_of_heads
from densach.places.queries import rows_of_places


@dataclass(frozen=True)
class HeldRole:
    """A role with the name of its thing on a day; the name is empty where the register knows none."""

    grant: Grant
    role: Role
    over: str


def described(grants: Iterable[Grant], today: date) -> list[HeldRole]:
    """Some roles with the names of what they are held over, in their order, by four queries at most."""
    wanted = list(grants)
    prefetch_related_objects(wanted, "clan", "unit", "person")
    places = {row.place_id: row.name for row in rows_of_places([g.place_id for g in wanted if g.place_id], today)}
    heads = names_of_heads([grant.household_id for grant in wanted if grant.household_id], today)
    return [HeldRole(grant, Role(grant.role), _name(grant, places, heads)) for grant in wanted]


@dataclass(frozen=True)
class Actor:
    """Who did something by the log: the name of the account, and the role it was done in where there was one."""

    name: str
    role: Role | None


def actors(whos: Iterable[str]) -> dict[str, Actor]:
    """Who acted, by how the log names them (`Viewer.act`), by one query; commands and imports are nobody here."""
    parts = {who: who.partition(" ") for who in whos}
    uids = {who: UUID(uid) for who, (uid, _, _) in parts.items() if _is_uid(uid)}
    names = account_names(list(uids.values()))
    return {
        who: Actor(names[str(uid)], Role(parts[who][2]) if parts[who][2] in Role.values else None)
        for who, uid in uids.items()
        if str(uid) in names
    }


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _name(grant: Grant, places: dict[int, str], heads: dict[int, str]) -> str:
    match grant.over:
        case Over.PLACE:
            return places.get(grant.place_id or 0, "")
        case Over.HOUSEHOLD:
            return heads.get(grant.household_id or 0, "")
        case Over.PERSON:
            return grant.person.full_name if grant.person else ""
        case over:
            return str(getattr(grant, over).name)
