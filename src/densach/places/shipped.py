"""The lists of places that come with the product, read from the files beside this module."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files

FILES = ("provinces_2025.csv", "communes_2025.csv")


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


def provinces() -> Iterator[ShippedUnit]:
    """The 34 provinces in force since 01/07/2025."""
    return map(_unit, _rows("provinces_2025.csv"))


def communes() -> Iterator[ShippedUnit]:
    """The 3,321 communes in force since 01/07/2025."""
    return map(_unit, _rows("communes_2025.csv"))


def digest() -> str:
    """SHA-256 of the shipped files."""
    return sha256(b"".join(_file(name) for name in FILES)).hexdigest()


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
