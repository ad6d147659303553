"""The round of a commune as a board of steps: opening it, planning a step, saying that one is done, closing it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.assessing.domain import close_round
from densach.assessing.models import Round
from densach.assessing.steps.access import RUNS, SIGNS, name_of, own_commune, own_round, own_rounds
from densach.assessing.steps.board import Board, OnBoard, board_of
from densach.assessing.steps.domain import Plan, begin_year, close_step, open_step_again, plan_step
from densach.assessing.steps.models import Step
from densach.authority.roles import Right
from densach.problems import Refused, problem
from densach.reporting.papers.issuing import kept_names
from densach.reporting.papers.naming import REPORT_UP
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

READS = (RUNS, SIGNS, Right.CHECK_SHEETS)
FORM = ["GET", "HEAD", "POST"]
# Where a step is done, as far as it has a page of its own.
PAGES: dict[Step, str] = {
    Step.REGISTERING: "send_workbook",
    Step.SELF_ASSESSMENT: "send_workbook",
    Step.SAMPLING: "draws",
    Step.JUDGING: "judge",
    Step.MEETING: "meetings",
    Step.LISTING: "lists",
    Step.DECISION: "decisions",
    Step.CERTIFICATES: "print_certificates",
    Step.REPORT: "report_up",
}


@require_safe
@signed_in
def latest(request: HttpRequest) -> HttpResponse:
    """The board of the latest round of one's commune; where there is none, how to begin."""
    seen = viewer(request)
    rounds = own_rounds(seen)
    if rounds:
        return HttpResponseRedirect(reverse("web:round", args=[name_of(rounds[0])]))
    return render(request, "web/commune/none.html", {"runs": seen.may(RUNS)})


@require_http_methods(FORM)
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """Open the round of a year; one that is open already is shown."""
    seen = viewer(request)
    place, form = own_commune(seen, RUNS), Filled(request.POST)
    if request.method == "POST":
        year = form.number("year", least=2014, most=2100)
        fictional = place.fictional and form.text("law", most=10) == "mau"
        if form.is_whole:
            try:
                opened = begin_year(place, year, "vn,demo" if fictional else "vn", act=seen.act(timezone.now()))
                messages.success(request, say("board.begun", year=str(year)))
                return HttpResponseRedirect(reverse("web:round", args=[name_of(opened)]))
            except Refused as refusal:
                form.refuse(refusal, R160="year")
    else:
        form.typed = {"year": str(seen.today.year)}
    page = {"form": form, "fictional": place.fictional}
    return render(request, "web/commune/begin.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def board(request: HttpRequest, name: str) -> HttpResponse:
    """The steps of a round in their order, and its next action as the one button."""
    seen = viewer(request)
    round_ = own_round(seen, name, *READS)
    shown = seen_board(round_, seen.today)
    runs = seen.may(RUNS)
    page = {"board": shown, "name": name, "runs": runs, "logs": runs or seen.may(Right.READ_LOG)}
    return render(request, "web/commune/board.html", page | {"next": next_of(shown, name)})


@require_http_methods(FORM)
@signed_in
def step(request: HttpRequest, name: str, step: str) -> HttpResponse:
    """Plan one step of a round, say that it is done, or take that back."""
    seen = viewer(request)
    round_, which = own_round(seen, name, RUNS), step_named(step)
    form = Filled(request.POST)
    if request.method == "POST" and _changed(request, round_, which, form):
        return HttpResponseRedirect(reverse("web:round", args=[name]))
    on_board = seen_board(round_, seen.today).of(which)
    if request.method != "POST":
        form.typed = _typed(on_board)
    page = {"form": form, "name": name, "round": round_, "one": on_board}
    return render(request, "web/commune/step.html", page, status=200 if form.is_whole else 400)


@require_POST
@signed_in
def close(request: HttpRequest, name: str) -> HttpResponse:
    """Close a round: nothing more is answered in it, and acts may still be recorded."""
    seen = viewer(request)
    close_round(own_round(seen, name, RUNS), seen.today, act=seen.act(timezone.now()))
    messages.success(request, say("board.closed"))
    return HttpResponseRedirect(reverse("web:round", args=[name]))


def seen_board(round_: Round, today: date) -> Board:
    """The board of a round on a day, with what its papers say."""
    return board_of(round_, today, reported=REPORT_UP in kept_names(round_))


def step_named(text: str) -> Step:
    """The step of an address; any other is not there (H103)."""
    if text not in Step.values:
        raise Refused(problem("H103", text))
    return Step(text)


def step_name(step: Step) -> SafeString:
    """What a step is called in the language of the page."""
    return say("board.step_" + step)


def next_of(board: Board, name: str) -> dict[str, str]:
    """The next action of a round: what the button says and where it leads; empty where nothing is left to do."""
    if board.next is None:
        return {}
    address = PAGES.get(board.next.step)
    where = reverse(f"web:{address}", args=[name]) if address else ""
    return {
        "said": say("board.do_" + board.next.step),
        "address": where or reverse("web:round_step", args=[name, board.next.step]),
    }


def _changed(request: HttpRequest, round_: Round, which: Step, form: Filled) -> bool:
    """Whether what was asked for is done; else the form says why not."""
    act = viewer(request).act(timezone.now())
    version = form.number("version", least=0, most=1_000_000)
    plan = Plan(begins=form.day("begins"), ends=form.day("ends"), head=form.text("head", most=120))
    what = request.POST.get("do", "plan")
    if not form.is_whole:
        return False
    try:
        if what == "close":
            close_step(round_, which, viewer(request).today, version, act=act)
        elif what == "open":
            open_step_again(round_, which, version, act=act)
        else:
            plan_step(round_, which, plan, version, act=act)
    except Refused as refusal:
        form.refuse(refusal, R161="ends")
        return False
    done = what if what in {"close", "open"} else "plan"
    messages.success(request, say("board.done_" + done, step=step_name(which)))
    return True


def _typed(shown: OnBoard) -> dict[str, str]:
    row = shown.row
    days = {"begins": row.begins, "ends": row.ends}
    return {name: day.isoformat() if day else "" for name, day in days.items()} | {
        "head": row.head,
        "version": str(row.version),
    }
