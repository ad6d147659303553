"""Many signed consent sheets copied one after another: a frame a household, sent one at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from densach.assessing.privacy.consenting import LONGEST_PAPER
from densach.assessing.privacy.papers import said_on_sheets
from densach.assessing.villages.access import Village
from densach.assessing.villages.consents.access import home_to_sign, homes_listed
from densach.authority.roles import Right
from densach.web.asking import asked_text
from densach.web.consent_forms import HomeForm, enter_sent, home_form
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer
from densach.web.views.village.consents import consents_village
from densach.web.views.village.lists import asked_search

EVERY = "tat-ca"


@require_safe
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def grid(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """The sheets of many households to copy; where somebody said nothing yet, unless the address asks otherwise."""
    village, asked, after = consents_village(request, uid), asked_text(request), asked_search(request).after
    every = request.GET.get("loc") == EVERY
    listed = homes_listed(village, asked.text, after, only_open=not every)
    rows = [home_form(home, _carried(request.GET)) for home in listed.homes]
    page = _page(village, rows, EVERY if every else "", asked.text)
    page |= {"asked": asked, "more_after": listed.more_after}
    part = "copy_rows" if after else "copy_table"
    return render(request, f"web/village/{part if request.headers.get('HX-Request') else 'copy'}.html", page)


@require_POST
@needs(Right.FILL_IN_FOR_OTHERS, Right.ENTER_CONSENTS)
def enter(request: HttpRequest, household: UUID, uid: UUID | None = None) -> HttpResponse:
    """Enter the sheet of one household; what cannot be taken is said beside its field, and stays as it was typed."""
    village = consents_village(request, uid)
    home, form = home_to_sign(village, household), Filled(request.POST)
    count = enter_sent(viewer(request), home, form)
    every, text = EVERY if request.POST.get("loc") == EVERY else "", request.POST.get("q", "")[:100]
    if count and not request.headers.get("HX-Request"):
        say_done(request, "consents.copied", count=count, code=home.code)
        return HttpResponseRedirect(_back(village, household, form, {"loc": every, "q": text}))
    if count:
        home, form.sent = home_to_sign(village, household), QueryDict()
    page = _page(village, [home_form(home, form, count)], every, text)
    if request.headers.get("HX-Request"):
        return render(request, "web/village/copy_rows.html", page)
    return render(request, "web/village/copy.html", page | {"alone": True}, status=400)


def _page(village: Village, rows: list[HomeForm], every: str, text: str) -> dict[str, Any]:
    return {"village": village, "rows": rows, "every": every, "text": text, "purposes": said_on_sheets()}


def _carried(asked: QueryDict) -> Filled:
    """An empty sheet with the day and the place of the one copied before, where the address brings them along."""
    form, empty = Filled(asked), Filled(QueryDict())
    empty.typed = {"signed_on": form.text("signed_on", most=10), "kept_at": form.text("kept_at", most=LONGEST_PAPER)}
    return empty


def _back(village: Village, household: UUID, form: Filled, asked: dict[str, str]) -> str:
    """Without scripts: back to where the household stood, with the day and the place for the next."""
    carried = asked | {name: form.typed[name] for name in ("signed_on", "kept_at")}
    return f"{reverse('web:village_copy', args=[village.uid])}?{urlencode(carried)}#dong-{household}"
