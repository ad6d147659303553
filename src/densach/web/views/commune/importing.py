"""A workbook comes in by the browser: sent, looked through, its columns confirmed, then loaded in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.models import Round, Stage
from densach.assessing.run import judged_on
from densach.assessing.steps.access import RUNS, own_round
from densach.assessing.verifying.access import villages_in
from densach.assessing.workbooks.forms import sheet_forms, workbooks
from densach.assessing.workbooks.matching import UNUSED
from densach.assessing.workbooks.remembering import senders
from densach.assessing.workbooks.templates import write_template
from densach.authority.access import Viewer
from densach.formats.file_kinds import MAX_FILE_BYTES
from densach.jobs.access import SeenJob, open_given_file, see_job
from densach.jobs.domain import Asker
from densach.jobs.models import State
from densach.problems import Problem, Refused, problem
from densach.web.filling import Filled
from densach.web.law import law_of_round
from densach.web.viewing import signed_in, viewer
from densach.web.working import LOOK_THROUGH, WantedImport, ask_for_import, ask_for_look

FORM = ["GET", "HEAD", "POST"]
MEGABYTE = 1_000_000
STAGES = dict(Stage.choices)


@require_http_methods(FORM)
@signed_in
def send(request: HttpRequest, name: str) -> HttpResponse:
    """Send a workbook to be looked through, or take an empty one."""
    seen = viewer(request)
    round_, form = own_round(seen, name, RUNS), Filled(request.POST)
    villages = villages_in(round_)
    if request.method == "POST":
        wanted = _wanted(round_, form, {"": "", **{uid: row.name for uid, row in villages.items()}})
        file = _file(request, form)
        if form.is_whole and file is not None:
            job = ask_for_look(wanted, file.name or "tep", file, asker=asker(seen), now=timezone.now())
            return HttpResponseRedirect(reverse("web:job", args=[job.uid]))
    else:
        form.typed = {"stage": Stage.SELF}
    page = {"name": name, "round": round_, "form": form, "villages": villages, "senders": senders(round_.place)}
    page["templates"] = [book.file_name for book in workbooks(law_of_round(round_, seen), judged_on(round_))]
    page["most"] = MAX_FILE_BYTES // MEGABYTE
    return render(request, "web/commune/send.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def understood(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """How a workbook was understood, and what loading it would do: confirm it, or say what a column is."""
    seen = viewer(request)
    round_ = own_round(seen, name, RUNS)
    account = _account(seen)
    job = see_job(account, uid)
    if job.kind != LOOK_THROUGH or job.arguments.get("place") != str(round_.place.uid):
        raise Refused(problem("H103", uid))
    if job.state != State.DONE or job.forgotten:
        return HttpResponseRedirect(reverse("web:job", args=[uid]))
    if request.method == "POST":
        return _go_on(request, job, account)
    problems = [Problem(code, where, words) for code, where, words in job.result.get("problems", ())]
    page = {"name": name, "round": round_, "job": job, "problems": problems, "unused": UNUSED}
    forms = sheet_forms(law_of_round(round_, seen), judged_on(round_))
    page["forms"] = {form.id: form.title_vi for form in forms.values()}
    page["hidden"] = sum(sheet.get("hidden", 0) for sheet in job.result["understood"])
    page["without_hidden"] = job.arguments.get("without_hidden", False)
    page["file"] = open_given_file(account, uid)[0]
    return render(request, "web/commune/understood.html", page)


@require_safe
@signed_in
def template(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """An empty workbook of the year, with the columns of the law in force."""
    seen = viewer(request)
    round_ = own_round(seen, name, RUNS)
    on, library = judged_on(round_), law_of_round(round_, seen)
    book = next((book for book in workbooks(library, on) if book.file_name == file), None)
    if book is None:
        raise Refused(problem("H103", file))
    with TemporaryDirectory() as folder:
        path = Path(folder) / file
        write_template(path, book, on, fictional=round_.is_fictional or round_.place.fictional)
        return FileResponse(BytesIO(path.read_bytes()), as_attachment=True, filename=file)


def asker(seen: Viewer) -> Asker:
    """Who asks for work in the background: named in the log as in everything else they do."""
    return Asker(seen.act(timezone.now()).who, _account(seen))


def _account(seen: Viewer) -> UUID:
    assert seen.account is not None  # noqa: S101  - `signed_in` lets nobody else in
    return seen.account.uid


def _wanted(round_: Round, form: Filled, villages: Mapping[str, str]) -> WantedImport:
    stage, village = form.one_of("stage", STAGES), form.one_of("village", villages)
    return WantedImport(
        place=str(round_.place.uid),
        year=round_.year,
        packs=round_.packs,
        stage=stage,
        sender=form.text("sender", most=120),
        village=villages.get(village, ""),
        old_numbers_empty=bool(form.text("old_numbers", most=5)),
    )


def _file(request: HttpRequest, form: Filled) -> UploadedFile[bytes] | None:
    """The file that was sent; refused beside its field where there is none (R177) or it is too large (R178)."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        form.problems["file"] = problem("R177", "file")
    elif file.size > MAX_FILE_BYTES:
        form.problems["file"] = problem("R178", "file", most=MAX_FILE_BYTES // MEGABYTE)
    return file


def _go_on(request: HttpRequest, job: SeenJob, account: UUID) -> HttpResponse:
    """Look again with what people said of the columns, or load what was understood."""
    seen = viewer(request)
    asked = WantedImport(**job.arguments | {"columns": tuple(job.arguments["columns"])})
    wanted = replace(asked, columns=_said(request, job, asked.columns), confirmed=request.POST.get("do") == "load")
    forms = [each for each in request.POST.getlist("form") if each]
    if len(forms) == 1 and forms[0] != _only_form(job):
        wanted = replace(wanted, form=forms[0])
    wanted = replace(wanted, without_hidden="without_hidden" in request.POST)
    changed = replace(wanted, confirmed=asked.confirmed) != asked
    ask = ask_for_import if wanted.confirmed and not changed and not job.result.get("wrong") else ask_for_look
    name, path = open_given_file(account, job.uid)
    with path.open("rb") as file:
        wanted = replace(wanted, confirmed=ask is ask_for_import)
        new = ask(wanted, name, file, asker=asker(seen), now=timezone.now())
    return HttpResponseRedirect(reverse("web:job", args=[new.uid]))


def _only_form(job: SeenJob) -> str:
    forms = [sheet["form"] for sheet in job.result["understood"] if "form" in sheet]
    return str(forms[0]) if len(forms) == 1 else ""


def _said(request: HttpRequest, job: SeenJob, before: tuple[str, ...]) -> tuple[str, ...]:
    """What people say of the columns: of a sheet in which anything was changed all columns, else as before."""
    said: list[str] = []
    for place, sheet in enumerate(job.result["understood"]):
        columns = [] if sheet.get("own") else sheet.get("columns", [])
        chosen = {each["letters"]: _chosen(request, place, each, sheet) for each in columns}
        if any(chosen[each["letters"]] != (each["key"] or UNUSED) for each in columns):
            said += [f"{sheet['sheet']}!{letters}={key}" for letters, key in chosen.items()]
        else:
            said += [each for each in before if each.startswith(f"{sheet['sheet']}!")]
    return tuple(said)


def _chosen(request: HttpRequest, place: int, column: Mapping[str, Any], sheet: Mapping[str, Any]) -> str:
    """What was chosen for a column; what the page did not offer counts as not chosen."""
    chosen = request.POST.get(f"c{place}-{column['letters']}", "")
    known = {key for key, _ in sheet["meanings"]} | {UNUSED}
    return chosen if chosen in known else str(column["key"] or UNUSED)
