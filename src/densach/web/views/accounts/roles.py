"""Who holds what in a place: the list, giving a role, ending it, handing it over, and a code for who forgot."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from densach.accounts.domain import Newcomer
from densach.authority.appointing import Appointed, Recipient, appoint, renew_code, succeed
from densach.authority.describing import described
from densach.authority.granting import END_OF_THE_MOVEMENT, Charge, end_role
from densach.authority.holding import A_PAGE, Asked, holder, holders, may_end
from densach.authority.naming import Named, thing_named
from densach.authority.roles import Right, Role
from densach.problems import Problem, Refused, problem
from densach.web.asking import asked_text
from densach.web.asking_forms import asked_start, sent_day
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer

_KEPT = (
    "known_as",
    "username",
    "name",
    "role",
    "place",
    "detail",
    "since",
    "until",
    "basis",
    "on",
    "why",
    "who",
    "code_why",
)
_LONGEST = 300


@require_safe
@needs(Right.GIVE_RIGHTS)
def listed(request: HttpRequest) -> HttpResponse:
    """The roles held in the place, searched by name, role and coming end."""
    text, start = asked_text(request), asked_start(request)
    role, ending = request.GET.get("vai", ""), request.GET.get("sap-het") == "1"
    asked = Asked(text.text, Role(role) if role in Role.values else None, ending, start)
    page = {"shown": holders(viewer(request), asked), "asked": asked, "text": text, "roles": list(Role)}
    turn = {"next": start + A_PAGE, "previous": max(start - A_PAGE, 0) if start else None}
    return render(request, "web/accounts/roles.html", page | turn)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.GIVE_RIGHTS)
def give(request: HttpRequest) -> HttpResponse:
    """The form to give a role, and what was wrong with what was sent."""
    if request.method != "POST":
        return _form(request, "web/accounts/role_give.html")
    try:
        return _told(request, _appointed(request), "roles.done_given")
    except Refused as refusal:
        return _form(request, "web/accounts/role_give.html", refusal.problems)


@require_safe
@needs(Right.GIVE_RIGHTS)
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One role, with what can be done about it."""
    return _one(request, uid)


@require_POST
@needs(Right.GIVE_RIGHTS)
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a role on a day with the reason."""
    try:
        on = sent_day(request, "on", viewer(request).today)
        end_role(viewer(request), uid, on=on, why=_sent(request, "why"), at=timezone.now())
    except Refused as refusal:
        return _one(request, uid, refusal.problems)
    say_done(request, "roles.done_ended", day=on)
    return HttpResponseRedirect(reverse("web:roles"))


@require_POST
@needs(Right.GIVE_RIGHTS)
def hand_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand a role over from a day on."""
    try:
        on = sent_day(request, "since", viewer(request).today)
        basis = _sent(request, "basis")
        done = succeed(viewer(request), uid, _recipient(request), on=on, basis=basis, at=timezone.now())
        return _told(request, done, "roles.done_handed")
    except Refused as refusal:
        return _one(request, uid, refusal.problems)


@require_POST
@needs(Right.GIVE_RIGHTS)
def new_code(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new code for whoever holds this role and forgot the password."""
    try:
        return _told(request, renew_code(viewer(request), uid, _sent(request, "code_why"), at=timezone.now()), "")
    except Refused as refusal:
        return _one(request, uid, refusal.problems)


def _appointed(request: HttpRequest) -> Appointed:
    seen, sent_role = viewer(request), _sent(request, "role")
    if sent_role not in Role.values:
        raise Refused(problem("U129", "role"))
    role = Role(sent_role)
    charge = Charge(
        role=role,
        thing=thing_named(seen, Named(role, _sent(request, "place"), _sent(request, "detail"))),
        valid_from=sent_day(request, "since", seen.today),
        valid_to=sent_day(request, "until", END_OF_THE_MOVEMENT),
        basis=_sent(request, "basis"),
    )
    return appoint(seen, _recipient(request), charge, at=timezone.now())


def _recipient(request: HttpRequest) -> Recipient:
    if _sent(request, "who") == "new":
        return Recipient(newcomer=Newcomer(_sent(request, "username"), _sent(request, "name")))
    return Recipient(known_as=_sent(request, "known_as"))


def _sent(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()[:_LONGEST]


def _told(request: HttpRequest, done: Appointed, key: str) -> HttpResponse:
    """The sheet with the code, where one was made; it is told on this page only."""
    if not done.code:
        say_done(request, key, name=done.grant.account.name)
        return HttpResponseRedirect(reverse("web:roles"))
    address = request.build_absolute_uri(reverse("web:first_password"))
    return render(request, "web/accounts/code_sheet.html", {"done": done, "address": address})


def _one(request: HttpRequest, uid: UUID, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    seen = viewer(request)
    grant = holder(seen, uid)
    [held] = described([grant], seen.today)
    page = {"held": held, "may_end": may_end(seen, grant), "today": seen.today}
    return _form(request, "web/accounts/role.html", problems, page)


def _form(
    request: HttpRequest, template: str, problems: tuple[Problem, ...] = (), more: dict[str, Any] | None = None
) -> HttpResponse:
    """A form with what was sent, each problem beside its field, and the rest above."""
    seen, sent = viewer(request), {name: _sent(request, name) for name in _KEPT}
    fields = {found.where: found for found in problems if found.where in _KEPT}
    page = {
        "problems": fields,
        "others": [found for found in problems if found.where not in fields],
        "sent": sent,
        "roles": sorted(seen.post.names - {Role.CITIZEN}, key=list(Role).index) if seen.post else [],
        "over_unit": seen.acting is not None and seen.acting.unit_id is not None,
    }
    return render(request, template, page | (more or {}))
