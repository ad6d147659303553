"""The log of a round, for those who run it and those who may read logs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.assessing.steps.access import RUNS, own_round
from densach.assessing.steps.log import GROUPS, PRIVATE, log_of
from densach.authority.roles import Right
from densach.problems import Refused, problem
from densach.web.viewing import signed_in, viewer

_MOST_PAGES = 10_000


@require_safe
@signed_in
def log(request: HttpRequest, name: str) -> HttpResponse:
    """One page of what happened in a round, the latest first."""
    round_ = own_round(viewer(request), name, RUNS, Right.READ_LOG)
    group, number = request.GET.get("nhom", GROUPS[0]), request.GET.get("trang", "1")
    groups = (*GROUPS, PRIVATE) if viewer(request).may(RUNS) else GROUPS
    if group not in groups or not (number.isascii() and number.isdigit() and 1 <= int(number) <= _MOST_PAGES):
        raise Refused(problem("H103", "nhat-ky"))
    page = {"log": log_of(round_, group, int(number)), "name": name, "round": round_, "group": group, "groups": groups}
    return render(request, "web/commune/log.html", page)
