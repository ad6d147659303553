"""The code by which a certificate is looked up: chance alone, easy to type, and what the QR code says of it."""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from densach.formats.official.words import SPECIMEN
from densach.problems import Refused, problem

# Crockford's digits: none looks like another, and 16 of them are 80 bits that nobody guesses.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 16
_MISREAD = str.maketrans("OIL", "011")
_CODE = re.compile(rf"[{_DIGITS}]{{{_LENGTH}}}")
_SCHEME = "densach:"
_PATH = "chung-nhan"


def new_code() -> str:
    """A code that no certificate has had."""
    return "".join(secrets.choice(_DIGITS) for _ in range(_LENGTH))


def shown(code: str) -> str:
    """A code in groups of four, as it is printed and read out."""
    return "-".join(code[start : start + 4] for start in range(0, _LENGTH, 4))


def code_typed(text: str) -> str:
    """The code in what somebody typed or scanned: with its groups, small letters, an address or the words of the QR.

    Refused (R141) where it holds none.
    """
    last = re.split(r"[/:\s]+", text.strip().rstrip("/"))[-1] if _has_address(text) else text
    code = re.sub(r"[\s-]", "", last).upper().translate(_MISREAD)
    if not _CODE.fullmatch(code):
        raise Refused(problem("R141", text.strip() or "…"))
    return code


def qr_text(code: str, public_url: str, *, fictional: bool) -> str:
    """What the QR code says: an address where the installation has a public one, else the code alone."""
    said = f"{public_url.rstrip('/')}/{_PATH}/{code}" if public_url else f"{_SCHEME}{code}"
    return f"{SPECIMEN}\n{said}" if fictional else said


def public_address(text: str) -> str:
    """The public address as it was set; refused (R149) where it is none."""
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
        raise Refused(problem("R149", "DENSACH_PUBLIC_URL", value=text))
    return text.rstrip("/")


def _has_address(text: str) -> bool:
    return _SCHEME in text.casefold() or f"/{_PATH}/" in text.casefold()
