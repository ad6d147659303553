"""What can happen between a clan and a family: it is asked, says yes or no, or comes by a paper, and leaves again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from densach.accounts.models import Account
from densach.assessing.dossiers.models import Enrolment
from densach.assessing.dossiers.queries import clan_for_update, enrolment_for_update, open_enrolment
from densach.history.domain import Act, Happening, record
from densach.people.domain import join_clans, leave_clan
from densach.people.models import Clan, Household
from densach.people.queries import clan_household_for_update
from densach.places.models import Place
from densach.problems import Refused, problem

State = Enrolment.State


def enrol(
    clan: Clan, commune: Place, household: Household, paper: str, *, by: Account | None, on: date, act: Act
) -> Enrolment:
    """Ask a family to register with a clan; with the number and day of its written consent it is in at once.

    Refused (K178) where it is in already or was asked and no paper comes along.
    """
    with transaction.atomic():
        clan_for_update(clan)
        row = open_enrolment(clan, household)
        is_in = clan_household_for_update(clan, household) is not None
        if is_in or (row is not None and not paper):
            raise Refused(problem("K178", "code"))
        row = row or Enrolment(clan=clan, household=household, asked_by=by, asked_on=on)
        row.paper = paper
        if paper:
            row.state, row.answered_on = State.JOINED, on
        row.save()
        if paper:
            join_clans(commune, [(clan, household)], on=on, act=act)
        _record(row, "joined" if paper else "asked", act)
        return row


def answer(enrolment: Enrolment, commune: Place, *, joins: bool, by: Account | None, on: date, act: Act) -> Enrolment:
    """Say yes or no as the household; refused (K180) where it was answered or came by a paper meanwhile."""
    with transaction.atomic():
        clan_for_update(enrolment.clan)
        row = enrolment_for_update(enrolment)
        if row.state != State.WAITING:
            raise Refused(problem("K180", enrolment.uid))
        row.state, row.answered_by, row.answered_on = State.JOINED if joins else State.DECLINED, by, on
        row.save()
        if joins:
            join_clans(commune, [(row.clan, row.household)], on=on, act=act)
        _record(row, "joined" if joins else "declined", act)
        return row


def leave(clan: Clan, household: Household, why: str, *, on: date, act: Act) -> Enrolment:
    """Let a family leave a clan, with the reason; whoever asks for it, the family or the clan."""
    with transaction.atomic():
        clan_for_update(clan)
        leave_clan(clan, household, on=on, act=act)
        row = open_enrolment(clan, household) or Enrolment(clan=clan, household=household, asked_on=on, answered_on=on)
        row.state, row.left_on, row.why = State.LEFT, on, why
        row.answered_on = row.answered_on or on
        row.save()
        _record(row, "left", act)
        return row


def _record(row: Enrolment, event: str, act: Act) -> None:
    after = {"clan": row.clan_id, "household": row.household_id, "state": row.state, "paper": row.paper, "why": row.why}
    record(Happening(kind="enrolment", object_id=row.pk, event=event, after=after), act)
