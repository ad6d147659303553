"""Run beside dashboards.py: `fill COMMUNES` makes figures; `ours TIMES` and `plain TIMES` ask and tell the seconds."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from django.db import connection
from django.db.backends.utils import CursorWrapper

import densach.config.settled  # noqa: F401  - as a server begins, and before the models below
from densach.authority.access import nobody
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.models import Level, Lineage, PlacePeriod
from densach.places.queries import country_on, in_force
from densach.places.seeding import seed_places
from densach.reporting.dashboards.access import see_board
from densach.reporting.dashboards.board import COUNTS, MODELS, Choice, share_code
from densach.reporting.figures.models import Figure, Indicator
from densach.reporting.figures.periods import Period
from densach.reporting.figures.queries import indicator_keys
from densach.reporting.sums.keeping import keep_all

TODAY = date(2026, 11, 26)
YEARS = range(2016, 2026)
INDICATORS = 200
CODES = [f"MODEL_{model}_{count}" for model in MODELS for count in COUNTS] + [
    share_code(model, base) for model in MODELS for base in ("ALL", "REGISTERED")
]


def fill(most: int) -> None:
    """The country, and figures of its communes; before 2025 of former communes where there are any."""
    ensure_ready()
    seed_places(Act(who="bench", at=datetime.now(UTC)))
    today = [row.place_id for row in in_force(TODAY, Level.COMMUNE).order_by("pk")[:most]]
    former = list(Lineage.objects.filter(whole=True).order_by("pk").values_list("old", flat=True)[:most])
    then = [*former, *today][: len(today)]
    keys = indicator_keys(CODES + [f"BENCH_{number}" for number in range(INDICATORS - len(CODES))])
    with connection.cursor() as cursor:
        for year in YEARS:
            _fill_year(cursor, year, today if year >= 2025 else then)
    begun = perf_counter()
    keep_all(TODAY)
    print(f"all sums kept anew in {perf_counter() - begun:.0f} s; ", end="")
    with connection.cursor() as cursor:  # PostgreSQL does so by itself within minutes
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    count = Figure.objects.count()
    print(f"{count:,} figures of {len(today):,} communes, {len(former):,} of them former ones before 2025")
    assert count == len(today) * len(YEARS) * len(keys)  # noqa: S101  - a bench that asks of less tells nothing


def _fill_year(cursor: CursorWrapper, year: int, places: list[int]) -> None:
    """Every indicator of every commune; one commune of 400 recognised three citizens, which the public is not told."""
    mixed = "100 + (p.id * 7919 + i.id * 104729 + %s * 31) %% 8900"
    for part in range(0, len(places), 400):
        some = places[part : part + 400]
        cursor.execute(
            f"""
            INSERT INTO figures_figure (indicator_id, place_id, period, value, base, origin)
            SELECT i.id, p.id, %s,
                   CASE WHEN i.code = 'MODEL_CITIZEN_RECOGNISED' AND p.id %% 400 = 0 THEN 3 ELSE ({mixed}) / 2 END,
                   CASE WHEN i.code LIKE '%%!_OF!_%%' ESCAPE '!' THEN {mixed} END, 1
            FROM places_place p CROSS JOIN figures_indicator i WHERE p.id IN ({", ".join(["%s"] * len(some))})
              AND (i.code LIKE 'BENCH!_%%' ESCAPE '!' OR i.code IN ({", ".join(["%s"] * len(CODES))}))
            """,  # noqa: S608  - only marks are put in
            [Period(year).key, year, year, *some, *CODES],
        )


def questions() -> dict[str, tuple[Callable[[], object], str, list[object]]]:
    """By name what our code is asked, and the same aggregate in plain SQL."""
    country = country_on(TODAY)
    assert country is not None  # noqa: S101  - it was filled before
    rows = list(PlacePeriod.objects.filter(valid_to=None, level=Level.COMMUNE).order_by("pk")[:1])
    commune = rows[0]
    province = PlacePeriod.objects.get(place=int(commune.path.split("/")[1]), valid_to=None)
    places = {"country": country, "province": province, "commune": commune}
    found: dict[str, tuple[Callable[[], object], str, list[object]]] = {}
    for name, place in places.items():
        for what, choice in {
            "as it was, 2025": Choice("FAMILY", "ALL", 2025),
            "on today's map, 2024": Choice("FAMILY", "ALL", 2024, todays_map=True),
            "citizens, 2025": Choice("CITIZEN", "ALL", 2025),
            "of those registered, 2021": Choice("CLAN", "REGISTERED", 2021),
        }.items():
            uid = place.place.uid
            found[f"{name}, {what}"] = (
                lambda uid=uid, choice=choice: see_board(nobody(TODAY), uid, choice),
                *_plain(place.path, choice),
            )
    return found


def _plain(path: str, choice: Choice) -> tuple[str, list[object]]:
    """The counts of the year and the trend, of the communes of today in a place, as one writes it by hand."""
    keys = dict(Indicator.objects.filter(code__in=CODES).values_list("code", "pk"))
    year = Period(choice.year).key
    several = [keys[f"MODEL_{model}_{count}"] for model in MODELS for count in COUNTS]
    holes = ", ".join(["%s"] * len(several))
    sql = f"""
        SELECT f.indicator_id, f.period, SUM(f.value), SUM(f.base), COUNT(*) FROM figures_figure f
        JOIN places_placeperiod p ON p.place_id = f.place_id AND p.valid_to IS NULL
        WHERE p.level = 'commune' AND p.path >= %s AND p.path < %s
          AND ((f.indicator_id IN ({holes}) AND f.period = %s) OR (f.indicator_id = %s AND f.period BETWEEN %s AND %s))
        GROUP BY f.indicator_id, f.period
    """  # noqa: S608  - only marks are put in
    more: list[object] = [path, f"{path[:-1]}0", *several, year, keys[choice.share], year - 40, year]
    return sql, more


def ours(times: int) -> None:
    """Ask every question some times as dashboards do, and print the seconds by the clock and of the processor."""
    boards, server = {name: board for name, (board, _, _) in questions().items()}, _server()
    asked = {name: [_seconds(board, server) for _ in range(times)] for name, board in boards.items()}
    found = {name: {"ours": [c for c, _ in both], "processor": [p for _, p in both]} for name, both in asked.items()}
    print(json.dumps(found))


def plain(times: int) -> None:
    """Ask the same of the database in plain SQL, and print the seconds by the clock."""
    found = {}
    for name, (_, sql, parameters) in questions().items():
        seconds = [_seconds(partial(_fetched, sql, parameters), lambda: 0)[0] for _ in range(times)]
        found[name] = {"plain": seconds}
    print(json.dumps(found))


def _fetched(sql: str, parameters: list[object]) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _server() -> Callable[[], float]:
    """The processor's seconds of the process that answers us, where the database is a server."""
    if connection.vendor != "postgresql":
        return lambda: 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        file = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(file.read_text("ascii").split()[0]) / 1e9


def _seconds(work: Callable[[], object], server: Callable[[], float]) -> tuple[float, float]:
    """The seconds by the clock, and those of the processor here and in the server."""
    begun, worked = perf_counter(), process_time() + server()
    work()
    return perf_counter() - begun, process_time() + server() - worked


if __name__ == "__main__":
    {"fill": fill, "ours": ours, "plain": plain}[sys.argv[1]](int(sys.argv[2]))
