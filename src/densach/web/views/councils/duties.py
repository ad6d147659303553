"""Where councils are found from one's own page; asked without a question to the database."""

from __future__ import annotations

from django.urls import reverse

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.web.duty import Duty


def duties_of_councils(viewer: Viewer) -> list[Duty]:
    """The way to one's sittings, or to the councils whose sittings one prepares."""
    if viewer.may(Right.SIT_IN_COUNCIL):
        return [Duty("councils.duty_sit", reverse("web:councils"))]
    return [Duty("councils.duty_prepare", reverse("web:councils"))] if viewer.may(Right.HANDLE_AWARDS) else []
