"""Writing many sheets for others: a row a person, sent one row at a time; or a household from its paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.assessing.models import Kind, Round
from densach.assessing.sheets.judging import send_and_judge
from densach.assessing.sheets.models import Sheet, Way
from densach.assessing.titles import Title
from densach.assessing.villages.access import (
    Village,
    complete_sheets,
    household_coded,
    household_seen,
    households_listed,
    member_seen,
    village_seen,
)
from densach.assessing.villages.domain import Writing, send_complete, write_for
from densach.assessing.villages.marks import Progress, Wanted
from densach.authority.roles import Right
from densach.problems import Problem, Refused, problem
from densach.web.law import law_of
from densach.web.sentences import say
from densach.web.viewing import needs, viewer
from densach.web.views.village.lists import asked_search
from densach.web.village_rows import (
    FORMS,
    WAYS,
    Cell,
    EntryRow,
    answers_typed,
    as_typed,
    columns_of,
    household_entry,
    member_entry,
    rows_for,
)
from densach.web.village_work import ask_to_send_village

HOUSEHOLDS_AT_ONCE = 20
_SHUT = {Progress.CLOSED: "K146", Progress.SILENT: "K147"}
SENT_AT_ONCE = 100  # each home is judged as it is sent; more would take longer than anybody waits for a page


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS)
def entry(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The sheets of many as rows to fill in; those that are still to be sent unless the address asks otherwise."""
    village, search = village_seen(viewer(request), uid, law_of), asked_search(request)
    if "tinh-trang" not in request.GET:
        search = replace(search, wanted=Wanted.LACKING)
    listing = households_listed(village, search, HOUSEHOLDS_AT_ONCE)
    page = _page(request, village) | {"search": search, "more_after": listing.more_after}
    page["rows"] = list(rows_for(village, FORMS[page["form"]], listing.rows))
    live = request.headers.get("HX-Request")
    part = "entry_rows" if search.after else "entry_table"
    return render(request, f"web/village/{part if live else 'entry'}.html", page)


@require_POST
@needs(Right.FILL_IN_FOR_OTHERS)
def write(request: HttpRequest, form: str, thing: UUID, uid: UUID | None = None) -> HttpResponse:
    """Keep one row; what cannot be taken is said beside its field, and stays as it was typed."""
    if form not in FORMS:
        raise Refused(problem("H103", form))
    village = village_seen(viewer(request), uid, law_of)
    row = _write(request, village, FORMS[form], thing)
    page = _page(request, village) | {"form": form, "row": row, "rows": [row], "alone": True}
    if not request.headers.get("HX-Request"):
        return _whole_page(request, village, page, row)
    whole = row.is_wrong or not row.is_open or request.POST.get("sai")
    of_paper = request.POST.get("ma")
    page["code"] = of_paper
    part = f"{'paper' if of_paper else 'entry'}_{'row' if whole else 'status'}"
    response = render(request, f"web/village/{part}.html", page)
    if whole:
        response.headers["HX-Retarget"] = f"#dong-{thing}"
    return response


@require_POST
@needs(Right.FILL_IN_FOR_OTHERS)
def send_all(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """Send every sheet that was written for others and has all its answers; many of them in the background."""
    seen = viewer(request)
    village = village_seen(seen, uid, law_of)
    complete = complete_sheets(village)
    if len(complete) > SENT_AT_ONCE:
        return HttpResponseRedirect(reverse("web:job", args=[ask_to_send_village(village, len(complete), seen).uid]))
    sent, problems = 0, list[Problem]()
    if complete:
        sent, problems = send_complete(complete, village.library, act=seen.act(timezone.now()))
    messages.success(request, say("village.sent_many", count=sent))
    if problems:
        messages.warning(request, say("village.not_sent", count=len(problems)))
    return HttpResponseRedirect(reverse("web:village_entry", args=[village.uid]))


@require_http_methods(["GET", "HEAD"])
@needs(Right.FILL_IN_FOR_OTHERS)
def from_paper(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The household whose code stands on the paper, its questions in the order of the paper."""
    village = village_seen(viewer(request), uid, law_of)
    page = _page(request, village) | {"way": "giay", "code": request.GET.get("ma", "").strip()[:80].replace("\0", "")}
    if page["code"] and village.round is not None:
        try:
            household = household_coded(village, page["code"])
            page |= {"household": household, "rows": list(rows_for(village, FORMS[page["form"]], [household]))}
        except Refused as refused:
            page["problem"] = refused.problems[0]
    return render(request, "web/village/from_paper.html", page)


def _page(request: HttpRequest, village: Village) -> dict[str, Any]:
    form = request.GET.get("phieu") or request.POST.get("phieu", "")
    way = request.GET.get("cach") or request.POST.get("cach", "")
    form, way = (form if form in FORMS else "nguoi"), (way if way in WAYS else "giay")
    columns = columns_of(village.judge(FORMS[form])) if village.round else ()
    return {"village": village, "form": form, "way": way, "ways": list(WAYS), "columns": columns}


def _write(request: HttpRequest, village: Village, title: Title, thing: UUID) -> EntryRow:
    row, key = _found(village, title, thing)
    typed = {cell.column.fact.id: request.POST.get(cell.column.fact.id, "").strip()[:40] for cell in row.cells}
    if village.round is None or not row.is_open:
        return replace(row, problems=(problem(_SHUT.get(row.mark, "K142"), thing),))
    answers, wrong = answers_typed(village.judge(title), typed)
    if wrong:
        return _as_typed(row, typed, wrong)
    way = WAYS.get(request.POST.get("cach", ""), Way.PAPER)
    writing = Writing(answers=answers, version=_version(request), way=way, by=viewer(request).account)
    try:
        _keep(request, village, village.round, (title, key), writing)
    except Refused as refused:
        now, _ = _found(village, title, thing)
        return _as_typed(now, typed, {}, refused.problems)
    now, _ = _found(village, title, thing)
    return replace(now, told="sent" if not now.is_open else "kept" if any(typed.values()) else "empty")


def _keep(
    request: HttpRequest, village: Village, round_: Round, about: tuple[Title, int], writing: Writing
) -> Sheet | None:
    act = viewer(request).act(timezone.now())
    sheet = write_for(round_, *about, writing, act=act)
    if sheet is not None and request.POST.get("viec") == "gui":
        return send_and_judge(sheet, sheet.version, village.library, act=act)
    return sheet


def _found(village: Village, title: Title, thing: UUID) -> tuple[EntryRow, int]:
    """The row as the database has it, and the key of the person or household."""
    columns = columns_of(village.judge(title)) if village.round else ()
    if title.kind is Kind.HOUSEHOLD:
        household = household_seen(village, thing)
        return household_entry(columns, household), household.key
    household, member = member_seen(village, thing)
    return member_entry(columns, household, member), member.key


def _as_typed(
    row: EntryRow, typed: dict[str, str], wrong: dict[str, Problem], problems: tuple[Problem, ...] = ()
) -> EntryRow:
    """The row with what was typed in it, and beside it what stands there now where that is another thing."""
    cells = tuple(_cell(cell, typed[cell.column.fact.id], wrong, bool(problems)) for cell in row.cells)
    return replace(row, cells=cells, problems=problems)


def _cell(cell: Cell, typed: str, wrong: dict[str, Problem], compared: bool) -> Cell:
    theirs = cell.given if compared and as_typed(cell.given) != typed else ""
    return replace(cell, given=typed, theirs=theirs, problem=wrong.get(cell.column.fact.id))


def _version(request: HttpRequest) -> int:
    """The version that was shown; what cannot be read is no version of anything."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _whole_page(request: HttpRequest, village: Village, page: dict[str, Any], row: EntryRow) -> HttpResponse:
    """Without scripts: back to where the row stood, or the row alone with what is wrong."""
    if row.is_wrong:
        return render(request, "web/village/entry.html", page)
    messages.success(request, say(f"village.told_{row.told}", name=row.name, left=row.left))
    back = "village_from_paper" if request.POST.get("ma") else "village_entry"
    asked_for = f"ma={row.code}" if request.POST.get("ma") else f"cach={page['way']}&phieu={page['form']}"
    return HttpResponseRedirect(f"{reverse(f'web:{back}', args=[village.uid])}?{asked_for}#dong-{row.uid}")
