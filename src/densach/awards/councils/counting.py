"""Counting: the voting is closed once and by one, ties at a quota are settled by the chair, the sitting ends.

The counts of the turns and of the slots have two sources; where they differ nothing is counted (Q215).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import transaction

from densach.awards.attempts import keeping_attempts
from densach.awards.councils import box, queries
from densach.awards.councils.access import cuts
from densach.awards.councils.domain import happening_of, locked, step_on
from densach.awards.councils.filing import file_into_dossiers
from densach.awards.councils.hearing import Hear, unheard
from densach.awards.councils.minutes import papers_of
from densach.awards.councils.models import Attendance, Choice, Item, Result, Seat, Sitting, State
from densach.awards.councils.moving import move_those_free
from densach.awards.councils.preferring import Cut, cut_by
from densach.awards.councils.room import Room
from densach.awards.councils.thresholds import threshold_of
from densach.awards.councils.voting import refuse_other_chairs
from densach.awards.models import Step
from densach.awards.queries import quotas_of
from densach.formats.official.keeping import kept_text
from densach.history.domain import Act, record
from densach.people.numbers import Keys
from densach.problems import Refused, problem

_STEPS = {Result.PASSED: Step.PASSED, Result.REFUSED: Step.REFUSED}
_COUNTS = ("voted", "agreed", "against", "blank", "unused", "needed", "result", "why")


def close_voting(sitting: Sitting, seat: Seat, version: int, *, keys: Keys, act: Act) -> Sitting:
    """Close the voting, open the box and count; from now on nobody votes.

    Refused for who does not preside (Q219), where another closed it (Q205), and where the counts differ (Q215).
    """
    with keeping_attempts("sitting", sitting.pk, "close", act), transaction.atomic():
        now = locked(sitting, State.OPEN, version=version)
        seats = queries.seats_of(now)
        refuse_other_chairs(seat, seats)
        items = queries.all_items(now)
        _count(items, _choices(now, items, keys), queries.voted_in(now))
        _carry(now, items, sum(each.attendance in {Attendance.PRESENT, Attendance.WRITING} for each in seats))
        _cut(now, items)
        queries.write_items(items, _COUNTS)
        now.state, now.counted_at = State.COUNTED, act.at
        step_on(now)
        record(happening_of(now, "counted", _tally(queries.results_of(now))), act)
        return now


def settle_ties(sitting: Sitting, seat: Seat, chosen: Collection[UUID], why: str, version: int, *, act: Act) -> Sitting:
    """The chair settles who of those with equal ballots comes within the quota, with a reason.

    Refused without one (Q218), for more than a quota leaves room for (Q217), and for who does not preside (Q219).
    """
    if not why.strip():
        raise Refused(problem("Q218", "why"))
    with keeping_attempts("sitting", sitting.pk, "ties", act), transaction.atomic():
        now = locked(sitting, State.COUNTED, version=version)
        refuse_other_chairs(seat, queries.seats_of(now))
        tied = [cut for cut in cuts(now) if cut.tied]
        _refuse_too_many(tied, chosen)
        items = _settled({item.pk: item for cut in tied for item in cut.tied}, chosen, why.strip())
        queries.write_items(items, ("result", "why"))
        step_on(now)
        record(happening_of(now, "ties_settled", {"passed": sorted(map(str, chosen)), "why": why.strip()}), act)
        return now


def write_discussion(sitting: Sitting, discussion: str, dissent: str, version: int, *, act: Act) -> Sitting:
    """Write what was said, and the opinions that differ, until the sitting ends."""
    with transaction.atomic():
        now = locked(sitting, State.PREPARED, State.OPEN, State.COUNTED, version=version)
        now.discussion, now.dissent = discussion, dissent
        step_on(now)
        record(happening_of(now, "discussed", {"discussion": discussion, "dissent": dissent}), act)
        return now


def end_sitting(sitting: Sitting, seat: Seat, version: int, *, act: Act, hear: Hear = unheard) -> Sitting:
    """End a sitting: its papers are kept and go into the dossiers, its nominations pass or are refused.

    One under hold waits.

    Refused while ballots are equal at a quota (Q216), and for who does not preside (Q219).
    """
    with keeping_attempts("sitting", sitting.pk, "end", act), transaction.atomic():
        now = locked(sitting, State.COUNTED, version=version)
        seats = queries.seats_of(now)
        refuse_other_chairs(seat, seats)
        if queries.results_of(now).get(Result.TIED):
            raise Refused(problem("Q216", now.uid))
        hear("minuting", 0, 0)
        room = Room(now, tuple(seats), None, prepares=False)
        now.minutes, now.count_paper = map(kept_text, papers_of(room))
        items = queries.all_items(now)
        now.state, now.ended_at = State.ENDED, act.at
        step_on(now)
        record(happening_of(now, "ended", _tally(queries.results_of(now))), act)
        hear("moving", 0, 0)
        _move(now, act)  # locks what lies before the council, so that nobody hands in a paper meanwhile
        file_into_dossiers(room, items, act=act, hear=hear)
        return now


def move_on(sitting: Sitting, *, act: Act) -> int:
    """Move what a hold kept back, once it has ended; gives how many went on."""
    with transaction.atomic():
        return _move(locked(sitting, State.ENDED), act)


def _move(now: Sitting, act: Act) -> int:
    items = queries.unfinished(now)
    moved = move_those_free({item.nomination_id: (_STEPS[Result(item.result)], item.why) for item in items}, act=act)
    queries.set_moved([item.pk for item in items if item.nomination_id in moved])
    return len(moved)


def _choices(now: Sitting, items: Iterable[Item], keys: Keys) -> dict[int, dict[str, int]]:
    """How many said what of each item; a secret box is opened and written with all its items at once."""
    if not now.is_secret:
        return queries.open_choices(now)
    slots = queries.slots_for_update([item.pk for item in items])
    for some in slots.values():
        box.open_all(some, keys, now.key)
    box.write_opened(slot for some in slots.values() for slot in some)
    return queries.choices_in(now)


def _count(items: Iterable[Item], choices: Mapping[int, Mapping[str, int]], voted: Mapping[int, int]) -> None:
    for item in items:
        found = choices.get(item.pk, {})
        item.agreed, item.against, item.blank = (found.get(choice, 0) for choice in Choice.values)
        item.voted = voted.get(item.pk, 0)
        item.unused = item.entitled - item.voted
        # A box has as many empty slots as members who did not vote; an open vote has no slots.
        if item.voted != item.agreed + item.against + item.blank or found.get("", item.unused) != item.unused:
            raise Refused(problem("Q215", item.uid, name=item.nomination.nominee.name))


def _carry(now: Sitting, items: Collection[Item], taking_part: int) -> None:
    """Who has enough agreeing ballots."""
    thresholds = {award: threshold_of(award, now) for award in {item.nomination.award for item in items}}
    for item in items:
        threshold = thresholds[item.nomination.award]
        if threshold is None:
            raise Refused(problem("Q208", "majority_source"))
        item.needed = threshold.needed(now.base or 0, taking_part)
        carries = item.agreed >= item.needed
        item.result = Result.PASSED if carries else Result.REFUSED
        said = f"{item.agreed} phiếu đồng ý, cần ít nhất {item.needed} ({threshold.source})"
        item.why = _short(f"Đủ phiếu: {said}" if carries else f"Không đủ phiếu: {said}")


def _cut(now: Sitting, items: Collection[Item]) -> None:
    """What each quota leaves out, and where equal ballots wait for the chair."""
    carried = [item for item in items if item.result == Result.PASSED]
    for quota in quotas_of(now.round):
        cut = cut_by(quota, carried, queries.passed_before(quota))
        for item in cut.outside:
            item.result = Result.REFUSED
            item.why = _short(f"Đủ phiếu nhưng ngoài chỉ tiêu {quota.most} ({quota.source})")
        for item in cut.tied:
            if item.result == Result.PASSED:
                item.result = Result.TIED
                item.why = _short(f"Bằng phiếu ở chỉ tiêu {quota.most} ({quota.source})")


def _settled(tied: Mapping[int, Item], chosen: Collection[UUID], why: str) -> list[Item]:
    found = [item for item in tied.values() if item.result == Result.TIED]
    for item in found:
        is_in = item.uid in chosen
        item.result = Result.PASSED if is_in else Result.REFUSED
        where = "trong" if is_in else "ngoài"
        item.why = _short(f"Bằng phiếu, Chủ tọa xác nhận {where} chỉ tiêu: {why}")
    return found


def _refuse_too_many(tied: Iterable[Cut], chosen: Collection[UUID]) -> None:
    for cut in tied:
        count, places = sum(item.uid in chosen for item in cut.tied), cut.room - len(cut.inside)
        if count > places:
            raise Refused(problem("Q217", cut.quota.award, count=count, places=places, source=cut.quota.source))


def _tally(counted: Mapping[str, int]) -> dict[str, object]:
    """How many came to each result."""
    return {result: counted.get(result, 0) for result in Result.values[1:]}


def _short(text: str) -> str:
    return text if len(text) <= 500 else f"{text[:499]}…"
