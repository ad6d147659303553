"""Which fields somebody may ask to have put right, what may stand there, and how the register takes it over."""

from __future__ import annotations

from datetime import date

from densach.formats.vietnamese import format_date, nfc, single_spaced
from densach.history.domain import Act
from densach.people.models import Person, Precision, Sex
from densach.people.records.lives import correct, rename
from densach.problems import Refused, problem

FIELDS = ("full_name", "birth_date", "sex", "home", "other")
LONGEST_NAME = 120
LONGEST_OTHER = 200
_SEXES = {label.casefold(): value for value, label in Sex.choices} | {value: value for value in Sex.values}
_EARLIEST = date(1890, 1, 1)


def checked(field: str, wanted: str, on: date) -> str:
    """What shall stand in a field, tidied; refused (U157) for what cannot stand there."""
    text = single_spaced(nfc(wanted))
    match field:
        case "full_name":
            fits = 2 <= len(text) <= LONGEST_NAME and not any(letter.isdigit() for letter in text)
        case "birth_date":
            fits = (born := _as_day(text)) is not None and _EARLIEST <= born <= on
        case "sex":
            fits = text.casefold() in _SEXES
        case _:
            fits = 0 < len(text) <= LONGEST_OTHER
    if not fits:
        raise Refused(problem("U157", "wanted"))
    return _stored(field, text)


def put_right(person: Person, field: str, wanted: str, *, on: date, basis: str, act: Act) -> None:
    """Let the register say it. A home is moved in the register of homes, and anything else where it stands."""
    match field:
        case "full_name":
            rename(person, wanted, on=on, basis=basis[:300], act=act)
        case "birth_date":
            born = {"birth_date": date.fromisoformat(wanted), "birth_precision": Precision.DAY}
            correct(person, born, act=act)
        case "sex":
            correct(person, {"sex": wanted}, act=act)


def shown(field: str, wanted: str) -> str:
    """What shall stand in a field, as people read it."""
    if field == "birth_date":
        return format_date(date.fromisoformat(wanted))
    return Sex(wanted).label if field == "sex" else wanted


def _stored(field: str, text: str) -> str:
    if field == "sex":
        return _SEXES[text.casefold()]
    day = _as_day(text) if field == "birth_date" else None
    return day.isoformat() if day else text


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat("-".join(reversed(text.split("/"))))
    except ValueError:
        return None
