"""What subjects are called on a page that lists a few of them, and in which village each lives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from densach.assessing.models import Subject
from densach.people.queries import homes_of_households, names_of_heads, villages_of_persons
from densach.places.queries import rows_of_places


@dataclass(frozen=True)
class Called:
    """A subject by name, code and village, each empty where it has none or none is known."""

    name: str
    code: str
    village: str


def called(subjects: Iterable[Subject], on: date) -> dict[int, Called]:
    """What some subjects are called on a day, by their keys, in at most four queries for each 900."""
    rows = list(subjects)
    households = [row.household_id for row in rows if row.household_id]
    homes, heads = homes_of_households(households, on), names_of_heads(households, on)
    lives = villages_of(rows, on)
    places = {*lives.values(), *(row.place_id for row in rows if row.place_id)}
    names = {row.place_id: row.name for row in rows_of_places(places, on)}
    found = {}
    for row in rows:
        home = homes.get(row.household_id or 0)
        code = home.code if home else ""
        found[row.pk] = Called(_name(row, heads, names, code), code, names.get(lives.get(row.pk, 0), ""))
    return found


def villages_of(subjects: Sequence[Subject], on: date) -> dict[int, int]:
    """The key of the village of each subject that lives in one, or is one, on a day."""
    persons = {row.person_id: row.pk for row in subjects if row.person_id}
    households = {row.household_id: row.pk for row in subjects if row.household_id}
    found = {persons[person]: village for person, village in villages_of_persons(persons, on).items()}
    found |= {households[key]: home.village_id for key, home in homes_of_households(households, on).items()}
    return found | {row.pk: row.place_id for row in subjects if row.place_id}


def _name(row: Subject, heads: dict[int, str], names: dict[int, str], code: str) -> str:
    if row.household_id:
        return f"Hộ {heads.get(row.household_id, code)}"
    if row.place_id:
        return names.get(row.place_id, "")
    thing = row.person or row.clan or row.unit
    return str(getattr(thing, "full_name", "") or getattr(thing, "name", ""))
