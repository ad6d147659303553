"""What lines of a list may name in a commune: its people, households, clans, units, villages, or itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from densach.assessing.models import Round
from densach.assessing.past.naming import Entry, Finder, Line, lines_of
from densach.assessing.past.queries import persons_to_name
from densach.formats.vietnamese import nfc
from densach.people.numbers import Keys
from densach.people.queries import clans_of, homes_in_commune, names_of_heads, units_of
from densach.places.models import Place
from densach.places.queries import period_of, villages_of

_NUMBER = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")


def lines_named(round_: Round, model: str, text: str, keys: Keys) -> list[Line]:
    """What each line of a list names in the commune of a round, by the register at the end of the round's year."""
    on = date(round_.year, 12, 31)
    finder = Finder(tuple(_entries(round_.place, model, on)), codes_are_shared=model == "citizen")
    return [finder.line(line, _hidden(line, model, keys)) for line in lines_of(nfc(text))]


def _hidden(line: str, model: str, keys: Keys) -> str:
    found = _NUMBER.search(line) if model == "citizen" else None
    return keys.hash(found[0]) if found else ""


def _entries(commune: Place, model: str, on: date) -> Iterator[Entry]:
    villages = {row.place_id: row.name for row in villages_of(commune, on)}
    if model == "citizen":
        for key, code, name, hidden, birth, village in persons_to_name(commune, on):
            born = birth.isoformat() if birth else ""
            yield Entry(key, code, name, villages.get(village, ""), born, hidden or "")
    elif model == "family":
        yield from _households(commune, on, villages)
    elif model == "clan":
        yield from (Entry(clan.pk, code, clan.name) for code, clan in clans_of(commune, on).items())
    elif model == "unit":
        yield from (Entry(unit.pk, code, unit.name) for code, unit in units_of(commune, on).items())
    elif model == "village":
        yield from (Entry(key, "", name) for key, name in villages.items())
    elif (period := period_of(commune, on)) is not None:
        yield Entry(commune.pk, period.code, period.name)


def _households(commune: Place, on: date, villages: Mapping[int, str]) -> Iterator[Entry]:
    homes = list(homes_in_commune(commune, on))
    heads = names_of_heads([home.household_id for home in homes], on)
    for home in homes:
        head, village = heads.get(home.household_id, ""), villages.get(home.village_id, "")
        yield Entry(home.household_id, home.code, f"Hộ {head}" if head else "", village)
