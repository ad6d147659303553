"""Remember how people confirmed the columns of a sheet, and forget it again; each with its entry in the log."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from densach.assessing import queries
from densach.assessing.models import ColumnMapping
from densach.assessing.workbooks.matching import SET_ASIDE, UNUSED, Reason
from densach.assessing.workbooks.reading import Reading, SheetReading
from densach.assessing.workbooks.telling import unsure
from densach.assessing.workbooks.understanding import Memory, Understood
from densach.formats.excel import column_letters
from densach.history.bringing import bring
from densach.history.domain import Act, Happening, record
from densach.places.models import Place
from densach.problems import Refused, problem

_KIND = "column_mapping"


def memories(place: Place, sender: str) -> dict[str, Memory]:
    """What was confirmed for this sender, and for the commune as a whole where the sender has nothing, by signature."""
    rows = queries.mappings_of(place)
    of_all = {row.signature: _memory(row) for row in rows if not row.sender}
    return of_all | {row.signature: _memory(row) for row in rows if row.sender == sender}


def senders(place: Place) -> list[str]:
    """Who sent files whose columns were confirmed before."""
    return sorted({row.sender for row in queries.mappings_of(place) if row.sender})


def remember(place: Place, sender: str, reading: Reading, *, act: Act) -> int:
    """Keep what people confirmed or said of the columns of these sheets; gives how many mappings are new or changed."""
    with transaction.atomic():
        known = {(row.sender, row.signature): row for row in queries.mappings_of(place)}
        confirmed = {sheet.understood.signature: sheet.understood for sheet in reading.sheets if _by_people(sheet)}
        wanted = (
            (known.get((sender, signature)), _fields(place, sender, understood, known.get((sender, signature)), act))
            for signature, understood in confirmed.items()
        )
        done = bring(ColumnMapping, wanted, kind=_KIND, act=act)
        return done.entered + done.corrected


def forget(place: Place, mapping: int, *, act: Act) -> None:
    """Forget one mapping of a commune by its number; refused (W235) where there is none."""
    with transaction.atomic():
        row = next((row for row in queries.mappings_of(place) if row.pk == mapping), None)
        if row is None:
            raise Refused(problem("W235", place.uid, id=mapping))
        before = {"form": row.form, "sender": row.sender, "columns": row.columns}
        record(Happening(kind=_KIND, object_id=mapping, event="forgotten", before=before), act)
        row.delete()


def _memory(row: ColumnMapping) -> Memory:
    return Memory(row.form, row.columns)


def _by_people(sheet: SheetReading) -> bool:
    matched = sheet.understood.matched
    asked = any(use.reason is Reason.ASKED for use in matched.uses) or SET_ASIDE in matched.unused.values()
    return asked or any(True for _ in unsure(sheet))


def _fields(place: Place, sender: str, understood: Understood, known: ColumnMapping | None, act: Act) -> dict[str, Any]:
    """The mapping as it is kept; one that says the same again keeps the day of its first confirmation."""
    matched = understood.matched
    columns = {use.letters: use.meaning.key for use in matched.uses}
    columns |= {column_letters(unused): UNUSED for unused in matched.unused}
    said = {"form": understood.form.id, "columns": columns}
    if known is not None and (known.form, known.columns) == (understood.form.id, columns):
        return said
    when = {"confirmed_by": act.who, "confirmed_at": act.at}
    return {"place_id": place.pk, "sender": sender, "signature": understood.signature, **said, **when}
