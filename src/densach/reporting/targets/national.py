"""The national targets of the policy as rows among all others, so that those of a province can stand under them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from densach.history.domain import Act, Happening, record
from densach.places.models import Place
from densach.places.queries import country_on
from densach.policy.aims import Aim, aims
from densach.policy.dates import earliest
from densach.reporting.targets.access import KIND
from densach.reporting.targets.models import Target, Unit
from densach.reporting.targets.queries import national_targets

REREAD = "văn bản được đọc lại"
_SAID = ("title", "unit", "value", "base", "base_ended", "indicator", "citation", "mark")
PERCENT = 100  # hundredths in a percent


def holds_national() -> bool:
    """Whether the database holds the national targets as this version reads them."""
    held = {(row.national, row.year): row for row in national_targets()}
    wanted = {(row.national, row.year): row for row in _wanted(None)}
    return held.keys() == wanted.keys() and all(_same(held[key], row) for key, row in wanted.items())


def sync_national(today: date, act: Act) -> int:
    """Write the national targets as this version reads them; says how many changed.

    What reads otherwise now is replaced, what no text has any more is ended; both stay. Done again it changes nothing.
    """
    country = country_on(today)
    if country is None:
        return 0
    with transaction.atomic():
        held = {(row.national, row.year): row for row in national_targets()}
        wanted = {(row.national, row.year): row for row in _wanted(country.place)}
        gone = [row for key, row in held.items() if key not in wanted or not _same(row, wanted[key])]
        new = [row for key, row in wanted.items() if key not in held or not _same(held[key], row)]
        for row in gone:
            _end(row, today, act)
        for row in new:
            _begin(row, held.get((row.national, row.year)), today, act)
        return len({(row.national, row.year) for row in (*gone, *new)})


def _wanted(country: Place | None) -> Iterator[Target]:
    for aim in aims().values():
        for goal in aim.target.goals:
            row = _row(aim, goal.value)
            row.year, row.mark = goal.year, goal.mark or aim.target.mark
            if country is not None:
                row.place = country
            yield row


def _row(aim: Aim, value: int | None) -> Target:
    target = aim.target
    unit = Unit.SHARE if target.unit == "%" else Unit.COUNT
    known = value * PERCENT if value is not None and unit == Unit.SHARE else value
    return Target(
        national=target.id,
        title=target.title_vi,
        unit=unit,
        value=known,
        base=target.base_vi or "",
        base_ended=earliest(target.base_ended) if target.base_ended else None,
        indicator=target.measured_by or "",
        citation=aim.citation,
    )


def _same(one: Target, other: Target) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _SAID)


def _end(row: Target, today: date, act: Act) -> None:
    row.ended_on, row.ended_because = today, REREAD
    row.save(update_fields=["ended_on", "ended_because"])
    record(Happening(kind=KIND, object_id=row.pk, event="replaced", before=_state(row)), act)


def _begin(row: Target, earlier: Target | None, today: date, act: Act) -> None:
    row.set_on = today
    if earlier is not None:
        row.series = earlier.series
    row.save(force_insert=True)
    record(Happening(kind=KIND, object_id=row.pk, event="entered", after=_state(row)), act)


def _state(row: Target) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("national", "year", *_SAID)}
