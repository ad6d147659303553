"""What the files of the law of commendation must be: every code declared once, nothing on that is not sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from densach.policy.commendation.calendar import CalendarYear
from densach.policy.commendation.model import (
    Authority,
    Award,
    AwardPower,
    CouncilRules,
    Form,
    Money,
    Multiple,
    Parameters,
    PartNeed,
    Proposer,
    PublicationRule,
    QuotaRule,
    Regime,
    Rule,
    Template,
)
from densach.policy.library import Entry
from densach.policy.overlaying import Fault
from densach.policy.reading import Trail
from densach.policy.walking import nearest, walk
from densach.rules.model import DECIDING

Found = tuple[Entry, Fault]
Named = tuple[str, Trail, str]  # what is named (award, authority, form, template), where, and its code
_DECLARE: dict[type, str] = {
    Award: "award",
    Authority: "authority",
    Form: "form",
    Template: "template",
    Regime: "regime",
}
_REFERENCES: dict[type, tuple[tuple[str, str], ...]] = {
    Award: (("authorities", "authority"),),
    AwardPower: (("award", "award"),),
    CouncilRules: (("full_council_for", "award"), ("standing_council_for", "award")),
    Form: (("template", "template"),),
    Money: (("own_funds", "award"),),
    Multiple: (("award", "award"),),
    Parameters: (("authority", "authority"), ("forms", "form")),
    PartNeed: (("form", "form"),),
    Proposer: (("authority", "authority"),),
    PublicationRule: (("award", "award"),),
    QuotaRule: (("award", "award"),),
}


def commendation_faults(entries: Sequence[Entry], documents: Mapping[str, object]) -> Iterator[Found]:
    """Every mistake of the files of commendation among some entries."""
    own = [entry for entry in entries if entry.kind.startswith("commendation-") or entry.kind == "calendar"]
    declared: dict[str, dict[str, object]] = {kind: {} for kind in _DECLARE.values()}
    for entry in own:
        yield from _declared_twice(entry, declared)
    for entry in own:
        for kind, trail, code in _named(entry.value):
            if code not in declared[kind]:
                words: dict[str, object] = {"name": code, "near": nearest(code, declared[kind])}
                yield entry, Fault("Q410", trail, words)
        yield from ((entry, fault) for fault in _own_faults(entry.value, documents))
    yield from _gaps([entry for entry in own if isinstance(entry.value, Regime)])


def _declared_twice(entry: Entry, declared: dict[str, dict[str, object]]) -> Iterator[Found]:
    kind = _DECLARE.get(type(entry.value))
    if kind is None:
        return
    if entry.value.code in declared[kind]:
        yield entry, Fault("Q411", ("code",), {"name": entry.value.code})
    declared[kind][entry.value.code] = entry.value


def _named(value: object) -> Iterator[Named]:
    """Every code that a value names and another file declares."""
    for trail, part in walk(value):
        for field, kind in _REFERENCES.get(type(part), ()):
            found = getattr(part, field)
            if isinstance(found, str):
                yield kind, (*trail, field), found
            else:
                yield from ((kind, (*trail, field), code) for code in found or ())


def _own_faults(value: object, documents: Mapping[str, object]) -> Iterator[Fault]:
    if isinstance(value, Rule) and value.enabled and value.mark not in DECIDING:
        yield Fault("Q412", ("enabled",), {"what": value.id, "mark": value.mark})
    if isinstance(value, Money):
        for at, each in enumerate(value.multiples):
            if each.enabled and each.mark not in DECIDING:
                yield Fault("Q412", ("multiples", at, "enabled"), {"what": each.award, "mark": each.mark})
    if isinstance(value, Regime) and value.decree is not None and value.decree not in documents:
        yield Fault("P202", ("decree",), {"document": value.decree, "near": nearest(value.decree, documents)})
    if isinstance(value, CalendarYear) and value.strangers:
        days = ", ".join(f"{day:%d/%m/%Y}" for day in value.strangers)
        yield Fault("Q403", ("holidays",), {"days": days, "year": value.year})
    if isinstance(value, CalendarYear) and value.misplaced:
        days = ", ".join(f"{day:%d/%m/%Y}" for day in value.misplaced)
        yield Fault("Q404", ("worked_instead",), {"days": days, "year": value.year})


def _gaps(regimes: Sequence[Entry]) -> Iterator[Found]:
    """The regimes follow each other without a day between them or in two of them."""
    for earlier, later in pairwise(regimes):
        if earlier.value.valid_to != later.value.valid_from:
            words = {"name": later.value.code, "day": later.value.valid_from, "ended": earlier.value.valid_to or "–"}
            yield later, Fault("Q413", ("valid_from",), words)
