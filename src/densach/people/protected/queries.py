"""Reading the protected facts of one person, what is said of many now, and the rows that wait for a new key."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from densach.people.models import Person
from densach.people.protected.models import ProtectedFact

_AT_ONCE = 500


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


def open_facts(persons: Collection[int], kind: str) -> list[ProtectedFact]:
    """What is said now of some persons, named by the records they are counted as, under any of their records."""
    found: list[ProtectedFact] = []
    waiting = sorted(persons)
    for first in range(0, len(waiting), _AT_ONCE):
        some = waiting[first : first + _AT_ONCE]
        rows = ProtectedFact.objects.filter(Q(person__in=some) | Q(person__same_as__in=some))
        rows = rows.filter(kind=kind, ended_at=None, erased_at=None).select_related("person")
        found += rows.order_by("entered_at", "pk")
    return found


def kept_facts(person: Person, bases: Iterable[str], kinds: Iterable[str]) -> list[ProtectedFact]:
    """What is not erased of some kinds, and rests on some bases."""
    rows = ProtectedFact.objects.filter(Q(person=person) | Q(person__same_as=person))
    return list(rows.filter(erased_at__isnull=True, basis__in=list(bases), kind__in=list(kinds)).order_by("pk"))


def rows_with_other_keys(current: str) -> QuerySet[ProtectedFact]:
    """What is still encrypted under an older key."""
    return ProtectedFact.objects.filter(cipher__isnull=False).exclude(key=current).order_by("pk")
