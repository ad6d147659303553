"""Everything that happens before the voting: a council is founded, people are named to it, a sitting is prepared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from densach.accounts.models import Account
from densach.awards.councils import queries
from densach.awards.councils.models import PRESIDES, Council, Item, Member, Note, Seat, Sitting, State
from densach.awards.councils.moving import move_those_free
from densach.awards.councils.thresholds import quorum_laid_down
from densach.awards.models import AwardRound, Step
from densach.history.domain import Act, Happening, record
from densach.places.models import Place
from densach.problems import Refused, problem

_AT_ONCE = 2000


@dataclass(frozen=True, kw_only=True)
class Regulation:
    """What a regulation says of quorum and majority, each with its text; nothing where no text was read."""

    quorum_top: int | None = None
    quorum_bottom: int | None = None
    quorum_source: str = ""
    majority_of: str = ""
    majority_source: str = ""


@dataclass(frozen=True, kw_only=True)
class Founded:
    """A council as its founding decision has it."""

    name: str
    authority: str
    basis: str
    valid_from: date
    interest_abstains: bool = True
    regulation: Regulation = Regulation()


@dataclass(frozen=True, kw_only=True)
class Named:
    """Who is named to a council, as what, and from which day."""

    account: Account
    seated: str
    title: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A sitting as the secretary prepares it."""

    held_on: date
    begins: str = ""
    where: str = ""
    is_secret: bool
    regulation: Regulation = Regulation()


def found_council(place: Place, founded: Founded, *, act: Act) -> Council:
    """Enter a council; refused without name and founding text (Q201), or with half a quorum or majority (Q222)."""
    fields = _with_regulation(founded)
    if not (founded.name and founded.basis):
        raise Refused(problem("Q201", "basis"))
    with transaction.atomic():
        council = Council.objects.create(place=place, is_fictional=place.fictional, **fields)
        record(Happening(kind="council", object_id=council.pk, event="founded", after=fields), act)
        return council


def name_member(council: Council, named: Named, *, act: Act) -> Member:
    """Name somebody to a council; refused (Q202) for a second seat or chair, and for who lacks the role that day."""
    with transaction.atomic():
        now = queries.council_for_update(council)
        sitting = queries.members_on(now, named.valid_from)
        able = queries.who_may_sit(now.place, named.valid_from)
        _refuse_seat(named, [member for member in sitting if member.valid_to is None], able)
        member = Member.objects.create(council=now, **_fields_of(named))
        after = {"account": str(named.account.uid), "seated": named.seated, "from": named.valid_from}
        record(Happening(kind="council", object_id=now.pk, event="named", after=after), act)
        return member


def end_term(council: Council, uid: UUID, *, on: date, act: Act) -> Member:
    """End a member's term before a day; refused for a day before it began (Q203) or where it has ended (H103)."""
    with transaction.atomic():
        member = queries.member_for_update(uid)
        if member is None or member.council_id != council.pk or member.valid_to is not None:
            raise Refused(problem("H103", uid))
        if on < member.valid_from:
            raise Refused(problem("Q203", "on", since=member.valid_from.isoformat()))
        member.valid_to = on
        member.save(update_fields=["valid_to"])
        after = {"member": str(member.uid), "to": on}
        record(Happening(kind="council", object_id=council.pk, event="term_ended", after=after), act)
        return member


def prepare_sitting(council: Council, round_: AwardRound, planned: Planned, *, act: Act) -> Sitting:
    """Prepare a sitting with a seat for every member of its day.

    What is not stated of quorum and majority is taken from the council's regulation, a quorum else from what the
    authority laid down. Refused where nobody would preside (Q224).
    """
    fields = _with_regulation(planned, council)
    with transaction.atomic():
        sitting = Sitting.objects.create(council=council, round=round_, **fields)
        bring_seats(sitting)
        record(happening_of(sitting, "prepared", fields), act)
        return sitting


def write_sitting(sitting: Sitting, planned: Planned, version: int, *, act: Act) -> Sitting:
    """Change what was prepared; refused once the voting began (Q205) and where another wrote meanwhile (Q204)."""
    fields = _with_regulation(planned, sitting.council)
    with transaction.atomic():
        now = locked(sitting, State.PREPARED, version=version)
        for name, value in fields.items():
            setattr(now, name, value)
        step_on(now)
        bring_seats(now)
        record(happening_of(now, "written", fields), act)
        return now


def mark_attendance(sitting: Sitting, marks: Mapping[UUID, str], version: int, *, act: Act) -> Sitting:
    """Write down who came and who votes in writing, until the voting begins."""
    with transaction.atomic():
        now = locked(sitting, State.PREPARED, version=version)
        seats = [seat for seat in queries.seats_of(now) if seat.uid in marks]
        for seat in seats:
            seat.attendance = marks[seat.uid]
        Seat.objects.bulk_update(seats, ["attendance"])
        step_on(now)
        after = {str(seat.member.account.uid): seat.attendance for seat in seats}
        record(happening_of(now, "attendance", after), act)
        return now


def put_on_agenda(sitting: Sitting, uids: Collection[UUID] | None, award: str = "", *, act: Act) -> tuple[int, int]:
    """Put those chosen, or all that wait (of an award), at the end of the agenda; they come before the council.

    Gives how many came on it, and how many a hold kept off (rule R-12).
    """
    with transaction.atomic():
        now = locked(sitting, State.PREPARED)
        wanted = queries.waiting_chosen(now, uids, award)
        moved = move_those_free({row.pk: (Step.COUNCIL, "") for row in wanted}, act=act)
        last = queries.last_position(now)
        on = (row for row in wanted if row.pk in moved)
        items = [Item(sitting=now, nomination=row, position=place) for place, row in enumerate(on, last + 1)]
        Item.objects.bulk_create(items, batch_size=_AT_ONCE)
        record(happening_of(now, "agenda", {"added": len(items), "last": last + len(items)}), act)
        return len(items), len(wanted) - len(items)


def take_off(sitting: Sitting, uid: UUID, *, act: Act) -> None:
    """Take an item off the agenda before the voting; its nomination waits again."""
    with transaction.atomic():
        now = locked(sitting, State.PREPARED)
        item = queries.item_by_uid(now, uid)
        if item is None:
            raise Refused(problem("H103", uid))
        if not move_those_free({item.nomination_id: (Step.ELIGIBLE, "")}, act=act):
            raise Refused(problem("Q221", item.uid, name=item.nomination.nominee.name))
        queries.delete_item(item)
        record(happening_of(now, "taken_off", {"nomination": str(item.nomination.uid)}), act)


def keep_note(sitting: Sitting, seat: Seat, uid: UUID, score: int | None, text: str) -> Note:
    """Keep a member's own score and words about a file, which nobody else reads and no log holds."""
    item = queries.item_by_uid(sitting, uid)
    if item is None:
        raise Refused(problem("H103", uid))
    note, _ = Note.objects.update_or_create(item=item, seat=seat, defaults={"score": score, "text": text})
    return note


def locked(sitting: Sitting, *states: State, version: int | None = None) -> Sitting:
    """The sitting as it is now, locked; refused in another state (Q205) and where another wrote meanwhile (Q204)."""
    now = queries.sitting_for_update(sitting)
    if now.state not in states:
        wanted = ", ".join(state.label for state in states)
        raise Refused(problem("Q205", now.uid, state=State(now.state).label, wanted=wanted, basis=now.council.basis))
    if version is not None and now.version != version:
        raise Refused(problem("Q204", now.uid))
    return now


def step_on(sitting: Sitting) -> None:
    """Write a sitting with its next version."""
    sitting.version += 1
    sitting.save()


def bring_seats(sitting: Sitting) -> list[Seat]:
    """The seats of a sitting, one for each member of its day; refused where nobody would preside (Q224)."""
    members = {member.pk: member for member in queries.members_on(sitting.council, sitting.held_on)}
    if not any(member.seated in PRESIDES for member in members.values()):
        raise Refused(problem("Q224", "held_on", day=sitting.held_on.isoformat()))
    had = {seat.member_id: seat for seat in queries.seats_of(sitting)}
    queries.delete_seats([seat for key, seat in had.items() if key not in members])
    new = [
        Seat(sitting=sitting, member=member, seated=member.seated) for key, member in members.items() if key not in had
    ]
    Seat.objects.bulk_create(new)
    return queries.seats_of(sitting)


def _refuse_seat(named: Named, sitting: Collection[Member], able: Collection[Account]) -> None:
    has_seat = any(member.account_id == named.account.pk for member in sitting)
    is_second = named.seated == PRESIDES[0] and any(member.seated == PRESIDES[0] for member in sitting)
    if has_seat or is_second or named.account not in able:
        raise Refused(problem("Q202", "account", name=named.account.name))


def _with_regulation(said: Founded | Planned, council: Council | None = None) -> dict[str, object]:
    """The fields of a row; what is not stated is taken from the council."""
    own = asdict(said.regulation)
    fields = {name: value for name, value in asdict(said).items() if name != "regulation"}
    _refuse_half(own)
    for group in (("quorum_top", "quorum_bottom", "quorum_source"), ("majority_of", "majority_source")):
        if council is not None and not any(own[name] for name in group):
            own |= {name: getattr(council, name) for name in group}
    if isinstance(said, Planned) and council is not None and not own["quorum_source"]:
        own |= _laid_down(council, said.held_on)
    return fields | own


def _laid_down(council: Council, on: date) -> dict[str, object]:
    found = quorum_laid_down(council.authority, council.place, on)
    if found is None:
        return {}
    share = {"quorum_top": found.share.numerator, "quorum_bottom": found.share.denominator}
    return share | {"quorum_source": found.source}


def _refuse_half(own: Mapping[str, object]) -> None:
    top, bottom = own["quorum_top"], own["quorum_bottom"]
    whole = bool(top) == bool(bottom) == bool(own["quorum_source"])
    if not whole or bool(own["majority_of"]) != bool(own["majority_source"]):
        raise Refused(problem("Q222", "quorum_source"))
    if isinstance(top, int) and isinstance(bottom, int) and not 0 < top <= bottom:
        raise Refused(problem("Q222", "quorum_top"))


def _fields_of(named: Named) -> dict[str, object]:
    return {name: getattr(named, name) for name in Named.__dataclass_fields__}


def happening_of(sitting: Sitting, event: str, after: Mapping[str, object]) -> Happening:
    """An entry of the log of a sitting."""
    return Happening(kind="sitting", object_id=sitting.pk, event=event, after=dict(after))
