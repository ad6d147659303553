"""What waits for those above a commune, for the commune that they asked, and the page of each head."""

from __future__ import annotations

from django.urls import reverse

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.places.models import Level
from densach.reporting.below.access import looks_from_above, questions_waiting, waiting_above
from densach.web.duty import Duty

HANDLES = (Right.REPORT_FIGURES, Right.APPROVE_FIGURES, Right.ACCEPT_FIGURES)
WAITING = "province.duty_"  # completed by what waits


def duties_above_and_below(viewer: Viewer) -> list[Duty]:
    """The duties of a role over a commune, a province or the country."""
    if viewer.place is None or viewer.where is None:
        return []
    found = _above(viewer) if looks_from_above(viewer) else _in_commune(viewer)
    if any(viewer.may(right) for right in HANDLES):
        found.append(Duty("returns.duty", reverse("web:returns"), {"place": viewer.where.name}))
    return found


def _above(viewer: Viewer) -> list[Duty]:
    page = reverse("web:below")
    waiting = waiting_above(viewer)
    pages = {"forwarded": reverse("web:going_up"), "returned": reverse("web:going_up")}
    found = [
        Duty(f"{WAITING}{what}", pages.get(what, page), {"count": count}, waiting=count)
        for what, count in waiting.items()
        if count
    ]
    place = viewer.where.name if viewer.where else ""
    return [*found, Duty("province.duty_below", page, {"place": place}, more="province.duty_below_more")]


def _in_commune(viewer: Viewer) -> list[Duty]:
    found = []
    if count := questions_waiting(viewer):
        found.append(Duty("province.duty_answer", reverse("web:questions_from_above"), {"count": count}, waiting=count))
    if viewer.where and viewer.where.level == Level.COMMUNE and viewer.may(Right.SEE_FIGURES):
        words = {"place": viewer.where.name}
        found.append(Duty("province.duty_situation", reverse("web:situation"), words))
    return found
