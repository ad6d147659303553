"""The lists of places that come with the product, read from the files beside this module."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files

FILES = ("provinces_2025.csv", "communes_2025.csv")
PAST_FILES = (
    "provinces_before_2025_07.csv",
    "districts_before_2025_07.csv",
    "communes_before_2025_07.csv",
    "lineage_2025_07.csv",
    "resolutions_2025_07.csv",
    "unconfirmed_2025_01_04.csv",
)


@dataclass(frozen=True)
class ShippedUnit:
    """One row: a province where `province` is empty, else a commune and the code of its province.

    Area in hundredths of a km² and population in persons; None where no plausible figure is known.
    """

    code: str
    name: str
    type: str
    valid_from: date
    source: str
    province: str
    population: int | None
    area: int | None


@dataclass(frozen=True)
class PastUnit:
    """A unit before 01/07/2025 and the code of the one above it, empty for a province."""

    code: str
    name: str
    type: str
    above: str


@dataclass(frozen=True)
class Descent:
    """What became of an old unit: it is the `same` place as the new one, or that took it in `whole` or in `part`."""

    level: str
    old: str
    new: str
    relation: str


def provinces() -> Iterator[ShippedUnit]:
    """The 34 provinces in force since 01/07/2025."""
    return map(_unit, _rows("provinces_2025.csv"))


def communes() -> Iterator[ShippedUnit]:
    """The 3,321 communes in force since 01/07/2025."""
    return map(_unit, _rows("communes_2025.csv"))


def past_provinces() -> Iterator[PastUnit]:
    """The 63 provinces before 01/07/2025."""
    return (PastUnit(row["code"], row["name"], row["type"], "") for row in _rows("provinces_before_2025_07.csv"))


def past_districts() -> Iterator[PastUnit]:
    """The 696 districts, which ended on 01/07/2025."""
    rows = _rows("districts_before_2025_07.csv")
    return (PastUnit(row["code"], row["name"], row["type"], row["province"]) for row in rows)


def past_communes() -> Iterator[PastUnit]:
    """The 10,035 communes before 01/07/2025."""
    rows = _rows("communes_before_2025_07.csv")
    return (PastUnit(row["code"], row["name"], row["type"], row["district"]) for row in rows)


def lineage() -> Iterator[Descent]:
    """What became of every province and commune, and of the five districts without communes, on 01/07/2025."""
    return (Descent(**row) for row in _rows("lineage_2025_07.csv"))


def resolutions() -> dict[str, str]:
    """The resolution that arranged the communes of each province, by the code of the province."""
    return {row["province"]: row["act"] for row in _rows("resolutions_2025_07.csv")}


def unconfirmed() -> Iterator[tuple[str, str]]:
    """Level and code of the units before 01/07/2025 that the list of 04/01/2025 does not hold as they are here."""
    return ((row["level"], row["code"]) for row in _rows("unconfirmed_2025_01_04.csv"))


def digest(names: tuple[str, ...] = FILES) -> str:
    """SHA-256 of shipped files."""
    return sha256(b"".join(_file(name) for name in names)).hexdigest()


def _unit(row: dict[str, str]) -> ShippedUnit:
    return ShippedUnit(
        code=row["code"],
        name=row["name"],
        type=row["type"],
        valid_from=date.fromisoformat(row["valid_from"]),
        source=f"{row['legal_list']}; {row['source']}",
        province=row.get("province", ""),
        population=int(row["population"]) if row.get("population") else None,
        area=int(row["area_km2"].replace(".", "")) if row["area_km2"] else None,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(_file(name).decode().splitlines())


def _file(name: str) -> bytes:
    return files("densach.places").joinpath("data", name).read_bytes()
