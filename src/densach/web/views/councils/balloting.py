"""The ballot of a member, made for a phone; nothing of what it says goes into an address, a message or a log."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from densach.authority.roles import Right
from densach.awards.councils import access
from densach.awards.councils.models import Choice
from densach.awards.councils.voting import cast
from densach.people.numbers import Keys, load_keys
from densach.problems import Refused, problem
from densach.web.asking_forms import asked_start
from densach.web.filling import Filled
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@needs(Right.SIT_IN_COUNCIL)
def ballot(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Vote on some nominations; those left out wait."""
    seen = viewer(request)
    room, seat = access.room_with_seat(seen, sitting)
    form, lines = Filled(request.POST), access.see_ballot(room, seat, asked_start(request))
    if request.method == "POST":
        try:
            choices = chosen_in(request, form, lines)
            if form.is_whole:
                count = cast(room.sitting, seat, choices, keys=keys(), act=seen.act(timezone.now()))
                say_done(request, "councils.done_voted", count=count)
                return HttpResponseRedirect(request.get_full_path())
        except Refused as refusal:
            form.refuse(refusal)
    page = {"room": room, "seat": seat, "lines": lines, "form": form, "choices": Choice.choices}
    return render(request, "web/councils/ballot.html", page, status=200 if form.is_whole else 400)


def chosen_in(request: HttpRequest, form: Filled, lines: access.Ballot) -> dict[UUID, Choice]:
    """What a form says of each item that it shows, or of one that was voted on meanwhile; at least of one (Q226)."""
    found = {}
    for name in _uids(request):
        said = request.POST.get(str(name), "")
        if said in Choice.values:
            found[name] = Choice(said)
            form.typed[str(name)] = said
    if not found:
        form.others.append(problem("Q226", lines.first))
    return found


def keys() -> Keys:
    """The keys of this installation, which lie outside the database."""
    return load_keys(settings.KEYS_FILE)


def _uids(request: HttpRequest) -> Iterable[UUID]:
    for name in request.POST:
        try:
            yield UUID(name)
        except ValueError:
            continue
