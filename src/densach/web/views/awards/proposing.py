"""Putting forward, one thing at a time: round and award, whom, and what the certificate shall say."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.awards import by_law
from densach.awards.access import may_write, nomination_of, proposing_place, round_of, rounds_seen, way_up
from densach.awards.candidates.finding import candidate, find_candidates
from densach.awards.domain import Proposal, nominate
from densach.awards.domain import write as write_words
from densach.awards.models import AwardRound, Mode, Nomination, Nominee, SubjectKind
from densach.awards.nominees import Typed, nominee_from_register, nominee_typed
from densach.people.models import Sex
from densach.problems import Refused, problem
from densach.web.asking import asked_text
from densach.web.awards.telling import told
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
_BESIDE = {"Q106": "stated_as", "Q107": "kind", "Q109": "name"}


@require_safe
@needs(Right.NOMINATE)
def choose(request: HttpRequest) -> HttpResponse:
    """The rounds that take nominations today, each with the awards that the viewer's place may propose in it."""
    seen = viewer(request)
    where = proposing_place(seen)
    offered = [
        (round_, [each for each in by_law.awards_in(round_, seen.today) if by_law.can_propose(where.level, each.code)])
        for round_ in rounds_seen(seen)
        if _is_open(seen, round_)
    ]
    return render(request, "web/awards/choose.html", {"offered": [each for each in offered if each[1]]})


@require_http_methods(FORM)
@needs(Right.NOMINATE)
def whom(request: HttpRequest, round_uid: UUID, award: str) -> HttpResponse:
    """Whom the award is for: found in the register, or typed; what is found is put forward with one tap."""
    seen, form, asked = viewer(request), Filled(request.POST), asked_text(request)
    round_ = round_of(seen, round_uid)
    if award not in {each.code for each in by_law.awards_in(round_, seen.today)}:
        raise Refused(problem("H103", award))
    if request.method == "POST" and (made := _made(request, form, round_, award)):
        say_done(request, "awards.done_begun")
        return HttpResponseRedirect(reverse("web:nomination_ledger", args=[made.uid]))
    page = {
        "round": round_,
        "award": award,
        "form": form,
        "asked": asked,
        "found": find_candidates(seen, asked.text, fictional=round_.is_fictional),
        "kinds": [(each.value, say(f"awards.kind_{each}")) for each in SubjectKind],
        "sexes": [("", say("awards.sex_")), *((each.value, say(f"awards.sex_{each}")) for each in Sex)],
    }
    return render(request, "web/awards/whom.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def words(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the certificate shall say, in which way one commends, and by which branch of the standard."""
    seen, form = viewer(request), Filled(request.POST)
    found = nomination_of(seen, uid)
    if not may_write(seen, found):
        raise Refused(problem("H103", uid))
    if request.method == "POST" and _written(request, form, found):
        say_done(request, "awards.done_words")
        return HttpResponseRedirect(reverse("web:nomination", args=[uid]))
    if request.method != "POST":
        form.typed = {"citation": found.citation, "mode": found.mode, "branch": found.branch}
    page = {"nomination": found, "form": form, "modes": _modes(), "branches": _branches(seen, found)}
    return render(request, "web/awards/words.html", page, status=200 if form.is_whole else 400)


def _is_open(seen: Viewer, round_: AwardRound) -> bool:
    return round_.opens_on <= seen.today and (round_.closes_on is None or seen.today <= round_.closes_on)


def _made(request: HttpRequest, form: Filled, round_: AwardRound, award: str) -> Nomination | None:
    seen, now = viewer(request), timezone.now()
    try:
        nominee = _nominee(request, form, round_)
        if nominee is None or not form.is_whole:
            return None
        return nominate(seen, Proposal(round=round_, award=award), nominee, at=now)
    except Refused as refusal:
        form.refuse(refusal, **_BESIDE)
        return None


def _nominee(request: HttpRequest, form: Filled, round_: AwardRound) -> Nominee | None:
    seen = viewer(request)
    act = seen.act(timezone.now())
    what = form.text("what", most=12)
    if what:
        uids = form.uids("uid")
        if not uids:
            raise Refused(problem("H103", "uid"))
        found = candidate(seen, what, uids[0], fictional=round_.is_fictional)
        stated = form.text("stated", most=12)
        kind = SubjectKind(stated) if stated in SubjectKind.values else None
        return nominee_from_register(found, stated=kind, stated_as=form.text("stated_as", most=300), act=act)
    typed = _typed(form)
    return nominee_typed(seen, typed, act=act) if typed and form.is_whole else None


def _typed(form: Filled) -> Typed | None:
    kind = form.one_of("kind", dict(SubjectKind.choices))
    name, about = form.text("name", most=200, needed=True), form.text("about", most=300)
    born_on, sex = form.day("born_on"), form.text("sex", most=10)
    if not form.is_whole:
        return None
    is_person = kind == SubjectKind.PERSON
    return Typed(
        kind=SubjectKind(kind),
        name=name,
        about=about,
        born_on=born_on if is_person else None,
        sex=sex if is_person and sex in Sex.values else "",
    )


def _written(request: HttpRequest, form: Filled, found: Nomination) -> bool:
    seen = viewer(request)
    citation = form.text("citation", most=500, needed=True)
    mode, branch = form.one_of("mode", dict(_modes())), form.one_of("branch", dict(_branches(seen, found)))
    if not form.is_whole:
        return False
    try:
        write_words(seen, found, citation=citation, mode=Mode(mode), branch=branch, at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def _modes() -> list[tuple[str, str]]:
    return [(each.value, say(f"awards.mode_{each}")) for each in Mode]


def _branches(seen: Viewer, found: Nomination) -> list[tuple[str, str]]:
    rows = by_law.branches_for(found, by_law.province_among(way_up(found, seen)))
    named = {each.code: told(each, "name") for each in rows}
    return [("", str(say("awards.branch_none"))), *named.items()]
