"""Wrong tries are counted for a minute, so that nobody finds out codes or names by trying.

The counts stand in the memory of each process of the server and name no one longer than that minute.
"""

from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest

MOST_WRONG = 30  # in a minute and from one network address
MINUTE = 60  # seconds
_HOME = 64  # bits that all addresses of one IPv6 line have in common


def has_tried_too_much(request: HttpRequest) -> bool:
    """Whether too many wrong tries came from this network address within a minute."""
    return bool(cache.get(_key(request), 0) >= MOST_WRONG)


def note_wrong_try(request: HttpRequest) -> None:
    """Count one wrong try; the minute begins with the first."""
    if not cache.add(_key(request), 1, MINUTE):
        with suppress(ValueError):  # the minute has ended just now
            cache.incr(_key(request))


def _key(request: HttpRequest) -> str:
    return f"wrong-tries:{_network(request)}"


def _network(request: HttpRequest) -> str:
    """Where a request came from; the server in front of ours, on the same machine, says it behind all other words."""
    near = request.META.get("REMOTE_ADDR", "")
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    for text in (said, near) if near in {"127.0.0.1", "::1", ""} else (near,):
        with suppress(ValueError):
            address = ip_address(text)
            return str(ip_network(f"{address}/{_HOME}", False) if isinstance(address, IPv6Address) else address)
    return ""
