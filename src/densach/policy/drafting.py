"""A text that somebody is writing, held against the law that stands: mistakes by line and article, cases run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from msgspec import Struct

from densach.policy.cases import Case, Cases
from densach.policy.checking import case_faults, entry_faults
from densach.policy.composing import Piece, compose, text_of
from densach.policy.files import kind_of
from densach.policy.library import Entry, Library, assemble, entries_of, fictional_problems, named_twice, read_cases
from densach.policy.overlaying import Fault
from densach.policy.reading import Source, Trail
from densach.policy.running import CaseRun, run_case
from densach.policy.words import cited_place
from densach.problems import Problem, Refused, problem
from densach.rules.model import Cite, Overlay, Rubric


@dataclass(frozen=True)
class Found:
    """One mistake: the file and line it stands in, and the article that its statement cites, if it cites any."""

    problem: Problem
    file: str
    line: int
    article: str = ""


@dataclass(frozen=True)
class Desk:
    """Where a text is written: the packs and the entries that stand, and the codes of the place it is written for."""

    packs: tuple[str, ...]
    base: tuple[Entry, ...]
    places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Looked:
    """What was found in a text; `library` is the law with it, none where the text cannot be read at all."""

    found: tuple[Found, ...]
    text: Rubric | Overlay | None = None
    library: Library | None = None
    own: tuple[CaseRun, ...] = ()
    packaged: tuple[CaseRun, ...] = ()

    @property
    def rubric_id(self) -> str:
        """The rubric that the text is, or lies over."""
        return self.text.rubric if isinstance(self.text, Overlay) else self.text.id if self.text else ""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with it and every case beside it holds."""
        return self.library is not None and not self.found and all(run.holds for run in self.own)


def look_over(desk: Desk, piece: Piece) -> Looked:
    """Check a text as `policy check` checks files, and run the cases beside it and those of its rubric."""
    unread = [found for source in piece.sources for found in _unreadable(source)]
    if unread:
        return Looked(tuple(unread))
    own = piece.entries()
    entries = compose(desk.base, [piece])
    library = assemble(desk.packs, entries).at(desk.places)
    cases = [entry for source in piece.sources if kind_of(source.path) == "cases" for entry in entries_of(source)]
    found = [*_whole_faults(desk, own, entries), *(f for entry in (*own, *cases) for f in _faults(entry, library))]
    looked = Looked(tuple(found), text_of(own), library)
    return looked if found else _with_cases(looked, [case for entry in cases for case in entry.value.cases], desk.packs)


def _unreadable(source: Source) -> Iterator[Found]:
    try:
        tuple(entries_of(source))
    except Refused as refused:
        yield from map(_placed, refused.problems)


def _whole_faults(desk: Desk, own: Sequence[Entry], entries: Sequence[Entry]) -> Iterator[Found]:
    """Made-up law outside its pack, and ids that are taken."""
    names = {entry.source.path.name for entry in own}
    made_up = fictional_problems(own) if "demo" not in desk.packs else ()
    yield from (found for one in (*made_up, *named_twice(entries)) if (found := _placed(one)).file in names)


def _faults(entry: Entry, library: Library) -> Iterator[Found]:
    faults = case_faults if isinstance(entry.value, Cases) else entry_faults
    for fault in faults(entry, library):
        yield at_trail(fault, entry, library)


def at_trail(fault: Fault, entry: Entry, library: Library) -> Found:
    """A mistake with its file and line, and the article of the innermost statement around it."""
    placed = _placed(problem(fault.code, entry.where(fault.trail), **fault.words))
    cites = _cites_around(entry.value, fault.trail)
    article = "; ".join(cited_place(cite, library.documents) for cite in cites)
    return Found(placed.problem, placed.file, placed.line, article)


def _placed(one: Problem) -> Found:
    file, _, line = one.where.rpartition(":")
    return Found(one, file, int(line))


def _cites_around(value: object, trail: Trail) -> tuple[Cite, ...]:
    cites: tuple[Cite, ...] = ()
    for step in (None, *trail):
        value = value if step is None else _part(value, step)
        cites = getattr(value, "cites", ()) or cites
    return cites


def _part(value: object, step: int | str) -> object:
    if isinstance(value, Struct):
        return getattr(value, str(step), None)
    if isinstance(value, dict):
        return next((part for key, part in value.items() if str(key) == str(step)), None)
    if isinstance(value, tuple) and isinstance(step, int):
        return value[step] if step < len(value) else None
    return None


def _with_cases(looked: Looked, own: Sequence[Case], packs: tuple[str, ...]) -> Looked:
    library = looked.library
    if library is None:
        return looked
    packaged = _packaged_cases(packs, looked.rubric_id)
    runs = (tuple(run_case(library, looked.rubric_id, case) for case in cases) for cases in (own, packaged))
    return Looked(looked.found, looked.text, library, *runs)


@cache
def _packaged_cases(packs: tuple[str, ...], rubric_id: str) -> tuple[Case, ...]:
    return tuple(case for _, cases in read_cases(packs) if cases.rubric == rubric_id for case in cases.cases)
