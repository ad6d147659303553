"""What a made-up commune consists of: plain values that know nothing of the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from densach.sample.names import Sex

Relation = Literal["head", "spouse", "child", "child_in_law", "grandchild", "parent"]
SheetGroup = Literal["farmers", "workers", "officials", "learners"]
School = Literal["preschool", "primary", "lower_secondary", "upper_secondary", "beyond"]
UnitKind = Literal["agency", "school", "enterprise", "armed_forces", "other"]

SHEET_GROUPS: tuple[SheetGroup, ...] = ("farmers", "workers", "officials", "learners")  # sheets 1 to 4
INDICATORS = ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2")


@dataclass(frozen=True)
class SampleVillage:
    """One village and the group most of its people belong to."""

    code: str
    name: str
    group: str


@dataclass(frozen=True)
class SamplePerson:
    """One person. `literacy` is the level of NĐ 20/2014 from 15 on, None where nobody recorded it.

    `at_school` is None for who does not learn at a school; `sheet` is the citizen sheet of who is 15 or older.
    """

    id: str
    household: str
    relation: Relation
    full_name: str
    family: str
    sex: Sex
    birth_date: date
    group: str
    personal_number: str | None
    literacy: int | None
    at_school: School | None
    sheet: SheetGroup | None


@dataclass(frozen=True)
class SampleHousehold:
    """One household: its people, the head first, and whether it registered as a learning family this year.

    `family` is the name handed down in it, also where a widow who married in is its head.
    """

    code: str
    village: str
    family: str
    people: tuple[SamplePerson, ...]
    is_permanent: bool
    registered: bool

    @property
    def head(self) -> SamplePerson:
        """The head of the household."""
        return self.people[0]


@dataclass(frozen=True)
class SampleClan:
    """Households of one family name that registered together."""

    code: str
    name: str
    family: str
    households: tuple[str, ...]
    registered: bool


@dataclass(frozen=True)
class SampleUnit:
    """One unit with its members and, for a school, its learners; both are ids of people of the commune."""

    code: str
    name: str
    kind: UnitKind
    members: tuple[str, ...]
    learners: tuple[str, ...]
    registered: bool


@dataclass(frozen=True)
class SampleAnswers:
    """One registered citizen's own points, 0 to 10 by indicator; None is a question left open."""

    person: str
    group: SheetGroup
    points: dict[str, int | None]


@dataclass(frozen=True)
class SampleCommune:
    """One made-up commune at the end of a year."""

    seed: int
    year: int
    villages: tuple[SampleVillage, ...]
    households: tuple[SampleHousehold, ...]
    clans: tuple[SampleClan, ...]
    units: tuple[SampleUnit, ...]
    answers: tuple[SampleAnswers, ...]

    @property
    def people(self) -> tuple[SamplePerson, ...]:
        """Everyone, household by household."""
        return tuple(person for household in self.households for person in household.people)
