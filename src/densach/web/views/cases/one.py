"""One case: where it stands, who brought it for the one who must know, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.awards import by_law
from densach.awards.cases.access import case_of, hearers_at, is_assigned, may_assign
from densach.awards.cases.domain import (
    OUTCOMES,
    Answer,
    answer_case,
    assign_case,
    close_case,
    read_informant,
    read_text,
    start_verifying,
)
from densach.awards.cases.models import Case, State
from densach.awards.cases.sealing import Told
from densach.awards.models import HoldEnd
from densach.people.numbers import Keys, load_keys
from densach.problems import Refused
from densach.web.awards.telling import told as told_text
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer

Does = Callable[[Viewer, Case, Filled], object]
CLOCKS = "R-50"  # the rule of the times, which is only remembered
READS = "read"
MOST_BASIS, MOST_ANSWER = 300, 5000


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.HEAR_CASES)
def case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One case; sent, one of the things that can happen to it. Who brought it is read behind a button of its own."""
    seen, form = viewer(request), Filled(request.POST)
    found = case_of(seen, uid)
    if request.method != "POST":
        return _page(request, found, form)
    what = form.one_of("do", {READS: 1, **DOES})
    if what == READS:
        return _page(request, found, form, read_informant(seen, found, keys=_keys(), at=timezone.now()))
    if form.is_whole:
        _do(seen, found, form, DOES[what])
    if not form.is_whole:
        return _page(request, case_of(seen, uid), form)
    say_done(request, f"cases.done_{what}")
    return HttpResponseRedirect(request.path)


def _do(seen: Viewer, found: Case, form: Filled, does: Does) -> None:
    try:
        does(seen, found, form)
    except Refused as refusal:
        for each in refusal.problems:
            fields = {each.code: each.where} if each.where in form.typed else {}
            form.refuse(Refused(each), **fields)


def _page(request: HttpRequest, found: Case, form: Filled, told: Told | None = None) -> HttpResponse:
    seen = viewer(request)
    hearers, mine = hearers_at(seen, found), is_assigned(seen, found)
    rule = by_law.law().rules[CLOCKS]
    form.typed = {"on": seen.today.isoformat(), **form.typed}
    page = {
        "case": found,
        "form": form,
        "told": told,
        "mine": mine,
        "what": read_text(seen, found, keys=_keys()) if mine else "",
        "clocks": rule,
        "times": told_text(rule, "then"),
        "assigns": may_assign(seen, found, hearers) and found.state != State.CLOSED,
        "hearers": [(str(each.uid), each.name) for each in hearers],
        "outcomes": [(each.value, say(f"awards.end_{each}")) for each in OUTCOMES],
    }
    return render(request, "web/cases/case.html", page, status=200 if form.is_whole else 400)


def _keys() -> Keys:
    return load_keys(settings.KEYS_FILE)


def _day(form: Filled, otherwise: date) -> date:
    return form.day("on", needed=True) or otherwise


def _assign(seen: Viewer, found: Case, form: Filled) -> object:
    form.text("account", most=40)
    [uid] = form.uids("account")[:1] or [found.uid]  # a form that names none names nobody who hears cases
    return assign_case(seen, found, uid, at=timezone.now())


def _start(seen: Viewer, found: Case, form: Filled) -> object:
    basis, on = form.text("basis", most=MOST_BASIS, needed=True), _day(form, seen.today)
    return form.is_whole and start_verifying(seen, found, basis, on, keys=_keys(), at=timezone.now())


def _answer(seen: Viewer, found: Case, form: Filled) -> object:
    outcome, on = form.one_of("outcome", dict.fromkeys(OUTCOMES, 1)), _day(form, seen.today)
    basis, answer = (
        form.text("basis", most=MOST_BASIS, needed=True),
        form.text("answer", most=MOST_ANSWER, needed=True),
    )
    if not form.is_whole:
        return None
    said = Answer(outcome=HoldEnd(outcome), basis=basis, answer=answer, on=on)
    return answer_case(seen, found, said, keys=_keys(), at=timezone.now())


def _close(seen: Viewer, found: Case, form: Filled) -> object:
    why = form.text("why", most=MOST_BASIS)
    return form.is_whole and close_case(seen, found, why, keys=_keys(), at=timezone.now())


DOES: dict[str, Does] = {"assign": _assign, "start": _start, "answer": _answer, "close": _close}
