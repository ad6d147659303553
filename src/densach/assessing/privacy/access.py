"""Whose data a viewer may look after, and whose an officer may serve; any other is not there (H103)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from densach.assessing.privacy import queries
from densach.assessing.privacy.models import DataRequest, Giver
from densach.authority.access import Viewer, require
from densach.authority.reaching import is_reached
from densach.authority.roles import Right, Role
from densach.formats.vietnamese import fold
from densach.people.ages import Age, age_of
from densach.people.models import HouseholdHome, HouseholdMember, Person
from densach.people.protected.models import ProtectedFact
from densach.people.protected.queries import facts_of
from densach.places.models import Place
from densach.problems import Refused, problem


class Relation(StrEnum):
    """What somebody is to the person whose data it is."""

    SELF = "self"
    REPRESENTATIVE = "representative"


@dataclass(frozen=True)
class Own:
    """A person whose data the viewer looks after: their own, or of a child they stand for."""

    person: Person
    relation: Relation
    age: Age

    @property
    def giver(self) -> Giver:
        """Whose word the viewer gives."""
        return Giver(self.relation)


def own_people(viewer: Viewer) -> list[Own]:
    """The people whose data the viewer looks after in the role that is acted in; none for an officer."""
    held = viewer.acting
    if held is None:
        return []
    if viewer.role is Role.CITIZEN and held.person is not None:
        return [_own(held.person, Relation.SELF, viewer.today)]
    if viewer.role is Role.HOUSEHOLD_HEAD and held.household_id is not None:
        rows = queries.members_on(held.household_id, viewer.today)
        return list({own.person.pk: own for row in rows if (own := _of_member(row, viewer.today))}.values())
    return []


def own_person(viewer: Viewer, uid: UUID) -> Own:
    """One of them by identity. Grown members of a household look after their own data themselves."""
    found = queries.person_by_uid(uid)
    if found is None or viewer.acting is None:
        raise _not_there(uid)
    kept = found.same_as or found
    own = _own_of(viewer, kept)
    if own is None:
        raise _not_there(uid)
    return own


def looked_after(viewer: Viewer, person: Person) -> Own | None:
    """A person with what the viewer is to them, where the viewer looks after their data."""
    return _own_of(viewer, person.same_as or person)


def person_to_serve(viewer: Viewer, uid: UUID) -> Person:
    """Somebody in the officer's place, whose consent on paper or protected facts the officer may enter."""
    found = queries.person_by_uid(uid)
    if found is None or not is_reached(viewer, found, Right.ENTER_PROTECTED):
        raise _not_there(uid)
    return found.same_as or found


def home_to_copy(viewer: Viewer, person: Person) -> HouseholdHome | None:
    """The home with whose sheets a paper of somebody lies, where the viewer copies those."""
    if viewer.where is None or not viewer.may(Right.ENTER_CONSENTS):
        return None
    return queries.home_within(viewer.where.path, person, viewer.today)


def people_to_serve(viewer: Viewer, text: str) -> list[HouseholdMember]:
    """Who lives in the officer's place and is called so; nobody without at least two letters."""
    require(viewer, Right.ENTER_PROTECTED, "nguoi")
    wanted = fold(text)
    if viewer.where is None or len(wanted) < 2:
        return []
    return queries.persons_in(viewer.where.path, viewer.today, wanted)


def may_read_facts(viewer: Viewer, person: Person) -> bool:
    """Whether protected facts of a person are open to the viewer: their own, or in the place of who may see them."""
    return _own_of(viewer, person) is not None or is_reached(viewer, person, Right.SEE_PROTECTED)


def facts_to_read(viewer: Viewer, person: Person) -> list[ProtectedFact]:
    """The protected facts of a person, with all that were said before."""
    if not may_read_facts(viewer, person):
        raise _not_there(person.uid)
    return facts_of(person)


def own_request(viewer: Viewer, uid: UUID) -> tuple[Own, DataRequest]:
    """A request about the data of somebody the viewer looks after."""
    found = queries.request_by_uid(uid)
    own = _own_of(viewer, found.person.same_as or found.person) if found else None
    if found is None or own is None:
        raise _not_there(uid)
    return own, found


def commune_answering(viewer: Viewer) -> Place:
    """The commune for which the viewer answers requests."""
    require(viewer, Right.ANSWER_ABOUT_DATA, "yeu-cau")
    if viewer.place is None:
        raise _not_there("yeu-cau")
    return viewer.place


def request_to_answer(viewer: Viewer, uid: UUID) -> DataRequest:
    """A request that was sent to the viewer's commune."""
    commune = commune_answering(viewer)
    found = queries.request_by_uid(uid)
    if found is None or found.commune_id != commune.pk:
        raise _not_there(uid)
    return found


def _own_of(viewer: Viewer, kept: Person) -> Own | None:
    held = viewer.acting
    if held is None:
        return None
    if viewer.role is Role.CITIZEN and held.person is not None:
        mine = held.person.same_as_id or held.person.pk
        return _own(kept, Relation.SELF, viewer.today) if mine == kept.pk else None
    if viewer.role is Role.HOUSEHOLD_HEAD and held.household_id is not None:
        row = queries.membership_in(kept, held.household_id, viewer.today)
        return _of_member(row, viewer.today) if row else None
    return None


def _of_member(row: HouseholdMember, today: date) -> Own | None:
    """Whoever heads a household looks after their own data, and stands for those who are surely no adults."""
    person = row.person.same_as or row.person
    if row.is_head:
        return _own(person, Relation.SELF, today)
    return _own(person, Relation.REPRESENTATIVE, today) if age_of(person, today) is Age.CHILD else None


def _own(person: Person, relation: Relation, today: date) -> Own:
    kept = person.same_as or person
    return Own(kept, relation, age_of(kept, today))


def _not_there(where: object) -> Refused:
    return Refused(problem("H103", where))
