"""The lists of codes that come with the product, and the names that their places keep in every database."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from densach.places.models import Level

LIST_2025 = "qd19-2025"
LIST_BEFORE = "before-2025-07"
KNOWN_FROM = date(2025, 7, 1)

# Resolutions 1654-1687/NQ-UBTVQH15 of this day name the old communes; on 04/01 and 01/03/2025 there were others.
PAST_KNOWN_FROM = date(2025, 6, 16)

# A published list of this day was compared with ours (tools/compare_places.py); what it confirms is likely in between.
CONFIRMED_ON = date(2025, 1, 4)
CONFIRMED_BY = "so với PyPI vietnam-provinces 0.6.0, dữ liệu 04/01/2025"

# Huế became a city under the State on this day, with other districts and communes: Resolutions 175/2024/QH15 and
# 1314/NQ-UBTVQH15, as reported by cand.com.vn (29/12/2024).
BEGAN_LATER = {"46": date(2025, 1, 1)}

# Shipped places get the same identity in every database, so that databases can speak of them to each other.
_IDENTITIES = UUID("5a6f5e0e-6d0c-4f0a-9f43-3c1d4f0b6a25")


def identity_of(level: Level, code: str, valid_from: date) -> UUID:
    """The permanent identity of a shipped place: the same in every database, whatever becomes of its code."""
    # One more list does not change names once given, so all begin with the first list.
    return uuid5(_IDENTITIES, f"{LIST_2025}/{level}/{code}/{valid_from}")
