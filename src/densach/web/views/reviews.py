"""Sơ kết and tổng kết: what stands in a review, the words that people write for it, and its paper as PDF or Word."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.authority.roles import Right
from densach.problems import Refused
from densach.reporting.reviews.access import Of, find_review, see_outline, see_review, see_reviews
from densach.reporting.reviews.domain import write_words
from densach.reporting.reviews.kinds import LONGEST, SECTIONS
from densach.reporting.reviews.paper import paper_of
from densach.web.filling import Filled
from densach.web.official import paper_file
from densach.web.signing.flash import say_done
from densach.web.viewing import needs, viewer
from densach.web.views.province.asking import typed_count

MOST_SENT = 4 * LONGEST  # what is longer is cut when it is shown again; far beyond what is refused beside its field


@require_safe
@needs(Right.SEE_FIGURES)
def own(request: HttpRequest) -> HttpResponse:
    """The reviews of the viewer's own place."""
    seen = viewer(request)
    page = {"reviews": see_reviews(seen), "place": seen.where, "today": seen.today, "sections": len(SECTIONS)}
    return render(request, "web/reviews/own.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_FIGURES)
def one(request: HttpRequest, key: str, uid: UUID) -> HttpResponseBase:
    """One review: what its figures tell, and the words to write; the paper is made anew each time."""
    of = find_review(viewer(request), key, uid)
    form = Filled(request.POST)
    if request.method == "POST" and _keep(request, of, form):
        say_done(request, "reviews.done_kept")
        return HttpResponseRedirect(reverse("web:review", args=[key, uid]))
    draft, outlined = see_outline(viewer(request), of)
    for section in SECTIONS:
        form.typed.setdefault(section, draft.words.get(section, ""))
    page = {
        "of": of,
        "draft": draft,
        "outline": outlined,
        "form": form,
        "sections": [(name, f"reviews.section_{name}", f"reviews.hint_{name}") for name in SECTIONS],
        "version": form.sent.get("version") or str(draft.version),
        "most": LONGEST,
    }
    return render(request, "web/reviews/review.html", page, status=200 if form.is_whole else 400)


@require_safe
@needs(Right.SEE_FIGURES)
def taken(request: HttpRequest, key: str, uid: UUID, paper: str) -> HttpResponse:
    """The paper of a review with the figures of this moment."""
    seen = see_review(viewer(request), find_review(viewer(request), key, uid))
    return paper_file(paper_of(seen), f"bao-cao-{key}", paper, seen.gathered.today)


def _keep(request: HttpRequest, of: Of, form: Filled) -> bool:
    words = {section: form.text(section, most=MOST_SENT) for section in SECTIONS}
    version = typed_count(request.POST.get("version", ""))
    try:
        write_words(viewer(request), of, words, version, at=timezone.now())
    except Refused as refusal:
        form.problems |= {each.where: each for each in refusal.problems if each.code == "Y101"}
        if rest := [each for each in refusal.problems if each.code != "Y101"]:
            form.refuse(Refused(*rest))
    return form.is_whole
