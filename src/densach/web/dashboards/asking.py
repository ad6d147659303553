"""What the address of a dashboard asks for; what cannot be read is what it is without asking."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from densach.reporting.dashboards.board import BASES, MODELS, Base, Choice, Model
from densach.reporting.figures.periods import LAST_YEAR, latest_ended

FIRST_YEAR = 2016  # the trend shows this year and those before it; no figure of the movement is older
_MODELS: dict[str, Model] = {model.lower(): model for model in MODELS}
_BASES: dict[str, Base] = {"tong-so": BASES[0], "dang-ky": BASES[1]}
_KINDS = {"mau": True, "that": False}


def choice_of(request: HttpRequest, today: date) -> Choice:
    """The choice of an address."""
    said = request.GET
    return Choice(
        _MODELS.get(said.get("mo-hinh", ""), "FAMILY"),
        _BASES.get(said.get("mau-so", ""), "ALL"),
        _year(said.get("nam", ""), today),
        said.get("ban-do") == "hom-nay",
        _KINDS.get(said.get("loai", "")),
    )


def address_of(choice: Choice, **changes: str) -> str:
    """The same choice, or another beside it, as the part of an address behind the question mark."""
    said = {
        "mo-hinh": choice.model.lower(),
        "mau-so": next(word for word, base in _BASES.items() if base == choice.base),
        "nam": str(choice.year),
        "ban-do": "hom-nay" if choice.todays_map else "luc-do",
    }
    if choice.fictional is not None:
        said["loai"] = "mau" if choice.fictional else "that"
    return urlencode(said | changes)


def years(today: date) -> range:
    """The years that can be chosen, the latest that is over first."""
    return range(latest_ended("year", today).year, FIRST_YEAR - 1, -1)


def _year(text: str, today: date) -> int:
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else LAST_YEAR
    return year if year in years(today) else latest_ended("year", today).year
