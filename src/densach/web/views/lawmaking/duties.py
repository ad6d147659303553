"""What waits for whoever writes law."""

from __future__ import annotations

from django.urls import reverse

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.lawmaking.access import waiting_for
from densach.web.duty import Duty


def duties_at_the_desk(viewer: Viewer) -> list[Duty]:
    """The desk, with how many texts wait for a second person."""
    if not viewer.may(Right.WRITE_LAW) or viewer.where is None:
        return []
    waiting = waiting_for(viewer)
    sentence = "desk.duty_waiting" if waiting else "desk.duty"
    words = {"count": waiting} if waiting else {}
    return [Duty(sentence, reverse("web:desk"), words, "desk.duty_more", waiting)]
