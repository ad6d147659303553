"""Reading the words on signed sheets, and their scans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from densach.assessing.privacy.models import ConsentAct, How
from densach.assessing.privacy.queries import of_people, of_person
from densach.assessing.scans.models import ConsentScan
from densach.history.prepared import prepared
from densach.people.models import Household, Person

_AT_ONCE = 500  # identities in one query, which SQLite takes


@prepared
def words_on_paper(persons: list[int], purposes: list[str]) -> QuerySet[ConsentAct]:
    """What some people said on paper of some purposes, crossed out or not, the last signed first."""
    rows = ConsentAct.objects.filter(of_people(persons), how=How.PAPER, purpose__in=purposes)
    return rows.select_related("person").order_by("-signed_on", "pk")


def scans_of_words(household: UUID, words: Iterable[ConsentAct]) -> dict[int, list[ConsentScan]]:
    """The scans of a household that show some words, by the key of the word."""
    return _by_word(_shown(household, [word.pk for word in words]))


@prepared
def _shown(household: UUID, words: list[int]) -> QuerySet[Any]:
    rows = ConsentScan.proves.through.objects.filter(consentscan__household__uid=household, consentact__in=words)
    return rows.select_related("consentscan").order_by("consentscan")


def household_locked(uid: UUID) -> Household:
    """A household, locked until the transaction ends."""
    return Household.objects.select_for_update().get(uid=uid)


def scans_showing(words: Iterable[ConsentAct], household: Household) -> list[ConsentScan]:
    """The scans of a household that show any of some words."""
    rows = ConsentScan.objects.filter(proves__in=[word.pk for word in words], household=household)
    return list(rows.order_by("pk").distinct())


def scan_of_household(household: UUID, uid: UUID) -> ConsentScan | None:
    """A scan by its identity, where it is of a sheet of this household."""
    return ConsentScan.objects.filter(uid=uid, household__uid=household).first()


def scan_for_update(uid: UUID) -> ConsentScan:
    """A scan as it is now, locked until the transaction ends."""
    return ConsentScan.objects.select_for_update().get(uid=uid)


def scan_about(person: Person, uid: UUID) -> ConsentScan | None:
    """A scan that shows a word of this person and was not crossed out."""
    rows = ConsentScan.objects.filter(of_person(person, "proves__"), uid=uid, crossed_out_at__isnull=True)
    return rows.distinct().first()


def scans_about(person: Person) -> list[ConsentScan]:
    """Every scan that shows a word of this person, crossed out or not."""
    return list(ConsentScan.objects.filter(of_person(person, "proves__")).order_by("added_at", "pk").distinct())


def scans_by_word(person: Person) -> dict[int, list[ConsentScan]]:
    """The scans of each word of this person, by the key of the word, without those that were crossed out."""
    return _by_word(_shown_of(person.pk))


@prepared
def _shown_of(person: int) -> QuerySet[Any]:
    about = Q(consentact__person=person) | Q(consentact__person__same_as=person)
    rows = ConsentScan.proves.through.objects.filter(about, consentscan__crossed_out_at__isnull=True)
    return rows.select_related("consentscan").order_by("consentscan")


def _by_word(rows: Iterable[Any]) -> dict[int, list[ConsentScan]]:
    found: dict[int, list[ConsentScan]] = {}
    for row in rows:
        found.setdefault(row.consentact_id, []).append(row.consentscan)
    return found


def scans_under_other_keys(current: str) -> QuerySet[ConsentScan]:
    """The scans whose content is encrypted under an older key."""
    return ConsentScan.objects.exclude(key=current).order_by("pk")


def scans_named(uids: Iterable[UUID]) -> set[UUID]:
    """Which of these identities are those of rows."""
    asked = list(uids)
    parts = (asked[at : at + _AT_ONCE] for at in range(0, len(asked), _AT_ONCE))
    return {uid for part in parts for uid in ConsentScan.objects.filter(uid__in=part).values_list("uid", flat=True)}
