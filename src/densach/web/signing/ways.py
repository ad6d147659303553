"""By which way somebody came in, as the session remembers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from densach.accounts.models import Way

_BY_METHOD = {"password": Way.PASSWORD, "socialaccount": Way.PROVIDER, "slip": Way.SLIP}
WAYS_OF_FACTORS = {"totp": Way.APP, "recovery_codes": Way.RECOVERY, "webauthn": Way.KEY}


def way_of(records: Sequence[Mapping[str, Any]]) -> Way:
    """The way of the last step: a second factor stands for both, because it comes after the first."""
    last = records[-1] if records else {"method": "password"}
    if last["method"] == "mfa":
        return WAYS_OF_FACTORS[last["type"]]
    if last["method"] == "code":
        return Way.PHONE if last.get("phone") else Way.MAIL
    return _BY_METHOD[last["method"]]
