"""Voting: it is opened, members vote or declare an interest; what is refused is logged and changes nothing.

The log says who voted and on how many, never what; a secret choice goes into the box and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from densach.awards.attempts import keeping_attempts
from densach.awards.councils import box, queries
from densach.awards.councils.domain import bring_seats, happening_of, locked, step_on
from densach.awards.councils.models import PRESIDES, Attendance, Choice, Item, Seat, Sitting, State, Turn
from densach.awards.councils.thresholds import has_quorum, threshold_of
from densach.history.domain import Act, record
from densach.people.numbers import Keys
from densach.problems import Refused, problem

_VOTES = (Attendance.PRESENT, Attendance.WRITING)


def open_voting(sitting: Sitting, seat: Seat, version: int, *, keys: Keys, today: date, act: Act) -> Sitting:
    """Begin the voting: the base is set, and a secret box gets a slot for every member entitled.

    Refused before its day (Q225), for who does not preside (Q219), with an empty agenda (Q209), before the roll is
    called (Q210), and where quorum (Q206, Q207) or majority (Q208) are not known or not reached.
    """
    with keeping_attempts("sitting", sitting.pk, "open", act), transaction.atomic():
        now = locked(sitting, State.PREPARED, version=version)
        seats = bring_seats(now)
        refuse_other_chairs(seat, seats)
        _refuse_opening(now, seats, today)
        items = queries.all_items(now)
        if not items:
            raise Refused(problem("Q209", now.uid))
        now.state, now.base, now.opened_at = State.OPEN, len(seats), act.at
        now.key = keys.current if now.is_secret else ""
        step_on(now)
        _entitle(now, items, keys)
        record(happening_of(now, "opened", {"base": now.base, "items": len(items), "secret": now.is_secret}), act)
        return now


def cast(sitting: Sitting, seat: Seat, choices: Mapping[UUID, Choice], *, keys: Keys, act: Act, paper: str = "") -> int:
    """Cast the ballots of a seat, all or none; gives how many.

    Refused outside the voting (Q212), twice (Q211), under a declared interest (Q213), and to who neither came nor votes
    in writing (Q214). The ballot of an absent member on `paper` is entered only where the sitting votes openly (Q220).
    """
    with keeping_attempts("sitting", sitting.pk, "vote", act), transaction.atomic():
        return _cast(sitting, seat, choices, keys, act, paper)


def declare_interest(sitting: Sitting, seat: Seat, uid: UUID, words: str, *, keys: Keys, act: Act) -> Turn:
    """Declare an interest in a nominee, after which the member does not vote (rule R-36, as the council has it).

    Refused without words (Q218), and after one's own vote (Q223).
    """
    if not words.strip():
        raise Refused(problem("Q218", "interest"))
    with keeping_attempts("sitting", sitting.pk, "interest", act), transaction.atomic():
        now = locked(sitting, State.PREPARED, State.OPEN)
        item = _item(now, uid)
        if queries.turns_of(seat, [item]):
            raise Refused(problem("Q223", item.uid, name=item.nomination.nominee.name))
        must = now.council.interest_abstains
        says = {"has_voted": False, "must_abstain": must, "interest": words.strip()}
        turn = Turn.objects.create(item=item, seat=seat, is_secret=now.is_secret, **says)
        if must and now.state == State.OPEN:
            _one_less(now, item, keys)
        record(happening_of(now, "interest", {"nomination": str(item.nomination.uid), "abstains": must}), act)
        return turn


def withdraw_interest(sitting: Sitting, seat: Seat, uid: UUID, *, act: Act) -> None:
    """Take back an interest that was declared by mistake, before the voting begins."""
    with transaction.atomic():
        now = locked(sitting, State.PREPARED)
        item = _item(now, uid)
        turn = queries.turns_of(seat, [item]).get(item.pk)
        if turn is None:
            raise Refused(problem("H103", uid))
        queries.delete_turn(turn)
        record(happening_of(now, "interest_withdrawn", {"nomination": str(item.nomination.uid)}), act)


def refuse_other_chairs(seat: Seat, seats: list[Seat]) -> None:
    """Refuse (Q219) whoever does not preside: the chair, or a vice chair, who came."""
    now = next((each for each in seats if each.pk == seat.pk), None)
    if now is None or now.seated not in PRESIDES or now.attendance != Attendance.PRESENT:
        raise Refused(problem("Q219", seat.uid, name=seat.member.account.name))


def _cast(sitting: Sitting, seat: Seat, choices: Mapping[UUID, Choice], keys: Keys, act: Act, paper: str) -> int:
    now = queries.sitting_for_update(sitting)
    if now.state != State.OPEN:
        raise Refused(problem("Q212", now.uid, state=State(now.state).label, basis=now.council.basis))
    own = next((each for each in queries.seats_of(now) if each.pk == seat.pk), None)
    if own is None or own.attendance not in _VOTES:
        raise Refused(problem("Q214", now.uid))
    if paper and (now.is_secret or own.attendance != Attendance.WRITING):
        raise Refused(problem("Q220", now.uid))
    items = queries.items_by_uid(now, choices)
    if len(items) != len(choices):
        raise Refused(problem("H103", now.uid))
    _mark(now, own, items, choices, paper)
    if now.is_secret:
        _drop_in(now, items, choices, keys)
    record(happening_of(now, "voted", {"items": len(items), "seat": str(own.uid)}), act)
    return len(items)


def _mark(now: Sitting, own: Seat, items: list[Item], choices: Mapping[UUID, Choice], paper: str) -> None:
    """Say of a seat that it has voted; what, only where the sitting votes openly."""
    had = queries.turns_of(own, items)
    for item in items:
        turn = had.get(item.pk)
        if turn and (turn.has_voted or turn.must_abstain):
            code = "Q211" if turn.has_voted else "Q213"
            raise Refused(problem(code, item.uid, name=item.nomination.nominee.name, basis=now.council.basis))
    new = []
    for item in items:
        turn = had.get(item.pk) or Turn(item=item, seat=own, is_secret=now.is_secret)
        turn.has_voted, turn.in_writing = True, own.attendance == Attendance.WRITING
        turn.choice, turn.paper = ("", "") if now.is_secret else (choices[item.uid].value, paper)
        new.append(turn)
    Turn.objects.bulk_create([turn for turn in new if turn.pk is None])
    declared = [turn for turn in new if turn in had.values()]
    Turn.objects.bulk_update(declared, ["has_voted", "in_writing", "choice", "paper"])


def _drop_in(now: Sitting, items: list[Item], choices: Mapping[UUID, Choice], keys: Keys) -> None:
    slots = queries.slots_for_update([item.pk for item in items])
    for item in items:
        if not box.drop_in(slots[item.pk], choices[item.uid], keys, now.key):
            raise Refused(problem("Q215", item.uid, name=item.nomination.nominee.name))
    box.write([slot for item in items for slot in slots[item.pk]])


def _entitle(now: Sitting, items: list[Item], keys: Keys) -> None:
    """Set how many may vote on each item, and make the slots of a secret box."""
    abstain = queries.abstaining(now)
    for item in items:
        item.entitled = (now.base or 0) - abstain.get(item.pk, 0)
    queries.set_entitled(items)
    if now.is_secret:
        box.make_slots(items, keys, now.key)


def _one_less(now: Sitting, item: Item, keys: Keys) -> None:
    """A member who may no longer vote takes an empty slot of the item along."""
    item.entitled -= 1
    item.save(update_fields=["entitled"])
    if now.is_secret:
        slots = queries.slots_for_update([item.pk])[item.pk]
        gone = box.take_one_out(slots, keys, now.key)
        if gone is None:
            raise Refused(problem("Q215", item.uid, name=item.nomination.nominee.name))
        queries.delete_slot(gone)
        box.write([slot for slot in slots if slot.pk != gone.pk])


def _item(sitting: Sitting, uid: UUID) -> Item:
    item = queries.item_by_uid(sitting, uid)
    if item is None:
        raise Refused(problem("H103", uid))
    return item


def _refuse_opening(now: Sitting, seats: list[Seat], today: date) -> None:
    if today < now.held_on:
        raise Refused(problem("Q225", "held_on", day=now.held_on.isoformat()))
    if any(not each.attendance for each in seats):
        raise Refused(problem("Q210", now.uid))
    if now.quorum is None:
        raise Refused(problem("Q206", "quorum_source"))
    present = sum(each.attendance == Attendance.PRESENT for each in seats)
    if not has_quorum(now.quorum, present, len(seats)):
        words = {"present": present, "base": len(seats), "quorum": now.quorum, "source": now.quorum_source}
        raise Refused(problem("Q207", now.uid, **words))
    if any(threshold_of(award, now) is None for award in queries.awards_on(now)):
        raise Refused(problem("Q208", "majority_source"))
