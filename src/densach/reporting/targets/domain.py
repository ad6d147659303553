"""Everything that can happen to a target: entered, replaced by another wording, ended. Nothing is written over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from densach.authority.access import Viewer
from densach.history.domain import Act, Happening, State, record
from densach.places.models import PlacePeriod
from densach.problems import Problem, Refused, problem
from densach.reporting.targets.access import KIND, indicators_at, offices_at, own_target, require_setter, targets_above
from densach.reporting.targets.models import FICTIONAL, WHOLE, Target, Unit
from densach.reporting.targets.progress import aims_lower
from densach.reporting.targets.queries import target_for_update

MOST = 10**12
LAST_YEAR = 2050  # beyond every text of the movement, which ends with 2030
LONGEST = 500
READ = "read"  # who enters a target has its text before them


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What is said of a target; a share and its baseline are in hundredths of a percent."""

    title: str
    unit: Unit
    year: int
    value: int
    base: str
    citation: str
    owner: str = ""
    indicator: str = ""
    baseline: int | None = None
    baseline_year: int | None = None
    baseline_source: str = ""
    parent: UUID | None = None
    lower_because: str = ""


def enter(viewer: Viewer, wording: Wording, *, at: datetime) -> Target:
    """Enter a target of the viewer's own place; refused (H103) to others, and as a whole for any fault (T101 to T108).

    What is entered over a made-up place is made up too.
    """
    place = require_setter(viewer)
    return enter_at(place, wording, _above(viewer, wording), viewer.today, viewer.act(at))


def enter_at(
    place: PlacePeriod, wording: Wording, above: Target | None, today: date, act: Act, *, fictional: bool = False
) -> Target:
    """Enter a target of a place by an act of somebody who may, or of a demonstration's maker; refused as `enter` is."""
    _refuse(list(_faults(place, wording, above, today)))
    mark = FICTIONAL if fictional or place.place.fictional else READ
    with transaction.atomic():
        target = Target(place=place.place, mark=mark, parent=above, set_on=today, **_columns(wording))
        target.save(force_insert=True)
        _log(target, "entered", act, after=_state(target))
        return target


def replace(viewer: Viewer, uid: UUID, wording: Wording, why: str, *, at: datetime) -> Target:
    """Give a target of one's own place another wording; the old one ends today, with the reason (T110), and stays."""
    place = require_setter(viewer)
    above = _above(viewer, wording)
    own_target(viewer, uid)
    _refuse([*_faults(place, wording, above, viewer.today), *_reason_faults(why)])
    with transaction.atomic():
        old = _open(uid)
        _end(old, viewer.today, why.strip())
        new = Target(
            place=place.place, series=old.series, mark=old.mark, parent=above, set_on=viewer.today, **_columns(wording)
        )
        new.save(force_insert=True)
        act = viewer.act(at, why.strip())
        _log(old, "replaced", act, before=_state(old))
        _log(new, "entered", act, after=_state(new))
        return new


def end(viewer: Viewer, uid: UUID, why: str, *, at: datetime) -> Target:
    """End a target of one's own place from today, with the reason (T110); it stays to be read."""
    own_target(viewer, uid)
    _refuse(list(_reason_faults(why)))
    with transaction.atomic():
        target = _open(uid)
        _end(target, viewer.today, why.strip())
        _log(target, "ended", viewer.act(at, why.strip()), before=_state(target))
        return target


def lose_base(viewer: Viewer, uid: UUID, on: date, source: str, *, at: datetime) -> Target:
    """Say from which day, and by which text (Y222), what a share of one's own place is taken of is no more.

    The target stays in force and to be read, and nobody is late with it. Refused for a count, for a share that has lost
    its base already (Y221), and for a day to come (Y223).
    """
    own_target(viewer, uid)
    with transaction.atomic():
        target = _open(uid)
        _refuse(list(_base_faults(target, on, source, viewer.today)))
        before = {"base_ended": None}
        target.base_ended = on
        target.save(update_fields=["base_ended"])
        _log(target, "base_ended", viewer.act(at, source.strip()), before=before, after={"base_ended": on})
        return target


def _open(uid: UUID) -> Target:
    target = target_for_update(uid)
    if target is None or target.ended_on is not None:
        raise Refused(problem("T109", uid))
    return target


def _end(target: Target, on: date, why: str) -> None:
    target.ended_on, target.ended_because = on, why
    target.save(update_fields=["ended_on", "ended_because"])


def _above(viewer: Viewer, wording: Wording) -> Target | None:
    """The target above that is named; refused (T106) where none in force above has this name."""
    if wording.parent is None:
        return None
    found = next((each for each in targets_above(viewer) if each.uid == wording.parent), None)
    if found is None:
        raise Refused(problem("T106", "parent"))
    return found


def _faults(place: PlacePeriod, wording: Wording, above: Target | None, today: date) -> Iterator[Problem]:
    if not wording.title.strip() or not wording.citation.strip():
        yield problem("T101", "citation" if wording.title.strip() else "title")
    if not today.year <= wording.year <= LAST_YEAR:
        yield problem("T103", "year", least=str(today.year), most=str(LAST_YEAR))
    if not _fits(wording.value, wording.unit):
        yield problem("T102", "value", most=MOST)
    if wording.unit == Unit.SHARE and not wording.base.strip():
        yield problem("T111", "base")
    yield from _measure_faults(place.level, wording)
    if wording.owner and wording.owner not in offices_at(place.level):
        yield problem("T105", "owner")
    yield from _baseline_faults(wording)
    if above is not None:
        yield from _parent_faults(wording, above)


def _measure_faults(level: str, wording: Wording) -> Iterator[Problem]:
    if not wording.indicator:
        return
    known = indicators_at(level).get(wording.indicator)
    if known is None or (known.kind == "share") != (wording.unit == Unit.SHARE):
        yield problem("T104", "indicator")


def _baseline_faults(wording: Wording) -> Iterator[Problem]:
    """All of a baseline or nothing, before the year of the target, and a number that can be."""
    year, value, source = wording.baseline_year, wording.baseline, wording.baseline_source.strip()
    if value is None and year is None and not source:
        return
    if value is None or year is None or not source or year >= wording.year or not _fits(value, wording.unit):
        yield problem("T108", "baseline")


def _parent_faults(wording: Wording, above: Target) -> Iterator[Problem]:
    """The target above is of the same thing, and a lower aim gives its reason."""
    measured_apart = wording.indicator and above.indicator and wording.indicator != above.indicator
    if wording.unit != above.unit or measured_apart:
        yield problem("T112", "parent")
    draft = Target(unit=wording.unit, year=wording.year, value=wording.value)
    if aims_lower(draft, above) and not wording.lower_because.strip():
        yield problem("T107", "lower_because", year=str(above.year))


def _base_faults(target: Target, on: date, source: str, today: date) -> Iterator[Problem]:
    if target.unit != Unit.SHARE or target.base_ended is not None:
        yield problem("Y221", target.uid)
    if not 0 < len(source.strip()) <= LONGEST:
        yield problem("Y222", "source", most=LONGEST)
    if on > today:
        yield problem("Y223", "on")


def _reason_faults(why: str) -> Iterator[Problem]:
    if not 0 < len(why.strip()) <= LONGEST:
        yield problem("T110", "why", most=LONGEST)


def _fits(value: int, unit: Unit) -> bool:
    return 0 <= value <= (WHOLE if unit == Unit.SHARE else MOST)


def _columns(wording: Wording) -> dict[str, object]:
    said = {each.name: getattr(wording, each.name) for each in fields(wording) if each.name != "parent"}
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}


def _state(target: Target) -> State:
    """What the log keeps of a wording."""
    names = [each.name for each in fields(Wording) if each.name != "parent"]
    said = {name: getattr(target, name) for name in (*names, "national", "mark", "set_on", "ended_on", "ended_because")}
    return {**said, "parent": target.parent_id}


def _log(target: Target, event: str, act: Act, before: State | None = None, after: State | None = None) -> None:
    happening = Happening(kind=KIND, object_id=target.pk, event=event, before=before, after=after)
    record(happening, act)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(*problems)
