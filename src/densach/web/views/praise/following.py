"""What follows a good example: a letter, an event, somebody who takes it over, and the public page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.awards.praise import access
from densach.awards.praise.domain import LONGEST_STORY, honour, praise, publish, take_down, take_over
from densach.awards.praise.letters import who_praises
from densach.awards.praise.models import GoodExample
from densach.formats.official.keeping import read_kept
from densach.problems import Refused
from densach.web.filling import Filled
from densach.web.official import paper_file
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]
Does = Callable[[Filled, GoodExample], bool]


@require_http_methods(FORM)
@signed_in
def letter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a letter of praise."""

    def does(form: Filled, found: GoodExample) -> bool:
        words, on = form.text("words", most=1000, needed=True), form.day("on", needed=True)
        if form.is_whole and on is not None:
            praise(viewer(request), found, words, on, at=timezone.now())
        return form.is_whole

    more = {"body": " ".join(who_praises(viewer(request)))} if access.may_enter(viewer(request)) else {}
    return _followed(request, uid, "letter", does, more)


@require_safe
@signed_in
def paper(request: HttpRequest, uid: UUID, letter_uid: UUID, form: str) -> HttpResponse:
    """A letter as PDF or Word, as it was made."""
    found = access.letter_for(viewer(request), uid, letter_uid)
    return paper_file(read_kept(found.content), "thu-khen", form, found.on)


@require_http_methods(FORM)
@signed_in
def honouring(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note an event at which it was honoured."""

    def does(form: Filled, found: GoodExample) -> bool:
        event, on = form.text("event", most=200, needed=True), form.day("on", needed=True)
        if form.is_whole and on is not None:
            honour(viewer(request), found, event, on, at=timezone.now())
        return form.is_whole

    return _followed(request, uid, "honouring", does)


@require_http_methods(FORM)
@signed_in
def taking_over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note who took it over."""

    def does(form: Filled, found: GoodExample) -> bool:
        by, how = form.text("by", most=200, needed=True), form.text("how", most=500)
        on = form.day("on", needed=True)
        if form.is_whole and on is not None:
            take_over(viewer(request), found, by, how, on, at=timezone.now())
        return form.is_whole

    return _followed(request, uid, "taking_over", does)


@require_http_methods(FORM)
@signed_in
def publishing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell the story to everybody once its people agree, or take it down."""

    def does(form: Filled, found: GoodExample) -> bool:
        if request.POST.get("do") == "take_down":
            take_down(viewer(request), found, at=timezone.now())
            return True
        story = form.listed("story", most=LONGEST_STORY)
        agreed = request.POST.get("names_no_other") == "1"
        form.typed["names_no_other"] = "1" if agreed else ""
        if form.is_whole:
            publish(viewer(request), found, story, names_no_other=agreed, at=timezone.now())
        return form.is_whole

    return _followed(request, uid, "publishing", does)


def _followed(
    request: HttpRequest, uid: UUID, what: str, does: Does, more: dict[str, str] | None = None
) -> HttpResponse:
    """One form of one good example: done, it leads back to it; refused, it is shown again with what was typed."""
    seen, form = viewer(request), Filled(request.POST)
    found = access.example_for(seen, uid)
    if request.method == "POST":
        if _done(form, found, does):
            messages.success(request, say(f"praise.done_{what}"))
            return HttpResponseRedirect(reverse("web:good_example", args=[found.uid]))
    else:
        form.typed = {"on": seen.today.isoformat(), "story": found.story}
    page = {"one": found, "form": form, **(more or {})}
    return render(request, f"web/praise/{what}.html", page, status=200 if form.is_whole else 400)


def _done(form: Filled, found: GoodExample, does: Does) -> bool:
    try:
        return does(form, found)
    except Refused as refusal:
        beside = {each.code: str(each.where) for each in refusal.problems if each.code.startswith("Q6")}
        form.refuse(refusal, **beside)
        return False
