"""All the law that we hold, opened once: rubrics, documents, targets, powers, claims, overlays, assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from densach.policy.cases import Cases
from densach.policy.dates import InForce, earliest, holds
from densach.policy.files import HOME, LISTS, PACKS, SHAPES, files_in, kind_of
from densach.policy.overlaying import lay
from densach.policy.reading import Source, Trail, line_at, open_source, read, shown
from densach.policy.resolving import references, resolve
from densach.problems import Problem, Refused, problem
from densach.rules.model import Assumption, Claim, Document, Office, Overlay, Power, Rubric, Target

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """One value of a policy file and where it stands."""

    kind: str
    value: Any
    source: Source
    trail: Trail

    @property
    def id(self) -> str | None:
        """Its id; powers and cases have none."""
        return getattr(self.value, "id", None)

    def where(self, trail: Trail = ()) -> str:
        """The file and line of a part of the value, as messages show it."""
        return f"{shown(self.source.path)}:{line_at(self.source, (*self.trail, *trail))}"


@dataclass(frozen=True)
class Effective:
    """A rubric as it stands on a day at a place, and the policy bytes (id, sha256) that it was made of."""

    rubric: Rubric
    sources: tuple[tuple[str, str], ...]
    fictional: bool


@dataclass(frozen=True)
class Library:
    """Everything of the opened packs, by id; powers by title key; `digests` of the files, `contents` by digest.

    `stands_at` holds the codes of the places for which it is read: their local texts are laid over what is national.
    """

    packs: tuple[str, ...]
    rubrics: Mapping[str, Rubric]
    documents: Mapping[str, Document]
    targets: Mapping[str, Target]
    offices: Mapping[str, Office]
    powers: Mapping[str, tuple[Power, ...]]
    claims: Mapping[str, Claim]
    overlays: Mapping[str, Overlay]
    assumptions: Mapping[str, Assumption]
    digests: Mapping[str, str]
    contents: Mapping[str, bytes]
    stands_at: frozenset[str] = frozenset()

    def at(self, places: Iterable[str]) -> Library:
        """The same law as it is read in a place: `places` are its code and those of the places around it."""
        return replace(self, stands_at=frozenset(places))

    def rubric(self, rubric_id: str, on: date | None = None, place: str | None = None) -> Effective:
        """The rubric with its references followed and the overlays of that day and place laid over it.

        Without a day, overlays without an end are laid. Refused (P120) for an unknown id.
        """
        national = self.rubrics.get(rubric_id)
        if national is None:
            raise Refused(self.unknown_id(rubric_id, self.rubrics))
        made_of = [rubric_id, *references(national)]
        rubric = resolve(national, self.rubrics)
        for overlay in self._overlays_of(rubric_id, on, place):
            laid = lay(rubric, overlay)
            made_of += [overlay.id, *references(laid)]
            rubric = resolve(laid, self.rubrics)
        made_of = list(dict.fromkeys(made_of))
        fictional = any(self._mark(name) == "fictional" for name in made_of)
        return Effective(rubric, tuple((name, self.digests[name]) for name in made_of), fictional)

    @staticmethod
    def in_force(rubric: Rubric, day: date) -> InForce:
        """Whether a rubric is in force on a day; unknown where its dates are not exact enough to tell."""
        return holds(rubric.valid_from, rubric.valid_to, day)

    def unknown_id(self, wanted: str, among: Mapping[str, object]) -> Problem:
        """The problem of an id that is not there, with the nearest ones that are."""
        near = get_close_matches(wanted, among, n=3, cutoff=0.4)
        return problem("P120", wanted, near=", ".join(near) or "–")

    def _overlays_of(self, rubric_id: str, on: date | None, place: str | None) -> list[Overlay]:
        order = ("transcription", "local_set", "fills")
        found = [
            overlay
            for overlay in self.overlays.values()
            if overlay.rubric == rubric_id
            and overlay.place in {None, place, *self.stands_at}
            and (overlay.valid_to is None if on is None else holds(overlay.valid_from, overlay.valid_to, on) == "yes")
        ]
        return sorted(found, key=lambda one: (order.index(one.kind), one.place is not None, _since(one), one.id))

    def _mark(self, name: str) -> str:
        return self.overlays[name].mark if name in self.overlays else self.rubrics[name].mark


def _since(overlay: Overlay) -> date:
    return earliest(overlay.valid_from)


def open_library(packs: Sequence[str] = ("vn",), folders: Sequence[Path] = ()) -> Library:
    """Open packs of law and, beside them, somebody's own folders; Refused with every file that cannot be read."""
    entries, problems = load(packs, folders)
    if problems:
        raise Refused(*problems)
    return assemble(packs, entries)


def load(packs: Sequence[str], folders: Sequence[Path] = ()) -> tuple[list[Entry], list[Problem]]:
    """Read every file of packs and folders but the cases; mistakes are collected, not raised."""
    entries: list[Entry] = []
    problems: list[Problem] = list(_pack_problems(packs))
    roots = [HOME / pack for pack in packs if pack in PACKS]
    found = {root: list(files_in(root)) for root in (*roots, *folders)}
    problems += [problem("P108", root) for root, paths in found.items() if not paths]
    for path in dict.fromkeys(path.resolve() for paths in found.values() for path in paths):
        try:
            entries += read_entries(path) if kind_of(path) != "cases" else ()
        except Refused as refused:
            problems += refused.problems
    problems += fictional_problems(entries) if "demo" not in packs else ()
    return entries, [*problems, *named_twice(entries)]


def read_entries(path: Path) -> Iterator[Entry]:
    """The values of one policy file."""
    return entries_of(open_source(path))


def entries_of(source: Source) -> Iterator[Entry]:
    """The values of a policy text, whose kind its name says."""
    kind = kind_of(source.path)
    value = read(source, SHAPES[kind])
    if kind in LISTS:
        return (Entry(kind, item, source, (at,)) for at, item in enumerate(value))
    return iter((Entry(kind, value, source, ()),))


def read_cases(packs: Sequence[str] = ("vn",), folders: Sequence[Path] = ()) -> Iterator[tuple[Path, Cases]]:
    """The worked cases of packs and folders, file by file."""
    for root in (*(HOME / pack for pack in packs), *folders):
        for path in files_in(root):
            if kind_of(path) == "cases":
                cases: Cases = read(open_source(path), Cases)
                yield path, cases


def assemble(packs: Sequence[str], entries: Sequence[Entry]) -> Library:
    """A library of entries that were read."""

    def named(kind: str) -> dict[str, Any]:
        return {entry.value.id: entry.value for entry in entries if entry.kind == kind}

    powers: dict[str, tuple[Power, ...]] = {}
    for entry in entries:
        if entry.kind == "powers":
            powers[entry.value.title_key] = (*powers.get(entry.value.title_key, ()), entry.value)
    of_file = {id(entry.source): entry.source.sha256 for entry in entries}
    digests = {entry.id: of_file[id(entry.source)] for entry in entries if entry.id is not None}
    contents = {of_file[id(entry.source)]: entry.source.data for entry in entries}
    kinds = ("rubric", "document", "targets", "offices")
    rubrics, documents, targets, offices = (named(kind) for kind in kinds)
    claims, overlays, assumptions = named("claims"), named("overlay"), named("assumptions")
    return Library(
        tuple(packs), rubrics, documents, targets, offices, powers, claims, overlays, assumptions, digests, contents
    )


def _pack_problems(packs: Sequence[str]) -> Iterator[Problem]:
    for pack in packs:
        if pack not in PACKS:
            yield problem("P109", pack, packs=", ".join(PACKS))
    if "demo" in packs and "vn" not in packs:
        yield problem("P111", "demo")


def fictional_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Made-up law among real law: found by its bytes, which costs nothing where there is none."""
    for source in {id(entry.source): entry.source for entry in entries}.values():
        at = source.data.find(b"mark: fictional")
        if at >= 0:
            yield problem("P112", f"{shown(source.path)}:{source.data.count(bytes([10]), 0, at) + 1}")


def named_twice(entries: Sequence[Entry]) -> Iterator[Problem]:
    """What carries an id that something before it carries."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.id is not None and first.setdefault(entry.id, entry) is not entry:
            yield problem("P110", entry.where(), id=entry.id, first=shown(first[entry.id].source.path))
