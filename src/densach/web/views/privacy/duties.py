"""What waits about personal data: for an officer the requests with their clock, for people their own page."""

from __future__ import annotations

from django.urls import reverse

from densach.assessing.privacy.access import commune_answering
from densach.assessing.privacy.reading import waiting_at
from densach.authority.access import Viewer
from densach.authority.roles import Right, Role
from densach.web.duty import Duty


def duties_about_data(viewer: Viewer) -> list[Duty]:
    """The requests that wait, and which are late; or the way to one's own data."""
    if viewer.role in {Role.CITIZEN, Role.HOUSEHOLD_HEAD}:
        return [Duty("privacy.duty_own", reverse("web:my_data"), more="privacy.duty_own_more")]
    if not viewer.may(Right.ANSWER_ABOUT_DATA):
        return []
    found = waiting_at(commune_answering(viewer), viewer.today)
    address, people = reverse("web:data_requests"), reverse("web:data_people")
    duties = [Duty("privacy.duty_papers", people, more="privacy.duty_papers_more")]
    words = {"count": found.open, "late": found.late}
    if found.late:
        duties.append(Duty("privacy.duty_late", address, words, waiting=found.open))
    elif found.open:
        duties.append(Duty("privacy.duty_waiting", address, {"count": found.open}, waiting=found.open))
    else:
        duties.append(Duty("privacy.duty_none", address))
    return duties
