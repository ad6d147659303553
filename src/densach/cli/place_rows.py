"""One place on one day, as plain data."""

from __future__ import annotations

from typing import Any

from densach.places.lookup import Found
from densach.places.telling import is_first_known


def found_json(found: Found) -> dict[str, Any]:
    """One place as plain data; `id` is its permanent identity."""
    period, province, district = found.period, found.province, found.district
    return {
        "id": str(period.place.uid),
        "name": period.name,
        "level": period.level,
        "type": period.type,
        "code": period.code,
        "code_list": period.code_list and period.code_list.title,
        "district": district and {"code": district.code, "name": district.name},
        "province": province and {"code": province.code, "name": province.name},
        "valid_from": period.valid_from.isoformat(),
        "or_earlier": is_first_known(period),
        "valid_to": period.valid_to and period.valid_to.isoformat(),
        "source": period.source,
        "fictional": period.place.fictional,
    }
