"""Communes that are merged or divided, and what becomes of their villages: each event writes rows and log together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from densach.formats.vietnamese import format_date, nfc, single_spaced, tone_key
from densach.history.domain import Act, Happening, State, record, record_many
from densach.places.domain import add_village, fill_keys, link, open_period, rename_place, state_of, village_type
from densach.places.models import Level, Lineage, NameQuestion, Place, PlacePeriod
from densach.places.queries import (
    delete_name_questions,
    delete_periods,
    end_periods,
    name_of,
    name_question_for_update,
    period_of,
    villages_of,
)
from densach.problems import Refused, problem


@dataclass(frozen=True)
class Part:
    """All of an old commune (`whole`), or a part of it, that goes to a new one."""

    old: Place
    new: Place
    whole: bool


@dataclass(frozen=True)
class VillageMove:
    """A village about to come to another commune: its open row, its name there, and whether people must confirm it."""

    row: PlacePeriod
    name: str
    asks: bool = False


def merge_communes(parts: Sequence[Part], *, on: date, legal_act: str, source: str, act: Act) -> None:
    """End communes on a day and write down where all or a part of each went; what they hold waits to be carried over.

    Refused (L120) where made-up communes would become part of real ones, or the reverse.
    """
    for part in parts:
        if part.old.fictional != part.new.fictional:
            raise Refused(problem("L120", name_of(part.old), new=name_of(part.new)))
    edges = [
        Lineage(old=part.old, new=part.new, on=on, whole=part.whole, legal_act=legal_act, source=source)
        for part in parts
    ]
    with transaction.atomic():
        for old in dict.fromkeys(part.old for part in parts):
            _end(old, on, act)
        link(edges, act)


def move_villages(moves: Sequence[VillageMove], commune: Place, *, on: date, act: Act, source: str) -> None:
    """Put villages below another commune from a day on; each stays the same place."""
    if not moves:
        return
    with transaction.atomic():
        above = period_of(commune, on)
        if above is None or above.level != Level.COMMUNE:
            raise Refused(problem("L104", ", ".join(move.name for move in moves), day=format_date(on)))
        rows = [_below(above, move, on, source) for move in moves]
        end_periods([move.row.pk for move in moves], on)
        PlacePeriod.objects.bulk_create(rows)
        NameQuestion.objects.bulk_create(
            NameQuestion(
                village=move.row.place, commune=commune, old_name=move.row.name, proposed=move.name, asked_for=on
            )
            for move in moves
            if move.asks
        )
        record_many((_moved(move.row, row) for move, row in zip(moves, rows, strict=True)), act)


def move_villages_back(pairs: Sequence[tuple[PlacePeriod, PlacePeriod]], commune: Place, *, act: Act) -> None:
    """Undo that: each village lies again where it lay; `pairs` are the row in the commune and the row before."""
    delete_name_questions(commune)
    delete_periods([now.pk for now, _ in pairs])
    end_periods([before.pk for _, before in pairs], None)
    record_many(
        (_happening(now.place, "village_moved_back", state_of(now), state_of(before)) for now, before in pairs),
        act,
    )


def name_village(village: Place, name: str, *, on: date, cites: str, act: Act) -> str:
    """Give a village of a merged commune the name that people decided; gives that name.

    Without a name the one that was proposed is confirmed. From the day the village came on, the proposal itself is
    corrected; from a later day it is a new name. Refused where nothing was proposed (L124) and for a twin (L105).
    """
    with transaction.atomic():
        question = name_question_for_update(village)
        if question is None and not name:
            raise Refused(problem("L124", name_of(village)))
        wanted = single_spaced(nfc(name)) or (question.proposed if question else "")
        _rename(village, wanted, on, cites, act)
        if question is not None:
            question.answer, question.cites = wanted, cites
            question.save(update_fields=["answer", "cites"])
            record(_happening(village, "village_name_answered", None, {"name": wanted, "cites": cites}), act)
        return wanted


def merge_villages(villages: Sequence[Place], name: str, *, on: date, cites: str, act: Act) -> Place:
    """Make one village of several of one commune from a day on, by an act; the old ones end, whole, in the new one.

    Refused (L125) for villages of several communes. Their households are moved by `people.carrying`.
    """
    with transaction.atomic():
        rows = [open_period(village, on) for village in villages]
        communes = {row.parent_id: row.parent for row in rows}
        commune = rows[0].parent
        if len(communes) > 1 or commune is None:
            raise Refused(problem("L125", ", ".join(row.name for row in rows)))
        for village in villages:
            _end(village, on, act)
        merged = add_village(commune, name, on=on, act=act, source=cites)
        said = {"on": on, "whole": True, "legal_act": cites[:120], "source": cites[:200]}
        link([Lineage(old=old, new=merged, **said) for old in villages], act)
        return merged


def _end(place: Place, on: date, act: Act) -> None:
    period = open_period(place, on)
    before = state_of(period)
    period.valid_to = on
    period.save(update_fields=["valid_to"])
    record(_happening(place, "place_merged", before, state_of(period)), act)


def _below(above: PlacePeriod, move: VillageMove, on: date, source: str) -> PlacePeriod:
    row = PlacePeriod(
        place=move.row.place,
        level=Level.VILLAGE,
        type=move.row.type,
        name=move.name,
        parent=above.place,
        path=f"{above.path}{move.row.place_id}/",
        valid_from=on,
        source=source,
    )
    fill_keys(row)
    return row


def _rename(village: Place, name: str, on: date, cites: str, act: Act) -> None:
    row = period_of(village, on)
    if row is None or row.parent is None:
        raise Refused(problem("L110", name_of(village)))
    if row.name == name:
        return
    _refuse_twin(row.parent, village, name, on)
    if row.valid_from < on:
        rename_place(village, name, on=on, act=act, source=cites[:200], unit_type=village_type(name))
        return
    before = state_of(row)
    row.name, row.type, row.source = name, village_type(name), cites[:200]
    fill_keys(row)
    row.save(update_fields=["name", "type", "source", "folded", "sort"])
    record(_happening(village, "place_renamed", before, state_of(row)), act)


def _refuse_twin(commune: Place, village: Place, name: str, on: date) -> None:
    others = (row for row in villages_of(commune, on) if row.place_id != village.pk)
    if any(tone_key(row.name) == tone_key(name) for row in others):
        above = period_of(commune, on)
        raise Refused(problem("L105", name, commune=above.name if above else commune.uid))


def _moved(before: PlacePeriod, after: PlacePeriod) -> Happening:
    return _happening(after.place, "village_moved", state_of(before), state_of(after))


def _happening(place: Place, event: str, before: State | None, after: State | None) -> Happening:
    return Happening(kind="place", object_id=place.uid, event=event, before=before, after=after)
