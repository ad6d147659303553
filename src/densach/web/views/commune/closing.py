"""The end of a round: certificates of who is recognised, and the report up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.meetings.access import title_in
from densach.assessing.steps.access import RUNS, SIGNS, own_round
from densach.assessing.verifying.access import villages_in
from densach.problems import Refused, problem
from densach.reporting.papers.issuing import issue_papers, kept_documents
from densach.reporting.papers.naming import REPORT_UP
from densach.reporting.papers.writing import the_dossier
from densach.reporting.round_counts import round_counts
from densach.web.filling import Filled
from densach.web.law import law_of_round
from densach.web.official import paper_file
from densach.web.round_work import ask_to_print
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer
from densach.web.views.commune.importing import asker

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@signed_in
def certificates(request: HttpRequest, name: str) -> HttpResponse:
    """How many certificates were printed of how many recognised, and printing those of a title in the background."""
    seen = viewer(request)
    round_, form = own_round(seen, name, RUNS), Filled(request.POST)
    villages = villages_in(round_)
    if request.method == "POST":
        title = title_in(request.POST.get("model", ""))
        village = form.one_of("village", {"": None, **villages})
        if form.is_whole:
            only = villages[village].name if village else ""
            again = bool(form.text("again", most=5))
            job = ask_to_print(round_, title, only, again=again, asker=asker(seen))
            return HttpResponseRedirect(reverse("web:job", args=[job.uid]))
    page = {"name": name, "round": round_, "form": form, "villages": villages}
    page["counts"] = [one for one in round_counts(round_) if one.recognised]
    return render(request, "web/commune/certificates.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def report(request: HttpRequest, name: str) -> HttpResponse:
    """The report up: as it would be today, and numbered once."""
    seen = viewer(request)
    round_, form = own_round(seen, name, RUNS), Filled(request.POST)
    if request.method == "POST":
        try:
            dossier = list(the_dossier(round_, law_of_round(round_, seen), seen.today))
            act = seen.act(timezone.now(), "cấp số báo cáo")
            issue_papers(round_, dossier, seen.today, only=(REPORT_UP,), today=seen.today, act=act)
            messages.success(request, say("decision.reported"))
            return HttpResponseRedirect(request.path)
        except Refused as refusal:
            form.refuse(refusal)
    page = {"name": name, "round": round_, "form": form, "kept": kept_documents(round_).get(REPORT_UP)}
    return render(request, "web/commune/report.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def report_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The report up as PDF or Word: as it was numbered, or as it would be today."""
    seen = viewer(request)
    round_ = own_round(seen, name, RUNS, SIGNS)
    document = kept_documents(round_).get(REPORT_UP)
    if document is None:
        dossier = dict(the_dossier(round_, law_of_round(round_, seen), seen.today))
        document = dossier.get(REPORT_UP)
    if document is None:
        raise Refused(problem("H103", REPORT_UP))
    return paper_file(document, f"{REPORT_UP}-{round_.year}", form, seen.today)
