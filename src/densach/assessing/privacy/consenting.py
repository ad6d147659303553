"""Consents are given and withdrawn: rows are only added, and a withdrawal takes effect at once with what it erases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from densach.accounts.contact import forget_contact
from densach.accounts.models import Account
from densach.assessing.privacy.models import ConsentAct, Giver, How
from densach.assessing.privacy.queries import acts_of, last_number, own_accounts
from densach.assessing.privacy.standing import Stand, stands
from densach.formats.vietnamese import nfc, single_spaced
from densach.history.domain import Act, Happening, record
from densach.people.ages import Age, age_of, ages_on
from densach.people.models import Person, Precision
from densach.people.protected.domain import erase_facts
from densach.people.protected.queries import person_locked
from densach.policy.personal_data import purposes
from densach.policy.purposes import Purpose
from densach.problems import Refused, problem

LONGEST_PAPER = 200


@dataclass(frozen=True, kw_only=True)
class Word:
    """Somebody's word on a person's data: whose it is, who entered it in which role, and on which paper if any.

    Of a paper also the day on it and where it lies, as far as whoever entered it was asked (`papers`).
    """

    giver: Giver
    by: Account | None
    role: str = ""
    paper: str = ""
    signed_on: date | None = None
    kept_at: str = ""

    @property
    def how(self) -> How:
        """On a paper where one is named, else by the account."""
        return How.PAPER if self.paper else How.ACCOUNT


def consent_purpose(purpose_id: str) -> Purpose:
    """A purpose that rests on consent; refused (U153) for a duty of the State, and (H103) for none at all."""
    purpose = purposes().get(purpose_id)
    if purpose is None:
        raise Refused(problem("H103", purpose_id))
    if purpose.basis != "consent":
        raise Refused(problem("U153", purpose_id, purpose=purpose.name_vi, purpose_en=purpose.name_en))
    return purpose


def give_consent(person: Person, purpose_id: str, word: Word, *, on: date, act: Act) -> ConsentAct:
    """Give consent to one purpose; one that holds stays as it is.

    Refused where another must give it (U154), where a child must agree too (U155), and for too long a paper (U151).
    """
    purpose = consent_purpose(purpose_id)
    _refuse_giver(person, purpose, word, on)
    with transaction.atomic():
        last = _last_locked(person, purpose)
        if last is not None and stands(last, person, on) is Stand.GIVEN:
            return last
        return _add(person, purpose, word, act, given=True)


def withdraw_consent(person: Person, purpose_id: str, word: Word, *, on: date, act: Act) -> ConsentAct:
    """Withdraw consent to one purpose, or say no where it was never given, and erase at once what rested on it."""
    purpose = consent_purpose(purpose_id)
    with transaction.atomic():
        last = _last_locked(person, purpose)
        if last is None or last.given:
            last = _add(person, purpose, word, act, given=False)
        ERASERS.get(purpose.id, _nothing)(person, on, act)
        return last


def _erase_contact(person: Person, on: date, act: Act) -> None:
    for account in own_accounts(person, on):
        forget_contact(account, act=act)


def _nothing(_person: Person, _on: date, _act: Act) -> None:
    """What rests on no more than the consent itself has nothing to erase."""


# What is erased with the consent that it rested on. A room that keeps more on a consent adds its own eraser here.
ERASERS: Mapping[str, Callable[[Person, date, Act], object]] = {
    "fairness": lambda person, _on, act: erase_facts(person, act=act),
    "contact": _erase_contact,
}


def _refuse_giver(person: Person, purpose: Purpose, word: Word, on: date) -> None:
    """A grown person speaks alone, a child by its representative; to publish about a child both agree, on paper."""
    if len(word.paper) > LONGEST_PAPER:
        raise Refused(problem("U151", "paper", most=LONGEST_PAPER))
    age = age_of(person, on)
    if age is Age.ADULT:
        if word.giver != Giver.SELF:
            raise Refused(problem("U154", purpose.id))
        return
    agrees_from = purpose.child_agrees_from
    if agrees_from is not None and _may_be(person, agrees_from, on):
        if word.giver != Giver.BOTH or word.how != How.PAPER:
            raise Refused(problem("U155", purpose.id, age=agrees_from))
    elif age is Age.CHILD and word.giver == Giver.SELF:
        raise Refused(problem("U154", purpose.id))


def _may_be(person: Person, age: int, on: date) -> bool:
    _, oldest = ages_on(person.birth_date, on, only_year=person.birth_precision == Precision.YEAR)
    return oldest >= age


def _last_locked(person: Person, purpose: Purpose) -> ConsentAct | None:
    person_locked(person)
    return next((act for act in reversed(acts_of(person)) if act.purpose == purpose.id), None)


def _add(person: Person, purpose: Purpose, word: Word, act: Act, *, given: bool) -> ConsentAct:
    row = consent_row(person, purpose, word, act, given=given, number=last_number(person, purpose.id) + 1)
    row.save(force_insert=True)
    record(told_of(row), act)
    return row


def consent_row(person: Person, purpose: Purpose, word: Word, act: Act, *, given: bool, number: int = 1) -> ConsentAct:
    """The row of a word, with what was agreed to as it was shown."""
    return ConsentAct(
        person=person,
        purpose=purpose.id,
        number=number,
        given=given,
        words=f"{purpose.name_vi}. {purpose.why_vi}",
        giver=word.giver,
        how=word.how,
        paper=single_spaced(nfc(word.paper)),
        signed_on=word.signed_on,
        kept_at=single_spaced(nfc(word.kept_at)),
        at=act.at,
        by=word.by,
        role=word.role,
    )


def told_of(row: ConsentAct) -> Happening:
    """A word as the log tells it."""
    event = "consent given" if row.given else "consent withdrawn"
    after = {"purpose": row.purpose, "giver": row.giver, "how": row.how, "paper": row.paper}
    if row.signed_on:
        after |= {"signed_on": row.signed_on.isoformat(), "kept_at": row.kept_at}
    return Happening(kind="personal_data", object_id=row.person_id, event=event, after=after)
