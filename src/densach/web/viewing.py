"""Who is looking at a page, and what they must be allowed to do to see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from densach.accounts.models import Account
from densach.authority.access import Viewer, nobody, require, viewer_of
from densach.authority.roles import Right
from densach.web.asking import today

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
_VIEWER, _ROLE = "densach.viewer", "vai"


def viewer(request: HttpRequest) -> Viewer:
    """Who is looking, in the role chosen in this session; worked out once for each request."""
    if _VIEWER not in request.META:
        request.META[_VIEWER] = _look_up(request)
    found: Viewer = request.META[_VIEWER]
    return found


def keep_role(request: HttpRequest, uid: UUID) -> None:
    """Go on in another role, for as long as this session lasts."""
    request.session[_ROLE] = str(uid)
    request.META.pop(_VIEWER, None)


def signed_in(view: View[P]) -> View[P]:
    """A page for whoever has signed in; others sign in first and come back. Nobody keeps a copy of it."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if viewer(request).account is None:
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return guarded


def needs(*rights: Right) -> Callable[[View[P]], View[P]]:
    """A page for roles that have all these rights; for others who signed in there is nothing here (404)."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        @signed_in
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            for right in rights:
                require(viewer(request), right, request.path)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def _look_up(request: HttpRequest) -> Viewer:
    account = request.user
    if not isinstance(account, Account):
        return nobody(today())
    chosen = request.session.get(_ROLE)
    return viewer_of(account, UUID(chosen) if chosen else None, today())
