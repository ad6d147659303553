"""Who is shown leads about communes: whoever verifies them at their province, and nobody else, not even the commune.

A lead is no verdict. It is in no report, on no dashboard, in no export, and communes are never put in order by them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.places.models import Level, PlacePeriod
from densach.places.queries import inside, period_of
from densach.problems import Refused, problem
from densach.reporting.figures.periods import latest_ended
from densach.reporting.formalism.models import CommuneLead
from densach.reporting.formalism.queries import lead_by_uid, leads_in


@dataclass(frozen=True)
class Seen:
    """The leads about the communes of a province in a year, by the names of the communes."""

    province: PlacePeriod
    year: int
    rows: Sequence[tuple[PlacePeriod, CommuneLead]]


def require_verifier(viewer: Viewer) -> PlacePeriod:
    """The province whose communes the viewer verifies; refused (H103) to everybody else."""
    where = viewer.where
    if where is None or viewer.place is None or where.level != Level.PROVINCE or not viewer.may(Right.VERIFY_BELOW):
        raise Refused(problem("H103", "dau-hieu"))
    return where


def communes_of(viewer: Viewer) -> Mapping[int, PlacePeriod]:
    """The communes that the viewer verifies, by place, in the order of their names."""
    return {row.place_id: row for row in inside(require_verifier(viewer), viewer.today, Level.COMMUNE)}


def year_of(viewer: Viewer) -> int:
    """The year that is looked at: the last that is over."""
    return latest_ended("year", viewer.today).year


def see_leads(viewer: Viewer) -> Seen:
    """The leads about the communes of the viewer's province."""
    communes, year = communes_of(viewer), year_of(viewer)
    order = {place: at for at, place in enumerate(communes)}
    rows = sorted(leads_in(communes.keys(), year), key=lambda lead: order[lead.place_id])
    return Seen(require_verifier(viewer), year, [(communes[lead.place_id], lead) for lead in rows])


def see_lead(viewer: Viewer, uid: UUID) -> tuple[PlacePeriod, CommuneLead]:
    """One lead about a commune of the viewer's province, with the commune; refused (H103) for any other."""
    require_verifier(viewer)
    lead = lead_by_uid(uid)
    where = period_of(lead.place, viewer.today) if lead else None
    if lead is None or where is None or not viewer.reaches(where.path):
        raise Refused(problem("H103", uid))
    return where, lead
