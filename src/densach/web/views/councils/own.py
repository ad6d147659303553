"""Where one begins: the sittings of a member, the councils of a secretary, and who sits in them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.authority.access import require
from densach.authority.roles import Right
from densach.awards.councils import access
from densach.awards.councils.domain import Founded, Named, end_term, found_council, name_member
from densach.awards.councils.models import Council, Counted, Member, Seated
from densach.problems import Refused, problem
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, signed_in, viewer
from densach.web.views.councils.regulating import CHOICES, regulation_in

FORM = ["GET", "HEAD", "POST"]
AUTHORITIES = {"commune": "chu-tich-ubnd-cap-xa", "province": "chu-tich-ubnd-cap-tinh"}


@require_safe
@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """One's own sittings, and the councils whose sittings one prepares."""
    seen = viewer(request)
    if not seen.may(Right.SIT_IN_COUNCIL):
        require(seen, Right.HANDLE_AWARDS, request.path)
    page = {
        "sittings": access.see_own_sittings(seen),
        "councils": access.see_councils(seen),
        "prepares": seen.may(Right.HANDLE_AWARDS),
        "sits": seen.may(Right.SIT_IN_COUNCIL),
    }
    return render(request, "web/councils/start.html", page)


@require_http_methods(FORM)
@needs(Right.HANDLE_AWARDS)
def found(request: HttpRequest) -> HttpResponse:
    """Enter the council of one's place by its founding decision."""
    form = Filled(request.POST)
    if request.method == "POST" and (made := _found(request, form)):
        say_done(request, "councils.done_founded")
        return HttpResponseRedirect(reverse("web:council", args=[made.uid]))
    form.typed.setdefault("abstains", "co")
    page = {"form": form, "counted": CHOICES, "yes_no": _yes_no(), "place": viewer(request).where}
    return render(request, "web/councils/found.html", page, status=200 if form.is_whole else 400)


@require_safe
@needs(Right.HANDLE_AWARDS)
def council(request: HttpRequest, council: UUID) -> HttpResponse:
    """A council: its basis, its rules, its members and its sittings."""
    found = access.council_prepared_by(viewer(request), council)
    page = {"council": found, "members": access.see_members(found), "sittings": access.see_sittings(found)}
    return render(request, "web/councils/council.html", page | {"counted": Counted(found.majority_of).label})


@require_http_methods(FORM)
@needs(Right.HANDLE_AWARDS)
def name(request: HttpRequest, council: UUID) -> HttpResponse:
    """Name somebody who holds the role of a council member here."""
    seen = viewer(request)
    found, form = access.council_prepared_by(seen, council), Filled(request.POST)
    able = {str(each.uid): each for each in access.see_candidates(seen, found)}
    if request.method == "POST":
        uid = form.one_of("account", able)
        seated = form.one_of("seated", dict(Seated.choices))
        title, since = form.text("title", most=200), form.day("since", needed=True)
        try:
            if form.is_whole and since:
                named = Named(account=able[uid], seated=seated, title=title, valid_from=since)
                name_member(found, named, act=seen.act(timezone.now()))
                say_done(request, "councils.done_named", name=able[uid].name)
                return HttpResponseRedirect(reverse("web:council", args=[council]))
        except Refused as refusal:
            form.refuse(refusal, Q202="account")
    else:
        form.typed |= {"since": seen.today.isoformat(), "seated": Seated.MEMBER}
    people = [("", say("councils.choose_account")), *((key, each.name) for key, each in able.items())]
    page = {"council": found, "form": form, "people": people, "posts": Seated.choices, "nobody": not able}
    return render(request, "web/councils/name.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@needs(Right.HANDLE_AWARDS)
def leave(request: HttpRequest, council: UUID, member: UUID) -> HttpResponse:
    """End the term of a member."""
    seen = viewer(request)
    found, form = access.council_prepared_by(seen, council), Filled(request.POST)
    who = _member(found, member)
    if request.method == "POST":
        on = form.day("on", needed=True)
        try:
            if form.is_whole and on:
                end_term(found, member, on=on, act=seen.act(timezone.now()))
                say_done(request, "councils.done_left", name=who.account.name)
                return HttpResponseRedirect(reverse("web:council", args=[council]))
        except Refused as refusal:
            form.refuse(refusal, Q203="on")
    else:
        form.typed["on"] = seen.today.isoformat()
    page = {"council": found, "member": who, "form": form}
    return render(request, "web/councils/leave.html", page, status=200 if form.is_whole else 400)


def _found(request: HttpRequest, form: Filled) -> Council | None:
    seen = viewer(request)
    name_, basis = form.text("name", most=200, needed=True), form.text("basis", most=300, needed=True)
    since, rules = form.day("since", needed=True), regulation_in(form)
    abstains = form.one_of("abstains", dict(_yes_no())) == "co"
    if not form.is_whole or since is None or seen.place is None or seen.where is None:
        return None
    founded = Founded(
        name=name_,
        authority=AUTHORITIES[seen.where.level],
        basis=basis,
        valid_from=since,
        interest_abstains=abstains,
        regulation=rules,
    )
    try:
        return found_council(seen.place, founded, act=seen.act(timezone.now(), basis))
    except Refused as refusal:
        form.refuse(refusal, Q222="quorum_source", Q201="basis")
        return None


def _yes_no() -> list[tuple[str, str]]:
    return [("co", say("councils.abstains_yes")), ("khong", say("councils.abstains_no"))]


def _member(council: Council, uid: UUID) -> Member:
    found = next((each for each in access.see_members(council) if each.uid == uid and each.valid_to is None), None)
    if found is None:
        raise Refused(problem("H103", uid))
    return found
