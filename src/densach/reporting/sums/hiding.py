"""Which counts of people are hidden from the public in the tables of some indicators and periods."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from densach.measures.suppression import FEWEST, Table, suppress
from densach.reporting.sums.kept.queries import Told, small_and_told
from densach.reporting.sums.queries import Added, Cell, Days, cells_of

PEOPLE = ("MODEL_CITIZEN_", "MODEL_FAMILY_")
Counts = Mapping[tuple[str, ...], int]


def of_people(codes: Collection[str]) -> set[str]:
    """The indicators among some that count people or families, and the shares of such counts."""
    return {code for code in codes if code.startswith(PEOPLE)}


@cache
def told_with(code: str) -> frozenset[str]:
    """A number and the counts that it tells: where one of them is hidden, it is."""
    return frozenset({code, *told_by(code)})


@cache
def told_by(code: str) -> tuple[str, ...]:
    """The counts that a number tells: of a share its numerator and its base, of a count itself."""
    model, of, base = code.partition("_OF_")
    return (f"{model}_RECOGNISED", f"{model}_{'TOTAL' if base == 'ALL' else base}") if of else (code,)


def tables_told(codes: Collection[str], days: Days, country: str, *, fictional: bool) -> dict[Cell, Told]:
    """The tables that have small counts, each with the paths to hide; the country is the top of all tables.

    A share is hidden with either of its counts. Where a table of them has small counts, it is also hidden of every
    place in which somebody reported one count without the other: the share is then a sum over other communes than its
    counts are, and what lies between the two could be subtracted. What was hidden once stays so, and tables are looked
    at as the public was told them.
    """
    people = of_people(codes)
    periods, counts = [period.key for period in days], {code for code in people if told_by(code) == (code,)}
    small, told = small_and_told(people, counts, periods, FEWEST, fictional=fictional)
    small |= {(code, period) for code, period in told if code in counts}
    if not small:
        return {}
    shares = [(code, key) for code in people for key in periods if _is_small(code, key, small)]
    wanted = small | set(shares) | {(each, key) for code, key in shares for each in told_by(code)}
    tables: dict[Cell, dict[tuple[str, ...], int]] = {cell: {} for cell in wanted}
    for code, period, path, value in cells_of(wanted, days, country, fictional=fictional):
        tables[code, period][(path,)] = value
    for cell in wanted & told.keys():
        for path, (less, _, communes) in told[cell].less.items():
            value = tables[cell].pop((path,), 0) - less
            if communes < 1:  # what was withdrawn, and is told further, has no figure any more
                tables[cell][(path,)] = value
    hidden = {cell: _hidden(tables[cell], country, told.get(cell, Told()).hidden) for cell in small}
    hidden |= {cell: _with_share(cell, tables, hidden, country) for cell in shares}
    found = {cell: Told(set(each), told.get(cell, Told()).less) for cell, each in hidden.items()}
    return found | {cell: Told(found.get(cell, each).hidden | each.hidden, each.less) for cell, each in told.items()}


def told_sum(added: Added | None, held: Mapping[str, Added], path: str) -> Added | None:
    """A sum over a place as the public is told it: less what is held back inside it; none where nobody is told."""
    for where, less in held.items():
        if where.startswith(path):
            value, base, places = added or (0, None, 0)
            whole = None if base is None and not less[1] else (base or 0) - (less[1] or 0)
            added = value - less[0], whole, places - less[2]
    return added if added and added[2] > 0 else None


def _is_small(code: str, period: int, small: Collection[Cell]) -> bool:
    """Whether it is a share, and one of its counts has a table with small counts."""
    counts = told_by(code)
    return len(counts) > 1 and any((each, period) in small for each in counts)


def _with_share(
    share: Cell, tables: Mapping[Cell, Counts], hidden: Mapping[Cell, frozenset[str]], country: str
) -> frozenset[str]:
    """Where a share is hidden: with its counts, and wherever these are of other communes than it is."""
    code, period = share
    counts = [(each, period) for each in told_by(code)]
    odd = {path for cell in counts for (path,), count in tables[cell].items() if count and (path,) not in tables[share]}
    around = {above for path in odd for above in (path, _province(path, country), country)}
    return frozenset(around.union(*(hidden.get(cell, frozenset()) for cell in counts)))


def _hidden(counts: Counts, country: str, already: Collection[str]) -> frozenset[str]:
    """The paths to hide, the communes below their provinces and these below the country, with what is hidden."""
    parents: dict[str, str | None] = {country: None}
    for (path,) in counts:
        province = _province(path, country)
        parents[province] = country
        parents[path] = province
    hidden = suppress(Table(parents, (), counts), hidden=((path,) for path in already)).cells if counts else ()
    return frozenset(already).union(path for (path,) in hidden)


def _province(path: str, country: str) -> str:
    return country + path[len(country) :].split("/", maxsplit=1)[0] + "/"
