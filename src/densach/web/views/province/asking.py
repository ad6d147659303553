"""What the addresses of these pages ask for; what cannot be read becomes a sentence, and the page goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict

from densach.assessing.titles import BY_MODEL, Title
from densach.problems import Problem, Refused, problem
from densach.reporting.below.comparing import BASES, Base
from densach.reporting.below.figures import Step
from densach.reporting.below.table import SORTS, Choice, Wanted
from densach.web.asking import asked_text, today

FIRST_YEAR = 2014
USUAL = "family"
ROWS = 50
SHOWN_BACK = 40
MAPS = {"luc-do": False, "hom-nay": True}
KINDS: dict[str, bool | None] = {"": None, "that": False, "mau": True}
STEPS: dict[str, Step | None] = {"": None, **{str(step): step for step in Step}}
T = TypeVar("T")


@dataclass(frozen=True)
class AskedTable:
    """A table as its address asks for it; `start` is how many rows were shown before."""

    choice: Choice
    wanted: Wanted
    start: int
    problems: tuple[Problem, ...]

    def address(self, **changes: str | int | None) -> str:
        """The same table with other choices, as the part of an address behind the question mark."""
        said = {
            "nam": self.choice.year,
            "mo-hinh": self.choice.title.model,
            "ban-do": "hom-nay" if self.choice.todays_map else None,
            "loai": None if self.choice.fictional is None else "mau" if self.choice.fictional else "that",
            "q": self.wanted.text or None,
            "buoc": self.wanted.step,
            "xep": self.wanted.sort,
            "chieu": "giam" if self.wanted.descending else None,
        }
        return urlencode({key: value for key, value in {**said, **changes}.items() if value is not None})


@dataclass(frozen=True)
class AskedComparison:
    """Communes to be put beside each other."""

    uids: tuple[UUID, ...]
    year: int
    title: Title
    base: Base
    problems: tuple[Problem, ...]

    @property
    def address(self) -> str:
        """The part of the address behind the question mark."""
        said = [*(("xa", str(uid)) for uid in self.uids), ("nam", str(self.year))]
        return urlencode([*said, ("mo-hinh", self.title.model), ("mau-so", self.base)])


def asked_year(request: HttpRequest) -> tuple[int, tuple[Problem, ...]]:
    """The year of `?nam=`, this year without one."""
    reader = _Reader(request.GET)
    return reader.year(), tuple(reader.problems)


def asked_table(request: HttpRequest) -> AskedTable:
    """The table of an address."""
    reader = _Reader(request.GET)
    text = asked_text(request)
    choice = Choice(
        year=reader.year(),
        title=reader.one_of("mo-hinh", BY_MODEL, BY_MODEL[USUAL]),
        todays_map=reader.one_of("ban-do", MAPS, MAPS["luc-do"]),
        fictional=reader.one_of("loai", KINDS, None),
    )
    wanted = Wanted(
        text=text.text,
        step=reader.one_of("buoc", STEPS, None),
        sort=reader.one_of("xep", {name: name for name in SORTS}, "name"),
        descending=reader.one_of("chieu", {"giam": True, "tang": False}, False),
    )
    start = reader.number("tu", 0, 1_000_000, 0)
    problems = (*reader.problems, *((text.problem,) if text.problem else ()))
    return AskedTable(choice, wanted, start, problems)


def asked_comparison(request: HttpRequest) -> AskedComparison:
    """The communes of `?xa=`, each once; refused (H103) for what names no place."""
    reader = _Reader(request.GET)
    uids = tuple(dict.fromkeys(_uid(text) for text in request.GET.getlist("xa")[: SHOWN_BACK * 2]))
    title = reader.one_of("mo-hinh", BY_MODEL, BY_MODEL[USUAL])
    base: Base = reader.one_of("mau-so", {each: each for each in BASES}, BASES[0])
    return AskedComparison(uids, reader.year(), title, base, tuple(reader.problems))


def typed_day(text: str) -> date | None:
    """A day as a form sends it, 23/11/2026 or 2026-11-23; none where nothing was typed; refused (R190) else."""
    given = text.strip()
    if not given:
        return None
    try:
        return date.fromisoformat("-".join(part.zfill(2) for part in reversed(given.split("/"))))
    except ValueError as error:
        raise Refused(problem("R190", "due")) from error


def typed_uid(text: str) -> UUID:
    """An identity that a form of ours sends; refused (H103) for anything else."""
    return _uid(text)


def typed_count(text: str) -> int:
    """A count that a form of ours sends; what is none counts as more than there can be, so that nothing is written."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 9999


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused(problem("H103", "xa")) from error


class _Reader:
    """Reads choices, and keeps a problem for each that cannot be read."""

    def __init__(self, given: QueryDict) -> None:
        self.given = given
        self.problems: list[Problem] = []

    def one_of(self, name: str, choices: dict[str, T], usual: T) -> T:
        text = self.given.get(name, "").strip()
        if not text or text in choices:
            return choices.get(text, usual)
        return self._unread(text, usual)

    def number(self, name: str, least: int, most: int, usual: int) -> int:
        text = self.given.get(name, "").strip()
        if not text:
            return usual
        if text.isascii() and text.isdecimal() and len(text) < 8 and least <= int(text) <= most:
            return int(text)
        return self._unread(text, usual)

    def year(self) -> int:
        return self.number("nam", FIRST_YEAR, today().year, today().year)

    def _unread(self, text: str, usual: T) -> T:
        shown = "".join(letter for letter in text[:SHOWN_BACK] if letter.isprintable())
        self.problems.append(problem("R180", "?", value=shown))
        return usual


def years() -> list[int]:
    """The years that may be chosen, newest first."""
    return list(range(today().year, today().year - 6, -1))
