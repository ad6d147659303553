"""Work in the background: how far it is, and what came of it; only for the one who asked for it."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from densach.jobs.access import open_made_file, see_job, see_jobs
from densach.jobs.domain import KEPT
from densach.web.asking_forms import asked_start
from densach.web.viewing import signed_in, viewer

MOST_TOLD = 100  # problems; a file with more has one cause, and its marked copy names them all


@require_safe
@signed_in
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far a job is, or how it ended; only that part where htmx asks again."""
    job = see_job(_account(request), uid)
    live = bool(getattr(request, "htmx", False))
    page = {
        "job": job,
        "told": job.problems[:MOST_TOLD],
        "untold": max(0, len(job.problems) - MOST_TOLD),
        "ending": f"web/jobs/{job.kind}.html",
        "kept": KEPT,
    }
    response = render(request, "web/jobs/standing.html" if live else "web/jobs/progress.html", page)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """What one asked to be done in the background, the latest first; only the list where htmx asks again."""
    live = bool(getattr(request, "htmx", False))
    start = asked_start(request)
    page = {"shown": see_jobs(_account(request), start), "start": start, "kept": KEPT}
    response = render(request, "web/jobs/list.html" if live else "web/jobs/own.html", page)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@signed_in
def made_file(request: HttpRequest, uid: UUID, file_uid: UUID) -> HttpResponseBase:
    """A file that a job made, to be kept by the one who asked."""
    name, path = open_made_file(_account(request), uid, file_uid)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _account(request: HttpRequest) -> UUID:
    account = viewer(request).account
    assert account is not None  # noqa: S101  - `signed_in` lets nobody else in
    return account.uid
