"""Who is looking at a page, and what they must be allowed to do to see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from densach.accounts.models import Account
from densach.authority.access import Viewer, nobody, require, viewer_of
from densach.authority.roles import Right
from densach.places.access import is_demonstration
from densach.web.asking import today
from densach.web.signing.second import came_with_second_factor, needs_second_factor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
_VIEWER, _ROLE, _DEMONSTRATION = "densach.viewer", "vai", "densach.demonstration"


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


def demonstration(request: HttpRequest) -> bool:
    """Whether this database shows made-up places; asked once for each request."""
    if _DEMONSTRATION not in request.META:
        known = viewer(request).in_demonstration
        request.META[_DEMONSTRATION] = is_demonstration() if known is None else known
    return bool(request.META[_DEMONSTRATION])


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether the role in use needs a second factor that this session has not shown; none is asked for a trial."""
    return needs_second_factor(viewer(request)) and not came_with_second_factor(request) and not demonstration(request)


def signed_in(view: View[P]) -> View[P]:
    """A page for whoever has signed in, with a second factor where the role needs one; others do that first."""

    @wraps(view)
    @known
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if lacks_second_factor(request):
            return HttpResponseRedirect(f"{reverse('web:second_factor')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return guarded


def known(view: View[P]) -> View[P]:
    """A page for whoever has signed in, about themselves; others sign in first and come back. Nobody keeps a copy."""

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
