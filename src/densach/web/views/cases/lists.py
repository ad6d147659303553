"""The cases of a place, and taking one in."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.awards.cases.access import cases_seen, nomination_to_hear, nominations_called, require_hearer
from densach.awards.cases.domain import Brought, receive_case
from densach.awards.cases.models import Case, CaseKind, How
from densach.awards.cases.sealing import Told
from densach.awards.models import Nomination
from densach.people.numbers import load_keys
from densach.problems import Refused
from densach.web.asking import asked_text
from densach.web.asking_forms import asked_start
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer

MOST_WHAT = 5000


@require_safe
@needs(Right.HEAR_CASES)
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of the viewer's place; who brought them stands on none of these rows."""
    return render(request, "web/cases/list.html", {"listed": cases_seen(viewer(request), asked_start(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.HEAR_CASES)
def receive(request: HttpRequest) -> HttpResponse:
    """Take a case in: first what it is about is looked for, where that is known."""
    seen, form, asked = viewer(request), Filled(request.POST), asked_text(request)
    require_hearer(seen)
    about = _about(seen, request)
    if request.method == "POST" and (made := _received(seen, form, about)):
        say_done(request, "cases.done_received")
        return HttpResponseRedirect(reverse("web:case", args=[made.uid]))
    if request.method != "POST":
        form.typed = {"received_on": seen.today.isoformat()}
    page = {
        "form": form,
        "asked": asked,
        "about": about,
        "found": nominations_called(seen, asked.text),
        "kinds": [(each.value, say(f"cases.kind_{each}")) for each in CaseKind],
        "ways": [(each.value, say(f"cases.how_{each}")) for each in How],
    }
    return render(request, "web/cases/receive.html", page, status=200 if form.is_whole else 400)


def _about(seen: Viewer, request: HttpRequest) -> Nomination | None:
    """The nomination that was chosen, in the address or in the form; what is none chooses nothing."""
    given = request.POST.get("nomination", "") or request.GET.get("ho-so", "")
    try:
        uid = UUID(given) if given else None
    except ValueError:
        return None
    return nomination_to_hear(seen, uid) if uid else None


def _received(seen: Viewer, form: Filled, about: Nomination | None) -> Case | None:
    kind, how = form.one_of("kind", dict(CaseKind.choices)), form.one_of("how", dict(How.choices))
    on, what = form.day("received_on", needed=True), form.text("what", most=MOST_WHAT, needed=True)
    told = Told(form.text("name", most=200), form.text("contact", most=300))
    if not form.is_whole or on is None:
        return None
    said = Brought(kind=CaseKind(kind), how=How(how), received_on=on, what=what, told=told, nomination=about)
    try:
        return receive_case(seen, said, keys=load_keys(settings.KEYS_FILE), at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal, Q701="received_on", Q706="what")
        return None
