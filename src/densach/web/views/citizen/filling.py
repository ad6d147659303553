"""Filling in a sheet: one question a screen where scripts run, the whole sheet where they do not."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.privacy.consenting import Word
from densach.assessing.privacy.models import Giver
from densach.assessing.sheets.access import may_send, name_on, sheet_to_write, thing_of, way_of_writing
from densach.assessing.sheets.agreeing import Said, consent_before_sending, send_with_consent
from densach.assessing.sheets.domain import CAN_BE_WRITTEN, write_on
from densach.assessing.sheets.marks import counted_facts
from densach.assessing.sheets.models import Sheet
from densach.assessing.titles import BY_KEY
from densach.assessing.villages.rubrics import judge_for
from densach.authority.access import Viewer
from densach.problems import Problem, Refused, problem
from densach.rules.export import to_json
from densach.rules.judging import Judge
from densach.web.filling_in import Screen, Written, read_written, screen_beside_others, screen_of
from densach.web.law import law_of
from densach.web.sentences import language, say
from densach.web.templatetags.pages import told
from densach.web.viewing import signed_in, viewer

OLDER, GONE_ON, EMPTY, NOT_HEAD, UNANSWERED = "K102", "K101", "K103", "K170", "K145"
AGREES = {"co": True, "khong": False}
_EVIDENCE = "evidence-"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def fill(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The sheet with its questions; what is sent is kept at once, and goes to the checkers when one says so."""
    seen = viewer(request)
    sheet = sheet_to_write(seen, uid)
    judge = judge_for(sheet.round, BY_KEY[sheet.title_key], law_of(sheet.round.packs))
    if request.method == "POST":
        return _take(request, seen, sheet, judge)
    if sheet.state not in CAN_BE_WRITTEN:
        return HttpResponseRedirect(_follow(sheet))
    return _page(request, judge, screen_of(judge, sheet, language()))


@require_safe
@signed_in
def program(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The rubric of a sheet as the runner in the browser takes it."""
    sheet = sheet_to_write(viewer(request), uid)
    return HttpResponse(
        to_json(judge_for(sheet.round, BY_KEY[sheet.title_key], law_of(sheet.round.packs))),
        content_type="application/json",
    )


def _take(request: HttpRequest, seen: Viewer, sheet: Sheet, judge: Judge) -> HttpResponse:
    """Keep what was sent; by itself while one writes, or by a button, which may also send the sheet on."""
    written = read_written(judge, sheet, request.POST.dict())
    by_itself = "X-Keeps" in request.headers
    if written.problems:
        return _told_beside(request, sheet, judge, written, by_itself=by_itself)
    try:
        kept = _keep(request, seen, sheet, written)
        if by_itself:
            return JsonResponse({"version": kept.version, "saved": say("sheet.saved", at=_clock())})
        return _go_on(request, seen, kept)
    except Refused as refusal:
        return _not_kept(request, judge, sheet, written, refusal)


def _keep(request: HttpRequest, seen: Viewer, sheet: Sheet, written: Written) -> Sheet:
    if not written.facts:
        return sheet
    way = way_of_writing(seen, thing_of(sheet.subject))
    act = seen.act(timezone.now())
    return write_on(sheet, written.facts, _version(request), by=seen.account, way=way, act=act)  # type: ignore[arg-type]


def _go_on(request: HttpRequest, seen: Viewer, sheet: Sheet) -> HttpResponse:
    chosen = request.POST.get("do", "")
    if chosen == "send":
        if not may_send(seen, thing_of(sheet.subject)):
            raise Refused(problem(NOT_HEAD, sheet.uid))
        _send(request, seen, sheet)
        messages.success(request, say("sheet.sent"))
        return HttpResponseRedirect(reverse("web:sheet_result", args=[sheet.uid]))
    if chosen.startswith(_EVIDENCE):
        chosen_for = chosen.removeprefix(_EVIDENCE)
        return HttpResponseRedirect(f"{reverse('web:sheet_evidence', args=[sheet.uid])}?muc={chosen_for}")
    messages.success(request, say("sheet.kept"))
    return HttpResponseRedirect(_follow(sheet))


def _send(request: HttpRequest, seen: Viewer, sheet: Sheet) -> None:
    """Send the sheet with what its owner says about the association's checking."""
    consent = consent_before_sending(seen, sheet)
    giver = consent.own.giver if consent else Giver.SELF
    word = Word(giver=giver, by=seen.account, role=seen.role or "")
    said = Said(agrees=AGREES.get(request.POST.get("chi-hoi", "")), word=word, on=seen.today)
    send_with_consent(sheet, consent, said, law_of(sheet.round.packs), act=seen.act(timezone.now()))


def _told_beside(
    request: HttpRequest, sheet: Sheet, judge: Judge, written: Written, *, by_itself: bool
) -> HttpResponse:
    if by_itself:
        found = {name: told(each) for name, each in written.problems.items()}
        return JsonResponse({"version": sheet.version, "problems": found}, status=400)
    return _page(request, judge, screen_of(judge, sheet, language(), written), 400)


def _not_kept(request: HttpRequest, judge: Judge, sheet: Sheet, written: Written, refusal: Refused) -> HttpResponse:
    """Somebody was faster, or there was nothing to send: what was typed is still there, with the reason above it."""
    code = refusal.problems[0].code
    if "X-Keeps" in request.headers:
        return JsonResponse({"stopped": told(refusal.problems[0])}, status=409)
    if code in {GONE_ON, NOT_HEAD}:
        messages.warning(request, told(refusal.problems[0]))
        return HttpResponseRedirect(_follow(sheet))
    if code not in {OLDER, EMPTY, UNANSWERED}:
        raise refusal
    now = sheet_to_write(viewer(request), sheet.uid)
    if code == UNANSWERED:
        return _page(request, judge, screen_of(judge, now, language()), 400, refusal.problems[0])
    if code == EMPTY:
        return _page(request, judge, Screen(now, screen_of(judge, now, language()).questions, refusal.problems), 400)
    return _page(request, judge, screen_beside_others(judge, now, language(), written), 409)


def _page(
    request: HttpRequest, judge: Judge, screen: Screen, status: int = 200, unanswered: Problem | None = None
) -> HttpResponse:
    sheet = screen.sheet
    seen = viewer(request)
    page = {
        "screen": screen,
        "sheet": sheet,
        "name": name_on(sheet, seen.today),
        "way": way_of_writing(seen, thing_of(sheet.subject)),
        "sends": may_send(seen, thing_of(sheet.subject)),
        "unanswered": unanswered,
        "consent": consent_before_sending(seen, sheet),
        "counted": bool(counted_facts(judge)),
    }
    return render(request, "web/citizen/fill.html", page, status=status)


def _version(request: HttpRequest) -> int:
    """The version that the page was shown with; what is none is older than every other."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _clock() -> str:
    return timezone.localtime().strftime("%H:%M")


def _follow(sheet: Sheet) -> str:
    return reverse("web:sheet", args=[sheet.uid])
