"""Who brought a case, sealed with the keys of the installation and bound to it; and texts that must not say it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from densach.awards.cases import queries
from densach.awards.cases.models import Case, Informant
from densach.formats.vietnamese import fold
from densach.people.numbers import Keys
from densach.problems import Refused, problem

_WIDTH = 2048  # bytes before encryption, the same for every row, so that no length tells a name
_TELLING = 8  # digits that make a number somebody's own


@dataclass(frozen=True)
class Told:
    """The name and the contact of who brought a case."""

    name: str = field(repr=False)
    contact: str = field(repr=False)


def seal(case: Case, told: Told, keys: Keys) -> Informant:
    """The row that keeps who brought a case."""
    text = json.dumps([told.name, told.contact], ensure_ascii=False).encode()
    cipher = keys.encrypt(text.ljust(_WIDTH), keys.current, _bound(case))
    return Informant(case=case, cipher=cipher, key=keys.current)


def unseal(case: Case, keys: Keys) -> Told:
    """Who brought a case; refused (N103) without its key, and for a row that was moved from another case."""
    row = queries.informant_of(case)
    name, contact = json.loads(keys.decrypt(bytes(row.cipher), row.key, _bound(case)))
    return Told(name, contact)


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


def _bound(case: Case) -> bytes:
    return f"case {case.uid}".encode()
