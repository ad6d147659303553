"""The synthetic country of a demonstration: a page of its own, so that nobody takes its numbers for real ones."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.formats.vietnamese import sort_key
from densach.nation.told import FILE, Moved, Told, read_told
from densach.problems import Refused, problem
from densach.reporting.below.tiles import TILES
from densach.reporting.dashboards.board import Number, Row
from densach.web.dashboards.tiles import LOOKS, Drawn

OF_A_GROUP = ("sex", "age_band", "urban", "ethnicity", "occupation")
VERDICTS = ("met", "unmet", "unknown", "not_applicable")


def holds_synthetic() -> bool:
    """Whether a synthetic country stands beside this database."""
    return (settings.HOME / FILE).exists()


@require_safe
def country(request: HttpRequest) -> HttpResponse:
    """The country as tiles, by level and reason, and who moves when one rule does; not there (H103) where none is."""
    told = read_told(settings.HOME)
    if told is None:
        raise Refused(problem("H103", request.path))
    rows = {code: Row(code, None, (), Number(*counts)) for code, counts in told.provinces.items()}
    page = {
        "told": told,
        "tiles": [Drawn(tile, rows[tile.code]) for tile in TILES if tile.code in rows],
        "looks": LOOKS,
        "levels": told.levels,
        "verdicts": VERDICTS,
        "whole": next(one for one in told.moved if one.what == "country"),
        "groups": [one for one in told.moved if one.what in OF_A_GROUP],
        "provinces": _provinces(told),
    }
    return render(request, "web/synthetic/country.html", page)


def _provinces(told: Told) -> list[tuple[str, str, Number, Moved | None]]:
    """The provinces in the order of the tiles' names: code, name, who is met, and who moves."""
    moved = {one.key: one for one in told.moved if one.what == "province"}
    names = {tile.code: tile.name for tile in TILES if not tile.archipelago}
    return [
        (code, names[code], Number(*told.provinces[code]), moved.get(code))
        for code in sorted(names, key=lambda code: sort_key(names[code]))
        if code in told.provinces
    ]
