"""The phone of whoever uses a slip: a code goes to it and is typed back, instead of a name and a password."""

from __future__ import annotations

from datetime import timedelta

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from densach.accounts.codes import code_hash
from densach.accounts.phones import phone_typed
from densach.problems import Refused, problem
from densach.web.signing.adapter import AccountAdapter

_KEPT = "phieu-dien-thoai"
MOST_TRIES = 3  # of one code, as for any other code to a phone
_LASTS = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def send_code(request: HttpRequest, typed: str) -> None:
    """Send a code to a phone and remember its hash; refused for no phone (U131), and for too many codes (U134)."""
    phone = phone_typed(typed[:40])
    if not phone or not settings.PHONE_SENDER:
        raise Refused(problem("U131", "phone"))
    if not ratelimit.consume(request, action="slip_code", key=phone):
        raise Refused(problem("U134", "phone"))
    adapter = AccountAdapter(request)
    code = adapter.generate_login_code()
    until = (timezone.now() + _LASTS).timestamp()
    request.session[_KEPT] = {"phone": phone, "code": code_hash(code), "until": until, "tries": 0}
    adapter.send_verification_code_sms(user=None, phone=phone, code=code)


def phone_waiting(request: HttpRequest) -> str:
    """The phone to which a code was sent that still holds; empty where there is none."""
    kept = request.session.get(_KEPT)
    return str(kept["phone"]) if kept and kept["until"] > timezone.now().timestamp() else ""


def phone_confirmed(request: HttpRequest, typed: str) -> str:
    """The phone whose code was typed; refused for a wrong code (U132), and after three of them for good (U133)."""
    if not phone_waiting(request):
        raise Refused(problem("U133", "code"))
    kept = dict(request.session[_KEPT])
    if kept["code"] == code_hash(typed[:40]):
        del request.session[_KEPT]
        return str(kept["phone"])
    kept["tries"] += 1
    if kept["tries"] >= MOST_TRIES:
        del request.session[_KEPT]
        raise Refused(problem("U133", "code"))
    request.session[_KEPT] = kept
    raise Refused(problem("U132", "code", left=MOST_TRIES - kept["tries"]))
