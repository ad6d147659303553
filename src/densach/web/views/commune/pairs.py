"""Records that look alike: the pairs that wait, one pair side by side, the decision on it, and taking that back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.alike.access import counted_as, pair_between, pairs_to_settle, see_sides, settled_pairs
from densach.history.domain import Act
from densach.people.models import LikelyDuplicate, PairState, Person
from densach.people.numbers import load_keys
from densach.people.records.merging import decide_different, decide_same, put_forward, undo_same
from densach.problems import Refused, problem
from densach.web.asking_forms import asked_start
from densach.web.filling import Filled
from densach.web.pair_words import rows_of
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

LONGEST = 2000
# What may be done with a pair, and where that leads.
DOES = {"same": "pairs", "different": "pairs", "again": "pair"}
# The refusals that name a command are told in the words of this page.
_TOLD_HERE = {"N105": "N160", "N107": "N161", "N108": "N162", "N109": "N163", "N129": "N160"}


@require_safe
@signed_in
def waiting(request: HttpRequest) -> HttpResponse:
    """The pairs that wait for a decision."""
    page = {"shown": pairs_to_settle(viewer(request), asked_start(request))}
    return render(request, "web/commune/pairs.html", page)


@require_safe
@signed_in
def settled(request: HttpRequest) -> HttpResponse:
    """The pairs that were decided, from where a decision is taken back."""
    page = {"shown": settled_pairs(viewer(request), asked_start(request))}
    return render(request, "web/commune/settled_pairs.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def pair(request: HttpRequest, one: UUID, other: UUID) -> HttpResponse:
    """One pair side by side; it is decided here, and the decision is taken back here."""
    seen, form = viewer(request), Filled(request.POST)
    found = pair_between(seen, one, other)
    if request.method == "POST":
        does = _settled(request, found, form)
        if does:
            messages.success(request, say(f"pairs.done_{does}"))
            where = DOES[does]
            return HttpResponseRedirect(request.path if where == "pair" else reverse(f"web:{where}"))
        found = pair_between(seen, one, other)
    persons = counted_as(found)
    rows = rows_of(*see_sides(found, load_keys(settings.KEYS_FILE)))
    page = {"form": form, "pair": found, "rows": rows, "persons": persons, "is_one": persons[0] == persons[1]}
    return render(request, "web/commune/pair.html", page, status=200 if form.is_whole else 400)


def _settled(request: HttpRequest, found: LikelyDuplicate, form: Filled) -> str:
    """What was done with the pair; nothing where the form says why not."""
    does = form.one_of("do", DOES)
    reason = form.text("reason", most=LONGEST, needed=True)
    offered = {str(person.uid): person for person in counted_as(found)}
    keep = offered.get(form.one_of("keep", offered)) if does == "same" else None
    if not form.is_whole:
        return ""
    try:
        _settle(found, does, keep, viewer(request).act(timezone.now(), reason))
    except Refused as refusal:
        form.refuse(_told_here(refusal), N161="keep")
    return does if form.is_whole else ""


def _settle(found: LikelyDuplicate, does: str, keep: Person | None, act: Act) -> None:
    if keep is not None:
        decide_same(found.pk, keep, act=act)
    elif does == "different":
        decide_different(found.pk, act=act)
    elif found.state == PairState.SAME:
        undo_same(found.pk, act=act)
    else:
        put_forward(found.first, found.second, act=act)


def _told_here(refusal: Refused) -> Refused:
    codes = ((_TOLD_HERE.get(each.code, each.code), each) for each in refusal.problems)
    return Refused(*(problem(code, each.where, **each.words) for code, each in codes))
