"""Who brought a case and what it says, sealed with the keys of the installation; and texts that must not name them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from densach.awards.cases import queries
from densach.awards.cases.models import Case, CaseText, Informant, Sealed
from densach.formats.vietnamese import fold
from densach.people.numbers import Keys
from densach.problems import Refused, problem

_WIDTH = 2048  # bytes before encryption, the same for every row, so that no length tells a name
_WIDTH_OF_TEXT = 20_480  # the longest that the form takes, 5,000 letters, needs no more
_TELLING = 8  # digits that make a number somebody's own


@dataclass(frozen=True)
class Told:
    """The name and the contact of who brought a case."""

    name: str = field(repr=False)
    contact: str = field(repr=False)


def seal(case: Case, told: Told, keys: Keys) -> Informant:
    """The row that keeps who brought a case."""
    text = json.dumps([told.name, told.contact], ensure_ascii=False).encode()
    row = Informant(case=case)
    _close(row, text.ljust(_WIDTH), keys)
    return row


def seal_text(case: Case, what: str, keys: Keys) -> CaseText:
    """The row that keeps what a case says."""
    row = CaseText(case=case)
    _close(row, json.dumps(what, ensure_ascii=False).encode().ljust(_WIDTH_OF_TEXT), keys)
    return row


def unseal(case: Case, keys: Keys) -> Told:
    """Who brought a case; refused (N103) without its key, and for a row that was moved from another case."""
    name, contact = json.loads(_open(queries.informant_of(case), keys))
    return Told(name, contact)


def unseal_text(case: Case, keys: Keys) -> str:
    """What a case says; refused (N103) as who brought it is."""
    what: str = json.loads(_open(queries.text_of(case), keys))
    return what


def seal_anew(row: Sealed, keys: Keys) -> None:
    """Encrypt a sealed row again under the key in use."""
    _close(row, _open(row, keys), keys)


def refuse_telling(told: Told, **texts: str) -> None:
    """Refuse (Q703) texts that others read where one holds the name, the contact or a number of who brought a case."""
    faults = [problem("Q703", where) for where, text in texts.items() if _tells(told, text)]
    if faults:
        raise Refused(*faults)


def _tells(told: Told, text: str) -> bool:
    said, digits = _words(text), re.sub(r"\D", "", text)
    named = any(_words(each).strip() and _words(each) in said for each in (told.name, told.contact))
    number = re.sub(r"\D", "", told.contact)
    return named or (len(number) >= _TELLING and number in digits)


def _words(text: str) -> str:
    words = " ".join(re.findall(r"\w+", fold(text)))
    return f" {words} "


def _close(row: Sealed, text: bytes, keys: Keys) -> None:
    row.cipher, row.key = keys.encrypt(text, keys.current, _bound(row)), keys.current


def _open(row: Sealed, keys: Keys) -> bytes:
    return keys.decrypt(bytes(row.cipher), row.key, _bound(row))


def _bound(row: Sealed) -> bytes:
    """What a row is about: its case, and that it is its text and not who brought it."""
    return f"case {row.case.uid}{' text' if isinstance(row, CaseText) else ''}".encode()
