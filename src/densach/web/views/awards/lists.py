"""What a role put forward and what waits for it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.awards import by_law
from densach.awards.access import Wanted, may_see_awards, nominations_in, require_part
from densach.awards.models import Step
from densach.web.asking import asked_text
from densach.web.asking_forms import asked_start
from densach.web.awards.telling import award_name
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer


@require_safe
@signed_in
def awards(request: HttpRequest) -> HttpResponse:
    """The nominations that a role sees, narrowed by name, step and award; while one types only the list comes back."""
    seen, asked = viewer(request), asked_text(request)
    require_part(seen)
    step = _one_of(request, "buoc", Step.values)
    award = _one_of(request, "hinh-thuc", list(by_law.law().awards))
    wanted = Wanted(text=asked.text, step=step, award=award, mine=request.GET.get("xem") == "cua-toi")
    listed = nominations_in(seen, None, wanted, asked_start(request))
    page = {
        "seen": seen,
        "asked": asked,
        "wanted": wanted,
        "listed": listed,
        "steps": [(each.value, say(f"awards.step_{each}")) for each in Step],
        "awards": [(each.code, award_name(each.code)) for each in by_law.law().awards.values() if each.in_movement],
        "rest": _rest(wanted),
        "may": may_see_awards(seen),
    }
    is_part = getattr(request, "htmx", False)
    return render(request, "web/awards/rows.html" if is_part else "web/awards/list.html", page)


def _one_of(request: HttpRequest, name: str, known: list[str]) -> str:
    """A choice of the address; one that the page does not offer narrows nothing."""
    given = request.GET.get(name, "")
    return given if given in known else ""


def _rest(wanted: Wanted) -> str:
    """The address of the same list, for its other pages."""
    said = {"q": wanted.text, "buoc": wanted.step, "hinh-thuc": wanted.award, "xem": "cua-toi" if wanted.mine else ""}
    return urlencode({name: value for name, value in said.items() if value})
