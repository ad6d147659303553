"""What the people of a trial said about the association's checking, on paper: most yes, some nothing yet, a few no."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from densach.assessing.frame import Frame
from densach.assessing.privacy.models import CHAPTER_CHECK
from densach.assessing.privacy.papers import Sheet, enter_pile
from densach.authority.roles import Role
from densach.history.domain import Act

SILENT_HOMES = frozenset({3, 7})  # of ten homes those whose sheet did not come back yet
ONE_NO_AMONG = 40
KEPT_AT = "Cặp phiếu đồng ý MẪU, tủ hồ sơ nhà văn hóa thôn"


def agree_on_paper(frame: Frame, signed_on: date, *, besides: int, act: Act) -> int:
    """Enter the sheets of the homes of a commune but one; how many people said yes or no."""
    says = {person: order % ONE_NO_AMONG != 0 for order, person in enumerate(_asked(frame, besides), 1)}
    sheet = Sheet(signed_on=signed_on, kept_at=KEPT_AT, by=None, role=Role.VILLAGE_HEAD)
    return enter_pile(says, CHAPTER_CHECK, sheet, today=signed_on, act=act)


def _asked(frame: Frame, besides: int) -> Iterable[int]:
    """The people whose sheets came back, home by home."""
    for homes in frame.village_households.values():
        for order, home in enumerate(frame.lived_in(homes)):
            if home != besides and order % 10 not in SILENT_HOMES:
                yield from frame.household_people[home]
