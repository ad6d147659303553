"""Who prepares what goes to the centre: whoever handles awards at a province, for the rounds of that province."""

from __future__ import annotations

from uuid import UUID

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.awards import by_law
from densach.awards.central import queries
from densach.awards.central.models import Package, Packed, Receipt
from densach.awards.models import AwardRound, Nomination
from densach.places.models import Level, Place
from densach.problems import Refused, problem

HANDLES = Right.HANDLE_AWARDS
PRIME_MINISTER = "thu-tuong"


def central_awards() -> frozenset[str]:
    """The awards that the Prime Minister decides."""
    return frozenset(each.code for each in by_law.law().awards.values() if each.authority == PRIME_MINISTER)


def own_province(viewer: Viewer) -> Place:
    """The province for which a viewer handles awards; else H103."""
    if viewer.where is None or viewer.where.level != Level.PROVINCE or not viewer.may(HANDLES):
        raise Refused(problem("H103", "trinh-trung-uong"))
    return viewer.where.place


def waiting_for(viewer: Viewer) -> list[Nomination]:
    """What passed in the viewer's province and goes to the Prime Minister, but stands in no package."""
    return queries.waiting(own_province(viewer), central_awards())


def round_for(viewer: Viewer, uid: UUID) -> AwardRound:
    """A round of the viewer's province; else H103."""
    found = queries.round_with_uid(own_province(viewer), uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def packages_for(viewer: Viewer) -> list[Package]:
    """The packages of the viewer's province."""
    return queries.packages_of(own_province(viewer))


def package_for(viewer: Viewer, uid: UUID) -> Package:
    """One package of the viewer's province; else H103."""
    found = queries.package_with_uid(own_province(viewer), uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def packed_for(package: Package) -> list[Packed]:
    """What is in a package that one may see."""
    return queries.packed_in(package)


def receipts_for(package: Package) -> list[Receipt]:
    """What the centre answered to a package that one may see."""
    return queries.receipts_of(package)


def receipt_for(package: Package, uid: UUID) -> Receipt:
    """One answer to a package that one may see; else H103."""
    found = next((row for row in queries.receipts_of(package) if row.uid == uid), None)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def archive_for(viewer: Viewer, uid: UUID) -> tuple[Package, bytes]:
    """A package of the viewer's province with its bytes."""
    package = package_for(viewer, uid)
    return package, queries.bytes_of(package)
