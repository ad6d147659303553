"""Work of a round that takes long: judging everybody, and printing the certificates of a title."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone

from densach.assessing.certificates.codes import public_address
from densach.assessing.certificates.issuing import Order
from densach.assessing.models import Round
from densach.assessing.run import run_round
from densach.assessing.titles import BY_MODEL, Title
from densach.formats.certificates.layout import find_layout
from densach.jobs.domain import Asker, ask_for
from densach.jobs.models import Job
from densach.jobs.tasks import Handler, Result, Task
from densach.lawmaking.standing import library_for
from densach.policy.library import Library
from densach.reporting.certificates.printing import print_certificates
from densach.reporting.papers.naming import MODELS

JUDGE_ROUND, PRINT_CERTIFICATES = "judge_round", "print_certificates"
LAYOUT = "day-du"


def ask_to_judge(round_: Round, *, asker: Asker) -> Job:
    """Ask for a round to be judged; asked again while it waits or runs it is the same job."""
    return ask_for(JUDGE_ROUND, {"round": round_.pk}, key=f"round {round_.pk}", asker=asker, now=timezone.now())


def ask_to_print(round_: Round, title: Title, only: str, *, again: bool, asker: Asker) -> Job:
    """Ask for the certificates of a title that were not printed yet, or `again` all; `only` names one village."""
    arguments = {"round": round_.pk, "model": title.model, "only": only, "again": again}
    key = f"{round_.pk} {title.model} {only} {again}"
    return ask_for(PRINT_CERTIFICATES, arguments, key=key, asker=asker, now=timezone.now())


def judge_round(task: Task) -> Result:
    """Judge everybody of a round; each title is kept whole, and done twice it changes nothing."""
    round_ = _round(task)
    library = _law(round_, task)
    tallies = run_round(
        round_, library, act=task.act("kết luận cả đợt"), progress=lambda _title, done: task.tell("judging", done, 0)
    )
    rows = [[tally.title.key, tally.entered, tally.corrected, tally.unchanged] for tally in tallies]
    return Result({"titles": rows, "year": round_.year, "demo": round_.is_fictional})


def _law(round_: Round, task: Task) -> Library:
    """The law that a round goes by, as it is read in its place, with what was published by now."""
    return library_for(round_.packs.split(","), timezone.localdate(task.clock()), round_.place)


def print_round_certificates(task: Task) -> Result:
    """Print the certificates of a title; numbered once, and killed before the file was kept it is written again."""
    round_, said = _round(task), task.arguments
    title, library = BY_MODEL[said["model"]], _law(round_, task)
    order = Order(
        place=round_.place,
        year=round_.year,
        title=title,
        fictional=round_.is_fictional,
        public_url=public_address(settings.PUBLIC_URL),
        only=said["only"],
        again=said["again"],
    )
    task.tell("printing", 0, 0)
    path = task.new_folder() / f"giay-chung-nhan-{MODELS[title.model]}-{round_.year}.pdf"
    today, act = timezone.localdate(task.clock()), task.act("in giấy chứng nhận")
    printed = print_certificates(path, order, library, find_layout(LAYOUT), on=today, act=act)
    task.keep(path)
    return Result({"pages": printed.pages, "printing": printed.printing.pk, "waited": printed.waited})


HANDLERS: Mapping[str, Handler] = {JUDGE_ROUND: judge_round, PRINT_CERTIFICATES: print_round_certificates}


def _round(task: Task) -> Round:
    return Round.objects.get(pk=task.arguments["round"])
