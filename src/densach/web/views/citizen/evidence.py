"""The evidence of a sheet: seen, added, replaced and taken away; each file is told by what it is."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.assessing.evidence.access import evidence_to_read, piece_to_change, piece_to_read
from densach.assessing.evidence.domain import (
    MOST_FOR_AN_INDICATOR,
    MOST_ON_A_SHEET,
    add_evidence,
    remove_evidence,
)
from densach.assessing.evidence.models import Evidence
from densach.assessing.evidence.vault import Vault
from densach.assessing.sheets.access import may_write, name_on, sheet_to_read, sheet_to_write, thing_of
from densach.assessing.sheets.domain import CAN_BE_WRITTEN
from densach.assessing.sheets.models import Sheet
from densach.assessing.titles import BY_KEY
from densach.assessing.villages.rubrics import judge_for
from densach.authority.access import Viewer
from densach.formats.pictures import MAX_SENT_BYTES, check_evidence
from densach.people.numbers import load_keys
from densach.policy.viewing import in_language
from densach.problems import Problem, Refused, problem
from densach.rules.lowering import indicators_of
from densach.web.law import law_of
from densach.web.sentences import language, say
from densach.web.viewing import signed_in, viewer
from densach.web.views.failing import NOT_THERE


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The evidence of a sheet by indicator, with the form for more while the sheet can be written on."""
    seen = viewer(request)
    if request.method == "POST":
        return _add(request, seen, sheet_to_write(seen, uid))
    sheet = sheet_to_read(seen, uid)
    return _page(request, seen, sheet, request.GET.get("muc", ""))


@require_safe
@signed_in
def piece(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The content of one piece: a picture is shown, a PDF is offered to be kept; nothing of it runs."""
    found = piece_to_read(viewer(request), uid)
    response = HttpResponse(_vault().read(found), content_type=found.media_type)
    kind, ending = ("inline", "jpg") if found.is_picture else ("attachment", "pdf")
    response.headers["Content-Disposition"] = f'{kind}; filename="minh-chung-{str(found.uid)[:8]}.{ending}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@signed_in
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one piece away."""
    seen = viewer(request)
    found = piece_to_change(seen, uid)
    remove_evidence(found, _vault(), act=seen.act(timezone.now()))
    messages.success(request, say("evidence.removed"))
    return _back(found.sheet, found.indicator)


def _add(request: HttpRequest, seen: Viewer, sheet: Sheet) -> HttpResponse:
    indicator, file = request.POST.get("muc", ""), request.FILES.get("file")
    try:
        kept = _take_in(request, seen, sheet, indicator, file)
    except Refused as refusal:
        if any(each.code in NOT_THERE for each in refusal.problems):
            raise
        return _page(request, seen, sheet, indicator, refusal.problems)
    messages.success(request, say("evidence.added", size=kept.size // 1000 + 1))
    return _back(sheet, indicator)


def _take_in(
    request: HttpRequest, seen: Viewer, sheet: Sheet, indicator: str, file: UploadedFile[bytes] | None
) -> Evidence:
    if indicator not in _indicators(sheet):
        raise Refused(problem("H103", "muc"))
    if file is None:
        raise Refused(problem("K114", indicator))
    if (file.size or 0) > MAX_SENT_BYTES:
        raise Refused(problem("E101", indicator, limit=MAX_SENT_BYTES // 1_000_000))
    sent = check_evidence(indicator, file.read())
    before = request.POST.get("instead", "")
    instead_of = piece_to_change(seen, _uid(before)) if before else None
    act = seen.act(timezone.now())
    return add_evidence(sheet, indicator, sent, _vault(), by=seen.account, instead_of=instead_of, act=act)


def _page(
    request: HttpRequest, seen: Viewer, sheet: Sheet, indicator: str, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    names = _indicators(sheet)
    if indicator and indicator not in names:
        raise Refused(problem("H103", "muc"))
    page = {
        "sheet": sheet,
        "name": name_on(sheet, seen.today),
        "indicator": indicator,
        "asked": names.get(indicator, ""),
        "pieces": [row for row in evidence_to_read(seen, sheet) if not indicator or row.indicator == indicator],
        "problems": problems,
        "writes": sheet.state in CAN_BE_WRITTEN and may_write(seen, thing_of(sheet.subject)),
        "most": MOST_FOR_AN_INDICATOR,
        "most_in_all": MOST_ON_A_SHEET,
        "megabytes": MAX_SENT_BYTES // 1_000_000,
    }
    return render(request, "web/citizen/evidence.html", page, status=400 if problems else 200)


def _indicators(sheet: Sheet) -> dict[str, str]:
    """What each indicator of the rubric asks, by its id."""
    rubric = judge_for(sheet.round, BY_KEY[sheet.title_key], law_of(sheet.round.packs)).rubric
    return {
        indicator.id: in_language(indicator, "text", language()) or in_language(criterion, "title", language())
        for criterion, indicator in indicators_of(rubric)
    }


def _vault() -> Vault:
    return Vault(settings.EVIDENCE_FOLDER, load_keys(settings.KEYS_FILE))


def _back(sheet: Sheet, indicator: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('web:sheet_evidence', args=[sheet.uid])}?muc={indicator}")


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused(problem("H103", "instead")) from error
