"""What waits for those who make a dossier, lead a clan, or check for the association."""

from __future__ import annotations

from django.urls import reverse

from densach.assessing.dossiers.access import OF_UNIT, see_workplace
from densach.assessing.dossiers.checking import checks_from_above, see_area
from densach.assessing.dossiers.kin import see_invitations
from densach.assessing.sheets.models import State
from densach.authority.access import Viewer
from densach.authority.roles import Right, Role
from densach.places.models import Level, PlacePeriod
from densach.web.duty import Duty
from densach.web.templatetags.units import title_named


def of_dossiers(viewer: Viewer) -> list[Duty]:
    """What a role makes or checks: dossiers of a unit, a clan or the commune, and the sheets of the association."""
    return [*_made(viewer), *_checked(viewer)]


def _made(viewer: Viewer) -> list[Duty]:
    held = viewer.acting
    if held is not None and held.unit is not None:
        workplace = see_workplace(viewer, held.unit, OF_UNIT)
        back = [one for one in workplace.titles if one.sheet and one.sheet.state == State.GIVEN_BACK]
        page = Duty("units.duty_unit", reverse("web:unit"), {"name": held.unit.name}, more="units.duty_unit_more")
        return [*(_given_back(one.title.key, str(one.sheet.uid)) for one in back if one.sheet), page]
    if held is not None and held.clan is not None:
        return [Duty("units.duty_clan", reverse("web:clan"), {"name": held.clan.name}, more="units.duty_clan_more")]
    if held is not None and held.household is not None:
        return _asked_by_clans(viewer)
    return _of_place(viewer, viewer.where) if viewer.where is not None and viewer.place is not None else []


def _of_place(viewer: Viewer, where: PlacePeriod) -> list[Duty]:
    if where.level == Level.VILLAGE and viewer.may(Right.FILL_IN):
        address = reverse("web:village_dossier")
        return [Duty("units.duty_village", address, {"name": where.name}, more="units.duty_village_more")]
    return _of_commune(viewer, where.name) if where.level == Level.COMMUNE else []


def _of_commune(viewer: Viewer, name: str) -> list[Duty]:
    if not (viewer.may(Right.RUN_ROUND) or viewer.may(Right.SIGN)):
        return []
    return [Duty("units.duty_commune", reverse("web:own_dossier"), {"name": name}, more="units.duty_commune_more")]


def _given_back(key: str, uid: str) -> Duty:
    return Duty("units.duty_back", reverse("web:dossier", args=[uid]), {"title": title_named(key)}, waiting=1)


def _asked_by_clans(viewer: Viewer) -> list[Duty]:
    count = len(see_invitations(viewer).waiting)
    address = reverse("web:clan_invitations")
    return [Duty("units.duty_invited", address, {"count": count}, waiting=count)] if count else []


def _checked(viewer: Viewer) -> list[Duty]:
    """What waits for the association; whoever runs the round finds the same on the board."""
    if viewer.role is not Role.ASSOCIATION_OFFICER or viewer.where is None:
        return []
    address, words = reverse("web:association"), {"place": viewer.where.name}
    if checks_from_above(viewer):
        return [Duty("units.duty_below", address, words)]
    waiting = len(see_area(viewer).waiting)
    return [Duty("units.duty_association", address, words | {"count": waiting}, waiting=waiting)]
