"""Decisions of the years before: typed from their paper with list and scan, looked at, withdrawn by a later act."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.domain import PaperAct
from densach.assessing.models import RecognitionAct, Round
from densach.assessing.past.access import (
    PastAct,
    identity_of,
    named_by,
    past_act_in,
    recognition_by,
    scan_in,
    see_past_act,
)
from densach.assessing.past.domain import MOST_LINES, TypedAct, enter_past_act, keep_scan, settle
from densach.assessing.past.naming import Line
from densach.assessing.past.register import lines_named
from densach.assessing.signing.domain import withdraw_recognition
from densach.assessing.steps.access import RUNS, SIGNS, own_round
from densach.assessing.steps.takeover import FIRST
from densach.assessing.titles import TITLES, title_signed
from densach.formats.pictures import MAX_SENT_BYTES, Evidence, check_evidence
from densach.people.numbers import load_keys
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.reporting.papers.issuing import refuse_days_to_come
from densach.web.asking import asked_text
from densach.web.filling import Filled
from densach.web.law import law_of_round
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
MODELS = {title.model: title for title in TITLES}
MOST_TYPED = 100_000  # letters of a list
_BESIDE = {
    **dict.fromkeys(("R104",), "reason"),
    **dict.fromkeys(("R105", "R106", "R112"), "office"),
    **dict.fromkeys(("R107", "R113"), "level"),
    **dict.fromkeys(("R101", "R116"), "signed"),
    "R114": "basis",
    **dict.fromkeys(("R214", "R215", "R216", "R217"), "lines"),
}
_OF_FILE = dict.fromkeys((f"E{number}" for number in range(101, 112)), "file")


@require_http_methods(FORM)
@signed_in
def type_past(request: HttpRequest, name: str) -> HttpResponse:
    """Type a decision of a year before from its paper, with its list and its scan; `tiep` goes on with one."""
    seen, form = viewer(request), Filled(request.POST)
    round_ = own_round(seen, name, RUNS)
    library, lines = law_of_round(round_, seen), []
    before = _gone_on_with(request, round_)
    if request.method == "POST":
        lines = _lines(round_, form)
        made = _entered(request, round_, form, lines, library)
        if made is not None:
            messages.success(request, say("takeover.entered", number=made.number))
            return HttpResponseRedirect(reverse("web:past_act", args=[name, identity_of(made)]))
    else:
        form.typed = _typed_before(before) if before else {"lines": ""}
    page = {
        "name": name,
        "round": round_,
        "form": form,
        "years": [(str(year), str(year)) for year in range(round_.year - 1, FIRST - 1, -1)],
        "models": [(title.model, title.name_vi) for title in TITLES],
        "offices": _offices(library),
        "found": [line for line in lines if line.sole],
        "unsure": [(line, _field_of(line), request.POST.get(_field_of(line), "")) for line in lines if not line.sole],
        "before": before,
        "most": MAX_SENT_BYTES // 1_000_000,
        "most_lines": MOST_LINES,
        "again": bool(request.FILES),
    }
    return render(request, "web/commune/type_past.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def past_act(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """One decision of a year before: its scans, whom it recognises, and the lines of its list that were left over."""
    seen, form = viewer(request), Filled(request.POST)
    round_ = own_round(seen, name, RUNS, SIGNS)
    act = past_act_in(round_, uid)
    if request.method == "POST" and _scanned(request, act, form):
        return HttpResponseRedirect(request.path)
    asked = asked_text(request)
    page = {"name": name, "round": round_, "uid": uid, "seen": see_past_act(act), "form": form, "asked": asked}
    page |= {"recognised": named_by(act, asked.text), "runs": seen.may(RUNS), "signs": seen.may(SIGNS)}
    page["most"] = MAX_SENT_BYTES // 1_000_000
    return render(request, "web/commune/past_act.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def scan(request: HttpRequest, name: str, uid: UUID, file_uid: UUID) -> HttpResponse:
    """A scan as it was taken in: a picture is shown, a PDF is offered to be kept; nothing of it runs."""
    found = scan_in(past_act_in(own_round(viewer(request), name, RUNS, SIGNS), uid), file_uid)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    kind, ending = ("inline", "jpg") if found.is_picture else ("attachment", "pdf")
    response.headers["Content-Disposition"] = f'{kind}; filename="ban-quet-{found.sha256[:12]}.{ending}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(FORM)
@signed_in
def withdraw_past(request: HttpRequest, name: str, uid: UUID, who: UUID) -> HttpResponse:
    """Take one recognition of a year before back by a later act."""
    seen, form = viewer(request), Filled(request.POST)
    round_ = own_round(seen, name, SIGNS)
    act = past_act_in(round_, uid)
    recognition, title = recognition_by(act, who)
    if request.method == "POST":
        number, basis = form.text("number", most=60, needed=True), form.text("basis", most=300, needed=True)
        signed, reason = form.day("signed", needed=True), form.text("reason", most=2000, needed=True)
        office = form.one_of("office", dict(_offices(law_of_round(round_, seen))))
        if form.is_whole and signed is not None:
            paper = PaperAct(number=number, signed_on=signed, office=office, basis=basis)
            try:
                by = seen.act(timezone.now(), reason)
                withdraw_recognition(recognition, title, paper, reason, law_of_round(round_, seen), act=by)
                messages.success(request, say("decision.withdrawn"))
                return HttpResponseRedirect(reverse("web:past_act", args=[name, uid]))
            except Refused as refusal:
                form.refuse(refusal, R211="signed", R105="office", R106="office")
    page = {"name": name, "round": round_, "uid": uid, "act": act, "recognition": recognition, "form": form, "who": who}
    page |= {"title": title, "offices": _offices(law_of_round(round_, seen))}
    return render(request, "web/commune/withdraw_past.html", page, status=200 if form.is_whole else 400)


def _offices(library: Library) -> list[tuple[str, str]]:
    """The offices that the policy names, after the one that a local text names."""
    return [("", str(say("takeover.type_local"))), *((each.id, each.title_vi) for each in library.offices.values())]


def _gone_on_with(request: HttpRequest, round_: Round) -> PastAct | None:
    text = request.GET.get("tiep", "")
    try:
        return see_past_act(past_act_in(round_, UUID(text))) if text else None
    except ValueError as error:
        raise Refused(problem("H103", "tiep")) from error


def _typed_before(before: PastAct) -> dict[str, str]:
    """The head of an act and the lines left over, to go on with."""
    act, (year, title, _) = before.act, before.recognises[0]
    return {
        "model": title.model,
        "year": str(year),
        "number": act.number,
        "signed": act.signed_on.isoformat(),
        "office": act.office,
        "basis": act.basis,
        "lines": before.typed.left_over if before.typed else "",
    }


def _lines(round_: Round, form: Filled) -> list[Line]:
    model, text = form.one_of("model", MODELS), form.listed("lines", most=MOST_TYPED)
    if "model" in form.problems or "lines" in form.problems:
        return []
    return lines_named(round_, model, text, load_keys(settings.KEYS_FILE))


def _field_of(line: Line) -> str:
    """The field of a line in the form: by its text, so that a line that moves keeps what was chosen for it."""
    return "dong-" + sha256(line.text.encode()).hexdigest()[:16]


def _entered(
    request: HttpRequest, round_: Round, form: Filled, lines: list[Line], library: Library
) -> RecognitionAct | None:
    """The act that was typed; None where the form says why not."""
    typed, sent = _typed(round_, form, library), _scan(request, form)
    if not form.is_whole or typed is None:
        return None
    seen = viewer(request)
    try:
        refuse_days_to_come(typed.paper.signed_on, seen.today)
        chosen = {line.text: request.POST.get(_field_of(line), "") for line in lines}
        settled = settle(lines, chosen, goes_on=bool(request.GET.get("tiep")))
        title = title_signed(library, form.typed["model"], typed.paper.signed_on)
        act = seen.act(timezone.now(), typed.paper.basis)
        return enter_past_act(round_, title, typed, settled, library, scan=sent, act=act)
    except Refused as refusal:
        form.refuse(refusal, **_BESIDE)
        return None


def _typed(round_: Round, form: Filled, library: Library) -> TypedAct | None:
    year = form.one_of("year", {str(each): each for each in range(FIRST, round_.year)})
    number, signed = form.text("number", most=60, needed=True), form.day("signed", needed=True)
    office, basis = form.one_of("office", dict(_offices(library))), form.text("basis", most=300, needed=True)
    level = form.text("level", most=20)
    said = {"reason": form.text("reason", most=2000, needed=True), "scorer": form.text("scorer", most=200, needed=True)}
    sheet = form.text("paper_sheet", most=200)
    if not form.is_whole or signed is None:
        return None
    paper = PaperAct(number=number, signed_on=signed, office=office, basis=basis)
    return TypedAct(year=int(year), paper=paper, level=level, paper_sheet=sheet, **said)


def _scan(request: HttpRequest, form: Filled) -> Evidence | None:
    """The scan that was sent along; None without one, and where the form says why it cannot be kept."""
    file = request.FILES.get("file")
    if file is None:
        return None
    try:
        if (file.size or 0) > MAX_SENT_BYTES:
            raise Refused(problem("E101", "file", limit=MAX_SENT_BYTES // 1_000_000))
        return check_evidence("file", file.read())
    except Refused as refusal:
        form.refuse(refusal, **_OF_FILE)
        return None


def _scanned(request: HttpRequest, act: RecognitionAct, form: Filled) -> bool:
    seen = viewer(request)
    if not seen.may(RUNS):
        raise Refused(problem("H103", "file"))
    sent = _scan(request, form)
    if sent is None:
        form.problems.setdefault("file", problem("K114", "file"))
        return False
    keep_scan(act, sent, act=seen.act(timezone.now()))
    messages.success(request, say("takeover.scan_kept"))
    return True
