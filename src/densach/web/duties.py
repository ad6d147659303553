"""What waits for somebody in a role: each area of the site says it for its own pages, and the first page shows all."""

from __future__ import annotations

from densach.authority.access import Viewer
from densach.web.duty import Duty, Source
from densach.web.views.accounts.duties import duties_about_roles
from densach.web.views.awards.duties import duties_of_awards
from densach.web.views.citizen.duties import duties_at_home, duties_of_objections
from densach.web.views.commune.duties import of_the_round
from densach.web.views.councils.duties import duties_of_councils
from densach.web.views.heads import duties_of_heads
from densach.web.views.lawmaking.duties import duties_at_the_desk
from densach.web.views.privacy.duties import duties_about_data
from densach.web.views.province.duties import duties_above_and_below
from densach.web.views.units.duties import of_dossiers
from densach.web.views.village.duties import duties_in_the_village

SOURCES: tuple[Source, ...] = (
    duties_about_roles,
    duties_at_home,
    duties_of_objections,
    of_the_round,
    duties_at_the_desk,
    duties_about_data,
    duties_above_and_below,
    of_dossiers,
    duties_in_the_village,
    duties_of_heads,
    duties_of_councils,
    duties_of_awards,
)


def duties_of(viewer: Viewer) -> list[Duty]:
    """All that waits for a viewer, what has things waiting first."""
    found = [duty for source in SOURCES for duty in source(viewer)]
    return sorted(found, key=lambda duty: not duty.waiting)
