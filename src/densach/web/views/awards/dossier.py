"""One dossier: where it stands, what is missing, who said what of it, and the steps that a role may take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from densach.authority.access import Viewer
from densach.awards import by_law, domain
from densach.awards.access import (
    is_proposer,
    levels_of,
    log_of,
    may_confirm,
    may_handle,
    may_hold,
    may_write,
    nomination_of,
    way_up,
)
from densach.awards.consulting import answer_opinion, ask_opinion, confirm
from densach.awards.deadlines import terms_of
from densach.awards.holding import Ended, enter_hold, leave_hold
from densach.awards.models import ENDED, HoldEnd, HoldGround, Nomination, Step
from densach.awards.moving import MOVES
from densach.awards.parts import may_add, places_of
from densach.awards.showing import Around, around
from densach.problems import Refused
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.signing.flash import say_done
from densach.web.viewing import signed_in, viewer
from densach.web.views.failing import NOT_THERE

Does = Callable[[Viewer, Nomination, Filled], object]
MOST_REASON = 500


@require_safe
@signed_in
def nomination(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One dossier."""
    return show(request, nomination_of(viewer(request), uid), Filled(request.POST))


@require_safe
@signed_in
def log(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What happened to one dossier, also what was tried and refused."""
    found = nomination_of(viewer(request), uid)
    return render(request, "web/awards/log.html", {"nomination": found, "log": log_of(found)})


@require_POST
@signed_in
def step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Do one of the things that can happen to a dossier; refused, the dossier comes back with the reason."""
    seen, form = viewer(request), Filled(request.POST)
    found = nomination_of(seen, uid)
    what = form.one_of("what", DOES)
    if form.is_whole:
        _do(seen, found, form, DOES[what])
    if form.is_whole:
        say_done(request, f"awards.done_{what}")
        return HttpResponseRedirect(reverse("web:nomination", args=[uid]))
    return show(request, nomination_of(seen, uid), form)


def _do(seen: Viewer, found: Nomination, form: Filled, does: Does) -> None:
    try:
        does(seen, found, form)
    except Refused as refusal:
        if any(each.code in NOT_THERE for each in refusal.problems):
            raise
        form.refuse(refusal)


def show(request: HttpRequest, found: Nomination, form: Filled) -> HttpResponse:
    """The page of a dossier, with what a form could not do."""
    seen = viewer(request)
    beside: Around = around(found)
    parameters = by_law.parameters_of(found, by_law.province_among(way_up(found, seen)))
    said = {each.place_id: each for each in beside.confirmations}
    proposes, handles = is_proposer(seen, found), may_handle(seen, found)
    ways = MOVES[Step(found.step)]
    form.typed = {"words": "", "reason": "", **form.typed}
    page = {
        "nomination": found,
        "form": form,
        "around": beside,
        "places": places_of(found),
        "levels": [(row, said.get(row.place_id)) for row in levels_of(found, seen)],
        "confirms": may_confirm(seen, found) and seen.place is not None and seen.place.pk not in said,
        "parameters": parameters,
        "terms": terms_of(found, parameters, beside.opinions, seen.today),
        "writes": may_write(seen, found),
        "handles": handles and found.step not in ENDED,
        "holds_it": may_hold(seen, found),
        "adds": may_add(seen, found),
        "submits": proposes and Step.SUBMITTED in ways,
        "withdraws": proposes and Step.WITHDRAWN in ways,
        "receives": handles and found.step == Step.SUBMITTED,
        "returns": handles and Step.RETURNED in ways,
        "admits": handles and Step.ELIGIBLE in ways and found.step == Step.SUBMITTED,
        "grounds": [(each.value, say(f"awards.ground_{each}")) for each in HoldGround],
        "ends": [(each.value, say(f"awards.end_{each}")) for each in HoldEnd],
        "today": seen.today,
    }
    return render(request, "web/awards/nomination.html", page, status=200 if form.is_whole else 400)


def _version(form: Filled) -> int:
    """The state that the page showed; what is none is older than any."""
    text = form.text("version", most=9)
    return int(text) if text.isascii() and text.isdigit() else 0


def _day(form: Filled, name: str, otherwise: date) -> date:
    return form.day(name, needed=True) or otherwise


def _submit(seen: Viewer, found: Nomination, form: Filled) -> object:
    return domain.submit(seen, found, _version(form), at=timezone.now())


def _withdraw(seen: Viewer, found: Nomination, form: Filled) -> object:
    return domain.withdraw(seen, found, _version(form), form.text("reason", most=MOST_REASON), at=timezone.now())


def _receive(seen: Viewer, found: Nomination, form: Filled) -> object:
    on = _day(form, "received_on", seen.today)
    return form.is_whole and domain.receive(seen, found, on, at=timezone.now())


def _give_back(seen: Viewer, found: Nomination, form: Filled) -> object:
    return domain.give_back(seen, found, _version(form), form.text("reason", most=MOST_REASON), at=timezone.now())


def _eligible(seen: Viewer, found: Nomination, form: Filled) -> object:
    return domain.find_eligible(seen, found, _version(form), at=timezone.now())


def _confirm(seen: Viewer, found: Nomination, form: Filled) -> object:
    agrees, said = form.one_of("agrees", {"1": 1, "0": 0}) == "1", form.text("words", most=MOST_REASON)
    return form.is_whole and confirm(seen, found, said, agrees=agrees, at=timezone.now())


def _ask(seen: Viewer, found: Nomination, form: Filled) -> object:
    addressee, matter = (
        form.text("addressee", most=200, needed=True),
        form.text("matter", most=MOST_REASON, needed=True),
    )
    return form.is_whole and ask_opinion(seen, found, addressee, matter, at=timezone.now())


def _answer(seen: Viewer, found: Nomination, form: Filled) -> object:
    on, agrees = _day(form, "answered_on", seen.today), form.one_of("agrees", {"1": 1, "0": 0}) == "1"
    answer, [uid] = form.text("answer", most=MOST_REASON), _one(form, found)
    return form.is_whole and answer_opinion(seen, found, uid, answer, on, agrees=agrees, at=timezone.now())


def _hold(seen: Viewer, found: Nomination, form: Filled) -> object:
    ground, basis = form.one_of("ground", dict(HoldGround.choices)), form.text("basis", most=300, needed=True)
    on = _day(form, "began_on", seen.today)
    return form.is_whole and enter_hold(seen, found, HoldGround(ground), basis, on, at=timezone.now())


def _leave(seen: Viewer, found: Nomination, form: Filled) -> object:
    end, basis = form.one_of("end", dict(HoldEnd.choices)), form.text("end_basis", most=300, needed=True)
    on, served, [uid] = _day(form, "ended_on", seen.today), form.day("served_on"), _one(form, found)
    if not form.is_whole:
        return None
    return leave_hold(
        seen, found, uid, Ended(end=HoldEnd(end), basis=basis, on=on, served_on=served), at=timezone.now()
    )


def _one(form: Filled, found: Nomination) -> list[UUID]:
    """The thing that a form names; a form that names none speaks of nothing that is there."""
    return form.uids("uid")[:1] or [found.uid]


DOES: dict[str, Does] = {
    "submit": _submit,
    "withdraw": _withdraw,
    "receive": _receive,
    "return": _give_back,
    "eligible": _eligible,
    "confirm": _confirm,
    "ask": _ask,
    "answer": _answer,
    "hold": _hold,
    "leave": _leave,
}
