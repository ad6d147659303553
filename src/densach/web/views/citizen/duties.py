"""What waits for a citizen and for who heads a household, and the objections that wait for the commune."""

from __future__ import annotations

from django.urls import reverse

from densach.assessing.certificates.holding import HOLDERS
from densach.assessing.objections.access import waiting_to_answer
from densach.assessing.sheets.access import Home, see_home
from densach.assessing.sheets.models import State
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.web.duty import Duty


def duties_at_home(viewer: Viewer) -> list[Duty]:
    """The sheets that were given back, are being written or were not begun, and the certificates."""
    if viewer.role not in HOLDERS:
        return []
    home = see_home(viewer)
    return [*_sheets(home), Duty("citizen.duty_papers", reverse("web:papers"))]


def duties_of_objections(viewer: Viewer) -> list[Duty]:
    """The objections that wait for whoever runs the round of the commune."""
    if not viewer.may(Right.RUN_ROUND):
        return []
    count = waiting_to_answer(viewer)
    address = reverse("web:objections")
    return [Duty("objection.duty", address, {"count": count}, more="objection.duty_more", waiting=count)]


def _sheets(home: Home) -> list[Duty]:
    address, found = reverse("web:home_of_mine"), []
    if not home.is_attached:
        return [Duty("citizen.duty_unattached", address)]
    if home.round is None:
        return [Duty("citizen.duty_no_round", address, more="citizen.no_round")]
    for state, key in ((State.GIVEN_BACK, "given_back"), (State.WRITING, "writing")):
        count = sum(line.sheet is not None and line.sheet.state == state for line in home.lines)
        if count:
            found.append(Duty(f"citizen.duty_{key}", address, {"count": count}, waiting=count))
    count = sum(line.may_begin for line in home.lines)
    if count:
        found.append(
            Duty("citizen.duty_begin", address, {"count": count}, more="citizen.duty_begin_more", waiting=count)
        )
    return found or [Duty("citizen.duty_done", address)]
