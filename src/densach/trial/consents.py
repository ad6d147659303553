"""What the people of a trial said about the association's checking, on paper: most yes, some nothing yet, a few no.

The sheet to sign went round with the form: whoever never filled one in was not asked yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from densach.assessing.frame import Frame
from densach.assessing.models import Round
from densach.assessing.privacy.models import CHAPTER_CHECK
from densach.assessing.privacy.papers import Sheet, enter_pile
from densach.assessing.queries import objects_counted
from densach.assessing.titles import BY_MODEL
from densach.authority.roles import Role
from densach.history.domain import Act

CITIZEN = BY_MODEL["citizen"]
SILENT_HOMES = frozenset({4, 8})  # of ten homes those whose sheet did not come back yet
ONE_NO_AMONG = 40
KEPT_AT = "Cặp phiếu đồng ý MẪU, tủ hồ sơ nhà văn hóa thôn"


def agree_on_paper(frame: Frame, last: Round, signed_on: date, *, besides: int, act: Act) -> int:
    """Enter the sheets of who was judged in the last round, home by home but one; how many people said yes or no."""
    _, judged, _ = objects_counted(last, CITIZEN.key, CITIZEN.kind)
    asked = (person for person in _sheets_back(frame, besides) if person in judged)
    says = {person: order % ONE_NO_AMONG != 0 for order, person in enumerate(asked, 1)}
    sheet = Sheet(signed_on=signed_on, kept_at=KEPT_AT, by=None, role=Role.VILLAGE_HEAD)
    return enter_pile(says, CHAPTER_CHECK, sheet, today=signed_on, act=act)


def _sheets_back(frame: Frame, besides: int) -> Iterable[int]:
    """The people whose sheets came back, home by home."""
    for homes in frame.village_households.values():
        for order, home in enumerate(frame.lived_in(homes)):
            if home != besides and order % 10 not in SILENT_HOMES:
                yield from frame.household_people[home]
