"""What waits to go to the centre, making a package of it, and one package with its hash, days and answers."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.awards import by_law
from densach.awards.central import access
from densach.awards.central.deadlines import terms_of
from densach.awards.central.domain import Wanted, send, set_aside, wanted_package
from densach.awards.central.missing import lacks_of
from densach.awards.models import AwardRound
from densach.jobs.domain import Asker
from densach.problems import Refused, problem
from densach.web.central_work import ask_for_package
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
LONGEST_WORD, LONGEST_WHY = 500, 300


@require_safe
@signed_in
def waiting(request: HttpRequest) -> HttpResponse:
    """What passed and goes to the Prime Minister, by round, and the packages that were made."""
    seen = viewer(request)
    groups = groupby(access.waiting_for(seen), key=lambda row: (row.round, row.award))
    rows = [(round_, award, _named(award), len(list(each))) for (round_, award), each in groups]
    packages = [(each, _named(each.award)) for each in access.packages_for(seen)]
    return render(request, "web/central/waiting.html", {"waiting": rows, "packages": packages})


@require_http_methods(FORM)
@signed_in
def prepare(request: HttpRequest, uid: UUID, award: str) -> HttpResponse:
    """Choose who goes into a package, see what is missing, and say that there are no State secrets."""
    seen, form = viewer(request), Filled(request.POST)
    round_ = access.round_for(seen, uid)
    rows = [each for each in access.waiting_for(seen) if each.round_id == round_.pk and each.award == award]
    if request.method == "POST":
        wanted = _wanted(request, form, round_)
        if wanted is not None and seen.account is not None:
            who = Asker(seen.act(timezone.now()).who, seen.account.uid)
            job = ask_for_package(wanted, asker=who)
            return HttpResponseRedirect(reverse("web:job", args=[job.uid]))
    if not rows and form.is_whole:
        raise Refused(problem("H103", uid))
    page = {
        "round": round_,
        "award": award,
        "award_name": _named(award),
        "rows": rows,
        "form": form,
        "lacks": lacks_of(seen, rows),
        "chosen": set(form.uids("chosen")) if request.method == "POST" else {row.uid for row in rows},
    }
    return render(request, "web/central/prepare.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def package(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One package: its file, what is in it, the days of the centre, and what was answered."""
    seen, form = viewer(request), Filled(request.POST)
    found = access.package_for(seen, uid)
    if request.method == "POST" and _changed(request, form, uid):
        return HttpResponseRedirect(request.path)
    receipts = access.receipts_for(found)
    standing = [row for row in receipts if row.taken_back_at is None]
    about = {row.packed_id: row for row in standing if row.packed_id}
    page = {
        "one": found,
        "award_name": _named(found.award),
        "rows": [(each, about.get(each.pk)) for each in access.packed_for(found)],
        "receipts": [row for row in standing if row.packed_id is None],
        "taken_back": [row for row in receipts if row.taken_back_at is not None],
        "terms": terms_of(receipts, seen.today) if found.sent_on else [],
        "form": form,
        "today": seen.today.isoformat(),
    }
    return render(request, "web/central/package.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def archive(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The archive of a package, as it was made."""
    found, content = access.archive_for(viewer(request), uid)
    response = HttpResponse(content, content_type="application/zip")
    name = f"trinh-trung-uong-{found.round.year}-{found.number:02d}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _named(award: str) -> str:
    found = by_law.award(award)
    return found.name_vi if found else award


def _wanted(request: HttpRequest, form: Filled, round_: AwardRound) -> Wanted | None:
    word = form.text("word", most=LONGEST_WORD)
    secrets = request.POST.get("no_secrets") == "1"
    form.typed["no_secrets"] = "1" if secrets else ""
    if not form.is_whole:
        return None
    chosen = form.uids("chosen")
    try:
        return wanted_package(viewer(request), round_, chosen, word, no_secrets=secrets, at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal, Q503="no_secrets", Q502="word")
        return None


def _changed(request: HttpRequest, form: Filled, uid: UUID) -> bool:
    """Whether the package was sent or set aside, as asked."""
    seen, now = viewer(request), timezone.now()
    found = access.package_for(seen, uid)
    try:
        if request.POST.get("do") == "set_aside":
            set_aside(seen, found, form.text("why", most=LONGEST_WHY), at=now)
            messages.success(request, say("central.done_set_aside"))
        else:
            on = form.day("on", needed=True)
            if on is not None:
                send(seen, found, on, at=now)
                messages.success(request, say("central.done_sent"))
    except Refused as refusal:
        form.refuse(refusal, Q506="why", Q507="on")
    return form.is_whole
