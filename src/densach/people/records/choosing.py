"""Choosing who is counted: a commune its rule, and where one person with several homes is counted."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from densach.formats.vietnamese import format_date
from densach.history.bringing import bring
from densach.history.domain import Act
from densach.people.models import CountedAt, CountedBy, Person, ResidentsCounted
from densach.people.queries import homes_of, stays_of
from densach.people.records import queries
from densach.people.records.naming import public_id
from densach.places.models import Place
from densach.problems import Refused, problem


def choose_rule(commune: Place, choice: str, *, source: str, on: date, act: Act) -> None:
    """A commune counts by another rule from a day on, on the word of a source; the one before ends there.

    Refused without a source (N124), and where the rule that holds began no earlier (N125).
    """
    _refuse_no_source(source, commune)
    with transaction.atomic():
        now = queries.open_rule_for_update(commune)
        _refuse_earlier(now, on, commune)
        rows = [(now, {"valid_to": on})] if now else []
        new = {"commune_id": commune.pk, "choice": CountedBy(choice), "source": source, "valid_from": on}
        bring(ResidentsCounted, rows, kind="residents_counted", act=act)
        bring(ResidentsCounted, [(None, new)], kind="residents_counted", act=act)


def choose_place(person: Person, commune: Place, *, by: str, source: str, on: date, act: Act) -> None:
    """Where a person is counted from a day on, chosen by somebody; an earlier choice ends there.

    Refused without a source (N124), where the choice that holds began no earlier (N125), and where the person has no
    home or stay in that commune on the day (N126): nobody is counted where he or she does not live at all.
    """
    _refuse_no_source(source, public_id(person))
    with transaction.atomic():
        ids = [row.pk for row in queries.persons_for_update(row.pk for row in queries.records_of(person.pk))]
        here = {row[3] for row in (*homes_of(ids, on), *stays_of(ids, on))}
        if commune.pk not in here:
            raise Refused(problem("N126", public_id(person), on=format_date(on)))
        now = queries.open_choice_for_update(ids)
        _refuse_earlier(now, on, public_id(person))
        rows = [(now, {"valid_to": on})] if now else []
        new = {"person_id": person.pk, "commune_id": commune.pk, "chosen_by": by, "source": source, "valid_from": on}
        bring(CountedAt, rows, kind="counted_at", act=act)
        bring(CountedAt, [(None, new)], kind="counted_at", act=act)


def _refuse_no_source(source: str, where: object) -> None:
    if not source.strip():
        raise Refused(problem("N124", where))


def _refuse_earlier(now: ResidentsCounted | CountedAt | None, on: date, where: object) -> None:
    if now is not None and now.valid_from >= on:
        raise Refused(problem("N125", where, since=format_date(now.valid_from)))
