"""What waits for those who give roles, and what everybody in some roles should see to first."""

from __future__ import annotations

from django.urls import reverse

from densach.authority.access import Viewer
from densach.authority.holding import ending_soon
from densach.authority.roles import Right, Role
from densach.web.duty import Duty


def duties_about_roles(viewer: Viewer) -> list[Duty]:
    """Roles that end soon, who holds what, slips to print, and the log of sign-ins."""
    log = [Duty("accounts.log_here_title", reverse("web:log_here"))] if viewer.may(Right.READ_LOG) else []
    return (_giving(viewer) if viewer.may(Right.GIVE_RIGHTS) else []) + log


def _giving(viewer: Viewer) -> list[Duty]:
    ending = ending_soon(viewer)
    roles = reverse("web:roles")
    duties = [Duty("roles.duty_holders", roles, more="roles.duty_holders_more")]
    if ending:
        duties.append(Duty("roles.duty_ending", f"{roles}?sap-het=1", {"count": ending}, waiting=ending))
    if viewer.post is not None and Role.CITIZEN in viewer.post.names and viewer.place is not None:
        duties.append(Duty("roles.duty_slips", reverse("web:slips"), more="roles.duty_slips_more"))
    return duties
