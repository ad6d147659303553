"""One place on one day, as lines of text and as plain data."""

from __future__ import annotations

from typing import Any

from densach.formats.vietnamese import format_date
from densach.places.lookup import Found
from densach.places.models import PlacePeriod
from densach.problems import Language

WORDS: dict[str, dict[Language, str]] = {
    "code": {"vi": "mã {code} theo {list}", "en": "code {code} of {list}"},
    "since": {"vi": "từ {since}", "en": "from {since}"},
    "or_before": {"vi": "hoặc sớm hơn", "en": "or earlier"},
    "to": {"vi": "đến trước {to}", "en": "to before {to}"},
    "in_force": {"vi": "đang có hiệu lực", "en": "in force"},
}


def code_line(period: PlacePeriod, lang: Language) -> str:
    """The code and the list it is from."""
    return WORDS["code"][lang].format(code=period.code, list=period.code_list)


def valid_line(period: PlacePeriod, lang: Language) -> str:
    """From when to when; `or earlier` where the list only begins to speak on its first day."""
    since = WORDS["since"][lang].format(since=format_date(period.valid_from))
    if is_first_known(period):
        since = f"{since} {WORDS['or_before'][lang]}"
    if period.valid_to is None:
        return f"{since}, {WORDS['in_force'][lang]}"
    return f"{since} {WORDS['to'][lang].format(to=format_date(period.valid_to))}"


def is_first_known(period: PlacePeriod) -> bool:
    """Whether the first day of a row is only the first day that its list speaks of."""
    code_list = period.code_list
    return code_list is not None and code_list.units_older and period.valid_from == code_list.known_from


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
