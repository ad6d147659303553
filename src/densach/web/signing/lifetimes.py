"""How long one stays signed in: not for ever, and less long where the role sees names or decides.

After NIST SP 800-63B-3: 30 minutes without use and 12 hours in all where much is at stake (4.2.3, AAL2), 30 days in
all otherwise (4.1.3, AAL1); two weeks without use are ours, for a household that opens its sheet now and then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.core.internal.httpkit import HTTP_USER_AGENT_MAX_LENGTH
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from densach.authority.access import Viewer
from densach.authority.roles import POSTS, Right, Role
from densach.web.signing.flash import say_done
from densach.web.signing.networks import address_of
from densach.web.viewing import viewer

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
WRITE_EVERY = 5 * _MINUTE  # so that reading pages hardly ever writes
_AT_STAKE = frozenset({Right.SEE_NAMES, Right.SIGN, Right.GIVE_RIGHTS, Right.APPROVE_LAW, Right.READ_LOG})
_KEPT = "doi"


@dataclass(frozen=True)
class Lifetime:
    """Seconds without use, and in all."""

    idle: int
    whole: int


OFFICERS = Lifetime(30 * _MINUTE, 12 * _HOUR)
OTHERS = Lifetime(14 * _DAY, 30 * _DAY)


class SessionLifetime:
    """Ends a session that was left alone or is too old; a visitor who has none is not touched."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the session before anything else does."""
        if request.session.session_key and request.user.is_authenticated:
            _look_at(request)
        return self.answer(request)


def begin_lifetime(request: HttpRequest, seen: Viewer) -> None:
    """The session begins now, in the roles that its owner holds."""
    now = timezone.now().timestamp()
    request.session[_KEPT] = {"since": now, "used": now, "officer": _is_officer(seen)}


def _look_at(request: HttpRequest) -> None:
    kept, now = request.session.get(_KEPT), timezone.now().timestamp()
    if kept is None or _is_over(kept, now):
        logout(request)
        say_done(request, "accounts.done_session_over")
    elif now - kept["used"] >= WRITE_EVERY:
        request.session[_KEPT] = kept | {"used": now, "officer": _is_officer(viewer(request))}
        _note_use(request)


def _note_use(request: HttpRequest) -> None:
    """When this session was used last, for the list of places where one is signed in."""
    agent = request.headers.get("User-Agent", "")[:HTTP_USER_AGENT_MAX_LENGTH]
    about = {"user": request.user, "ip": str(address_of(request) or "0.0.0.0"), "user_agent": agent}  # noqa: S104
    row, _ = UserSession.objects.get_or_create(session_key=request.session.session_key, defaults=about)
    row.last_seen_at = timezone.now()
    row.save(update_fields=["last_seen_at"])


def _is_over(kept: dict[str, Any], now: float) -> bool:
    lifetime = OFFICERS if kept["officer"] else OTHERS
    return bool(now - kept["used"] > lifetime.idle or now - kept["since"] > lifetime.whole)


def _is_officer(seen: Viewer) -> bool:
    return any(POSTS[Role(grant.role)].rights & _AT_STAKE for grant in seen.grants)
