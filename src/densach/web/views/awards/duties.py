"""Where commendation is, for the roles that have a part in it."""

from __future__ import annotations

from django.urls import reverse

from densach.authority.access import Viewer
from densach.awards.access import may_see_awards
from densach.web.duty import Duty


def duties_of_awards(viewer: Viewer) -> list[Duty]:
    """The list of commendation; how much waits there is asked on its own page."""
    return [Duty("awards.duty", reverse("web:awards"), more="awards.duty_more")] if may_see_awards(viewer) else []
