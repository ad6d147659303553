"""The certificates that somebody holds: their own and their household's; who heads it also holds its members'."""

from __future__ import annotations

from uuid import UUID

from densach.assessing.certificates.queries import certificates_about
from densach.assessing.models import Certificate
from densach.authority.access import Viewer
from densach.authority.roles import Role
from densach.people.queries import lives_with, members_of
from densach.problems import Refused, problem

HOLDERS = frozenset({Role.CITIZEN, Role.HOUSEHOLD_HEAD})


def certificates_held(viewer: Viewer) -> list[Certificate]:
    """The last print of each certificate that one holds, the latest year first; H103 in a role that holds none."""
    last: dict[int, Certificate] = {}
    for row in certificates_about(*_holders(viewer)):
        last.setdefault(row.recognition_id, row)
    return list(last.values())


def certificate_held(viewer: Viewer, uid: UUID) -> Certificate:
    """One certificate that one holds; refused (H103), as if it were not there, for any other."""
    found = next((row for row in certificates_about(*_holders(viewer)) if row.uid == uid), None)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def pdf_to_hold(certificate: Certificate) -> Certificate:
    """A certificate whose page may be had again: one that was printed and not taken back; else K130."""
    if not certificate.printing.written or certificate.withdrawn_on is not None:
        raise Refused(problem("K130", certificate))
    return certificate


def _holders(viewer: Viewer) -> tuple[list[int], list[int]]:
    """The persons and households whose certificates one holds."""
    held = viewer.acting
    if held is None or viewer.role not in HOLDERS:
        raise Refused(problem("H103", "giay"))
    if held.household_id is not None:
        return [row.person_id for row in members_of(held.household_id, viewer.today)], [held.household_id]
    person = held.person_id or 0
    homes = {home for lives, home in lives_with([person], viewer.today).items() if lives == person}
    return [person], sorted(homes)
