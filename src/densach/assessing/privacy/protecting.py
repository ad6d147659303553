"""Protected facts are entered: by the person or a child's representative on consent, or by an officer from a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from densach.assessing.privacy.consenting import Word, give_consent
from densach.assessing.privacy.models import Giver
from densach.assessing.privacy.queries import acts_of
from densach.assessing.privacy.standing import standings
from densach.history.domain import Act
from densach.people.ages import Age, age_of
from densach.people.models import Person
from densach.people.numbers import Keys
from densach.people.protected.domain import CHOICES, LONGEST_SOURCE, Entry, Said, enter_fact, erase_facts
from densach.people.protected.models import Basis, EnteredAs, Kind, ProtectedFact
from densach.policy.personal_data import purposes
from densach.policy.purposes import Purpose
from densach.problems import Refused, problem

__all__ = ["LONGEST_SOURCE"]
PURPOSE = "fairness"
OWN_SOURCE = "Tự khai"
# What can be said of each kind; an ethnic group is written as on the paper.
CHOICES_OF: Mapping[str, tuple[str, ...]] = {kind.value: CHOICES.get(kind, ()) for kind in Kind}


@dataclass(frozen=True)
class Stated:
    """One protected fact as it was typed or chosen."""

    kind: Kind
    value: str


@dataclass(frozen=True)
class Paper:
    """What an officer enters from: where it was read, and the consent on paper or the text that gives the duty."""

    source: str
    consent: str = ""
    duty: str = ""


def say_own_fact(
    person: Person, stated: Stated, word: Word, *, agrees: bool, on: date, keys: Keys, act: Act
) -> ProtectedFact:
    """Say a fact of oneself, or of a child one stands for; refused (U160) without consent, which `agrees` gives."""
    with transaction.atomic():
        if agrees:
            give_consent(person, PURPOSE, word, on=on, act=act)
        _refuse_without_consent(person, on)
        said_as = EnteredAs.SELF if word.giver == Giver.SELF else EnteredAs.REPRESENTATIVE
        said = Said(stated.value, OWN_SOURCE)
        entry = Entry(kind=stated.kind, said=said, basis=Basis.CONSENT, by=word.by, entered_as=said_as)
        return enter_fact(person, entry, keys=keys, act=act)


def enter_from_paper(
    person: Person, stated: Stated, paper: Paper, word: Word, *, on: date, keys: Keys, act: Act
) -> ProtectedFact:
    """Enter a fact as an officer: by the duty that a text gives, else on consent, by a paper or given before (U160)."""
    with transaction.atomic():
        if paper.consent:
            give_consent(person, PURPOSE, word, on=on, act=act)
        basis = Basis.DUTY if paper.duty else Basis.CONSENT
        if basis is Basis.CONSENT:
            _refuse_without_consent(person, on)
        said = Said(stated.value, paper.source, paper.duty)
        entry = Entry(kind=stated.kind, said=said, basis=basis, by=word.by, entered_as=EnteredAs.OFFICER)
        return enter_fact(person, entry, keys=keys, act=act)


def take_back(person: Person, kind: str, *, act: Act) -> int:
    """Erase what was said of one kind on consent, now and before; what a duty keeps stays. Gives how many rows."""
    return erase_facts(person, kinds=(Kind(kind),), act=act)


def stated(kind: str, value: str) -> Stated:
    """A fact as it was typed."""
    return Stated(Kind(kind), value)


def purpose_of_facts() -> Purpose:
    """The purpose for which protected facts are kept."""
    return purposes()[PURPOSE]


def giver_of(person: Person, on: date) -> Giver:
    """Whose word on paper counts for a person: of a child its representative's."""
    return Giver.REPRESENTATIVE if age_of(person, on) is Age.CHILD else Giver.SELF


def _refuse_without_consent(person: Person, on: date) -> None:
    if not standings(acts_of(person), person, on)[PURPOSE].holds:
        raise Refused(problem("U160", "agrees"))
