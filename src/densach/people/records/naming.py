"""What a person is called on screens and command lines: a short id that says nothing, never the personal number."""

from __future__ import annotations

from uuid import UUID

from densach.formats.vietnamese import fold
from densach.people.models import Person
from densach.people.records import queries
from densach.places.models import Place
from densach.problems import Refused, problem

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # without i, l, o and u, which are read as others
_READ_AS = str.maketrans({"i": "1", "l": "1", "o": "0", "-": "", " ": ""})
_LENGTH = 10
_BITS = 5


def public_id(person: Person) -> str:
    """The first 50 bits of the permanent identity of a person, as in `7k3mq-x2v9d`."""
    number = person.uid.int >> (128 - _LENGTH * _BITS)
    letters = "".join(_LETTERS[(number >> _BITS * at) & 31] for at in reversed(range(_LENGTH)))
    return f"{letters[:5]}-{letters[5:]}"


def person_called(text: str) -> Person:
    """The person of a public id, or of a whole identity, as counted; refused (N111) where it names nobody, or several.

    Capitals, hyphens and the letters that are read as others do not matter.
    """
    low, high = _range(text)
    found = {row.pk: row for row in queries.persons_between(low, high)}
    if len(found) != 1:
        raise Refused(problem("N111", text, count=len(found)))
    (person,) = found.values()
    return person.same_as or person


def find_persons(text: str, commune: Place) -> list[Person]:
    """Whoever ever had a home in a commune and bears, or bore, a name that holds the text; marks may be missing.

    Names that hold it as it was typed come first, then in Vietnamese order.
    """
    found = queries.persons_named(fold(text), commune)
    kept = {row.pk: row for row in (person.same_as or person for person in found)}
    return sorted(kept.values(), key=lambda row: (text.casefold() not in row.full_name.casefold(), row.sort, row.pk))


def _range(text: str) -> tuple[UUID, UUID]:
    """All identities that begin with what was typed."""
    try:
        whole = UUID(text)
    except ValueError:
        letters = text.strip().casefold().translate(_READ_AS)
        if len(letters) != _LENGTH or not set(letters) <= set(_LETTERS):
            raise Refused(problem("N111", text, count=0)) from None
        number = 0
        for letter in letters:
            number = number << _BITS | _LETTERS.index(letter)
        rest = 128 - _LENGTH * _BITS
        return UUID(int=number << rest), UUID(int=(number << rest) + (1 << rest) - 1)
    return whole, whole
