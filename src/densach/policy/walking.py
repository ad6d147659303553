"""What every statement of law owes its reader, wherever it stands: a citation, a real document, real dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from densach.policy.dates import earliest, is_date, latest
from densach.policy.overlaying import Fault
from densach.policy.reading import Trail
from densach.rules.model import DECIDING, Cite, Document, Goal, Overlay, Rubric, Statement, Target, Threshold

_DAYS = ("signed", "in_force_from", "in_force_to", "valid_from", "valid_to", "exists_from", "exists_to", "since")
_SPANS = (("valid_from", "valid_to"), ("exists_from", "exists_to"), ("in_force_from", "in_force_to"))


def statement_faults(value: Struct, documents: Mapping[str, object]) -> Iterator[Fault]:
    """Mistakes that any value of a policy file can hold."""
    sources = value.sources if isinstance(value, Rubric) else None
    for trail, part in walk(value):
        yield from _citation_faults(trail, part)
        yield from _document_faults(trail, part, documents)
        yield from _date_faults(trail, part)
        yield from _mark_faults(trail, part)
        if isinstance(part, Cite) and sources is not None and part.source not in {None, *sources}:
            yield Fault("P203", (*trail, "source"), {"source": part.source})


def walk(value: object, trail: Trail = ()) -> Iterator[tuple[Trail, Struct]]:
    """Every structured value inside another, with the trail that leads to it."""
    if isinstance(value, Struct):
        yield trail, value
        for field in fields(value):
            yield from walk(getattr(value, field.name), (*trail, field.name))
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from walk(item, (*trail, at))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*trail, str(key)))


def nearest(wanted: str, among: Mapping[str, object]) -> str:
    """The ids that look most like one that is not there."""
    return ", ".join(get_close_matches(wanted, among, n=3, cutoff=0.4)) or "–"


def _citation_faults(trail: Trail, part: Struct) -> Iterator[Fault]:
    cites = getattr(part, "cites", None)
    must = any(field.name == "cites" and field.default is NODEFAULT for field in fields(part))
    stated = isinstance(part, Statement) and part.value is not None
    if cites == () and (must or stated):
        yield Fault("P201", trail, {"what": getattr(part, "id", None) or type(part).__name__})


def _document_faults(trail: Trail, part: Struct, documents: Mapping[str, object]) -> Iterator[Fault]:
    named: list[tuple[str | int, ...]] = []
    if isinstance(part, Cite | Rubric | Overlay | Target):
        named = [("document",)]
    elif isinstance(part, Document):
        named = [(name, at) for name in ("replaces", "based_on") for at in range(len(getattr(part, name)))]
    for name, *at in named:
        found = getattr(part, str(name))
        document = found[at[0]] if at else found
        if document not in documents:
            yield Fault("P202", (*trail, name, *at), {"document": document, "near": nearest(document, documents)})


def _date_faults(trail: Trail, part: Struct) -> Iterator[Fault]:
    days = {name: day for name in _DAYS if isinstance(day := getattr(part, name, None), str)}
    wrong = [name for name, day in days.items() if not is_date(day)]
    for name in wrong:
        yield Fault("P212", (*trail, name), {"day": days[name]})
    for start, end in _SPANS:
        if start in days and end in days and not wrong and _reversed(days[start], days[end]):
            yield Fault("P210", (*trail, end), {"from": days[start], "to": days[end]})


def _reversed(start: str, end: str) -> bool:
    return "unknown" not in {start, end} and latest(end) <= earliest(start)


def _mark_faults(trail: Trail, part: Struct) -> Iterator[Fault]:
    if isinstance(part, Threshold) and part.value == "unknown" and part.mark in DECIDING:
        yield Fault("P221", (*trail, "mark"), {"mark": part.mark})
    if isinstance(part, Goal) and part.value is not None and part.mark is None:
        yield Fault("P222", trail, {"year": part.year, "value": part.value})
