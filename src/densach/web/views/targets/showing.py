"""Targets to read: those of the country for everybody, those of a place for its heads, and one with its log."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.authority.roles import Right
from densach.policy.aims import aims
from densach.policy.charges import charges
from densach.reporting.targets.access import Aimed, may_set, see_national, see_story, see_targets
from densach.reporting.targets.progress import Progress
from densach.web.province.files import as_file
from densach.web.targets.files import count_lines, rows_of_targets
from densach.web.viewing import demonstration, needs, viewer


@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """The national targets by the text that sets them; a demonstration shows no figures beside them."""
    rows = see_national(viewer(request)).rows
    texts = ((aims()[name].document, found) for name, found in _by_text(rows))
    groups = [(document, charges().get(document.id, ()), found) for document, found in texts]
    count = sum(len(found) for *_, found in groups)
    page = {"groups": groups, "shows_figures": not demonstration(request), "count": count}
    return render(request, "web/targets/national.html", page)


@require_safe
def national_file(request: HttpRequest) -> HttpResponse:
    """The same as a file, without any figure where the database is made up."""
    rows = see_national(viewer(request)).rows
    known = [Progress(row.target, (), row.above, row.today) for row in rows] if demonstration(request) else list(rows)
    return as_file("muc-tieu-quoc-gia", rows_of_targets(known), count=count_lines(known), fictional=False)


@require_safe
@needs(Right.SEE_FIGURES)
def place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The targets of a place, those behind first."""
    seen = see_targets(viewer(request), uid)
    page = {"seen": seen, "sets": may_set(viewer(request)) and viewer(request).place == seen.place.place}
    return render(request, "web/targets/place.html", page)


@require_safe
@needs(Right.SEE_FIGURES)
def place_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The targets of a place with their figures and forecasts as a file."""
    seen = see_targets(viewer(request), uid)
    rows = (*seen.behind, *seen.others)
    return as_file("muc-tieu", rows_of_targets(rows), count=count_lines(rows), fictional=_is_made_up(seen))


@require_safe
@needs(Right.SEE_FIGURES)
def story(request: HttpRequest, target: UUID) -> HttpResponse:
    """One target: where it stands, its figures, its wordings and its log."""
    seen = see_story(viewer(request), target)
    sets = may_set(viewer(request)) and viewer(request).place == seen.aimed.place.place
    page = {"story": seen, "sets": sets and seen.progress.target.ended_on is None}
    return render(request, "web/targets/story.html", page)


def _by_text(rows: tuple[Progress, ...]) -> list[tuple[str, list[list[Progress]]]]:
    """By document the targets, each with the goals of all its years; named by one target of the document."""
    order = list(aims())
    known = sorted(
        (row for row in rows if row.target.national in aims()),
        key=lambda row: (order.index(row.target.national), row.target.year),
    )
    by_target = [list(found) for _, found in groupby(known, key=lambda row: row.target.national)]
    by_text = groupby(by_target, key=lambda each: aims()[each[0].target.national].document.id)
    grouped = [list(found) for _, found in by_text]
    return [(found[0][0].target.national, found) for found in grouped]


def _is_made_up(seen: Aimed) -> bool:
    return seen.place.place.fictional or any(row.target.is_made_up for row in seen.rows)
