"""The purposes of personal data and the times of requests, as the published national law has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from densach.policy.files import HOME
from densach.policy.library import read_entries
from densach.policy.purposes import Purpose, RequestRule


@cache
def purposes() -> Mapping[str, Purpose]:
    """The purposes by id, in the order in which they are shown."""
    return {entry.value.id: entry.value for entry in read_entries(HOME / "vn" / "purposes.yaml")}


@cache
def request_rules() -> Mapping[str, RequestRule]:
    """The rule of each kind of request."""
    return {entry.value.id: entry.value for entry in read_entries(HOME / "vn" / "requests.yaml")}
