"""How many agreeing ballots carry a nomination: a share of all members where the law names one, else a majority.

Rule R-32 (Nghị định 98/2023/NĐ-CP, Điều 30 khoản 7) names 90 % and 80 % for awards by ballot; for Bằng khen and Giấy
khen it names none (R-33), and no share is made up for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from densach.awards.councils.models import Counted, Regulated

RULE_32 = "Nghị định 98/2023/NĐ-CP, Điều 30 khoản 7 (quy tắc R-32, chưa đối chiếu với Luật 06/2026/QH16)"
_FLAGS = ("co_thi_dua_chinh_phu_chuyen_de", "co_thi_dua_bo_tinh_chuyen_de")
BALLOT_AWARDS = dict.fromkeys(_FLAGS, Fraction(80, 100))


@dataclass(frozen=True)
class Threshold:
    """How many must agree; `share` of all members where the law names it, else more than half of `counted`."""

    share: Fraction | None
    counted: Counted
    source: str

    def needed(self, base: int, taking_part: int) -> int:
        """The least number of agreeing ballots that carries a nomination."""
        if self.share is not None:
            return -(-self.share.numerator * base // self.share.denominator)
        return (base if self.counted == Counted.MEMBERS else taking_part) // 2 + 1


def threshold_of(award: str, regulation: Regulated) -> Threshold | None:
    """What carries an award in a council; unknown where neither the law nor its regulation says it."""
    if award in BALLOT_AWARDS:
        return Threshold(BALLOT_AWARDS[award], Counted.MEMBERS, RULE_32)
    if not regulation.majority_of:
        return None
    return Threshold(None, Counted(regulation.majority_of), regulation.majority_source)


def has_quorum(quorum: Fraction, present: int, base: int) -> bool:
    """Whether enough members are present, compared in whole numbers."""
    return present * quorum.denominator >= quorum.numerator * base
