"""What happens on the way to the centre: a package is made, sent or set aside, and the centre answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from densach.accounts.models import Account
from densach.authority.access import Viewer
from densach.awards.attempts import keeping_attempts
from densach.awards.central import queries
from densach.awards.central.access import central_awards, own_province, waiting_for
from densach.awards.central.missing import lacks_of, papers_of
from densach.awards.central.models import OF_ONE, Answer, Package, Packed, Receipt
from densach.awards.central.packing import Archive, Contents, Tell, build
from densach.awards.domain import move, put_back, refuse_held, tidy
from densach.awards.models import AwardRound, Nomination, Part, Step
from densach.awards.queries import claims_of, nomination_for_update, open_like, same_nominees, uses_of
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem

MOST = 500
MOVES = {Answer.RETURNED: Step.RETURNED, Answer.NOT_AWARDED: Step.REFUSED}  # a decision is recorded in the register


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A package as it is asked for: which nominations of a round, and a person's word where the law is not known."""

    round: AwardRound
    award: str
    nominations: tuple[UUID, ...]
    word: str = ""


@dataclass(frozen=True)
class Built:
    """An archive, and a stamp of what it was made from."""

    archive: Archive
    stamp: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer of the centre as it is entered; `packed` names the nominations that it is about."""

    answer: Answer
    number: str
    on: date
    came_on: date
    reason: str = ""
    packed: tuple[UUID, ...] = ()


def wanted_package(
    viewer: Viewer, round_: AwardRound, chosen: Sequence[UUID], word: str, *, no_secrets: bool, at: datetime
) -> Wanted:
    """What a viewer may have packed.

    Refused where nobody says that there are no State secrets (Q503), for a list that is empty, too long or no longer
    as it was (Q504), under a hold (Q111), and for what is missing (Q501) or waits for a person's word (Q502).
    """
    with keeping_attempts("award_round", round_.uid, "pack", viewer.act(at)):
        if not no_secrets:
            raise Refused(problem("Q503", "no_secrets"))
        rows = [each for each in waiting_for(viewer) if each.round_id == round_.pk and each.uid in set(chosen)]
        if not rows or len(rows) != len(set(chosen)) or len(rows) > MOST or len({each.award for each in rows}) > 1:
            raise Refused(problem("Q504", "chosen", most=MOST))
        for each in rows:
            refuse_held(each.nominee)
        lacks = [each for each in lacks_of(viewer, rows) if each.is_refused or not tidy(word)]
        if lacks:
            raise Refused(*(each.told for each in lacks))
    return Wanted(round=round_, award=rows[0].award, nominations=tuple(each.uid for each in rows), word=tidy(word))


def build_archive(wanted: Wanted, tell: Tell, *, today: date) -> Built:
    """Write the archive of what was asked for, in no transaction: setting many papers takes long."""
    rows = _rows(wanted)
    contents = Contents(
        round=wanted.round,
        award=wanted.award,
        nominations=[(row, papers_of(parts)) for row, parts in rows],
        made_on=today,
        word=wanted.word,
    )
    return Built(build(contents, tell), _stamp(rows))


def keep_package(wanted: Wanted, built: Built, by: Account, *, act: Act) -> Package:
    """Keep an archive; refused (Q504) where a nomination or a paper changed since. Belongs in a transaction."""
    number = queries.next_number(wanted.round)
    rows = _rows(wanted)
    if _stamp(rows) != built.stamp:
        raise Refused(problem("Q504", "chosen", most=MOST))
    archive = built.archive
    package = Package(
        round=wanted.round,
        award=wanted.award,
        number=number,
        made_at=act.at,
        made_by=by,
        manifest=archive.manifest,
        content=archive.content,
        sha256=sha256(archive.content).hexdigest(),
        size=len(archive.content),
        word=wanted.word,
    )
    package.save(force_insert=True)
    for place, (row, _) in enumerate(rows, 1):
        Packed(package=package, nomination=row, ordinal=place).save(force_insert=True)
    _note(package, "made", {"number": number, "sha256": package.sha256, "word": package.word}, act)
    return package


def set_aside(viewer: Viewer, package: Package, why: str, *, at: datetime) -> Package:
    """Set a package aside that was not sent (Q505), with why (Q506): its nominations can be packed again."""
    own_province(viewer)
    why = tidy(why)[:300]
    if not why:
        raise Refused(problem("Q506", "why"))
    with transaction.atomic():
        now = _unsent(package)
        now.dropped_at, now.dropped_why = at, why
        now.save(update_fields=["dropped_at", "dropped_why"])
        for each in queries.packed_in(now):
            _take_out(each)
        _note(now, "set_aside", {"why": why}, viewer.act(at, why))
        return now


def send(viewer: Viewer, package: Package, on: date, *, at: datetime) -> Package:
    """Record that a package was handed in at the centre: each of its nominations goes on to it.

    Refused for one that was sent or set aside (Q505), for a day that has not come or lies before it was made (Q507),
    and as a step is (Q111, Q113).
    """
    own_province(viewer)
    act = viewer.act(at)
    with keeping_attempts("central_package", package.uid, "send", act), transaction.atomic():
        now = _unsent(package)
        if not localdate(now.made_at) <= on <= viewer.today:
            raise Refused(problem("Q507", "on"))
        for each in queries.packed_in(now):
            move(each.nomination, Step.FORWARDED, each.nomination.version, act=act)
        now.sent_on = on
        now.save(update_fields=["sent_on"])
        _note(now, "sent", {"on": on}, act)
        return now


def answer(viewer: Viewer, package: Package, said: Said, *, at: datetime) -> list[Receipt]:
    """Enter what the centre answered, of the whole package or of some of its nominations.

    What came back goes back to its proposer, what was not awarded ends; a decision is recorded in the register. Refused
    before it was sent, or for a day out of order (Q508), without number (Q509) or reason (Q510), for nominations that
    are not in it (Q511), and a second time (Q512).
    """
    own_province(viewer)
    act = viewer.act(at, said.reason)
    with keeping_attempts("central_package", package.uid, f"answer {said.answer}", act), transaction.atomic():
        now = queries.package_for_update(package)
        _refuse_said(now, said, viewer.today)
        return [_answered(now, packed, said, viewer.account, act) for packed in _about(now, said)]


def take_back(viewer: Viewer, package: Package, uid: UUID, why: str, *, at: datetime) -> Receipt:
    """Take an answer back that was entered wrongly: it stays with why, and what it moved goes back to the centre.

    Refused without why (Q514), a second time (Q515), and where something rests on it already: the opinions that the
    centre asked for came (Q513), the nomination went on (Q516), a decision of the register lists it (Q517).
    """
    own_province(viewer)
    why = tidy(why)[:300]
    act = viewer.act(at, why)
    with keeping_attempts("central_package", package.uid, "take back", act), transaction.atomic():
        now = queries.package_for_update(package)
        row = queries.receipt_for_update(now, uid)
        if row is None:
            raise Refused(problem("H103", uid))
        if not why:
            raise Refused(problem("Q514", "why"))
        if row.taken_back_at is not None:
            raise Refused(problem("Q515", row.uid))
        _refuse_used_on(now, row)
        if row.packed is not None and row.answer in MOVES:
            _put_back(row.packed, act)
        row.taken_back_at, row.taken_back_by, row.taken_back_why = at, viewer.account, why
        row.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
        _note(now, "answer_taken_back", {"answer": row.answer, "number": row.number, "why": why}, act)
        return row


def _refuse_said(package: Package, said: Said, today: date) -> None:
    if package.sent_on is None or not package.sent_on <= said.on <= said.came_on <= today:
        raise Refused(problem("Q508", "on"))
    if not tidy(said.number):
        raise Refused(problem("Q509", "number"))
    if said.answer in (Answer.RETURNED, Answer.NOT_AWARDED) and not tidy(said.reason):
        raise Refused(problem("Q510", "reason"))


def _about(package: Package, said: Said) -> Sequence[Packed | None]:
    """Which of a package's nominations an answer is about; None stands for the whole."""
    if said.answer not in OF_ONE:
        return [None]
    found = [each for each in queries.packed_in(package) if each.uid in said.packed]
    if not found or len(found) != len(set(said.packed)):
        raise Refused(problem("Q511", "packed"))
    return found


def _answered(package: Package, packed: Packed | None, said: Said, by: Account | None, act: Act) -> Receipt:
    row = Receipt(
        package=package,
        packed=packed,
        answer=said.answer,
        number=tidy(said.number)[:80],
        on=said.on,
        came_on=said.came_on,
        reason=tidy(said.reason),
        entered_by=by,
        entered_at=act.at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # entered before, or by two at the same moment: one of them is kept
        raise Refused(problem("Q512", "answer", answer=said.answer.label)) from error
    if packed is not None and said.answer in MOVES:
        moved = move(packed.nomination, MOVES[said.answer], packed.nomination.version, reason=row.reason, act=act)
        row.left_version = moved.version
        row.save(update_fields=["left_version"])
        _take_out(packed)
    about = str(packed.nomination.uid) if packed else ""
    told = {"answer": row.answer, "number": row.number, "on": row.on, "nomination": about}
    _note(package, "answered", told, act)
    return row


def _refuse_used_on(package: Package, row: Receipt) -> None:
    """Refuse to take an answer back on which something rests already."""
    if row.answer == Answer.ASKING and queries.has_answer(package, Answer.AGREED):
        raise Refused(problem("Q513", row.uid))
    if row.packed is None:
        return
    now = nomination_for_update(row.packed.nomination)
    number = queries.number_listing(now)
    if number:
        raise Refused(problem("Q517", row.uid, number=number))
    if now.step != MOVES.get(Answer(row.answer), Step.FORWARDED) or (row.answer in MOVES and _went_on(row, now)):
        raise Refused(problem("Q516", row.uid, name=now.nominee.name, step=Step(now.step).label))


def _went_on(row: Receipt, now: Nomination) -> bool:
    """Whether anything happened to a nomination since an answer moved it, or to what it rests on."""
    claimed = [each.achievement_id for each in claims_of(now)]
    return (
        row.left_version not in {None, now.version}
        or queries.is_changed_since(now, row.entered_at)
        or queries.still_packed([now.pk])
        or bool(uses_of(claimed))
        or _like(now)
    )


def _like(now: Nomination) -> bool:
    """Whether the same nominee was put forward again meanwhile."""
    found = open_like(now.round, now.award, same_nominees(now.nominee))
    return found is not None and found != now


def _put_back(packed: Packed, act: Act) -> None:
    put_back(packed.nomination, act=act)
    packed.out = False
    packed.save(update_fields=["out"])


def _rows(wanted: Wanted) -> list[tuple[Nomination, list[Part]]]:
    """The nominations that are asked for with their papers; refused (Q504) where one moved on meanwhile."""
    waiting = queries.waiting(wanted.round.place, central_awards())
    rows = [each for each in waiting if each.uid in wanted.nominations]
    if len(rows) != len(wanted.nominations):
        raise Refused(problem("Q504", "chosen", most=MOST))
    found: dict[int, list[Part]] = {row.pk: [] for row in rows}
    for part in queries.papers_of(found):
        found[part.nomination_id].append(part)
    return [(row, found[row.pk]) for row in rows]


def _stamp(rows: Sequence[tuple[Nomination, list[Part]]]) -> tuple[tuple[object, ...], ...]:
    return tuple((row.uid, row.version, *(part.uid for part in parts)) for row, parts in rows)


def _take_out(packed: Packed) -> None:
    packed.out = True
    packed.save(update_fields=["out"])


def _unsent(package: Package) -> Package:
    now = queries.package_for_update(package)
    if now.sent_on is not None or now.dropped_at is not None:
        raise Refused(problem("Q505", now.uid))
    return now


def _note(package: Package, event: str, after: dict[str, object], act: Act) -> None:
    record(Happening(kind="central_package", object_id=package.uid, event=event, after=after), act)
