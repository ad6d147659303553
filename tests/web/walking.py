"""What the tests of the pages share: the addresses, and what any page of ours must hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from densach.places.identities import identity_of
from densach.places.models import Level

if TYPE_CHECKING:
    from datetime import date

    from django.http.response import HttpResponseBase

    from densach.rules.sheet import Answer

PUBLIC = (
    "/",
    "/tim-xa",
    "/tim-xa?q=ia+mo",
    "/tim-xa?q=khong+co+noi+nao+nhu+the",
    "/tham-quyen",
    "/luat",
    "/luat/congdan-324-2022",
    "/luat/giadinh-387-2022",
    "/luat/donvitinh-tt24-2023?on=01/02/2024",
    "/chung-nhan",
    "/so-lieu",
    "/bang-so-lieu",
    "/muc-tieu",
    "/gioi-thieu",
    "/tro-nang",
)


def place_page(level: Level, code: str, valid_from: date, on: str = "") -> str:
    """The address of a shipped place."""
    return f"/noi/{identity_of(level, code, valid_from)}{on and f'?on={on}'}"


def text_of(response: HttpResponseBase) -> str:
    """What a page says, without its tags, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.getvalue().decode()).split())


def typed(fact: Answer) -> str:
    """An answer as a form sends it."""
    if fact is None:
        return ""
    return str(fact).lower() if isinstance(fact, bool) else str(fact)
