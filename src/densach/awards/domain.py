"""Everything that can happen to a nomination on its way: put forward, written on, submitted, received, moved on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from densach.authority.access import Viewer
from densach.authority.models import Grant
from densach.awards import by_law, queries
from densach.awards.access import (
    is_proposer,
    may_handle,
    may_write,
    proposing_place,
    round_of,
)
from densach.awards.attempts import keeping_attempts
from densach.awards.bodies import refuse_dissolved
from densach.awards.models import AwardRound, Hold, Mode, Nomination, Nominee, Step
from densach.awards.moving import UNDER_HOLD, WITH_REASON, Move, move_all, right_for
from densach.formats.vietnamese import nfc, single_spaced
from densach.history.domain import Act, Happening, State, record
from densach.places.models import PlacePeriod
from densach.problems import Problem, Refused, problem

LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is put forward: which award in which round, in which way, by which branch of its standard."""

    round: AwardRound
    award: str
    mode: Mode = Mode.MOVEMENT
    branch: str = ""
    citation: str = ""


def nominate(viewer: Viewer, proposal: Proposal, nominee: Nominee, *, at: datetime) -> Nomination:
    """Put a nominee forward for an award in a round, as a draft of the viewer's place or unit.

    Refused for an award that is none of the round (Q103), without the power to propose it (Q105), for a subject that
    it does not know (Q107), for a body that is no more (Q108), a second time (Q109), outside the days of the round
    (Q110), and under a hold (Q111).
    """
    where, act = proposing_place(viewer), viewer.act(at)
    round_ = round_of(viewer, proposal.round.uid)
    with keeping_attempts("award_round", round_.uid, f"nominate {nominee.uid} {proposal.award}", act):
        _refuse(list(_cannot_propose(viewer, where, round_, proposal.award, nominee)))
        refuse_dissolved(nominee, viewer.today)
        refuse_held(nominee)
        return _put_forward(viewer, where, proposal, nominee, act)


def write(
    viewer: Viewer, nomination: Nomination, *, citation: str, mode: Mode, branch: str, at: datetime
) -> Nomination:
    """Write what the certificate shall say, in which way one commends and by which branch; refused once it went on."""
    changes = {"citation": tidy(citation), "mode": mode, "branch": branch}
    with transaction.atomic():
        now = writable(viewer, nomination)
        before = {name: getattr(now, name) for name in changes}
        if before != changes:
            _change(now, "written", changes, viewer.act(at))
        return now


def submit(viewer: Viewer, nomination: Nomination, version: int, *, at: datetime) -> Nomination:
    """Submit to the authority of the round.

    Refused without a citation (Q116) or an achievement (Q117), beyond a registered quota (Q120), for a body that is no
    more (Q108), after the last day of the round (Q110), and as `move` refuses.
    """
    act = viewer.act(at)
    if not is_proposer(viewer, nomination):
        raise Refused(problem("H103", nomination.uid))
    with keeping_attempts("nomination", nomination.uid, Step.SUBMITTED, act), transaction.atomic():
        now = queries.nomination_for_update(nomination)
        _refuse([*_not_ready(now), *_outside(now.round, viewer.today), *_beyond_quota(now)])
        refuse_dissolved(now.nominee, viewer.today)
        _refuse_used(now)
        submitted = {"submitted_on": now.submitted_on or viewer.today, "reason": ""}
        return _moved(now, Step.SUBMITTED, version, submitted, act)


def receive(viewer: Viewer, nomination: Nomination, on: date, *, at: datetime) -> Nomination:
    """Record the day on which the whole dossier came in: that day chooses the law (Luật 06/2026/QH16, Điều 4).

    It may lie before the dossier was entered here, and lies between the first day of the round and today (Q118), in a
    time whose law is held (Q401). After a return it stands as it was, unless another is entered.
    """
    act = viewer.act(at)
    _require(may_handle(viewer, nomination), nomination)
    with keeping_attempts("nomination", nomination.uid, "receive", act), transaction.atomic():
        now = queries.nomination_for_update(nomination)
        if now.step != Step.SUBMITTED:
            raise _not_from(now, Step.SUBMITTED)
        regime = by_law.regime_of(on)
        if not now.round.opens_on <= on <= viewer.today:
            raise Refused(problem("Q118", "received_on", on=on.strftime("%d/%m/%Y")))
        _change(now, "received", {"received_on": on, "regime": regime}, act)
        return now


def give_back(viewer: Viewer, nomination: Nomination, version: int, reason: str, *, at: datetime) -> Nomination:
    """Give a dossier back to be completed, with what is missing (Q115)."""
    _require(may_handle(viewer, nomination), nomination)
    return move(nomination, Step.RETURNED, version, reason=reason, act=viewer.act(at, reason))


def find_eligible(viewer: Viewer, nomination: Nomination, version: int, *, at: datetime) -> Nomination:
    """Say that a dossier can be considered; refused before it was received (Q121)."""
    _require(may_handle(viewer, nomination), nomination)
    return move(nomination, Step.ELIGIBLE, version, act=viewer.act(at))


def withdraw(viewer: Viewer, nomination: Nomination, version: int, reason: str, *, at: datetime) -> Nomination:
    """Take a nomination back with a reason (Q115): what it rested on can be used again."""
    _require(is_proposer(viewer, nomination), nomination)
    return move(nomination, Step.WITHDRAWN, version, reason=reason, act=viewer.act(at, reason))


def move(nomination: Nomination, to: Step, version: int, *, reason: str = "", act: Act) -> Nomination:
    """Take one nomination to another step; whoever calls says that one may.

    Refused where the table knows no such way (Q113), where somebody else was faster (Q114), without a reason where one
    is due (Q115), without a day of receipt (Q121), and while the nominee is under a hold (Q111).
    """
    with keeping_attempts("nomination", nomination.uid, to, act), transaction.atomic():
        return _moved(queries.nomination_for_update(nomination), to, version, {"reason": tidy(reason)}, act)


def put_back(nomination: Nomination, *, act: Act) -> Nomination:
    """Put a nomination back to where an answer of the centre found it that was entered wrongly.

    A step that no answer moved is not undone (Q113); whoever calls has looked whether anything happened since.
    """
    with transaction.atomic():
        now = queries.nomination_for_update(nomination)
        way = Move(now, Step.FORWARDED, {"reason": ""}, undoes=True)
        if not way.is_laid_down:
            raise _not_from(now, Step.FORWARDED)
        move_all([way], act=act)
        return now


def refuse_held(nominee: Nominee) -> None:
    """Refuse (Q111) while a hold stands on a nominee, by whichever of its records."""
    holds: list[Hold] = queries.open_holds(queries.same_nominees(nominee))
    if holds:
        words = {"ground": holds[0].get_ground_display(), "since": holds[0].began_on.strftime("%d/%m/%Y")}
        raise Refused(problem("Q111", nominee.uid, name=nominee.name, **words))


def writable(viewer: Viewer, nomination: Nomination) -> Nomination:
    """The nomination, locked, for whoever writes on it; refused to others (H103) and once it went on (Q122)."""
    _require(is_proposer(viewer, nomination), nomination)
    now = queries.nomination_for_update(nomination)
    if not may_write(viewer, now):
        raise Refused(problem("Q122", now.uid, step=Step(now.step).label))
    return now


def tidy(text: str) -> str:
    """Words as they are kept: one space between them, and nothing that cannot be written."""
    return single_spaced(nfc("".join(letter if letter.isprintable() else " " for letter in text)))[:LONGEST]


def _put_forward(viewer: Viewer, where: PlacePeriod, proposal: Proposal, nominee: Nominee, act: Act) -> Nomination:
    acting: Grant | None = viewer.acting
    row = Nomination(
        round=proposal.round,
        award=proposal.award,
        nominee=nominee,
        mode=proposal.mode,
        branch=proposal.branch,
        proposer=where.place,
        line=viewer.post.line if viewer.post else "",
        unit=acting.unit if acting else None,
        proposed_by=acting.unit.name if acting and acting.unit else where.name,
        entered_by=viewer.account,
        citation=tidy(proposal.citation),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            after = {"award": row.award, "nominee": str(nominee.uid), "round": str(row.round.uid)}
            record(Happening(kind="nomination", object_id=row.uid, event="put_forward", after=after), act)
    except IntegrityError as error:  # put forward by two at the same moment: one of them is kept
        raise Refused(_twice(nominee)) from error
    return row


def _cannot_propose(
    viewer: Viewer, where: PlacePeriod, round_: AwardRound, award: str, nominee: Nominee
) -> Iterator[Problem]:
    found = next((each for each in by_law.awards_in(round_, viewer.today) if each.code == award), None)
    if found is None:
        yield problem("Q103", "award", round=round_.name)
        return
    if not by_law.can_propose(where.level, award):
        yield problem("Q105", "award", award=found.name_vi, place=where.name)
    if nominee.kind not in found.subjects:
        yield problem("Q107", "nominee", award=found.name_vi, kind=nominee.get_kind_display())
    if queries.open_like(round_, award, queries.same_nominees(nominee)):
        yield _twice(nominee)
    yield from _outside(round_, viewer.today)


def _outside(round_: AwardRound, on: date) -> Iterator[Problem]:
    if on < round_.opens_on or (round_.closes_on is not None and on > round_.closes_on):
        until = round_.closes_on.strftime("%d/%m/%Y") if round_.closes_on else "–"
        yield problem("Q110", "round", round=round_.name, since=round_.opens_on.strftime("%d/%m/%Y"), until=until)


def _not_ready(now: Nomination) -> Iterator[Problem]:
    if not now.citation:
        yield problem("Q116", "citation")
    if not queries.claims_of(now):
        yield problem("Q117", "achievements")


def _beyond_quota(now: Nomination) -> Iterator[Problem]:
    """A registered quota is held (rule R-19); where none is, nothing is said (rule R-20)."""
    for quota in queries.quotas_for(now):
        if queries.counted_against(quota, now) >= quota.most:
            yield problem("Q120", "quota", most=quota.most, source=quota.source)


def _refuse_used(now: Nomination) -> None:
    claims = queries.claims_of(now)
    used = queries.uses_of([each.achievement_id for each in claims])
    faults = [used_problem(each.achievement.text) for each in claims if each.achievement_id in used]
    _refuse(faults)


def used_problem(text: str) -> Problem:
    """One achievement, one award (Luật 06/2022/QH15, Điều 5 khoản 2 điểm c)."""
    return problem("Q112", "achievements", text=text[:120])


def _moved(now: Nomination, to: Step, version: int, changes: State, act: Act) -> Nomination:
    if right_for(now.step, to) is None:
        raise _not_from(now, to)
    if version != now.version:
        raise Refused(problem("Q114", now.uid))
    if to in WITH_REASON and not changes.get("reason"):
        raise Refused(problem("Q115", "reason", step=to.label))
    if to == Step.ELIGIBLE and now.received_on is None:
        raise Refused(problem("Q121", now.uid))
    if to not in UNDER_HOLD:
        refuse_held(now.nominee)
    move_all([Move(now, to, changes)], act=act)
    return now


def _change(now: Nomination, event: str, changes: State, act: Act) -> None:
    before = {name: getattr(now, name) for name in changes}
    for name, value in changes.items():
        setattr(now, name, value)
    now.version += 1
    now.save(update_fields=["version", *changes])
    said = Happening(kind="nomination", object_id=now.uid, event=event, before=before, after=dict(changes))
    record(said, act)


def _twice(nominee: Nominee) -> Problem:
    return problem("Q109", "nominee", name=nominee.name)


def _not_from(now: Nomination, to: Step) -> Refused:
    return Refused(problem("Q113", now.uid, step=Step(now.step).label, to=to.label))


def _require(allowed: bool, nomination: Nomination) -> None:
    if not allowed:
        raise Refused(problem("H103", nomination.uid))


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(*problems)
