"""What is known of a person, field by field in words, as two records are laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from densach.formats.vietnamese import format_date
from densach.people.models import Household, HouseholdHome, HouseholdMember, Membership, Person, Precision, Residence
from densach.people.numbers import Keys
from densach.people.records import queries
from densach.people.records.naming import public_id
from densach.places.queries import names_ever

SHOWN_DIGITS = 3
NOT_KNOWN = "chưa biết"


def described(person: Person, keys: Keys) -> dict[str, str]:
    """All that the records of a person say, by the name of the field; the number shows its last three digits only."""
    records = queries.records_of(person.pk)
    ids = [row.pk for row in records]
    units = [f"{row.unit.name} ({row.get_role_display().lower()}) {span(row)}" for row in queries.units_ever_of(ids)]
    former = [f"{row.full_name} đến {format_date(row.valid_to)}" for row in queries.former_names_of(ids)]
    fields = {
        "Mã": ", ".join(public_id(row) for row in records),
        "Họ và tên": person.full_name,
        "Tên trước đây": "; ".join(former) or "không ghi",
        "Ngày sinh": birth_text(person),
        "Giới tính": person.get_sex_display(),
        "Số định danh": ", ".join(masked_number(row, keys) for row in records if row.number_hash) or NOT_KNOWN,
        "Hộ": "; ".join(homes_told(queries.homes_ever_of(ids))) or "không có",
        "Đơn vị": "; ".join(units) or "không có",
    }
    return fields | ({"Mất ngày": format_date(person.died_on)} if person.died_on else {})


def birth_text(person: Person) -> str:
    """The birth date as exactly as it is known."""
    if person.birth_date is None:
        return NOT_KNOWN
    return str(person.birth_date.year) if person.birth_precision == Precision.YEAR else format_date(person.birth_date)


def masked_number(person: Person, keys: Keys) -> str:
    """The personal number without all but its last digits."""
    number = keys.open(bytes(person.number_cipher or b""), person.number_key)
    return "•" * (len(number) - SHOWN_DIGITS) + number[-SHOWN_DIGITS:]


def homes_told(homes: Iterable[HouseholdMember]) -> list[str]:
    """Each home as a phrase: household, village and commune, kind and days."""
    rows = list(homes)
    homes_began = (row.household.home_on(row.valid_from) for row in rows)
    names = names_ever({key for home in homes_began for key in places_of_home(home)})
    return [f"{home_told(row, names)} {span(row)}" for row in rows]


def home_told(row: HouseholdMember, names: Mapping[int, str]) -> str:
    """One home: household, village, commune and kind."""
    kind = "" if row.kind == Residence.UNKNOWN else f" ({row.get_kind_display().lower()})"
    return f"{where_told(row.household.home_on(row.valid_from), names)}{kind}"


def where_told(home: HouseholdHome, names: Mapping[int, str]) -> str:
    """Where a household lives: its code, village and commune."""
    return f"hộ {home.code}, {names[home.village_id]}, {names[home.commune_id]}"


def places_of_home(home: HouseholdHome) -> tuple[int, int]:
    """The keys of the village and the commune where a household lives."""
    return home.village_id, home.commune_id


def span(row: Membership) -> str:
    """From when to when, in words."""
    until = "" if row.valid_to is None else f" đến trước {format_date(row.valid_to)}"
    return f"từ {format_date(row.valid_from)}{until}"


def name_on(person: Person, day: date) -> str:
    """What a person was called on a day."""
    rows = queries.former_names_of([person.pk])
    holding = (row for row in rows if (row.valid_from is None or row.valid_from <= day) and day < row.valid_to)
    return next((row.full_name for row in holding), person.full_name)


def homes_on(person: Person, day: date) -> list[HouseholdMember]:
    """Where a person lived on a day, by whichever record, the permanent home first."""
    return list(queries.homes_on((row.pk for row in queries.records_of(person.pk)), day))


def household_on(person: Person, day: date) -> Household | None:
    """The household of a person on a day, that of the permanent home where there are two; None where none is known."""
    homes = homes_on(person, day)
    return homes[0].household if homes else None
