"""One's own data: for what it is used on which basis, what is held, who did what with it, and a copy to take along."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.privacy.access import own_people, own_person
from densach.assessing.privacy.holding import files_of, log_of, register_of, whole_copy
from densach.assessing.privacy.reading import overview_of
from densach.assessing.privacy.requesting import note_copy_given
from densach.assessing.scans.access import own_scan
from densach.people.numbers import load_keys
from densach.web.asking_forms import asked_start
from densach.web.consent_scans import shown_scan
from densach.web.viewing import signed_in, viewer
from densach.web.views.privacy.acting import acted, own_word
from densach.web.views.privacy.copying import as_json

A_PAGE = 50


@require_safe
@signed_in
def people(request: HttpRequest) -> HttpResponse:
    """Whose data the viewer looks after; of one person alone, straight to the page."""
    found = own_people(viewer(request))
    if len(found) == 1:
        return HttpResponseRedirect(reverse("web:data_of", args=[found[0].person.uid]))
    return render(request, "web/privacy/people.html", {"people": found, "seen": viewer(request)})


@require_safe
@signed_in
def purposes_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Each purpose with its basis, who sees the data, how long it is kept, and what was asked so far."""
    seen = viewer(request)
    own = own_person(seen, uid)
    page = {"own": own, "overview": overview_of(own.person, seen.today), "today": seen.today}
    return render(request, "web/privacy/purposes.html", page)


@require_safe
@signed_in
def held(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the register holds."""
    seen = viewer(request)
    own = own_person(seen, uid)
    register = register_of(own.person, load_keys(settings.KEYS_FILE), seen.today)
    return render(request, "web/privacy/held.html", {"own": own, "register": register})


@require_safe
@signed_in
def files(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was written, judged, decided and printed."""
    own = own_person(viewer(request), uid)
    return render(request, "web/privacy/files.html", {"own": own, "files": files_of(own.person)})


@require_safe
@signed_in
def scan(request: HttpRequest, uid: UUID, scan: UUID) -> HttpResponse:
    """The scan of a paper on which the person's own word stands."""
    own = own_person(viewer(request), uid)
    return shown_scan(request, own_scan(own, scan))


@require_safe
@signed_in
def log(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who did what with the data, by role."""
    own, start = own_person(viewer(request), uid), asked_start(request)
    lines = log_of(own.person, start, A_PAGE + 1)
    page = {"own": own, "lines": lines[:A_PAGE], "next": start + A_PAGE if len(lines) > A_PAGE else None}
    return render(request, "web/privacy/log.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A copy of all that is held, made at once: for people to read, or for programs."""
    seen = viewer(request)
    own = own_person(seen, uid)
    if request.method != "POST":
        return render(request, "web/privacy/copy.html", {"own": own})
    form = "json" if request.POST.get("dang") == "json" else "trang"
    note_copy_given(own.person, form, own_word(request, own), on=seen.today, act=acted(request))
    whole = whole_copy(own.person, load_keys(settings.KEYS_FILE), seen.today)
    if form == "json":
        return _attached(as_json(whole, seen.today), "application/json", f"du-lieu-{seen.today:%Y-%m-%d}.json")
    return render(request, "web/privacy/whole.html", {"own": own, "copy": whole, "today": seen.today})


def _attached(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
