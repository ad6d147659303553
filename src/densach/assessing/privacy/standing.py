"""Whether a consent holds on a day: the last word holds, and what was said for a child ends when the child is grown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from densach.assessing.privacy.models import ConsentAct, Giver
from densach.assessing.privacy.queries import last_acts
from densach.people.ages import Age, age_of
from densach.people.models import Person
from densach.policy.personal_data import purposes


class Stand(StrEnum):
    """How a consent stands; `lapsed` was given for a child who is one no longer."""

    NEVER = "never"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Standing:
    """How the consent to a purpose stands on a day, and the act by which it does."""

    purpose: str
    stand: Stand
    last: ConsentAct | None

    @property
    def holds(self) -> bool:
        """Whether the purpose may go on."""
        return self.stand is Stand.GIVEN


def stands(act: ConsentAct | None, person: Person, on: date) -> Stand:
    """How the last word on a purpose stands; no text seen says that a representative's word outlasts childhood."""
    if act is None:
        return Stand.NEVER
    if not act.given:
        return Stand.WITHDRAWN
    grown = act.giver != Giver.SELF and age_of(person, on) is not Age.CHILD
    return Stand.LAPSED if grown else Stand.GIVEN


def standings(acts: Iterable[ConsentAct], person: Person, on: date) -> Mapping[str, Standing]:
    """How each purpose that rests on consent stands for a person, in the order of the purposes."""
    last = {act.purpose: act for act in acts}
    wanted = [purpose.id for purpose in purposes().values() if purpose.basis == "consent"]
    return {name: Standing(name, stands(last.get(name), person, on), last.get(name)) for name in wanted}


def who_agreed(persons: Iterable[int], purpose: str, on: date) -> set[int]:
    """Of some persons, by the record each is counted as, those whose consent to a purpose holds."""
    found = last_acts(persons, purpose)
    return {key for key, act in found.items() if stands(act, act.person, on) is Stand.GIVEN}
