"""What a visitor reads when there is no page, or when it could not be made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from densach.problems import Refused

NOT_THERE = frozenset({"P120", "H103"})


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The sentences of a refusal; 404 where what was asked for is not there, else 400."""
    missing = all(problem.code in NOT_THERE for problem in refusal.problems)
    page = {"problems": refusal.problems, "kind": "missing" if missing else "refused"}
    return render(request, "web/refused.html", page, status=404 if missing else 400)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  - Django's signature
    """What was sent could not be read (400); said without asking the database."""
    return _bare("bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """This page is not for this visitor (403)."""
    return render(request, "web/failing.html", {"kind": "forbidden"}, status=403)


def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form came from elsewhere, or from a page that had been open too long (403)."""
    return render(request, "web/failing.html", {"kind": "old_form"}, status=403)


def too_often(request: HttpRequest) -> HttpResponse:
    """Too many tries came from here (429)."""
    return render(request, "web/failing.html", {"kind": "too_often"}, status=429)


def too_large(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """More was sent than any page takes (413); said before a byte of it is read."""
    return _bare("too_large", 413)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """There is no such page (404)."""
    return render(request, "web/failing.html", {"kind": "missing"}, status=404)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Our own mistake (500); said without asking the database, which may be what is broken."""
    return _bare("broken", 500)


def _bare(kind: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string("web/bare.html", {"kind": kind}), status=status)
