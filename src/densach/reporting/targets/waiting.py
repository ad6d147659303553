"""What waits for the signature of a head: returns to approve, decisions to sign, files to agree to."""

from __future__ import annotations

from dataclasses import dataclass

from densach.assessing.signing.models import Prepared
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.places.models import Level
from densach.reporting.below.access import looks_from_above
from densach.reporting.below.queries import waiting_below
from densach.reporting.figures.models import Report
from densach.reporting.targets.access import waiting_for_approval
from densach.reporting.targets.queries import decisions_to_sign


@dataclass(frozen=True)
class Waiting:
    """What waits for one head; `files` counts the communes' files that were verified below."""

    returns: tuple[Report, ...]
    decisions: tuple[Prepared, ...]
    files: int

    @property
    def count(self) -> int:
        """How many things wait in all."""
        return len(self.returns) + len(self.decisions) + self.files


def waiting_for(viewer: Viewer) -> Waiting:
    """What waits for the viewer in this role, in at most four queries."""
    where = viewer.where if viewer.place is not None and viewer.may(Right.SIGN) else None
    decisions = decisions_to_sign(where.place_id) if where and where.level == Level.COMMUNE else []
    below = waiting_below(where.path, viewer.today) if where and _verifies(viewer) else {"verified": 0}
    return Waiting(tuple(waiting_for_approval(viewer)), tuple(decisions), below["verified"])


def _verifies(viewer: Viewer) -> bool:
    return looks_from_above(viewer) and viewer.may(Right.VERIFY_BELOW)
