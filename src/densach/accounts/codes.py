"""Codes on paper: chance alone, easy to read out and to type; only a keyed hash of them is ever kept."""

from __future__ import annotations

import re
import secrets

from django.utils.crypto import salted_hmac

# Nothing here looks or sounds in Vietnamese like another (no 0 O, 1 I L, 2 Z, 5 S, 8 B, G); 12 of 23 are 54 bits.
_LETTERS = "ACDEFHJKMNPQRTUVWXY3479"
_LENGTH = 12
_GROUP = 4


def new_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def shown(code: str) -> str:
    """A code in groups of four, as it is printed and read out."""
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def code_hash(typed: str) -> str:
    """The hash of a code as somebody typed it: with or without its groups, in small letters or not.

    It is keyed with the secret of the installation, so that a copy of the database alone helps nobody to try codes out.
    """
    code = re.sub(r"[\W_]", "", typed).upper()
    return salted_hmac("densach.accounts.codes", code, algorithm="sha256").hexdigest()
