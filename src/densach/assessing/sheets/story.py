"""What happened to a sheet, day by day: begun, sent, checked or given back, on the list, decided, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from densach.assessing.sheets.models import Sheet
from densach.assessing.sheets.queries import day_proposed, decisions_on, printed_for
from densach.authority.describing import Actor, actors
from densach.history.models import Entry
from densach.history.queries import entries_about

_TOLD = frozenset({"begun", "sent", "checked", "given_back"})


@dataclass(frozen=True)
class Step:
    """One thing that happened: its kind, its day, who did it where a person did, and what was said."""

    event: str
    on: date
    by: Actor | None = None
    said: str = ""


def story_of(sheet: Sheet) -> list[Step]:
    """Everything that happened to a sheet until now, in the order of the days; what comes next is not foretold."""
    return sorted([*_log(sheet), *_decided(sheet)], key=lambda step: step.on)


def _log(sheet: Sheet) -> Iterator[Step]:
    entries = [entry for entry in entries_about("sheet", [str(sheet.pk)]) if entry.event in _TOLD]
    who = actors(entry.who for entry in entries)
    for entry in entries:
        yield Step(entry.event, localdate(entry.at), who.get(entry.who), _said(entry))


def _said(entry: Entry) -> str:
    return str((entry.state_after or {}).get("note", ""))


def _decided(sheet: Sheet) -> Iterator[Step]:
    proposed = day_proposed(sheet)
    if proposed is not None:
        yield Step("proposed", localdate(proposed))
    decisions = decisions_on(sheet)
    for row in decisions:
        yield Step("recognised", row.act.signed_on, said=row.act.number)
    for certificate in printed_for(decisions):
        yield Step("printed", certificate.printing.printed_on, said=str(certificate))
