"""Reading good examples and what followed them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from densach.awards.praise.models import GoodExample, Honouring, Letter, Replication

WHOLE = ("place", "person__same_as", "household", "unit", "speaks_for")


def examples_within(scope: Q) -> QuerySet[GoodExample]:
    """The good examples of a scope with the day of the first praise and how many took them over, the latest first."""
    rows = GoodExample.objects.filter(scope).annotate(
        praised_on=Min("letters__on"), taken_over=Count("replications", distinct=True)
    )
    return rows.order_by("-deed_on", "-pk")


def page_of(rows: QuerySet[GoodExample], first: int, count: int) -> list[GoodExample]:
    """Some of a list, and one more where it goes on."""
    return list(rows[first : first + count + 1])


def days_within(scope: Q) -> list[tuple[int, date, date | None]]:
    """Of each good example of a scope its place, the day of the deed and that of the first praise."""
    rows = GoodExample.objects.filter(scope).annotate(praised_on=Min("letters__on"))
    return list(rows.order_by("pk").values_list("place", "deed_on", "praised_on"))


def example_within(scope: Q, uid: UUID) -> GoodExample | None:
    """One good example, where it lies in a scope."""
    return GoodExample.objects.filter(scope, uid=uid).select_related(*WHOLE).first()


def example_for_update(example: GoodExample) -> GoodExample:
    """The same good example as it is now, locked until the transaction ends."""
    return GoodExample.objects.select_for_update(of=("self",)).select_related(*WHOLE).get(pk=example.pk)


def letters_of(example: GoodExample) -> list[Letter]:
    """The letters of praise, the earliest first."""
    return list(Letter.objects.filter(example=example).order_by("on", "pk"))


def letter_of(example: GoodExample, uid: UUID) -> Letter | None:
    """One letter of a good example."""
    return Letter.objects.filter(example=example, uid=uid).first()


def honourings_of(example: GoodExample) -> list[Honouring]:
    """The events at which it was honoured."""
    return list(Honouring.objects.filter(example=example).order_by("on", "pk"))


def replications_of(example: GoodExample) -> list[Replication]:
    """Who took it over."""
    return list(Replication.objects.filter(example=example).order_by("on", "pk"))


def published(most: int) -> list[GoodExample]:
    """The published stories, the latest first."""
    rows = GoodExample.objects.filter(published_at__isnull=False).select_related("speaks_for", "place")
    return list(rows.order_by("-published_at", "-pk")[:most])


def published_with_uid(uid: UUID) -> GoodExample | None:
    """One published story."""
    rows = GoodExample.objects.filter(published_at__isnull=False, uid=uid)
    return rows.select_related("speaks_for", "place").first()
