"""What the law gives for a dossier: fulfilled, not fulfilled, or for a person to look at, who says so with a reason."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from densach.awards import by_law
from densach.awards.access import may_handle, nomination_of
from densach.awards.choosing import choose_regime, judge_by_person
from densach.awards.judging import Judgement, judgement_of
from densach.awards.models import ENDED, Nomination, Regime
from densach.problems import Refused
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import signed_in, viewer
from densach.web.views.failing import NOT_THERE

LONGEST_RULE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def findings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The findings of the law of its day, each with its article and mark, and what persons said."""
    seen, form = viewer(request), Filled(request.POST)
    found = nomination_of(seen, uid)
    if request.method == "POST" and _done(request, found, form):
        say_done(request, f"awards.done_{form.typed['what']}", count=len(_rules(form)))
        return HttpResponseRedirect(request.path)
    judgement = judgement_of(found, seen)
    page = {
        "nomination": found,
        "form": form,
        "judgement": judgement,
        "handles": may_handle(seen, found) and found.step not in ENDED,
        "choices": by_law.choices_of(found, seen.today),
        "ticked": _rules(form) if request.method == "POST" else _asked_for(request, judgement),
    }
    return render(request, "web/awards/findings.html", page, status=200 if form.is_whole else 400)


def _done(request: HttpRequest, found: Nomination, form: Filled) -> bool:
    seen, what = viewer(request), form.one_of("what", {"judge": 1, "regime": 1})
    why, _ = form.text("why", most=300), form.text("group", most=3)
    try:
        if what == "judge":
            fulfilled = form.one_of("fulfilled", {"1": 1, "0": 0}) == "1"
            rules = _rules(form)
            _ = form.is_whole and judge_by_person(seen, found, rules, why, fulfilled=fulfilled, at=timezone.now())
        elif what == "regime":
            regime = Regime(form.one_of("regime", dict(Regime.choices)) if form.is_whole else "")
            _ = form.is_whole and choose_regime(seen, found, regime, why, at=timezone.now())
    except ValueError:
        return False
    except Refused as refusal:
        if any(each.code in NOT_THERE for each in refusal.problems):
            raise
        form.refuse(refusal)
    return form.is_whole


def _rules(form: Filled) -> list[str]:
    """The rules that were ticked, each once."""
    return [rule for rule in dict.fromkeys(form.sent.getlist("rule")) if len(rule) <= LONGEST_RULE]


def _asked_for(request: HttpRequest, judgement: Judgement | None) -> tuple[str, ...]:
    """The unanswered rules of one group that were asked to be ticked, by its number on the page."""
    wanted = request.GET.get("chon", "")
    groups = judgement.waiting if judgement else ()
    return next((row.unanswered for number, row in enumerate(groups, 1) if str(number) == wanted), ())
