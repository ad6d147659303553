"""Where a request came from: whole for counting tries, shortened for what is kept."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.http import HttpRequest

_NEAR = frozenset({"127.0.0.1", "::1", ""})  # the server in front of ours, on the same machine
_SHOWN = {4: 24, 6: 48}  # bits that are kept: the provider and the region, never one house


def address_of(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The address a request came from; the server in front of ours says it behind all other words."""
    near = request.META.get("REMOTE_ADDR", "")
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    for text in (said, near) if near in _NEAR else (near,):
        with suppress(ValueError):
            return ip_address(text)
    return None


def network_shown(request: HttpRequest) -> str:
    """The network a request came from, short of naming a line; empty where it is not known."""
    address = address_of(request)
    return str(ip_network(f"{address}/{_SHOWN[address.version]}", strict=False)) if address else ""
