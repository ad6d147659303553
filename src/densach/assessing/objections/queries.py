"""Reading objections."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from densach.assessing.objections.models import Objection, Said, State
from densach.assessing.sheets.models import Sheet
from densach.places.models import Place

_ABOUT = [f"sheet__subject__{kind}" for kind in ("person", "household", "clan", "unit", "place")]


def objections_to(sheet: Sheet) -> list[Objection]:
    """The objections about a sheet, the latest first."""
    return list(Objection.objects.filter(sheet=sheet).order_by("-made_at", "-pk"))


def objection_by_uid(uid: UUID) -> Objection | None:
    """One objection with its sheet and whom that is about."""
    return Objection.objects.filter(uid=uid).select_related("sheet__round__place", *_ABOUT).first()


def objection_for_update(objection: Objection) -> Objection:
    """The same as it is now, locked until the transaction ends."""
    return Objection.objects.select_for_update(of=("self",)).select_related("sheet").get(pk=objection.pk)


def open_objection(sheet: Sheet, about: str) -> Objection | None:
    """The objection about a thing that waits for its answer."""
    return Objection.objects.filter(sheet=sheet, about=about, state=State.OPEN).first()


def said_in(objection: Objection) -> list[Said]:
    """Everything that was written in an objection, oldest first."""
    return list(Said.objects.filter(objection=objection).select_related("by").order_by("at", "pk"))


def objections_in(place: Place) -> QuerySet[Objection]:
    """The objections in all rounds of a commune: those that wait first, the longest waiting first."""
    rows = Objection.objects.filter(sheet__round__place=place).select_related("sheet__round", *_ABOUT)
    return rows.order_by("-state", "made_at", "pk")


def waiting_in(place: Place) -> int:
    """How many objections wait for an answer in a commune."""
    return Objection.objects.filter(sheet__round__place=place, state=State.OPEN).count()
