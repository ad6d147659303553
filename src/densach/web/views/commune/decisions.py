"""Decisions of a round: drafted, prepared with their number, signed, published, and what a later act takes back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.domain import PaperAct
from densach.assessing.meetings.access import BY_KEY, title_in
from densach.assessing.models import Recognition, Round
from densach.assessing.signing.access import (
    one_prepared,
    paper_in,
    papers_in,
    prepared_in,
    public_act,
    recognised_in,
    recognition_in,
)
from densach.assessing.signing.domain import (
    Sent,
    cancel_prepared,
    confirm_compared,
    publish,
    record_signed,
    send_paper,
    withdraw_recognition,
)
from densach.assessing.signing.models import Prepared
from densach.assessing.steps.access import RUNS, SIGNS, own_round
from densach.assessing.titles import Title
from densach.authority.domain import enter_local_decision
from densach.formats.signatures import signatures_of
from densach.problems import Refused, problem
from densach.reporting.papers.issuing import Order
from densach.reporting.papers.naming import decision_name
from densach.reporting.papers.preparing import (
    competent_for,
    competent_for_each,
    drafted,
    prepare_decision,
    prepared_bytes,
    prepared_paper,
)
from densach.reporting.round_counts import round_counts
from densach.web.asking import asked_text, today
from densach.web.filling import Filled
from densach.web.law import law_of_round
from densach.web.official import paper_file
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
DONE = frozenset({"record", "publish", "cancel", "compared"})  # what else is sent is a file
MOST_BYTES = 20_000_000  # a scan of many pages; larger ones are split by every scanner


@require_safe
@signed_in
def decisions(request: HttpRequest, name: str) -> HttpResponse:
    """What may be decided for each title, and what was prepared, signed and published."""
    seen = viewer(request)
    round_ = own_round(seen, name, RUNS, SIGNS)
    library = law_of_round(round_, seen)
    waiting = [one for one in round_counts(round_) if one.is_open]
    competent = competent_for_each(round_, [one.title for one in waiting], library, seen.today)
    titles = list(zip(waiting, competent, strict=True))
    made = [(row, BY_KEY[row.title_key]) for row in prepared_in(round_)]
    page = {"name": name, "round": round_, "titles": titles, "made": made, "signs": seen.may(SIGNS)}
    return render(request, "web/commune/decisions.html", page)


@require_safe
@signed_in
def draft(request: HttpRequest, name: str, model: str, form: str) -> HttpResponse:
    """The decision on the list of a title as it would be today, without a number."""
    seen = viewer(request)
    round_, title = own_round(seen, name, RUNS, SIGNS), title_in(model)
    document = drafted(round_, title, law_of_round(round_, seen), seen.today)
    return paper_file(document, f"du-thao-{decision_name(model)}-{round_.year}", form, seen.today)


@require_http_methods(FORM)
@signed_in
def prepare(request: HttpRequest, name: str, model: str) -> HttpResponse:
    """Number the decision on the list of a title, or enter the number that another office gave."""
    seen = viewer(request)
    round_, title, form = own_round(seen, name, RUNS, SIGNS), title_in(model), Filled(request.POST)
    if request.method == "POST":
        made = _prepared(request, round_, title, form)
        if made is not None:
            messages.success(request, say("decision.prepared", number=made.number))
            return HttpResponseRedirect(reverse("web:decision", args=[name, made.uid]))
    else:
        form.typed = {"signed": seen.today.isoformat()}
    competent = competent_for(round_, title, law_of_round(round_, seen), seen.today)
    page = {"name": name, "round": round_, "title": title, "form": form, "competent": competent}
    return render(request, "web/commune/prepare.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def decision(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """One decision: its paper, the signed files, and recording, publishing and withdrawing for who signs."""
    seen = viewer(request)
    round_, form = own_round(seen, name, RUNS, SIGNS), Filled(request.POST)
    found = one_prepared(round_, uid)
    if request.method == "POST" and _changed(request, round_, found, form):
        return HttpResponseRedirect(request.path)
    asked = asked_text(request)
    page = {
        "name": name,
        "round": round_,
        "one": found,
        "title": BY_KEY[found.title_key],
        "form": form,
        "papers": papers_in(found),
        "signs": seen.may(SIGNS),
        "asked": asked,
        "recognised": recognised_in(found, asked.text) if found.act_id else [],
        "most": MOST_BYTES // 1_000_000,
    }
    return render(request, "web/commune/decision.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def paper(request: HttpRequest, name: str, uid: UUID, form: str) -> HttpResponse:
    """The paper that was prepared for signing; always the same bytes."""
    found = one_prepared(own_round(viewer(request), name, RUNS, SIGNS), uid)
    document = prepared_paper(found)
    if document is None:
        raise Refused(problem("H103", uid))
    return paper_file(document, f"quyet-dinh-{found.signed_on:%Y-%m-%d}", form, found.signed_on)


@require_safe
@signed_in
def signed_paper(request: HttpRequest, name: str, uid: UUID, paper_uid: UUID) -> HttpResponse:
    """A signed file as it was sent."""
    found = paper_in(one_prepared(own_round(viewer(request), name, RUNS, SIGNS), uid), paper_uid)
    response = HttpResponse(bytes(found.content), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="da-ky-{found.sha256[:12]}.pdf"'
    return response


@require_http_methods(FORM)
@signed_in
def local(request: HttpRequest, name: str, model: str) -> HttpResponse:
    """Enter a local decision that says who recognises a title here."""
    seen = viewer(request)
    round_, title, form = own_round(seen, name, SIGNS), title_in(model), Filled(request.POST)
    if request.method == "POST":
        office, cites = (form.text(key, most=most, needed=True) for key, most in (("office", 200), ("cites", 300)))
        since = form.day("since", needed=True)
        try:
            if form.is_whole and since is not None:
                enter_local_decision(
                    title_key=title.key,
                    place=round_.place,
                    office_title=office,
                    citation=cites,
                    valid_from=since,
                    act=seen.act(timezone.now(), cites),
                )
                messages.success(request, say("decision.local_entered"))
                return HttpResponseRedirect(reverse("web:decisions", args=[name]))
        except Refused as refusal:
            form.refuse(refusal, R110="since")
    page = {"name": name, "round": round_, "title": title, "form": form}
    page["competent"] = competent_for(round_, title, law_of_round(round_, seen), seen.today)
    return render(request, "web/commune/local.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def withdraw(request: HttpRequest, name: str, uid: UUID, who: UUID) -> HttpResponse:
    """Take one recognition back by a later act."""
    seen = viewer(request)
    round_, form = own_round(seen, name, SIGNS), Filled(request.POST)
    found = one_prepared(round_, uid)
    recognition = recognition_in(found, who)
    if request.method == "POST" and _withdrawn(request, round_, found, recognition, form):
        messages.success(request, say("decision.withdrawn"))
        return HttpResponseRedirect(reverse("web:decision", args=[name, uid]))
    page = {"name": name, "round": round_, "one": found, "recognition": recognition, "form": form, "who": who}
    page["title"] = BY_KEY[found.title_key]
    return render(request, "web/commune/withdraw.html", page, status=200 if form.is_whole else 400)


@require_safe
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A published act, for anybody: persons are counted, and named where they agreed."""
    return render(request, "web/act.html", {"seen": public_act(uid, today())})


def _prepared(request: HttpRequest, round_: Round, title: Title, form: Filled) -> Prepared | None:
    seen = viewer(request)
    signed, basis = form.day("signed", needed=True), form.text("basis", most=300, needed=True)
    signer, given = form.text("signer", most=120), form.text("given", most=60)
    number = form.number("number", least=1, most=99_999) if request.POST.get("number") else None
    if not form.is_whole or signed is None:
        return None
    order = Order(signed=signed, basis=basis, signer=signer, number=number)
    try:
        library, act_ = law_of_round(round_, seen), seen.act(timezone.now(), basis)
        return prepare_decision(round_, title, order, library, today=seen.today, act=act_, given=given)
    except Refused as refusal:
        form.refuse(refusal, R116="signed", R213="given")
        return None


def _changed(request: HttpRequest, round_: Round, found: Prepared, form: Filled) -> bool:
    """Whether what was asked for is done; recording and publishing are for who signs."""
    seen, what = viewer(request), request.POST.get("do", "")
    act_ = seen.act(timezone.now())
    signed = what in {"record", "publish"} or (what == "cancel" and papers_in(found))
    if signed and not seen.may(SIGNS):
        raise Refused(problem("H103", what))
    try:
        if what == "record":
            record_signed(found, BY_KEY[found.title_key], law_of_round(round_, seen), act=act_)
        elif what == "publish":
            publish(found, act=act_)
        elif what == "cancel":
            _cancel(request, found, form)
        elif what == "compared":
            for uid in form.uids("paper"):
                confirm_compared(paper_in(found, uid), act=act_)
        else:
            _keep_file(request, found, form)
    except Refused as refusal:
        beside = dict.fromkeys(("E107", "E110", "E120", "E121", "R177", "R178"), "file")
        form.refuse(refusal, **beside, R218="reason")
        return False
    if form.is_whole:
        messages.success(request, say("decision.done_" + (what if what in DONE else "file")))
    return form.is_whole


def _cancel(request: HttpRequest, found: Prepared, form: Filled) -> None:
    reason = form.text("reason", most=300)
    if form.is_whole:
        cancel_prepared(found, reason, act=viewer(request).act(timezone.now(), reason))


def _keep_file(request: HttpRequest, found: Prepared, form: Filled) -> None:
    file = request.FILES.get("file")
    if file is None or not file.size:
        form.problems["file"] = problem("R177", "file")
    elif file.size > MOST_BYTES:
        form.problems["file"] = problem("R178", "file", most=MOST_BYTES // 1_000_000)
    else:
        content, now, name = file.read(), timezone.now(), file.name or "tep.pdf"
        signatures = signatures_of(name, content, at=now)
        sent = Sent(name=name, content=content, signatures=signatures, prepared=prepared_bytes(found))
        send_paper(found, sent, act=viewer(request).act(now))


def _withdrawn(request: HttpRequest, round_: Round, found: Prepared, row: Recognition, form: Filled) -> bool:
    seen = viewer(request)
    number, basis = form.text("number", most=60, needed=True), form.text("basis", most=300, needed=True)
    signed, reason = form.day("signed", needed=True), form.text("reason", most=2000, needed=True)
    if not form.is_whole or signed is None:
        return False
    paper_ = PaperAct(number=number, signed_on=signed, office=found.office, basis=basis)
    try:
        act_ = seen.act(timezone.now(), reason)
        withdraw_recognition(row, BY_KEY[found.title_key], paper_, reason, law_of_round(round_, seen), act=act_)
    except Refused as refusal:
        form.refuse(refusal, R211="signed", R106="signed")
        return False
    return True
