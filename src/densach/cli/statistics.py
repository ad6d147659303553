"""`densach statistics`: the four counts of every commune of a province, as reported or on today's map."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.cli.named_places import unit_on
from densach.cli.options import packs_of, read_day, year_option
from densach.places.lookup import known_on
from densach.reporting.statistics import Asked, statistics
from densach.reporting.statistics_words import statistics_json, statistics_lines


def map_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--map`: of the day the figures were taken (then), of today, or of a day."""
    return click.option(
        "--map",
        "map_",
        metavar="then|today|DATE",
        help="Bản đồ lúc đó, hôm nay hay một ngày / the map of then, of today or of a day.",
    )(command)


@click.command("statistics")
@click.option("--place", required=True, metavar="CODE", help="Mã tỉnh hoặc xã, hoặc mã@ngày / code, or code@date.")
@year_option
@map_option
@click.option("--demo", is_flag=True, help="Dùng gói hư cấu MẪU / with the fictional pack.")
@click.option("--mau", is_flag=True, help="Chỉ các xã hư cấu MẪU / only the fictional communes.")
@click.option("--json", "as_json", is_flag=True, help="In JSON / JSON.")
def statistics_command(*, place: str, year: int, map_: str | None, demo: bool, mau: bool, as_json: bool) -> None:
    """Bốn con số của mọi xã trong tỉnh / the four counts of every commune of a province.

    Số liệu thuộc về xã đã báo cáo. Trên bản đồ khác, chỉ cộng những xã nhập cả; xã bị chia đứng riêng, không chia số. /
    Figures stay with the commune that reported; on another map only what went whole is added up.
    """
    show_statistics(place=place, year=year, map_=map_ or "then", demo=demo, mau=mau, as_json=as_json)


def show_statistics(*, place: str, year: int, map_: str, demo: bool, as_json: bool, mau: bool = False) -> None:
    """Print the statistics of a place on a map."""
    found = statistics(_asked(place, year, map_, demo=demo, mau=mau))
    if as_json:
        click.echo(json.dumps(statistics_json(found), ensure_ascii=False, indent=2))
        return
    for line in statistics_lines(found):
        click.echo(line)


def _asked(place: str, year: int, map_: str, *, demo: bool, mau: bool) -> Asked:
    today, end = timezone.localdate(), date(year, 12, 31)
    said = place.partition("@")[2]
    known = unit_known_on(end, today)
    found_on = read_day("--place", said) if said else today if map_ == "today" else known
    period = unit_on(place, found_on)
    maps = {"today": today, "then": found_on if said else end}
    map_on = maps[map_] if map_ in maps else read_day("--map", map_)
    packs = ",".join(packs_of(demo=demo))
    return Asked(period, found_on, year, packs, map_on, fictional=mau or demo or period.place.fictional)


def unit_known_on(day: date, today: date) -> date:
    """The day itself if a list of places speaks of it and it has come, else today."""
    return today if day > today or known_on(day) else day
