"""One dossier: what it says, what the State's portal gave, the meeting, how it stands on paper, and sending it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.assessing.dossiers.access import BY_PROCEDURE, OF_COMMUNE, Seen, dossier_to_write, see_dossier
from densach.assessing.dossiers.domain import (
    Letterhead,
    Meeting,
    Portal,
    Says,
    enter_portal,
    hold_meeting,
    set_letterhead,
)
from densach.assessing.dossiers.models import TeamMember
from densach.assessing.evidence.access import evidence_to_read
from densach.assessing.sheets.access import name_on
from densach.assessing.sheets.judging import judge_group, send_and_judge
from densach.formats.official.model import Official
from densach.formats.official.pdf import official_pdf
from densach.formats.official.word import write_docx
from densach.problems import Refused, problem
from densach.reporting.papers.of_dossier import paper_of
from densach.web.filling import Filled
from densach.web.law import law_of
from densach.web.sentences import say
from densach.web.units.showing import shown
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
LONGEST = 4000
_PDF = "application/pdf"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@signed_in
def dossier(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A dossier with each indicator, its facts and evidence, its papers and its days."""
    return page_of(request, see_dossier(viewer(request), uid))


def page_of(request: HttpRequest, seen: Seen, more: dict[str, object] | None = None) -> HttpResponse:
    """The page of a dossier; `more` is what only one kind of dossier tells."""
    page: dict[str, object] = {"opinion": None, **(more or {})}
    page |= {
        "shown": shown(seen, evidence_to_read(viewer(request), seen.sheet)),
        "seen": seen,
        "sheet": seen.sheet,
        "name": name_on(seen.sheet, viewer(request).today),
        "by_procedure": seen.sheet.title_key in BY_PROCEDURE,
        "today": viewer(request).today,
        "documents": law_of(seen.sheet.round.packs).documents,
    }
    return render(request, "web/units/dossier.html", page)


@require_POST
@signed_in
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send the sheet of a dossier; refused (K170) to whoever does not head the unit."""
    seen = dossier_to_write(viewer(request), uid)
    if not seen.sends:
        raise Refused(problem("K170", uid))
    version = Filled(request.POST).number("version", least=1, most=1_000_000)
    act = viewer(request).act(timezone.now())
    send_and_judge(seen.sheet, version, law_of(seen.sheet.round.packs), act=act)
    messages.success(request, say("units.sent"))
    return _back(seen)


@require_POST
@signed_in
def count(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Count once more what the records of the commune say for a dossier that is still written."""
    seen = dossier_to_write(viewer(request), uid)
    judge_group(seen.sheet, law_of(seen.sheet.round.packs), act=viewer(request).act(timezone.now()))
    messages.success(request, say("units.counted_again"))
    return _back(seen)


@require_http_methods(FORM)
@signed_in
def portal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the State's portal gave: its code, the day of receipt and the number of the receipt."""
    seen, form = dossier_to_write(viewer(request), uid), Filled(request.POST)
    if request.method == "POST" and _portal_entered(request, seen, form):
        messages.success(request, say("units.portal_kept"))
        return _back(seen)
    if request.method != "POST":
        row = seen.dossier
        form.typed = {"portal_code": row.portal_code, "receipt": row.receipt, "version": str(row.version)}
        form.typed["received_on"] = row.received_on.isoformat() if row.received_on else ""
    return _form(request, "portal", seen, form)


@require_http_methods(FORM)
@signed_in
def letterhead(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How the unit stands on its papers."""
    seen, form = _of_unit(request, uid), Filled(request.POST)
    if request.method == "POST":
        fields = {name: form.text(name, most=most) for name, most in _LETTERHEAD.items()}
        version = form.number("version", least=0, most=1_000_000)
        if form.is_whole:
            try:
                act = viewer(request).act(timezone.now())
                set_letterhead(seen.sheet, Letterhead(**fields), version, act=act)
                messages.success(request, say("units.letterhead_kept"))
                return _back(seen)
            except Refused as refusal:
                form.refuse(refusal)
    else:
        form.typed = {name: getattr(seen.dossier, name) for name in _LETTERHEAD}
        form.typed["version"] = str(seen.dossier.version)
    return _form(request, "letterhead", seen, form)


_LETTERHEAD = {"parent": 200, "symbol": 40, "seat": 120, "head": 120}
_MINUTES = {"met_where": 200, "chair": 120, "secretary": 120, "discussion": LONGEST, "conclusion": LONGEST}


@require_http_methods(FORM)
@signed_in
def minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The minutes of the team: when and where, who led and wrote, what was said, and each member's vote."""
    seen, form = _of_unit(request, uid), Filled(request.POST)
    if request.method == "POST" and _met(request, seen, form):
        messages.success(request, say("units.minutes_kept"))
        return _back(seen)
    if request.method != "POST":
        form.typed = _typed_minutes(seen)
    team = [each for each in seen.team if each.valid_to is None or str(each.uid) in _voted(seen)]
    return _form(request, "minutes", seen, form, {"members": [(each, *_vote(form, each)) for each in team]})


@require_safe
@signed_in
def paper(request: HttpRequest, uid: UUID, name: str, form: str) -> HttpResponse:
    """One paper of a dossier, as PDF or as .docx."""
    seen, today = see_dossier(viewer(request), uid), viewer(request).today
    document = paper_of(seen, name, law_of(seen.sheet.round.packs), today)
    content = official_pdf(document, made_on=today) if form == "pdf" else _docx(document, today)
    response = HttpResponse(content, content_type=_PDF if form == "pdf" else _WORD)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{seen.sheet.round.year}.{form}"'
    return response


def _docx(document: Official, today: date) -> bytes:
    with TemporaryDirectory(prefix="densach-") as folder:
        path = Path(folder) / "giay-to.docx"
        write_docx(path, document, made_on=today)
        return path.read_bytes()


def _of_unit(request: HttpRequest, uid: UUID) -> Seen:
    """A dossier of a unit; refused (H103) for others, which have no team."""
    seen = dossier_to_write(viewer(request), uid)
    if seen.sheet.subject.unit_id is None:
        raise Refused(problem("H103", uid))
    return seen


def _portal_entered(request: HttpRequest, seen: Seen, form: Filled) -> bool:
    given = Portal(
        portal_code=form.text("portal_code", most=60),
        received_on=form.day("received_on"),
        receipt=form.text("receipt", most=120),
    )
    version = form.number("version", least=0, most=1_000_000)
    if not form.is_whole:
        return False
    try:
        act = viewer(request).act(timezone.now())
        enter_portal(seen.sheet, given, version, viewer(request).today, act=act)
    except Refused as refusal:
        form.refuse(refusal, K176="portal_code", K175="received_on")
        return False
    return True


def _met(request: HttpRequest, seen: Seen, form: Filled) -> bool:
    day = form.day("met_on", needed=True)
    fields = {name: form.text(name, most=most) for name, most in _MINUTES.items()}
    version = form.number("version", least=0, most=1_000_000)
    votes = {}
    for member in seen.team:
        says = (
            form.one_of(f"vote-{member.uid}", {"": None, **dict.fromkeys(Says.values)}) if _asked(form, member) else ""
        )
        remark = form.text(f"remark-{member.uid}", most=500)
        if says in Says.values:
            votes[member.pk] = (Says(says), remark)
    if not form.is_whole or day is None:
        return False
    try:
        act = viewer(request).act(timezone.now())
        held = Meeting(met_on=day, votes=votes, **fields)
        hold_meeting(seen.sheet, held, version, viewer(request).today, act=act)
    except Refused as refusal:
        form.refuse(refusal, K175="met_on", K177="met_on")
        return False
    return True


def _asked(form: Filled, member: TeamMember) -> bool:
    return f"vote-{member.uid}" in form.sent


def _vote(form: Filled, member: TeamMember) -> tuple[str, str, bool]:
    """What was chosen and written for a member, and whether the choice was none that was offered."""
    name = f"vote-{member.uid}"
    return form.typed.get(name, ""), form.typed.get(f"remark-{member.uid}", ""), name in form.problems


def _voted(seen: Seen) -> set[str]:
    return {str(vote.member.uid) for vote in seen.votes.values()}


def _typed_minutes(seen: Seen) -> dict[str, str]:
    row = seen.dossier
    typed = {name: str(getattr(row, name)) for name in _MINUTES}
    for vote in seen.votes.values():
        typed |= {f"vote-{vote.member.uid}": vote.says, f"remark-{vote.member.uid}": vote.remark}
    return typed | {"met_on": row.met_on.isoformat() if row.met_on else "", "version": str(row.version)}


def _form(
    request: HttpRequest, which: str, seen: Seen, form: Filled, more: dict[str, object] | None = None
) -> HttpResponse:
    page = {"seen": seen, "sheet": seen.sheet, "form": form, "name": name_on(seen.sheet, viewer(request).today)}
    page |= more or {}
    return render(request, f"web/units/{which}.html", page, status=200 if form.is_whole else 400)


def _back(seen: Seen) -> HttpResponse:
    if seen.title in OF_COMMUNE:
        return HttpResponseRedirect(reverse("web:own_dossier"))
    return HttpResponseRedirect(reverse("web:dossier", args=[seen.sheet.uid]))
