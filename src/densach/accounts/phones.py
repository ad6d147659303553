"""Phones as people write them, kept as the world writes them: 0912 345 678 is +84912345678."""

from __future__ import annotations

import re

_HOME = "+84"
_WHOLE = re.compile(r"\+[1-9]\d{7,14}")


def phone_typed(text: str) -> str:
    """The international form of what was typed; empty where it is no phone."""
    digits = re.sub(r"[\s.()-]", "", text)
    if re.fullmatch(r"0\d{9}", digits):
        digits = _HOME + digits[1:]
    elif re.fullmatch(r"84\d{9}", digits):
        digits = f"+{digits}"
    return digits if digits.isascii() and _WHOLE.fullmatch(digits) else ""


def phone_hidden(phone: str) -> str:
    """A phone of which only the ends are told."""
    return f"{phone[:3]} … {phone[-3:]}" if phone else ""
