"""The accounts of a demonstration, listed on the page for signing in, so that a visitor can try each role.

`densach try` writes them down beside the database that it makes; no other installation has that file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

ACCOUNTS = "tai-khoan-dung-thu.json"


@dataclass(frozen=True)
class TrialAccounts:
    """Names to sign in with, each with its role, the password of all, and the phone of the first to try codes with."""

    password: str
    phone: str
    accounts: list[dict[str, str]]


def trial_accounts(home: Path) -> TrialAccounts | None:
    """The accounts of the demonstration that stands in this home; None where the home is no demonstration's."""
    file = home / ACCOUNTS
    return TrialAccounts(**json.loads(file.read_text("utf-8"))) if file.exists() else None
