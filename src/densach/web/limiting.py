"""Wrong tries are counted for a minute, so that nobody finds out codes or names by trying.

The counts stand in the memory of each process of the server and name no one longer than that minute.
"""

from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv6Address, ip_network

from django.core.cache import caches
from django.http import HttpRequest

from densach.web.signing.networks import address_of

cache = caches["process"]
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
    """The address, or all addresses of one line."""
    address = address_of(request)
    return str(ip_network(f"{address}/{_HOME}", False) if isinstance(address, IPv6Address) else address or "")
