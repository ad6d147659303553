"""What the people of a village said about their own data, on paper or by account: by household, as a sheet has it.

Only for whoever copies the sheets of the village (`Right.ENTER_CONSENTS`): `village_seen` asks for that right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from densach.assessing.privacy.models import CHAPTER_CHECK, ConsentAct, Giver
from densach.assessing.privacy.papers import may_cross_out, may_sign, said_on_sheets
from densach.assessing.privacy.queries import act_by_uid, acts_of, last_of_each
from densach.assessing.privacy.standing import Stand, stands
from densach.assessing.villages.access import Village
from densach.assessing.villages.consents import queries
from densach.assessing.villages.queries import home_in_village
from densach.formats.vietnamese import fold
from densach.people.ages import Age, age_of
from densach.people.models import HouseholdMember, Person
from densach.policy.purposes import Purpose
from densach.problems import Refused, problem

PURPOSE = CHAPTER_CHECK  # what the list goes by: without it the association opens nobody's sheet
HOMES_AT_ONCE = 50


@dataclass(frozen=True)
class Spoken:
    """How a consent stands for somebody, with the last word on it."""

    purpose: Purpose
    stand: Stand
    last: ConsentAct | None

    @property
    def is_open(self) -> bool:
        """Whether nothing that still holds was said."""
        return self.stand in {Stand.NEVER, Stand.LAPSED}


@dataclass(frozen=True)
class Signer:
    """Somebody of a household with how each consent of the sheet stands, and who may sign today."""

    person: Person
    is_head: bool
    age: Age
    givers: tuple[Giver, ...]
    spoken: tuple[Spoken, ...]

    @property
    def of_list(self) -> Spoken:
        """How the consent stands that the list goes by."""
        return next(each for each in self.spoken if each.purpose.id == PURPOSE)


@dataclass(frozen=True)
class Home:
    """A household by its code, with everybody who lives in it."""

    uid: UUID
    code: str
    signers: tuple[Signer, ...]

    @property
    def head(self) -> str:
        """Who heads it, by name; empty where nobody is entered."""
        return next((each.person.full_name for each in self.signers if each.is_head), "")

    @property
    def open(self) -> int:
        """How many of its people said nothing that still holds."""
        return sum(each.of_list.is_open for each in self.signers)


@dataclass(frozen=True)
class Counted:
    """How many people of a village said yes, no, or nothing yet to the association's checking."""

    yes: int
    no: int
    people: int

    @property
    def nothing(self) -> int:
        """How many said nothing yet."""
        return self.people - self.yes - self.no


@dataclass(frozen=True)
class Listed:
    """Some households, and the code after which there are more, if there are."""

    homes: tuple[Home, ...]
    more_after: str


def homes_listed(village: Village, text: str, after: str, *, only_open: bool) -> Listed:
    """Some households of a village after a code: all, or those where somebody said nothing yet."""
    words, purpose = fold(text).split(), PURPOSE if only_open else ""
    some = list(queries.homes_to_sign(village.key, village.today, words, purpose, after)[: HOMES_AT_ONCE + 1])
    homes = _homes(village, some[:HOMES_AT_ONCE])
    return Listed(homes, homes[-1].code if len(some) > HOMES_AT_ONCE else "")


def consents_counted(village: Village) -> Counted:
    """How far a village has come with the matter that the list goes by."""
    return Counted(*queries.consents_counted(village.key, village.today, PURPOSE))


def home_to_sign(village: Village, uid: UUID) -> Home:
    """One household of a village; refused (H103) where there is none."""
    rows = home_in_village(village.key, uid, village.today)
    if not rows:
        raise Refused(problem("H103", uid))
    [home] = _homes(village, rows)
    return home


def act_to_cross_out(home: Home, uid: UUID) -> tuple[Person, ConsentAct]:
    """A word of somebody of a household that can be crossed out; refused (H103) for any other."""
    for signer in home.signers:
        row = act_by_uid(signer.person, uid)
        if row is not None and row.purpose in {purpose.id for purpose in said_on_sheets()}:
            if not may_cross_out(row, acts_of(signer.person)):
                raise Refused(problem("U167", row.purpose))
            return signer.person, row
    raise Refused(problem("H103", uid))


def _homes(village: Village, rows: list[tuple[int, UUID, str]]) -> tuple[Home, ...]:
    members = queries.signing_in([key for key, _, _ in rows], village.today)
    last = last_of_each({(row.person.same_as or row.person).pk for row in members})
    by_home: dict[int, list[Signer]] = {}
    for row in members:
        by_home.setdefault(row.household_id, []).append(_signer(row, last, village))
    return tuple(Home(uid, code, _each_once(by_home.get(key, ()))) for key, uid, code in rows)


def _each_once(signers: Iterable[Signer]) -> tuple[Signer, ...]:
    """Somebody with two records stands once."""
    once = {each.person.pk: each for each in reversed(tuple(signers))}
    return tuple(reversed(once.values()))


def _signer(row: HouseholdMember, last: Mapping[tuple[int, str], ConsentAct], village: Village) -> Signer:
    person, today = row.person.same_as or row.person, village.today
    acts = [(purpose, last.get((person.pk, purpose.id))) for purpose in said_on_sheets()]
    spoken = tuple(Spoken(purpose, stands(act, person, today), act) for purpose, act in acts)
    return Signer(person, row.is_head, age_of(person, today), may_sign(person, today), spoken)
