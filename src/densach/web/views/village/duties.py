"""What waits for those who work in a village: households that lack sheets, and sheets to score."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from densach.assessing.sheets.models import State
from densach.assessing.villages.access import lacking_counted, states_counted, village_seen
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.places.models import Level
from densach.web.duty import Duty
from densach.web.law import law_of


def duties_in_the_village(viewer: Viewer) -> list[Duty]:
    """The village of the role with how much waits in it; in a role over a commune, where its villages are."""
    if not viewer.may(Right.FILL_IN_FOR_OTHERS) or viewer.where is None:
        return []
    if viewer.where.level == Level.COMMUNE:
        return [Duty("village.duty_villages", reverse("web:village"), more="village.duty_villages_more")]
    return list(_of_village(viewer)) if viewer.where.level == Level.VILLAGE else []


def _of_village(viewer: Viewer) -> Iterator[Duty]:
    village = village_seen(viewer, None, law_of)
    if village.round is None:
        return
    name, lacking = village.period.name, lacking_counted(village)
    if village.may_check and (sent := states_counted(village).get(State.SENT, 0)):
        words = {"village": name, "count": sent}
        address = reverse("web:village_check")
        yield Duty("village.duty_check", address, words, more="village.duty_check_more", waiting=sent)
    address = f"{reverse('web:village')}?tinh-trang=con-thieu"
    words = {"village": name, "count": lacking}
    yield Duty("village.duty_lacking", address, words, more="village.duty_lacking_more", waiting=lacking)
