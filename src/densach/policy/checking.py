"""`policy check`: every mistake of the policy files at once, each with its file, line, reason and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from densach.policy.cases import Cases
from densach.policy.commendation.faults import commendation_faults
from densach.policy.coverage import Coverage, coverage
from densach.policy.dataset_faults import dataset_faults
from densach.policy.datasets import DataSet
from densach.policy.files import HOME, PACKS, files_in, kind_of
from densach.policy.library import Entry, Library, assemble, load, read_entries
from densach.policy.overlaying import Fault, lay, overlay_faults
from densach.policy.resolving import resolve
from densach.policy.rubric_faults import rubric_faults
from densach.policy.walking import nearest, statement_faults
from densach.problems import Problem, Refused, problem
from densach.rules.model import Overlay, Power, Rubric


@dataclass(frozen=True)
class Report:
    """What the check found: the problems in the order of the files, and how much of each rubric is read."""

    problems: tuple[Problem, ...]
    coverage: dict[str, Coverage]


def check(packs: Sequence[str] = ("vn",), folders: Sequence[Path] = ()) -> Report:
    """Check packs and somebody's own folders, with the cases that stand beside the rubrics."""
    entries, problems = load(packs, folders)
    library = assemble(packs, entries)
    found = [*problems, *(p for entry in entries for p in _entry_problems(entry, library))]
    for entry, fault in commendation_faults(entries, library.documents):
        found.append(problem(fault.code, entry.where(fault.trail), **fault.words))
    found += _case_problems(_case_files(packs, folders), library)
    return Report(tuple(found), dict(_coverages(library)))


def _entry_problems(entry: Entry, library: Library) -> Iterator[Problem]:
    for fault in entry_faults(entry, library):
        yield problem(fault.code, entry.where(fault.trail), **fault.words)


def entry_faults(entry: Entry, library: Library) -> Iterator[Fault]:
    """Every mistake of one value of a policy file, held against the law that it belongs to."""
    if isinstance(entry.value, Cases):
        return case_faults(entry, library)
    return chain(statement_faults(entry.value, library.documents), _kind_faults(entry, library))


def _kind_faults(entry: Entry, library: Library) -> Iterator[Fault]:
    value, name = entry.value, entry.source.path.name.partition(".")[0]
    if isinstance(value, Rubric):
        yield from rubric_faults(value, library.rubrics)
    elif isinstance(value, Overlay):
        yield from _overlay_faults(value, library)
    elif isinstance(value, DataSet):
        yield from dataset_faults(value)
    elif isinstance(value, Power) and value.office is not None and value.office not in library.offices:
        yield Fault("P219", ("office",), {"office": value.office})
    if isinstance(value, Rubric | Overlay | DataSet) and value.id != name:
        yield Fault("P220", ("id",), {"id": value.id, "name": entry.source.path.name})


def _overlay_faults(overlay: Overlay, library: Library) -> Iterator[Fault]:
    rubric = library.rubrics.get(overlay.rubric)
    if rubric is None:
        words: dict[str, object] = {"rubric": overlay.rubric, "near": nearest(overlay.rubric, library.rubrics)}
        yield Fault("P215", ("rubric",), words)
        return
    try:
        whole = resolve(rubric, library.rubrics)
    except Refused:
        return  # its lost reference is named where the rubric stands
    faults = list(overlay_faults(whole, overlay))
    yield from faults
    if not faults:
        yield from rubric_faults(lay(whole, overlay), library.rubrics)


def _case_files(packs: Sequence[str], folders: Sequence[Path]) -> Iterator[Path]:
    roots = (*(HOME / pack for pack in packs if pack in PACKS), *folders)
    return iter(dict.fromkeys(path.resolve() for root in roots for path in files_in(root) if kind_of(path) == "cases"))


def _case_problems(paths: Iterator[Path], library: Library) -> Iterator[Problem]:
    for path in paths:
        try:
            entry = next(iter(read_entries(path)))
        except Refused as refused:
            yield from refused.problems
            continue
        for fault in case_faults(entry, library):
            yield problem(fault.code, entry.where(fault.trail), **fault.words)


def case_faults(entry: Entry, library: Library) -> Iterator[Fault]:
    """What worked cases name that is not there."""
    name = entry.value.rubric
    if name not in library.rubrics:
        yield Fault("P215", ("rubric",), {"rubric": name, "near": nearest(name, library.rubrics)})
        return
    try:
        known = {fact.id for fact in library.rubric(name).rubric.facts}
    except Refused:
        return  # already named where the rubric or its overlay stands
    for at, case in enumerate(entry.value.cases):
        for fact in case.given.keys() - known:
            yield Fault("P214", ("cases", at, "given", fact), {"case": case.name, "fact": fact, "rubric": name})


def _coverages(library: Library) -> Iterator[tuple[str, Coverage]]:
    for name, rubric in library.rubrics.items():
        try:
            yield name, coverage(resolve(rubric, library.rubrics))
        except Refused:
            continue  # its lost reference is among the problems
