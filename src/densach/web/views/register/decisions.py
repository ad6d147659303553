"""Decisions on commendation: drafted, prepared with their number, signed, recorded, published, and told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.signing.domain import Sent
from densach.awards.models import AwardRound, Nomination
from densach.awards.register import access
from densach.awards.register.deadlines import tellings_of
from densach.awards.register.handing import tell
from densach.awards.register.lawful import Decider, asks_for_council, award_in, decider_on
from densach.awards.register.models import Decision
from densach.awards.register.paper import Order
from densach.awards.register.preparing import drafted, drop_prepared, prepare_decision, prepared_bytes, prepared_paper
from densach.awards.register.signing import confirm_compared, publish, record_signed, send_file
from densach.formats.signatures import signatures_of
from densach.policy.commendation.model import Award
from densach.policy.commendation.reading import commendation_law
from densach.problems import Problem, Refused, problem
from densach.web.asking import today
from densach.web.filling import Filled
from densach.web.official import paper_file
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
MOST_BYTES = 20_000_000  # a scan of many pages; larger ones are split by every scanner
DONE = frozenset({"record", "publish", "drop", "compared"})  # what else is sent is a file


@require_safe
@signed_in
def decisions(request: HttpRequest) -> HttpResponse:
    """What waits for a decision here, and the decisions that were prepared."""
    seen, law = viewer(request), commendation_law()
    waiting = [(one, _named(law.awards.get(one.award), one.award)) for one in access.waiting_for(seen)]
    page = {"waiting": waiting, "made": access.decisions_for(seen), "signs": seen.may(access.SIGNS)}
    return render(request, "web/register/decisions.html", page)


@require_http_methods(FORM)
@signed_in
def prepare(request: HttpRequest, uid: UUID, award: str) -> HttpResponse:
    """Choose who stands on the list of a decision and number it, or enter the number that another office gave."""
    seen, law, form = viewer(request), commendation_law(), Filled(request.POST)
    round_, of_law = access.round_for(seen, uid), award_in(commendation_law(), award)
    if request.method == "POST":
        made = _prepared(request, round_, of_law, form)
        if made is not None:
            messages.success(request, say("register.prepared", number=made.number))
            return HttpResponseRedirect(reverse("web:award_decision", args=[made.uid]))
    else:
        form.typed = {"signed": seen.today.isoformat()}
    decider, refused = _decider(round_, of_law, seen.today)
    rows = _candidates(round_, of_law, decider)
    holds = access.holds_on(rows)
    held = [(row, holds[row.pk]) for row in rows if row.pk in holds]
    rows = [row for row in rows if row.pk not in holds]
    page = {
        "round": round_,
        "award": of_law,
        "form": form,
        "decider": decider,
        "refused": refused,
        "rows": rows,
        "held": held,
        "chosen": set(form.uids("who")) if request.method == "POST" else {row.uid for row in rows},
        "council": asks_for_council(law, of_law, decider, seen.today) if decider else "",
        "without": any(row.step == "eligible" for row in rows),
    }
    return render(request, "web/register/prepare.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def draft(request: HttpRequest, uid: UUID, award: str, form: str) -> HttpResponse:
    """The decision on everybody who waits and is not held, as it would be today, without a number."""
    seen, law = viewer(request), commendation_law()
    round_, of_law = access.round_for(seen, uid), award_in(law, award)
    decider = decider_on(law, round_, of_law, seen.today)
    rows = _candidates(round_, of_law, decider)
    holds = access.holds_on(rows)
    rows = [row for row in rows if row.pk not in holds]
    if not rows:
        raise Refused(problem("H103", uid))
    return paper_file(drafted(round_, of_law, decider, rows, seen.today), f"du-thao-{award}", form, seen.today)


@require_http_methods(FORM)
@signed_in
def decision(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One decision: its paper, the signed files, and recording and publishing for who signs."""
    seen, form = viewer(request), Filled(request.POST)
    found = access.decision_for(seen, uid)
    if request.method == "POST" and _changed(request, found, form):
        return HttpResponseRedirect(request.path)
    page = {
        "one": found,
        "form": form,
        "files": access.files_in(found),
        "signs": seen.may(access.SIGNS),
        "handles": seen.may(access.HANDLES),
        "listed": access.listed_in(found) if found.recorded_at is None else [],
        "awards": access.awards_in(found) if found.recorded_at else [],
        "most": MOST_BYTES // 1_000_000,
    }
    return render(request, "web/register/decision.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def paper(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """The paper that was prepared for signing; always the same bytes."""
    found = access.decision_for(viewer(request), uid)
    document = prepared_paper(found)
    if document is None:
        raise Refused(problem("H103", uid))
    return paper_file(document, f"quyet-dinh-khen-{found.signed_on:%Y-%m-%d}", form, found.signed_on)


@require_safe
@signed_in
def signed_file(request: HttpRequest, uid: UUID, file_uid: UUID) -> HttpResponse:
    """A signed file as it was sent."""
    found = access.file_in(access.decision_for(viewer(request), uid), file_uid)
    response = HttpResponse(bytes(found.content), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="da-ky-{found.sha256[:12]}.pdf"'
    return response


@require_http_methods(FORM)
@signed_in
def telling(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who is to be told of a decision, and noting that they were."""
    seen, form = viewer(request), Filled(request.POST)
    found = access.decision_for(seen, uid)
    if request.method == "POST" and _told(request, found, form):
        return HttpResponseRedirect(request.path)
    if request.method != "POST":
        form.typed = {"on": seen.today.isoformat()}
    notices = access.notices_in(found)
    waiting = any(row.told_on is None for row in notices)
    telling = tellings_of(commendation_law(), [found])[found.pk] if waiting else None
    page = {"one": found, "form": form, "notices": notices, "handles": seen.may(access.HANDLES), "telling": telling}
    page["late"] = telling is not None and telling.due.is_late(seen.today)
    return render(request, "web/register/telling.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def told(request: HttpRequest) -> HttpResponse:
    """What the place of the viewer, which proposed, is told of decisions."""
    notices = access.notices_for(viewer(request))
    tellings = tellings_of(commendation_law(), [row.decision for row in notices if row.told_on is None])
    page = {"notices": [(row, tellings.get(row.decision_id) if row.told_on is None else None) for row in notices]}
    return render(request, "web/register/told.html", page)


@require_safe
def public(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A published decision for anybody: collectives by name, persons and households counted."""
    return render(request, "web/register/public.html", {"seen": access.public_decision(uid), "today": today()})


def _named(award: Award | None, code: str) -> str:
    return award.name_vi if award else code


def _decider(round_: AwardRound, award: Award, on: date) -> tuple[Decider | None, tuple[Problem, ...]]:
    """Who decides today, or why nobody does; the page says so instead of failing."""
    try:
        return decider_on(commendation_law(), round_, award, on), ()
    except Refused as refusal:
        return None, refusal.problems


def _candidates(round_: AwardRound, award: Award, decider: Decider | None) -> list[Nomination]:
    if decider is None:
        return []
    steps = access.WITHOUT_COUNCIL if decider.numbers_here else access.ELSEWHERE
    if decider.numbers_here and asks_for_council(commendation_law(), award, decider, today()):
        steps = access.OWN_STEPS
    return access.candidates_for(round_, award.code, steps)


def _prepared(request: HttpRequest, round_: AwardRound, award: Award, form: Filled) -> Decision | None:
    seen = viewer(request)
    if not seen.may(access.HANDLES):
        raise Refused(problem("H103", "prepare"))
    signed, basis = form.day("signed", needed=True), form.text("basis", most=300, needed=True)
    signer, given = form.text("signer", most=120), form.text("given", most=60)
    without, came = form.text("without", most=300), form.day("came")
    number = form.number("number", least=1, most=99_999) if request.POST.get("number") else None
    if not form.is_whole or signed is None:
        return None
    order = Order(
        signed=signed, basis=basis, signer=signer, number=number, given=given, came=came, without_council=without
    )
    try:
        act, chosen = seen.act(timezone.now(), basis), form.uids("who")
        return prepare_decision(round_, award.code, chosen, order, commendation_law(), today=seen.today, act=act)
    except Refused as refusal:
        form.refuse(
            refusal,
            Q303="signed",
            Q306="without",
            Q309="given",
            Q310="given",
            Q321="came",
            A102="number",
            A101="signed",
        )
        return None


def _changed(request: HttpRequest, found: Decision, form: Filled) -> bool:
    """Whether what was asked for is done; recording and publishing are for who signs, files for who handles too."""
    seen, what = viewer(request), request.POST.get("do", "")
    act = seen.act(timezone.now())
    if what in {"record", "publish"} and not (seen.may(access.SIGNS) or (found.thing is None and what == "record")):
        raise Refused(problem("H103", what))
    try:
        if what == "record" and seen.account:
            record_signed(found, seen.account, act=act)
        elif what == "publish":
            publish(found, act=act)
        elif what == "drop":
            drop_prepared(found, form.text("reason", most=300), act=act)
        elif what == "compared":
            for uid in form.uids("file"):
                confirm_compared(access.file_in(found, uid), act=act)
        else:
            _keep_file(request, found, form)
    except Refused as refusal:
        beside = dict.fromkeys(("E107", "E110", "E120", "E121", "R177", "R178", "Q314", "Q315"), "file")
        form.refuse(refusal, **beside, Q311="reason")
        return False
    if form.is_whole:
        messages.success(request, say("register.done_" + (what if what in DONE else "file")))
    return form.is_whole


def _keep_file(request: HttpRequest, found: Decision, form: Filled) -> None:
    file = request.FILES.get("file")
    if file is None or not file.size:
        form.problems["file"] = problem("R177", "file")
    elif file.size > MOST_BYTES:
        form.problems["file"] = problem("R178", "file", most=MOST_BYTES // 1_000_000)
    else:
        content, now, name = file.read(), timezone.now(), file.name or "tep.pdf"
        signatures = signatures_of(name, content, at=now)
        sent = Sent(name=name, content=content, signatures=signatures, prepared=prepared_bytes(found))
        send_file(found, sent, act=viewer(request).act(now))


def _told(request: HttpRequest, found: Decision, form: Filled) -> bool:
    seen = viewer(request)
    if not seen.may(access.HANDLES):
        raise Refused(problem("H103", "tell"))
    on, how = form.day("on", needed=True), form.text("how", most=200, needed=True)
    if not form.is_whole or on is None:
        return False
    try:
        for uid in form.uids("notice"):
            tell(found, uid, how, on=on, today=seen.today, act=seen.act(timezone.now()))
    except Refused as refusal:
        form.refuse(refusal, Q350="on")
        return False
    messages.success(request, say("register.done_told"))
    return True
