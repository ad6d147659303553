"""Facts of nominations with everything known, to be changed one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

from densach.policy.commendation.facts import Facts

FAMILY: dict[str, Any] = {
    "award": "giay_khen_xa",
    "subject": "household",
    "mode": "movement",
    "branch": "movement_household",
    "authority": "chu-tich-ubnd-cap-xa",
    "province": "24",
    "occasion": "year",
    "received_on": date(2026, 3, 15),
    "stands_for_another": False,
    "is_enterprise": False,
    "achievement_used": False,
    "under_hold": False,
    "hold_ended": "none",
    "was_disciplined": False,
    "quota_registered": False,
    "parts": frozenset({"van_ban_de_nghi", "bao_cao_thanh_tich"}),
    "council_sat": False,
    "confirmed_by_all": True,
    "gate_met": True,
    "branch_met": True,
}
DOSSIER_TO_THE_PM: dict[str, Any] = {
    **FAMILY,
    "award": "bang_khen_thu_tuong",
    "subject": "person",
    "branch": "sudden",
    "authority": "thu-tuong",
    "occasion": "review_2025",
    "parts": frozenset({"to_trinh", "bao_cao_thanh_tich_chuyen_de", "bien_ban_xet_khen_thuong", "xac_nhan_thanh_tich"}),
    "files": frozenset({"docx", "pdf"}),
    "holds_state_secret": False,
    "council_sat": True,
}


def family(**changes: Any) -> Facts:
    """A learning family of Bắc Ninh, proposed for its commune's commendation, with what is changed."""
    return Facts(**{**FAMILY, **changes})


def to_the_pm(**changes: Any) -> Facts:
    """A person proposed to the Prime Minister for a sudden achievement, with what is changed."""
    return Facts(**{**DOSSIER_TO_THE_PM, **changes})
