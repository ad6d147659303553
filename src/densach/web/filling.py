"""A form as it was sent, read with patience: what was typed is kept, and a problem stands beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import QueryDict

from densach.formats.vietnamese import nfc
from densach.problems import Problem, Refused, problem
from densach.web.views.failing import NOT_THERE


@dataclass
class Filled:
    """What a form sent: `typed` is every field as it was typed, `problems` by field, `others` of no field."""

    sent: QueryDict
    typed: dict[str, str] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    others: list[Problem] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was wrong so far."""
        return not (self.problems or self.others)

    def text(self, name: str, *, most: int, needed: bool = False) -> str:
        """A text without what cannot be printed; refused beside its field where it is too long (R170) or wanting."""
        text = self._typed(name, most)
        if len(text) > most:
            self.problems[name] = problem("R170", name, most=most)
        elif needed and not text:
            self.problems[name] = problem("R171", name)
        return text

    def listed(self, name: str, *, most: int) -> str:
        """A pasted list, one a line, with the tabs between its columns; refused beside its field if too long (R170)."""
        given = nfc(self.sent.get(name, "")[: most + 1]).replace("\r\n", "\n")
        text = "".join(letter if letter.isprintable() or letter in "\n\t" else " " for letter in given).strip()
        self.typed[name] = text
        if len(text) > most:
            self.problems[name] = problem("R170", name, most=most)
        return text

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """A day, written 2026-11-23, 23/11/2026 or 3/1/2026; refused beside its field where it is none (R172)."""
        text = self.text(name, most=10, needed=needed)
        try:
            return date.fromisoformat("-".join(part.zfill(2) for part in reversed(text.split("/")))) if text else None
        except ValueError:
            self.problems[name] = problem("R172", name, value=text)
            return None

    def number(self, name: str, *, least: int, most: int) -> int:
        """A whole number within bounds; refused beside its field where it is none (R173)."""
        text = self._typed(name, 12).replace(".", "")
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        self.problems[name] = problem("R173", name, least=least, most=most)
        return least

    def one_of(self, name: str, known: Mapping[str, object]) -> str:
        """One of the choices that a page offered; refused beside its field for any other (R174)."""
        text = self._typed(name, 80)
        if text not in known:
            self.problems[name] = problem("R174", name)
        return text

    def uids(self, name: str) -> list[UUID]:
        """The identities that were chosen; what is none is left out."""
        found = []
        for text in self.sent.getlist(name):
            try:
                found.append(UUID(text))
            except ValueError:
                continue
        return found

    def refuse(self, refusal: Refused, **fields: str) -> None:
        """Tell a refusal beside the fields of its codes (`R161="ends"`) or above the form; a page not there goes on."""
        if all(each.code in NOT_THERE for each in refusal.problems):
            raise refusal
        for each in refusal.problems:
            if each.code in fields:
                self.problems[fields[each.code]] = each
            else:
                self.others.append(each)

    def _typed(self, name: str, most: int) -> str:
        given = self.sent.get(name, "")[: most + 1]
        text = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in nfc(given))
        self.typed[name] = text.strip()
        return self.typed[name]
