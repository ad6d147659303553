"""Returns as files: a workbook to fill in, the same workbook coming back, and what was received as a table."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from densach.authority.roles import Right
from densach.formats.file_kinds import MAX_FILE_BYTES
from densach.problems import Problem, Refused, problem
from densach.reporting.figures.access import Of, find_return, may_prepare
from densach.reporting.figures.exchange import Taken, take_rows
from densach.reporting.figures.files import rows_in, write_marked, write_template
from densach.reporting.figures.showing import accepted_lines, see_received, see_return
from densach.web.province.files import as_file
from densach.web.sentences import say
from densach.web.viewing import demonstration, needs, viewer
from densach.web.views.returns.pages import address_of
from densach.web.views.returns.receiving import asked_period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@needs(Right.SEE_FIGURES)
def template(request: HttpRequest, dataset: str, period: str, uid: UUID) -> HttpResponseBase:
    """The workbook of a return."""
    of = find_return(viewer(request), dataset, period, uid)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{of.dataset.id}-{of.period.code}.xlsx"
        write_template(path, see_return(viewer(request), of), viewer(request).today)
        return _workbook(path)


@require_POST
@needs(Right.SEE_FIGURES)
def upload(request: HttpRequest, dataset: str, period: str, uid: UUID) -> HttpResponseBase:
    """A filled workbook: all of it is taken or none, unless the sender lets the right rows in."""
    of = find_return(viewer(request), dataset, period, uid)
    if not may_prepare(viewer(request), of):
        raise Refused(problem("H103", uid))
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size or file.size > MAX_FILE_BYTES:
        return _refused(request, of, None, (problem("G127", "file", most=MAX_FILE_BYTES // 1_000_000),))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"tep{Path(file.name or '').suffix[:5]}"
        path.write_bytes(file.read())
        return _take(request, of, path)


@require_safe
@needs(Right.SEE_FIGURES)
def received_file(request: HttpRequest, dataset: str, period: str) -> HttpResponse:
    """What was received for a period, with stable codes: one row for each place and figure."""
    fictional = demonstration(request) and "that" not in request.GET
    seen = see_received(viewer(request), dataset, asked_period(dataset, period), fictional=fictional)
    lines = accepted_lines(seen)
    heads: list[object] = ["dataElement", "period", "orgUnit", "name", "value", "base", "state"]
    return as_file(f"{dataset}-{period}", [heads, *lines], count=len(lines), fictional=fictional)


def _take(request: HttpRequest, of: Of, path: Path) -> HttpResponseBase:
    check, partly = "check" in request.POST, "partly" in request.POST
    try:
        rows = rows_in(path, of)
        taken = take_rows(viewer(request), of.dataset.id, rows, at=timezone.now(), partly=partly and not check)
    except Refused as refusal:
        return _refused(request, of, None, refusal.problems)
    if check and taken.conflicts:
        copy = path.with_name(f"{of.dataset.id}-can-sua.xlsx")
        write_marked(path, copy, taken.conflicts, viewer(request).today)
        return _workbook(copy)
    if taken.conflicts:
        return _refused(request, of, taken, ())
    messages.success(request, say("returns.done_taken", count=taken.changed, same=taken.ignored))
    return HttpResponseRedirect(address_of(of))


def _refused(request: HttpRequest, of: Of, taken: Taken | None, problems: tuple[Problem, ...]) -> HttpResponse:
    page = {"of": of, "taken": taken, "problems": problems}
    return render(request, "web/returns/upload.html", page, status=400)


def _workbook(path: Path) -> HttpResponse:
    response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return response
