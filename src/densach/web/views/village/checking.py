"""Scoring the sheets that were sent, one after another."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from densach.assessing.sheets.domain import give_back
from densach.assessing.sheets.models import Sheet, State
from densach.assessing.titles import TITLES
from densach.assessing.villages.access import (
    Village,
    sheet_checked,
    sheet_next,
    states_counted,
    subject_named,
    verified_on,
    village_seen,
)
from densach.assessing.villages.domain import Score, score
from densach.authority.roles import Right
from densach.problems import Problem, Refused
from densach.rules.judging import Judge
from densach.rules.sheet import Answer
from densach.web.law import law_of
from densach.web.sentences import say
from densach.web.viewing import needs, viewer
from densach.web.village_rows import Column, answers_typed, as_typed, columns_of

LONGEST_NOTE = 1000


@dataclass(frozen=True)
class CheckedField:
    """One question of a sheet: what its owner said, what stands in the field, and what is wrong with that."""

    column: Column
    own: str
    given: str
    problem: Problem | None = None


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS, Right.CHECK_SHEETS)
def next_sheet(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The sheet that waits longest opens by itself; with one named in the address, the next one behind it."""
    village = village_seen(viewer(request), uid, law_of, Right.CHECK_SHEETS)
    sheet = sheet_next(village, _uuid(request.GET.get("sau", "")))
    if sheet is None:
        return render(request, "web/village/checked_all.html", {"village": village, "states": states_counted(village)})
    return HttpResponseRedirect(
        f"{reverse('web:village_check_sheet', args=[village.uid, sheet.uid])}?con={sheet.waiting}"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.FILL_IN_FOR_OTHERS, Right.CHECK_SHEETS)
def check(request: HttpRequest, sheet: UUID, uid: UUID | None = None) -> HttpResponse:
    """One sheet with its own answers beside the fields of the checker: agree, correct with a reason, or give back."""
    village = village_seen(viewer(request), uid, law_of, Right.CHECK_SHEETS)
    found = sheet_checked(village, sheet)
    judge = village.judge(next(title for title in TITLES if title.key == found.title_key))
    if request.method != "POST":
        return _shown(request, village, found, fields_beside(judge, found, _standing(village, found)), ())
    typed = {column.fact.id: request.POST.get(column.fact.id, "").strip()[:40] for column in columns_of(judge)}
    answers, wrong = answers_typed(judge, typed)
    if request.POST.get("viec") == "sua" and wrong:
        return _shown(request, village, found, fields_beside(judge, found, typed, wrong), ())
    try:
        _decide(request, village, found, answers)
    except Refused as refused:
        return _shown(request, village, found, fields_beside(judge, found, typed), refused.problems)
    return _onward(request, village, found)


def _decide(request: HttpRequest, village: Village, sheet: Sheet, answers: dict[str, Answer]) -> None:
    """Keep what the checker found; a sheet that changed since it was shown is refused (K102)."""
    seen = viewer(request)
    version = _whole(request.POST.get("version", ""))
    note = request.POST.get("note", "")[:LONGEST_NOTE]
    act = seen.act(timezone.now(), note)
    if request.POST.get("viec") == "tra-lai":
        give_back(sheet, version, by=seen.account, note=note, act=act)
        return
    corrected = {name: answer for name, answer in answers.items() if answer is not None}
    facts = corrected if request.POST.get("viec") == "sua" else dict(sheet.draft)
    score(sheet, Score(facts=facts, version=version, note=note, by=seen.account), village.library, act=act)


def _shown(
    request: HttpRequest,
    village: Village,
    sheet: Sheet,
    fields: list[CheckedField],
    problems: tuple[Problem, ...],
) -> HttpResponse:
    page = {
        "village": village,
        "sheet": sheet,
        "fields": fields,
        "problems": problems,
        "name": subject_named(village, sheet),
        # Counted where the sheet was chosen, which takes longest; of one that waits no more the number is past.
        "left": _whole(request.GET.get("con", "")) if sheet.state == State.SENT else 0,
        "note": request.POST.get("note", sheet.note),
    }
    return render(request, "web/village/check.html", page)


def _onward(request: HttpRequest, village: Village, sheet: Sheet) -> HttpResponse:
    """What was done, how to do it over again, and the next sheet."""
    said = {"tra-lai": "given_back_done", "sua": "corrected_done"}.get(request.POST.get("viec", ""), "agreed_done")
    again = reverse("web:village_check_sheet", args=[village.uid, sheet.uid])
    words = say(f"village.{said}", name=subject_named(village, sheet))
    link = "" if said == "given_back_done" else format_html(' <a href="{}">{}</a>', again, say("village.score_again"))
    messages.success(request, format_html("{}{}", words, link))
    return HttpResponseRedirect(f"{reverse('web:village_check', args=[village.uid])}?sau={sheet.uid}")


def _standing(village: Village, sheet: Sheet) -> dict[str, str]:
    """What the fields begin with: what was found before, else what the sheet says."""
    stands = verified_on(village, sheet) if sheet.state == State.CHECKED else sheet.draft
    return {name: as_typed(answer) for name, answer in stands.items()}


def fields_beside(
    judge: Judge, sheet: Sheet, given: dict[str, str], wrong: dict[str, Problem] | None = None
) -> list[CheckedField]:
    """The questions of a sheet, what its owner said beside what stands in the field."""
    return [
        CheckedField(column, as_typed(sheet.draft.get(name)), given.get(name, ""), (wrong or {}).get(name))
        for column in columns_of(judge)
        for name in (column.fact.id,)
    ]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
