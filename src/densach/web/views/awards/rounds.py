"""The rounds that one takes part in; whoever handles awards opens them and registers what a letter allows."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.awards import by_law
from densach.awards.access import HANDLES, province_of, round_of, rounds_seen
from densach.awards.models import AwardRound, Occasion, SubjectKind
from densach.awards.rounds import Allowed, Opening, open_round, set_quota
from densach.awards.showing import quotas_in
from densach.problems import Refused
from densach.web.awards.telling import award_name
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.signing.flash import say_done
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
FIRST_YEAR, LAST_YEAR, MOST = 2024, 2031, 100_000


@require_http_methods(FORM)
@signed_in
def all_rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of the viewer's place and of those it lies in, with the form for one more."""
    seen, form = viewer(request), Filled(request.POST)
    if request.method == "POST" and (made := _opened(request, form)):
        say_done(request, "awards.done_opened")
        return HttpResponseRedirect(reverse("web:award_round", args=[made.uid]))
    if request.method != "POST":
        form.typed = {"year": str(seen.today.year), "opens_on": seen.today.isoformat()}
    rounds = rounds_seen(seen)
    page = {
        "rounds": rounds,
        "form": form,
        "opens": seen.may(HANDLES),
        "occasions": [(each.value, say(f"awards.occasion_{each}")) for each in Occasion],
    }
    return render(request, "web/awards/rounds.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def one_round(request: HttpRequest, round_uid: UUID) -> HttpResponse:
    """One round: its days and letter, its awards, and what is allowed."""
    seen, form = viewer(request), Filled(request.POST)
    round_ = round_of(seen, round_uid)
    if request.method == "POST" and _allowed(request, form, round_):
        say_done(request, "awards.done_quota")
        return HttpResponseRedirect(request.path)
    awards, province = by_law.awards_in(round_, seen.today), province_of(round_, seen)
    page = {
        "round": round_,
        "form": form,
        "quotas": quotas_in(round_),
        "awards": [(each.code, award_name(each.code)) for each in awards],
        "published": [
            (award_name(each.code), by_law.publication_of(each.code, round_.authority, province)) for each in awards
        ],
        "kinds": [("", say("awards.kind_all")), *((each.value, say(f"awards.kind_{each}")) for each in SubjectKind)],
        "handles": seen.may(HANDLES) and seen.place == round_.place,
    }
    return render(request, "web/awards/round.html", page, status=200 if form.is_whole else 400)


def _opened(request: HttpRequest, form: Filled) -> AwardRound | None:
    occasion = form.one_of("occasion", dict(Occasion.choices))
    year, name = form.number("year", least=FIRST_YEAR, most=LAST_YEAR), form.text("name", most=200, needed=True)
    guidance = form.text("guidance", most=300)
    opens, closes = form.day("opens_on", needed=True), form.day("closes_on")
    if not form.is_whole or opens is None:
        return None
    said = Opening(
        occasion=Occasion(occasion), year=year, name=name, guidance=guidance, opens_on=opens, closes_on=closes
    )
    try:
        return open_round(viewer(request), said, at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal, Q101="name", Q135="closes_on")
        return None


def _allowed(request: HttpRequest, form: Filled, round_: AwardRound) -> bool:
    seen = viewer(request)
    award = form.one_of("award", {each.code: 1 for each in by_law.awards_in(round_, seen.today)})
    subject, most = form.text("subject", most=12), form.number("most", least=0, most=MOST)
    source = form.text("source", most=300, needed=True)
    if not form.is_whole:
        return False
    kind = SubjectKind(subject) if subject in SubjectKind.values else None
    try:
        set_quota(seen, round_, Allowed(award=award, subject=kind, most=most, source=source), at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal, Q103="award", Q104="source")
        return False
    return True
