"""The published stories, for everybody; each only while the consent it rests on holds."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.awards.praise import access
from densach.web.asking import today


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """The stories that one may read."""
    return render(request, "web/praise/stories.html", {"rows": access.stories(today())})


@require_safe
def story(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One story."""
    return render(request, "web/praise/story.html", {"one": access.story(uid, today())})
