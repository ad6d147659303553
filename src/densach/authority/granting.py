"""Everything that can happen to a role: it is given, ends earlier than said, or is handed over to who comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from densach.accounts.models import Account
from densach.authority.access import Viewer, place_of
from densach.authority.models import Grant
from densach.authority.queries import grant_for_update, grant_like
from densach.authority.roles import POSTS, Over, Post, Right, Role
from densach.history.domain import Act, Happening, record
from densach.people.ages import Age, age_of
from densach.people.models import Clan, Household, Person, Unit
from densach.places.models import Level, Place
from densach.places.queries import period_of
from densach.policy.assumed import adult_age
from densach.problems import Refused, problem

# The movement ends with 2030 (Quyết định 1315/QĐ-TTg), and no role in it lasts longer.
END_OF_THE_MOVEMENT = date(2031, 1, 1)
Thing = Person | Household | Clan | Unit | Place


@dataclass(frozen=True, kw_only=True)
class Charge:
    """A role to be given: over what, from a day to before another, and by which text."""

    role: Role
    thing: Thing
    valid_from: date
    valid_to: date
    basis: str


def over_of(thing: Thing) -> Over:
    """What kind of thing it is, as roles are held over it."""
    return Over(type(thing).__name__.lower())


def give_role(viewer: Viewer, account: Account, charge: Charge, *, at: datetime) -> Grant:
    """Give an account a role; refused where the giver may not (U101), and as `grant` refuses."""
    grant = _unsaved(account, charge)
    grant.given_by = viewer.account
    if not may_give(viewer, grant):
        raise Refused(problem("U101", charge.role, role=charge.role.label))
    return enter_grant(grant, viewer.act(at, charge.basis))


def give_first_role(account: Account, charge: Charge, *, act: Act) -> Grant:
    """Give a role that nobody could give yet: of the first administrator, or what people take up about themselves."""
    return enter_grant(_unsaved(account, charge), act)


def enter_grant(grant: Grant, act: Act) -> Grant:
    """Write a role with its log entry.

    Refused over what the role is not held (U102), for days that cannot be (U103), twice (U104), without text (U105),
    and to a child (K110).
    """
    _refuse_what_cannot_be(grant)
    with transaction.atomic():
        held = grant_like(grant.account, grant.role, grant.over, getattr(grant, grant.over), grant.valid_from)
        if held is not None:
            words = {"role": Role(grant.role).label, "until": held.valid_to.isoformat()}
            raise Refused(problem("U104", grant.account.username, **words))
        grant.save(force_insert=True)
        record(Happening(kind="grant", object_id=grant.pk, event="given", after=_state(grant)), act)
        return grant


def end_role(viewer: Viewer, uid: UUID, *, on: date, why: str, at: datetime) -> Grant:
    """End a role on a day, with the reason; refused where there is none that this viewer may end (H103)."""
    with transaction.atomic():
        grant = grant_for_update(uid)
        if grant is None or not may_give(viewer, grant):
            raise Refused(problem("H103", uid))
        _refuse_end(grant, on, why)
        before, grant.valid_to = {"valid_to": grant.valid_to}, on
        grant.save(update_fields=["valid_to"])
        after = {"valid_to": on}
        record(
            Happening(kind="grant", object_id=grant.pk, event="ended", before=before, after=after), viewer.act(at, why)
        )
        return grant


def hand_over(viewer: Viewer, uid: UUID, to: Account, *, on: date, basis: str, at: datetime) -> Grant:
    """Let one officer leave and another come on a day, without a day between; all that waits, waits for the role."""
    with transaction.atomic():
        until = _end_before(uid)
        old = end_role(viewer, uid, on=on, why=basis, at=at)
        charge = Charge(role=Role(old.role), thing=getattr(old, old.over), valid_from=on, valid_to=until, basis=basis)
        return give_role(viewer, to, charge, at=at)


def _end_before(uid: UUID) -> date:
    grant = grant_for_update(uid)
    return grant.valid_to if grant else END_OF_THE_MOVEMENT


def _unsaved(account: Account, charge: Charge) -> Grant:
    return Grant(
        account=account,
        role=charge.role,
        line=POSTS[charge.role].line,
        valid_from=charge.valid_from,
        valid_to=charge.valid_to,
        basis=charge.basis.strip(),
        **{over_of(charge.thing): charge.thing},
    )


def may_give(viewer: Viewer, grant: Grant) -> bool:
    """Who may name for a post, and only within the place, or for the unit, of the role it is done in."""
    if not viewer.may(Right.GIVE_RIGHTS) or viewer.post is None or Role(grant.role) not in viewer.post.names:
        return False
    if viewer.holds(grant.over, getattr(grant, f"{grant.over}_id")):
        return True
    where = place_of(grant, viewer.today)
    return where is not None and viewer.reaches(where.path)


def _refuse_what_cannot_be(grant: Grant) -> None:
    role, post = Role(grant.role), POSTS[Role(grant.role)]
    if grant.over != post.over or not _is_at_its_level(grant, post):
        raise Refused(problem("U102", role, role=role.label))
    if not grant.valid_from < grant.valid_to <= END_OF_THE_MOVEMENT:
        raise _days_refused(grant, END_OF_THE_MOVEMENT)
    if not grant.basis:
        raise Refused(problem("U105", role, role=role.label))
    if grant.person is not None and age_of(grant.person, grant.valid_from) is Age.CHILD:
        raise Refused(problem("K110", grant.person.uid, role=role.label, age=adult_age()))


def _is_at_its_level(grant: Grant, post: Post) -> bool:
    row = period_of(grant.place, grant.valid_from) if grant.place else None
    return grant.place is None or (row is not None and Level(row.level) in post.levels)


def _refuse_end(grant: Grant, on: date, why: str) -> None:
    """A role ends with a reason, on one of the days on which it holds."""
    role = Role(grant.role)
    if not why.strip():
        raise Refused(problem("U105", role, role=role.label))
    if not grant.valid_from <= on <= grant.valid_to:
        raise _days_refused(grant, grant.valid_to)


def _days_refused(grant: Grant, end: date) -> Refused:
    since, until = grant.valid_from.isoformat(), grant.valid_to.isoformat()
    return Refused(problem("U103", grant.role, since=since, until=until, end=end.isoformat()))


def _state(grant: Grant) -> dict[str, object]:
    thing = getattr(grant, grant.over)
    return {
        "account": str(grant.account.uid),
        "role": grant.role,
        "line": grant.line,
        grant.over: str(thing.uid),
        "valid_from": grant.valid_from,
        "valid_to": grant.valid_to,
        "basis": grant.basis,
    }
