"""Which counts of people are hidden from the public in the tables of some indicators and periods."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from densach.measures.suppression import FEWEST, Table, suppress
from densach.reporting.sums.queries import Cell, Days, cells_of, small_cells

PEOPLE = ("MODEL_CITIZEN_", "MODEL_FAMILY_")


def of_people(codes: Collection[str]) -> set[str]:
    """The indicators among some that count people or families."""
    return {code for code in codes if code.startswith(PEOPLE) and "_OF_" not in code}


def hidden_cells(codes: Collection[str], days: Days, country: str, *, fictional: bool) -> dict[Cell, frozenset[str]]:
    """The tables that have small counts, each with the paths to hide; the country is the top of all tables."""
    cells = small_cells(of_people(codes), [period.key for period in days], FEWEST, fictional=fictional)
    if not cells:
        return {}
    tables: dict[Cell, dict[tuple[str, ...], int]] = {cell: {} for cell in cells}
    for code, period, path, value in cells_of(cells, days, country, fictional=fictional):
        tables[code, period][(path,)] = value
    return {cell: _hidden(counts, country) for cell, counts in tables.items()}


def _hidden(counts: Mapping[tuple[str, ...], int], country: str) -> frozenset[str]:
    """The paths to hide, the communes below their provinces and these below the country."""
    parents: dict[str, str | None] = {country: None}
    for (path,) in counts:
        province = country + path[len(country) :].split("/")[0] + "/"
        parents[province] = country
        parents[path] = province
    hidden = suppress(Table(parents, (), counts)).cells if counts else frozenset()
    return frozenset(path for (path,) in hidden)
