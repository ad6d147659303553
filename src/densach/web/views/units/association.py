"""The association: in a commune what its chapters have checked and what waits; above, the counts below, read-only."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.dossiers.checking import (
    checked_next,
    checks_below,
    checks_from_above,
    found_before,
    group_next,
    is_second_look,
    names_of,
    see_area,
    sheet_for_association,
    village_of,
)
from densach.assessing.evidence.access import evidence_to_read
from densach.assessing.sheets.domain import give_back
from densach.assessing.sheets.models import Sheet
from densach.assessing.titles import BY_KEY, TITLES
from densach.assessing.villages.domain import Score, score
from densach.assessing.villages.rubrics import judge_for
from densach.problems import Problem, Refused
from densach.reporting.below.access import see_below
from densach.rules.judging import Judge
from densach.rules.sheet import Answer
from densach.web.law import law_of
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer
from densach.web.views.province.asking import asked_table, years
from densach.web.views.village.checking import LONGEST_NOTE, fields_beside
from densach.web.village_rows import answers_typed, as_typed, columns_of


@require_safe
@signed_in
def association(request: HttpRequest) -> HttpResponse:
    """What the chapters of one's commune have checked and what waits; above a commune, the counts below."""
    seen = viewer(request)
    if checks_from_above(seen):
        return _below(request)
    area = see_area(seen)
    names = names_of(area.waiting, seen)
    page = {
        "area": area,
        "waiting": [(sheet, names[sheet.uid]) for sheet in area.waiting],
        "name": seen.where.name if seen.where else "",
    }
    return render(request, "web/units/association.html", page)


@require_safe
@signed_in
def next_group(request: HttpRequest) -> HttpResponse:
    """The sheet of a clan, unit or village that waits longest opens by itself."""
    return _opened(group_next(viewer(request), _uuid(request.GET.get("sau", ""))))


@require_safe
@signed_in
def look_again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A sheet that the chapter of a village checked opens for a second look."""
    return _opened(checked_next(viewer(request), uid, _uuid(request.GET.get("sau", ""))))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One sheet with its own answers beside the fields: agree, correct with a reason, or give back."""
    sheet = sheet_for_association(viewer(request), uid)
    judge = judge_for(sheet.round, BY_KEY[sheet.title_key], law_of(sheet.round.packs))
    stands = {name: as_typed(answer) for name, answer in found_before(sheet).items()}
    if request.method != "POST":
        return _shown(request, sheet, judge, stands, ())
    typed = {column.fact.id: request.POST.get(column.fact.id, "").strip()[:40] for column in columns_of(judge)}
    answers, wrong = answers_typed(judge, typed)
    if request.POST.get("viec") == "sua" and wrong:
        return _shown(request, sheet, judge, typed, (), wrong)
    try:
        said = _decide(request, sheet, answers)
    except Refused as refused:
        return _shown(request, sheet, judge, typed, refused.problems)
    name = names_of((sheet,), viewer(request))[sheet.uid]
    again = reverse("web:association_check", args=[sheet.uid])
    link = "" if said == "given_back_done" else format_html(' <a href="{}">{}</a>', again, say("village.score_again"))
    messages.success(request, format_html("{}{}", say(f"village.{said}", name=name), link))
    return HttpResponseRedirect(_onward(request, sheet))


def _decide(request: HttpRequest, sheet: Sheet, answers: dict[str, Answer]) -> str:
    """Keep what was found, and say which sentence tells it; a sheet that changed meanwhile is refused (K102)."""
    seen, form = viewer(request), request.POST
    text = form.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    note = form.get("note", "")[:LONGEST_NOTE]
    act = seen.act(timezone.now(), note)
    if form.get("viec") == "tra-lai":
        give_back(sheet, version, by=seen.account, note=note, act=act)
        return "given_back_done"
    corrected = {name: answer for name, answer in answers.items() if answer is not None}
    facts = corrected if form.get("viec") == "sua" else found_before(sheet)
    score(sheet, Score(facts=facts, version=version, note=note, by=seen.account), law_of(sheet.round.packs), act=act)
    return "corrected_done" if form.get("viec") == "sua" else "agreed_done"


def _shown(
    request: HttpRequest,
    sheet: Sheet,
    judge: Judge,
    given: dict[str, str],
    problems: tuple[Problem, ...],
    wrong: dict[str, Problem] | None = None,
) -> HttpResponse:
    page = {
        "sheet": sheet,
        "fields": fields_beside(judge, sheet, given, wrong),
        "problems": problems,
        "name": names_of((sheet,), viewer(request))[sheet.uid],
        "again": is_second_look(sheet),
        "pieces": len(evidence_to_read(viewer(request), sheet)),
        "onward": _onward(request, sheet),
        "note": request.POST.get("note", sheet.note),
    }
    return render(request, "web/units/check.html", page, status=400 if problems or wrong else 200)


def _onward(request: HttpRequest, sheet: Sheet) -> str:
    """Where the next sheet opens: of the groups that wait, or of the same village."""
    village = village_of(viewer(request), sheet) if is_second_look(sheet) else None
    if is_second_look(sheet):
        page = reverse("web:association_again", args=[village]) if village else reverse("web:association")
        return f"{page}?sau={sheet.uid}"
    return f"{reverse('web:association_next')}?sau={sheet.uid}"


def _opened(sheet: Sheet | None) -> HttpResponse:
    if sheet is None:
        return HttpResponseRedirect(reverse("web:association"))
    return HttpResponseRedirect(reverse("web:association_check", args=[sheet.uid]))


def _below(request: HttpRequest) -> HttpResponse:
    seen, asked = viewer(request), asked_table(request)
    below = see_below(seen, None, asked.choice)
    checks = checks_below(seen, asked.choice.year, fictional=below.fictional)
    rows = [(row, *_summed([row.period.place_id, *_inside(row)], checks)) for row in below.shown]
    page = {"seen": below, "asked": asked, "rows": rows, "titles": TITLES, "years": years()}
    return render(request, "web/units/association_below.html", page)


def _inside(row: object) -> list[int]:
    """The communes of a province."""
    return [each.period.place_id for each in getattr(row, "rows", ())]


def _summed(places: list[int], checks: dict[int, tuple[int, int]]) -> tuple[int | None, int | None]:
    """How many were checked and how many wait in some communes; not known where none has a sheet."""
    found = [checks[place] for place in places if place in checks]
    return (sum(one for one, _ in found), sum(other for _, other in found)) if found else (None, None)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
