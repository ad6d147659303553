"""Reading the protected facts of one person at a time, and the rows that wait for a new key."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from densach.people.models import Person
from densach.people.protected.models import ProtectedFact


def person_locked(person: Person) -> Person:
    """The same person, locked until the transaction ends: what is said of one waits for what is said at once."""
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def facts_of(person: Person) -> list[ProtectedFact]:
    """All that was ever said of a person under any record, the latest of each kind first."""
    rows = ProtectedFact.objects.filter(Q(person=person) | Q(person__same_as=person)).select_related("entered_by")
    return list(rows.order_by("kind", "-entered_at", "-pk"))


def open_fact(person: Person, kind: str) -> ProtectedFact | None:
    """What is said of a person now."""
    rows = ProtectedFact.objects.filter(Q(person=person) | Q(person__same_as=person))
    return rows.filter(kind=kind, ended_at__isnull=True).order_by("-entered_at", "-pk").first()


def kept_facts(person: Person, bases: Iterable[str], kinds: Iterable[str]) -> list[ProtectedFact]:
    """What is not erased of some kinds, and rests on some bases."""
    rows = ProtectedFact.objects.filter(Q(person=person) | Q(person__same_as=person))
    return list(rows.filter(erased_at__isnull=True, basis__in=list(bases), kind__in=list(kinds)).order_by("pk"))


def rows_with_other_keys(current: str) -> QuerySet[ProtectedFact]:
    """What is still encrypted under an older key."""
    return ProtectedFact.objects.filter(cipher__isnull=False).exclude(key=current).order_by("pk")
