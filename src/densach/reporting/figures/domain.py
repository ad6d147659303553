"""Everything that can happen to a return: written, prepared, approved, accepted, given back, opened again.

The figures that dashboards read are written when the level above accepts, in the same transaction; the log of the
return keeps every number that ever stood in it, with who, when and why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from densach.authority.access import Viewer
from densach.formats.vietnamese import nfc, single_spaced
from densach.history.domain import Happening, State, record
from densach.history.queries import chain_of
from densach.policy.datasets import DataSet
from densach.problems import Problem, Refused, problem
from densach.reporting.figures.accepting import put_accepted
from densach.reporting.figures.access import Of, may_accept, may_approve, may_prepare, may_receive, was_there
from densach.reporting.figures.checking import number_faults, rule_faults
from densach.reporting.figures.computing import computed_for
from densach.reporting.figures.leading import leads_for
from densach.reporting.figures.models import Deadline, Report, Value
from densach.reporting.figures.models import State as Step
from densach.reporting.figures.periods import Period
from densach.reporting.figures.queries import (
    begin_report,
    indicator_keys,
    put_deadline,
    put_values,
    report_for_update,
    values_of,
)
from densach.reporting.sums.holding import hold_back
from densach.reporting.sums.keeping import follow

LONGEST = 500  # letters of a reason or a note
LONGEST_BASIS = 300
_CLEARED = {"prepared_by": None, "prepared_at": None, "approved_by": None, "approved_at": None}
_ALL_CLEARED = {**_CLEARED, "accepted_by": None, "accepted_at": None}


@dataclass(frozen=True)
class Typed:
    """One number as somebody wrote it: none where it is not known, why it differs from ours, and what explains it."""

    value: int | None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Told:
    """What the log says of a step."""

    event: str
    before: State | None = None
    after: State | None = None
    why: str = ""


def write(viewer: Viewer, of: Of, typed: Mapping[str, Typed], *, at: datetime, version: int | None = None) -> Report:
    """Write some numbers of a return, all of them or none; what is not named stays as it is.

    Refused to whoever does not prepare it (H103), once it went on (G110), for numbers that cannot be (G103 to G107),
    and where somebody else wrote since a `version` (G111). The same numbers once more change nothing.
    """
    if not may_prepare(viewer, of):
        raise Refused(problem("H103", of.where.place.uid))
    _refuse(list(_period_faults(viewer, of)) or list(_typed_faults(of, typed)))
    with transaction.atomic():
        report = begin_report(of.dataset.id, of.where.place, of.period.key, at)
        _require(report, Step.OPEN)
        kept = values_of(report)
        changed = _changed(report, kept, typed)
        if not changed:
            return report
        _refuse_stale(report, version)
        whole = {code: row.value for code, row in {**kept, **changed}.items() if row.value is not None}
        _refuse(rule_faults(of.dataset, whole))
        before = {code: _state(kept[code]) for code in changed if code in kept}
        put_values(list(changed.values()))
        after = {code: _state(row) for code, row in changed.items()}
        return _step(viewer, report, Told("written", before, after), {}, at=at)


def undo(viewer: Viewer, of: Of, *, at: datetime) -> Report:
    """Put back what stood before the numbers that were written last; refused (Y211) where that came not last."""
    with transaction.atomic():
        report = _held(viewer, of, Step.OPEN, allowed=may_prepare(viewer, of))
        last = chain_of("report", str(report.pk)).last()
        if last is None or last.event != "written":
            raise Refused(problem("Y211", report.uid))
        before, kept = json.loads(last.before or "{}"), values_of(report)
        rows = [_put_back(kept[code], before.get(code)) for code in json.loads(last.after)]
        now = {code: _state(kept[code]) for code in json.loads(last.after)}
        put_values(rows)
        return _step(viewer, report, Told("undone", now, {code: before.get(code) for code in now}), {}, at=at)


def compute(viewer: Viewer, of: Of, *, at: datetime) -> Report:
    """Put what our records give now into a return; what somebody wrote in it stays."""
    _require_hand(viewer, of, allowed=may_prepare(viewer, of))
    _refuse(list(_period_faults(viewer, of)))
    with transaction.atomic():
        report = begin_report(of.dataset.id, of.where.place, of.period.key, at)
        _require(report, Step.OPEN)
        computed = {code: each.value for code, each in computed_for(of, viewer.today).items()}
        kept = values_of(report)
        if all(row.computed == computed.get(code) for code, row in kept.items()) and computed.keys() <= kept.keys():
            return report
        put_values(list(_with_ours(report, kept, computed).values()))
        return _step(viewer, report, Told("computed", None, computed), {}, at=at)


def prepare(viewer: Viewer, of: Of, *, at: datetime, version: int | None = None) -> Report:
    """Send a return to the head of the place; what our records give and nobody wrote is filled in.

    Refused without any number (G112), before the period is over (G113), where a number differs from ours without a
    reason (G114), and where an unusual one has no note (G115).
    """
    with transaction.atomic():
        _require_hand(viewer, of, allowed=may_prepare(viewer, of))
        report = begin_report(of.dataset.id, of.where.place, of.period.key, at)
        _require(report, Step.OPEN)
        _refuse_stale(report, version)
        computed = {code: each.value for code, each in computed_for(of, viewer.today).items()}
        values = _filled(report, values_of(report), computed)
        _refuse(list(_prepare_faults(viewer, of, values, computed)))
        put_values(list(values.values()))
        after = {code: _state(row) for code, row in values.items()}
        changes = {"state": Step.PREPARED, "prepared_by": viewer.account, "prepared_at": at, "note": ""}
        return _step(viewer, report, Told("prepared", {"computed": computed}, after), changes, at=at)


def send(viewer: Viewer, of: Of, typed: Mapping[str, Typed], *, at: datetime, version: int | None = None) -> Report:
    """Write numbers and send the return to the head, both or neither; refused as `write` and `prepare` are."""
    with transaction.atomic():
        write(viewer, of, typed, at=at, version=version)
        return prepare(viewer, of, at=at)


def approve(viewer: Viewer, of: Of, *, at: datetime, version: int | None = None) -> Report:
    """Approve as the head of the place, and send up; refused (G116) to whoever prepared it."""
    with transaction.atomic():
        report = _held(viewer, of, Step.PREPARED, allowed=may_approve(viewer, of))
        _refuse_stale(report, version)
        _refuse_same(viewer, report.prepared_by_id)
        sent = report.sent_on or viewer.today
        changes = {"state": Step.APPROVED, "approved_by": viewer.account, "approved_at": at, "sent_on": sent}
        return _step(viewer, report, Told("approved"), changes, at=at)


def accept(viewer: Viewer, of: Of, *, at: datetime, version: int | None = None) -> Report:
    """Accept at a place above: the numbers become figures, and the return is locked."""
    with transaction.atomic():
        report = _held(viewer, of, Step.APPROVED, allowed=may_accept(viewer, of))
        _refuse_stale(report, version)
        _refuse_same(viewer, report.prepared_by_id, report.approved_by_id)
        before, after = put_accepted(of, report)
        hold_back(of.where.place_id, of.period, before, after, viewer.today)
        follow(of.where.place_id, of.period, [each.code for each in of.dataset.indicators], viewer.today)
        changes = {"state": Step.ACCEPTED, "accepted_by": viewer.account, "accepted_at": at}
        return _step(viewer, report, Told("accepted", before, after), changes, at=at)


def take_back(viewer: Viewer, of: Of, *, at: datetime) -> Report:
    """Take back, as the one who prepares, what the head has not approved yet."""
    with transaction.atomic():
        report = _held(viewer, of, Step.PREPARED, allowed=may_prepare(viewer, of))
        return _step(viewer, report, Told("taken_back"), {"state": Step.OPEN, **_CLEARED}, at=at)


def give_back(viewer: Viewer, of: Of, why: str, *, at: datetime) -> Report:
    """Give back with a reason (G117): the head what was prepared, those above what was approved."""
    with transaction.atomic():
        report = _found(of)
        from_head = report.state == Step.PREPARED and may_approve(viewer, of)
        from_above = report.state == Step.APPROVED and may_accept(viewer, of)
        if not from_head and not from_above:
            allowed = may_approve(viewer, of) or may_accept(viewer, of)
            _require(_held(viewer, of, Step(report.state), allowed=allowed), Step.PREPARED)
        said = _reason(why)
        changes = {"state": Step.OPEN, "note": said, **_CLEARED}
        return _step(viewer, report, Told("given_back", why=said), changes, at=at)


def reopen(viewer: Viewer, of: Of, why: str, *, at: datetime) -> Report:
    """Open an accepted return again, at the level that accepts, with a reason (G117).

    What was accepted stays in force until the return is accepted once more; that it is open is shown beside it.
    """
    with transaction.atomic():
        report = _held(viewer, of, Step.ACCEPTED, allowed=may_accept(viewer, of))
        said = _reason(why)
        changes = {"state": Step.OPEN, "note": said, "reopened": report.reopened + 1, **_ALL_CLEARED}
        return _step(viewer, report, Told("reopened", why=said), changes, at=at)


def _period_faults(viewer: Viewer, of: Of) -> Iterator[Problem]:
    """A return speaks of a period that has begun, and of a place that was there at its end."""
    if of.period.year > viewer.today.year:
        yield problem("G108", "period", value=of.period.code)
    elif not was_there(of.where, of.period):
        yield problem("G109", "period", value=of.period.code, place=of.where.name)


def _typed_faults(of: Of, typed: Mapping[str, Typed]) -> Iterator[Problem]:
    yield from number_faults(of.dataset, {code: each.value for code, each in typed.items()})
    for code, each in typed.items():
        if max(len(each.reason), len(each.note)) > LONGEST:
            yield problem("G118", code, most=LONGEST)


def _prepare_faults(
    viewer: Viewer, of: Of, values: Mapping[str, Value], computed: Mapping[str, int]
) -> Iterator[Problem]:
    numbers = {code: row.value for code, row in values.items() if row.value is not None}
    if not numbers:
        yield problem("G112", of.dataset.id)
    if of.period.last_day >= viewer.today:
        yield problem("G113", "period", value=of.period.code)
    yield from rule_faults(of.dataset, numbers)
    for code, ours in computed.items():
        if numbers.get(code) != ours and not values[code].reason:
            yield problem("G114", code, **_names(of, code), value=numbers.get(code, "–"), computed=ours)
    for lead in leads_for(of, numbers, viewer.today):
        if not values[lead.code].note:
            yield problem("G115", lead.code, **_names(of, lead.code))


def _filled(report: Report, kept: Mapping[str, Value], computed: Mapping[str, int]) -> dict[str, Value]:
    """The numbers of a return as they go up: what our records give stands where nobody wrote anything."""
    rows = _with_ours(report, kept, computed)
    for row in rows.values():
        if row.value is None and not row.reason:
            row.value = row.computed
    return rows


def _with_ours(report: Report, kept: Mapping[str, Value], computed: Mapping[str, int]) -> dict[str, Value]:
    """The numbers of a return with what our records give beside each."""
    rows = dict(kept)
    keys = indicator_keys([code for code in computed if code not in rows])
    rows |= {code: Value(report=report, indicator_id=key) for code, key in keys.items()}
    for code, row in rows.items():
        row.computed = computed.get(code)
    return rows


def _changed(report: Report, kept: Mapping[str, Value], typed: Mapping[str, Typed]) -> dict[str, Value]:
    keys = indicator_keys(typed)
    found: dict[str, Value] = {}
    for code, each in typed.items():
        old = kept.get(code)
        new = Value(
            report=report,
            indicator_id=keys[code],
            value=each.value,
            computed=old.computed if old else None,
            reason=_tidy(each.reason),
            note=_tidy(each.note),
        )
        if _state(old) != _state(new):
            found[code] = new
    return found


def _put_back(row: Value, state: Mapping[str, Any] | None) -> Value:
    """A number of a return as it stood; what our records give now stays beside it."""
    said = state or {"value": None, "reason": "", "note": ""}
    return Value(report=row.report, indicator=row.indicator, computed=row.computed, **said)


def _tidy(text: str) -> str:
    """Words as they are kept: without what cannot be written or stored, such as NUL."""
    return single_spaced(nfc("".join(letter if letter.isprintable() else " " for letter in text)))


def _state(row: Value | None) -> State | None:
    if row is None or (row.value is None and not row.reason and not row.note):
        return None
    return {"value": row.value, "reason": row.reason, "note": row.note}


def _found(of: Of) -> Report:
    report = report_for_update(of.dataset.id, of.where.place_id, of.period.key)
    if report is None:
        raise Refused(problem("H103", of.where.place.uid))
    return report


def _held(viewer: Viewer, of: Of, step: Step, *, allowed: bool) -> Report:
    """The return, locked and in the state that is needed; refused to whoever may not (H103), or is too late (G110)."""
    _require_hand(viewer, of, allowed=allowed)
    report = _found(of)
    _require(report, step)
    return report


def _require_hand(viewer: Viewer, of: Of, *, allowed: bool) -> None:
    if not allowed or viewer.account is None:
        raise Refused(problem("H103", of.where.place.uid))


def _require(report: Report, step: Step) -> None:
    if report.state != step:
        raise Refused(problem("G110", report.uid, state=Step(report.state).label))


def _refuse_stale(report: Report, version: int | None) -> None:
    if version is not None and version != report.version:
        raise Refused(problem("G111", report.uid))


def _refuse_same(viewer: Viewer, *others: int | None) -> None:
    if viewer.account is not None and viewer.account.pk in others:
        raise Refused(problem("G116", viewer.account.uid, who=viewer.account.name))


def _reason(why: str) -> str:
    said = _tidy(why)
    if not said:
        raise Refused(problem("G117", "why"))
    if len(said) > LONGEST:
        raise Refused(problem("G118", "why", most=LONGEST))
    return said


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(*problems)


def _names(of: Of, code: str) -> dict[str, object]:
    indicator = of.dataset.indicator(code)
    return {"name_vi": indicator.name_vi, "name_en": indicator.name_en} if indicator else {}


def _step(viewer: Viewer, report: Report, told: Told, changes: Mapping[str, object], *, at: datetime) -> Report:
    """Write what changed on the return itself, with its entry in the log."""
    report.version += 1
    report.changed_at = at
    for name, value in changes.items():
        setattr(report, name, value)
    report.save(update_fields=["version", "changed_at", *changes])
    happening = Happening(
        kind="report", object_id=report.pk, event=told.event, before=told.before or None, after=told.after or None
    )
    record(happening, viewer.act(at, told.why))
    return report


def set_deadline(viewer: Viewer, dataset: DataSet, period: Period, before: date, basis: str, *, at: datetime) -> None:
    """Say, at a place above, before which day a data set is wanted, with the text that says so (G121)."""
    if viewer.place is None or not may_receive(viewer, dataset):
        raise Refused(problem("H103", dataset.id))
    if not basis.strip() or before < period.last_day:
        raise Refused(problem("G121", "before"))
    with transaction.atomic():
        said = _tidy(basis)[:LONGEST_BASIS]
        put_deadline(Deadline(dataset=dataset.id, place=viewer.place, period=period.key, before=before, basis=said))
        after = {"period": period.code, "before": before, "basis": said}
        about = f"{viewer.place.pk}/{dataset.id}"
        record(Happening(kind="deadline", object_id=about, event="set", after=after), viewer.act(at))
