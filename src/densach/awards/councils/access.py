"""What members, chairs and secretaries see; whatever lies outside is answered as if it were not there (H103)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from densach.accounts.models import Account
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.awards import queries as dossiers
from densach.awards.councils import queries
from densach.awards.councils.models import PRESIDES, Council, Item, Member, Note, Result, Seat, Sitting, State, Turn
from densach.awards.councils.preferring import Cut, cut_by, preferences, suggested
from densach.awards.councils.room import Room
from densach.awards.councils.thresholds import Threshold, threshold_of
from densach.awards.models import AwardRound, Claim, Nomination, Part, Quota
from densach.problems import Refused, problem

ON_A_PAGE = 50
ON_A_BALLOT = 20


@dataclass(frozen=True)
class Line:
    """An item of the agenda as a viewer has it: with the viewer's own turn and note."""

    item: Item
    turn: Turn | None
    note: Note | None


@dataclass(frozen=True)
class Agenda:
    """One page of an agenda; `last` is where the next one begins."""

    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    first: int
    has_more: bool

    @property
    def total(self) -> int:
        """How many items there are."""
        return sum(self.counts.values())

    @property
    def passed(self) -> int:
        """How many passed."""
        return self.counts.get(Result.PASSED, 0)

    @property
    def refused(self) -> int:
        """How many were not passed."""
        return self.counts.get(Result.REFUSED, 0)

    @property
    def tied(self) -> int:
        """How many have equal ballots at a quota."""
        return self.counts.get(Result.TIED, 0)

    @property
    def last(self) -> int:
        """The number of the last item shown."""
        return self.lines[-1].item.position if self.lines else self.first


@dataclass(frozen=True)
class Ballot:
    """Some items on which a seat may vote now, and how many it still has and had its turn at."""

    lines: tuple[Line, ...]
    first: int
    left: int
    done: int
    has_more: bool

    @property
    def last(self) -> int:
        """The number of the last item shown."""
        return self.lines[-1].item.position if self.lines else self.first


@dataclass(frozen=True)
class File:
    """The dossier of one nomination as a member reads it."""

    line: Line
    claims: tuple[Claim, ...]
    parts: tuple[Part, ...]
    before: Item | None
    after: Item | None


@dataclass(frozen=True)
class Tie:
    """Equal ballots at a quota: the cut, and who has which preferences and is suggested by them."""

    cut: Cut
    rows: tuple[tuple[Item, tuple[str, ...], bool], ...]

    @property
    def places(self) -> int:
        """How many of the equal ones there is room for."""
        return self.cut.room - len(self.cut.inside)


@dataclass(frozen=True)
class Told:
    """What carries each award on an agenda; unknown where neither law nor regulation says it."""

    award: str
    threshold: Threshold | None
    needed: int | None


def see_councils(viewer: Viewer) -> list[Council]:
    """The councils of the place in which the viewer prepares sittings."""
    return queries.councils_at(viewer.place) if viewer.place and viewer.may(Right.HANDLE_AWARDS) else []


def see_own_sittings(viewer: Viewer) -> list[Sitting]:
    """The sittings in which the viewer has a seat, in the place of the role."""
    if viewer.account is None or viewer.place is None or not viewer.may(Right.SIT_IN_COUNCIL):
        return []
    return [found for found in queries.sittings_with(viewer.account) if found.council.place_id == viewer.place.pk]


def council_prepared_by(viewer: Viewer, uid: UUID) -> Council:
    """A council whose sittings the viewer prepares."""
    found = queries.council_by_uid(uid)
    if found is None or not _prepares(viewer, found):
        raise Refused(problem("H103", uid))
    return found


def see_members(council: Council) -> list[Member]:
    """Who sits or sat in a council."""
    return queries.members_of(council)


def see_candidates(viewer: Viewer, council: Council) -> list[Account]:
    """Who may be named to a council: whoever holds the role in its place."""
    return queries.who_may_sit(council.place, viewer.today)


def see_sittings(council: Council) -> list[Sitting]:
    """The sittings of a council."""
    return queries.sittings_of(council)


def see_rounds(council: Council) -> list[AwardRound]:
    """The rounds on which the council may sit."""
    return queries.rounds_at(council.place)


def room_of(viewer: Viewer, uid: UUID) -> Room:
    """A sitting for whoever has a seat in it or prepares it."""
    sitting = queries.sitting_by_uid(uid)
    if sitting is None:
        raise Refused(problem("H103", uid))
    seats = tuple(queries.seats_of(sitting))
    room = Room(sitting, seats, _own_seat(viewer, sitting, seats), _prepares(viewer, sitting.council))
    if room.own is None and not room.prepares:
        raise Refused(problem("H103", uid))
    return room


def room_prepared_by(viewer: Viewer, uid: UUID) -> Room:
    """A sitting for who prepares it."""
    room = room_of(viewer, uid)
    if not room.prepares:
        raise Refused(problem("H103", uid))
    return room


def room_presided_by(viewer: Viewer, uid: UUID) -> Room:
    """A sitting for who has the post of its chair, or of a vice chair, there."""
    room = room_of(viewer, uid)
    if room.own is None or room.own.seated not in PRESIDES:
        raise Refused(problem("H103", uid))
    return room


def room_with_seat(viewer: Viewer, uid: UUID) -> tuple[Room, Seat]:
    """A sitting for its members, with the viewer's seat."""
    room = room_of(viewer, uid)
    if room.own is None:
        raise Refused(problem("H103", uid))
    return room, room.own


def see_agenda(room: Room, first: int, count: int = ON_A_PAGE) -> Agenda:
    """A page of the agenda after a number, in a constant number of queries."""
    found = queries.items_of(room.sitting, first, count + 1)
    shown = found[:count]
    return Agenda(_lines(room, shown), queries.results_of(room.sitting), first, len(found) > count)


def see_ballot(room: Room, seat: Seat, first: int) -> Ballot:
    """The items after a number on which a seat has not had its turn."""
    done, total = queries.turns_had(seat), sum(queries.results_of(room.sitting).values())
    found = queries.items_without_turn(room.sitting, seat, first, ON_A_BALLOT + 1)
    lines = tuple(Line(item, None, None) for item in found[:ON_A_BALLOT])
    return Ballot(lines, first, total - done, done, len(found) > ON_A_BALLOT)


def item_in(room: Room, uid: UUID) -> Item:
    """One item of a sitting."""
    found = queries.item_by_uid(room.sitting, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def file_with_sitting(viewer: Viewer, sitting: UUID, uid: UUID) -> Item:
    """One item together with its sitting, for whoever has a seat in it or prepares it; in few queries."""
    found = queries.item_with_sitting(sitting, uid)
    if found is None or not (_prepares(viewer, found.sitting.council) or _sits_in(viewer, found.sitting)):
        raise Refused(problem("H103", uid))
    return found


def see_file(room: Room, uid: UUID) -> File:
    """The dossier of one nomination, with the files beside it."""
    item = item_in(room, uid)
    before, after = queries.beside(item)
    [line] = _lines(room, [item])
    claims, parts = dossiers.claims_of(item.nomination), dossiers.parts_of(item.nomination)
    return File(line, tuple(claims), tuple(parts), before, after)


def part_in(room: Room, uid: UUID, part_uid: UUID) -> Part:
    """One paper of a dossier on the agenda."""
    found = dossiers.part_by_uid(item_in(room, uid).nomination, part_uid)
    if found is None:
        raise Refused(problem("H103", part_uid))
    return found


def see_waiting(room: Room, award: str, first: int) -> tuple[list[Nomination], Mapping[str, int]]:
    """Some of those that may go on the agenda, and how many there are of each award."""
    return queries.waiting_page(room.sitting, award, first, ON_A_PAGE + 1), queries.waiting_counts(room.sitting)


def see_thresholds(room: Room) -> list[Told]:
    """What carries each award on the agenda, with its source."""
    told = []
    for award in queries.awards_on(room.sitting):
        threshold = threshold_of(award, room.sitting)
        needed = threshold.needed(room.base, room.present + room.in_writing) if threshold else None
        told.append(Told(award, threshold, needed))
    return told


def see_turnout(room: Room) -> list[tuple[Seat, int]]:
    """How many items each seat has voted on; never what."""
    voted = queries.turns_by_seat(room.sitting)
    return [(seat, voted.get(seat.pk, 0)) for seat in room.seats]


def see_interests(room: Room) -> list[Turn]:
    """The interests that were declared."""
    return queries.interests_in(room.sitting)


def see_quotas(room: Room) -> list[Quota]:
    """The quotas of the round."""
    return dossiers.quotas_of(room.sitting.round)


def see_ties(room: Room) -> list[Tie]:
    """Where ballots are equal at a quota, with the preferences that speak for each."""
    if room.sitting.state != State.COUNTED or not queries.results_of(room.sitting).get("tied"):
        return []
    return [_tie(cut) for cut in cuts(room.sitting) if cut.tied]


def cuts(sitting: Sitting) -> list[Cut]:
    """Where each quota cuts those who carry."""
    carried = [item for item in queries.all_items(sitting) if item.result != "" and item.agreed >= item.needed]
    quotas = dossiers.quotas_of(sitting.round)
    return [cut_by(quota, carried, queries.passed_before(quota)) for quota in quotas]


def see_unfinished(room: Room) -> list[Item]:
    """Items with a result whose nominations did not go on yet, a hold standing in the way."""
    return queries.unfinished(room.sitting) if room.sitting.state == State.ENDED else []


def _tie(cut: Cut) -> Tie:
    first = suggested(cut.tied, cut.room - len(cut.inside))
    rows = ((item, preferences(item.nomination.nominee), item in first) for item in cut.tied)
    return Tie(cut, tuple(rows))


def _lines(room: Room, items: list[Item]) -> tuple[Line, ...]:
    turns = queries.turns_of(room.own, items) if room.own else {}
    notes = queries.notes_of(room.own, items) if room.own else {}
    return tuple(Line(item, turns.get(item.pk), notes.get(item.pk)) for item in items)


def _prepares(viewer: Viewer, council: Council) -> bool:
    return viewer.may(Right.HANDLE_AWARDS) and viewer.place is not None and viewer.place.pk == council.place_id


def _sits_in(viewer: Viewer, sitting: Sitting) -> bool:
    is_here = viewer.place is not None and viewer.place.pk == sitting.council.place_id
    if viewer.account is None or not is_here or not viewer.may(Right.SIT_IN_COUNCIL):
        return False
    return queries.has_seat(sitting, viewer.account)


def _own_seat(viewer: Viewer, sitting: Sitting, seats: tuple[Seat, ...]) -> Seat | None:
    is_here = viewer.place is not None and viewer.place.pk == sitting.council.place_id
    if viewer.account is None or not is_here or not viewer.may(Right.SIT_IN_COUNCIL):
        return None
    return next((seat for seat in seats if seat.member.account_id == viewer.account.pk), None)
