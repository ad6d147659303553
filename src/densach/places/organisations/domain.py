"""Everything that can happen to an organisation, one function for each event; each writes the rows and the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.db import transaction

from densach.formats.vietnamese import format_date, nfc, single_spaced
from densach.history.domain import Act, Happening, State, record, record_many
from densach.history.intervals import Interval
from densach.places.lineage import Outcome, on_todays_map
from densach.places.models import (
    Organisation,
    OrganisationLineage,
    OrganisationPeriod,
    Place,
    PlacePeriod,
    Subordination,
)
from densach.places.organisations import queries
from densach.places.organisations.bodies import body_on
from densach.places.organisations.names import order_key, search_key
from densach.places.queries import period_of as place_on
from densach.places.queries import periods_of as periods_of_place
from densach.problems import Problem, Refused, problem

_FICTIONAL = "MẪU"
_SEAT_ENDED = "theo nơi đặt trụ sở: {}"


@dataclass(frozen=True, kw_only=True)
class Said:
    """Who says something, how sure that is (a mark of the policy), and the legal act where there is one."""

    source: str
    mark: str = "read"
    legal_act: str = ""


@dataclass(frozen=True, kw_only=True)
class Charter:
    """What an organisation is when it begins; `body` is the key of the body of its seat that it is, if it is one."""

    name: str
    kind: str
    seat: Place
    said: Said
    body: str = ""


@dataclass(frozen=True, kw_only=True)
class Superior:
    """Who stands above: an organisation, or else the body of a place by its key."""

    organisation: Organisation | None = None
    body: str = ""
    place: Place | None = None


def found_organisation(charter: Charter, *, on: date, act: Act) -> Organisation:
    """Add an organisation that is there from a day on, and let it follow its seat where that was merged later.

    Refused without a name or a source (O113), where the seat is no place of that day (O104), where the body is none
    (O110) or is another's (O111), and where what is made up does not say so (O114).
    """
    return found_organisations([(charter, on)], act=act)[0]


def found_organisations(charters: Iterable[tuple[Charter, date]], *, act: Act) -> list[Organisation]:
    """Add many, all or none; the number of queries grows with their seats, not with their number."""
    charters = list(charters)
    with transaction.atomic():
        seats = _Seats()
        lives = [_life(charter, on, seats) for charter, on in charters]
        Organisation.objects.bulk_create([life[0].organisation for life in lives])
        OrganisationPeriod.objects.bulk_create([row for life in lives for row in life])
        record_many((each for life in lives for each in _told(life)), act)
    return [life[0].organisation for life in lives]


def rename_organisation(organisation: Organisation, name: str, *, on: date, act: Act, said: Said) -> None:
    """Give an organisation another name from a day on; it stays the same, with its titles and its line of command."""
    if not single_spaced(name):
        raise Refused(problem("O113", organisation))
    with transaction.atomic():
        name = single_spaced(nfc(name))
        old, following = _rows_from(organisation, on)
        _refuse_unmarked(name, fictional=organisation.fictional)
        _succeed(old, "organisation_renamed", on, act, said, name=name)
        for row in following:
            before, row.name = state_of(row), name
            _write(row)
            record(_happening(organisation, "organisation_renamed", before, state_of(row)), act)


def move_seat(organisation: Organisation, seat: Place, *, on: date, act: Act, said: Said) -> None:
    """Give an organisation another seat from a day on; one that is the body of its place cannot leave it (O109)."""
    with transaction.atomic():
        old, following = _rows_without_end(organisation, on)
        if old.body:
            raise Refused(problem("O109", old.name))
        _refuse_no_place(old.name, seat, on)
        _drop(following, act)
        old.valid_to = None  # what ended it was only the seat that it now leaves
        new = _succeed(old, "organisation_moved", on, act, said, seat=seat)
        rows = list(_following(new, _Seats()))
        if rows:
            new.save(update_fields=["valid_to"])
            OrganisationPeriod.objects.bulk_create(rows)
            record_many(list(_told([new, *rows]))[1:], act)


def close_organisation(organisation: Organisation, *, on: date, act: Act, said: Said) -> None:
    """End an organisation: `on` is the first day on which it is no more; refused while others stand under it (O112)."""
    with transaction.atomic():
        if below := queries.open_subordinates_of(organisation):
            raise Refused(problem("O112", organisation, count=len(below), day=format_date(on)))
        _close(organisation, on, act, said)


def merge_organisations(olds: Iterable[Organisation], into: Organisation, *, on: date, act: Act, said: Said) -> None:
    """End organisations that go wholly into another, with the edge of lineage; who stood under them stands under it."""
    with transaction.atomic():
        taking = queries.period_of(into, on)
        if taking is None:
            raise Refused(problem("O103", into, day=format_date(on)))
        for old in olds:
            if old == into:
                raise Refused(problem("O116", taking.name))
            _refuse_under_made_up(_rows_from(old, on)[0], into)
            _hand_over(old, into, on, act, said)
            _close(old, on, act, said)
            _link(old, into, on, act, said, whole=True)


def split_organisation(
    old: Organisation, charters: Iterable[Charter], *, on: date, act: Act, said: Said, ends: bool
) -> list[Organisation]:
    """Found organisations out of parts of one, which ends or goes on; who stood under one that ends must go first."""
    with transaction.atomic():
        if ends:
            close_organisation(old, on=on, act=act, said=said)
        elif queries.period_of(old, on) is None:
            raise Refused(problem("O103", old, day=format_date(on)))
        new = [found_organisation(charter, on=on, act=act) for charter in charters]
        for each in new:
            _link(old, each, on, act, said, whole=False)
    return new


def put_under(organisation: Organisation, superior: Superior, line: str, *, on: date, act: Act, said: Said) -> None:
    """Put an organisation under a superior in a line from a day on; one it had there until then ends.

    Refused where it would stand above itself on some day (O106), where one of the two is not there on that day (O103),
    where there is no such body at the place (O110), and where the place decides who stands above it (O109).
    """
    with transaction.atomic():
        queries.hold_lines()
        period = queries.period_of(organisation, on)
        if period is None:
            raise Refused(problem("O103", organisation, day=format_date(on)))
        _refuse_superior(period, superior, line, on)
        _end_superior(organisation, line, on, act, required=False)
        if later := queries.superior_after(organisation, line, on):
            raise Refused(_begins_too_late(period.name, on, later))
        row = Subordination.objects.create(
            organisation=organisation,
            line=line,
            superior=superior.organisation,
            body=superior.body,
            place=superior.place,
            valid_from=on,
            source=said.source,
            mark=said.mark,
        )
        record(_happening(organisation, "organisation_put_under", None, superior_state(row)), act)


def end_superior(organisation: Organisation, line: str, *, on: date, act: Act) -> None:
    """End what was entered about who stands above an organisation in a line; refused where nothing was (O115)."""
    with transaction.atomic():
        _end_superior(organisation, line, on, act, required=True)


def state_of(row: OrganisationPeriod) -> State:
    """What the log keeps of a row; places are named by their permanent identity."""
    return {
        "name": row.name,
        "kind": str(row.kind),
        "seat": str(row.seat.uid) if row.seat else None,
        "body": row.body,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "source": row.source,
        "mark": row.mark,
    }


def superior_state(row: Subordination) -> State:
    """What the log keeps of who stands above."""
    return {
        "line": str(row.line),
        "superior": str(row.superior.uid) if row.superior else None,
        "body": row.body,
        "place": str(row.place.uid) if row.place else None,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "source": row.source,
        "mark": row.mark,
    }


@dataclass
class _Seats:
    """What seats were on days and where they led, each looked up once."""

    grounds: dict[tuple[int, date], PlacePeriod | None] = field(default_factory=dict)
    ways: dict[int, list[tuple[date, str, Place | None]]] = field(default_factory=dict)

    def ground(self, seat: Place, on: date) -> PlacePeriod | None:
        """What a seat was on a day."""
        if (seat.pk, on) not in self.grounds:
            self.grounds[seat.pk, on] = _ground_of(seat, on)
        return self.grounds[seat.pk, on]

    def way(self, seat: Place) -> list[tuple[date, str, Place | None]]:
        """Where a seat led: the day on which a place ended, its name, and the place that took in all of it."""
        if seat.pk not in self.ways:
            self.ways[seat.pk] = list(_way_of(seat))
        return self.ways[seat.pk]


def _life(charter: Charter, on: date, seats: _Seats) -> list[OrganisationPeriod]:
    """The rows of an organisation from its first day, with those in which it follows its seat."""
    name = single_spaced(nfc(charter.name))
    _refuse_what_cannot_be(name, charter, on, seats)
    row = OrganisationPeriod(
        organisation=Organisation(fictional=charter.seat.fictional),
        name=name,
        kind=charter.kind,
        seat=charter.seat,
        body=charter.body,
        folded=search_key(name),
        sort=order_key(name),
        valid_from=on,
        source=charter.said.source,
        mark=charter.said.mark,
    )
    return [row, *_following(row, seats)]


def _following(row: OrganisationPeriod, seats: _Seats) -> Iterator[OrganisationPeriod]:
    """Where the seat has ended since: on in the place that took in all of it, or else nowhere that is known.

    A body of a place ends with it. Ends the rows it is given.
    """
    for ended, place, seat in seats.way(row.seat) if row.seat else []:
        row.valid_to = ended
        if row.body:
            return
        row = copy(row)
        row.pk, row.seat, row.valid_from, row.valid_to = None, seat, ended, None
        row.source, row.mark = _SEAT_ENDED.format(place), "inferred"
        yield row


def _way_of(seat: Place) -> Iterator[tuple[date, str, Place | None]]:
    last = periods_of_place(seat).last()
    while last is not None and last.valid_to is not None:
        carried = on_todays_map(last.place, last.valid_to)
        new = carried.places[0].place if carried.outcome == Outcome.EXACT else None
        yield last.valid_to, last.name, new
        last = periods_of_place(new).last() if new else None


def _told(life: list[OrganisationPeriod]) -> Iterator[Happening]:
    """What the log says of a life: it began, and it followed its seat or ended with it."""
    first, *later = life
    yield _happening(first.organisation, "organisation_founded", None, state_of(first))
    for before, after in pairwise(life):
        yield _happening(first.organisation, "organisation_followed_its_seat", state_of(before), state_of(after))
    if first.body and first.valid_to and not later:
        yield _happening(first.organisation, "organisation_closed", None, state_of(first))


def _refuse_what_cannot_be(name: str, charter: Charter, on: date, seats: _Seats) -> None:
    if not name or not charter.said.source.strip():
        raise Refused(problem("O113", name or "–"))
    _refuse_unmarked(name, fictional=charter.seat.fictional)
    ground = seats.ground(charter.seat, on)
    if ground is None:
        raise Refused(problem("O104", name, day=format_date(on)))
    if not charter.body:
        return
    body = body_on(charter.body, on)
    if body is None or ground.level != body.level:
        raise Refused(problem("O110", name, body=charter.body, day=format_date(on)))
    if other := queries.body_at(charter.body, charter.seat, on):
        raise Refused(problem("O111", name, other=other.name))


def _refuse_unmarked(name: str, *, fictional: bool) -> None:
    if fictional != (_FICTIONAL in name):
        raise Refused(problem("O114", name))


def _refuse_under_made_up(period: OrganisationPeriod, other: Organisation) -> None:
    """What is real never becomes a part of what is made up; the other way round it may."""
    if other.fictional and not period.organisation.fictional:
        raise Refused(problem("O114", period.name))


def _refuse_no_place(name: str, seat: Place, on: date) -> None:
    if _ground_of(seat, on) is None:
        raise Refused(problem("O104", name, day=format_date(on)))


def _ground_of(seat: Place, on: date) -> PlacePeriod | None:
    """What a place was on a day; for a day before its list what the list says first, which alone is known of it."""
    if now := place_on(seat, on):
        return now
    first = periods_of_place(seat).select_related("code_list").first()
    older = first is not None and first.code_list is not None and first.code_list.units_older
    return first if first and older and on < first.valid_from else None


def _succeed(
    old: OrganisationPeriod, event: str, on: date, act: Act, said: Said, **changed: str | Place | None
) -> OrganisationPeriod:
    """End a row on a day and begin the next with what has changed."""
    before, new = state_of(old), copy(old)
    old.valid_to = on
    old.save(update_fields=["valid_to"])
    new.pk = None
    for name, value in changed.items():
        setattr(new, name, value)
    new.valid_from, new.source, new.mark = on, said.source, said.mark
    _write(new)
    record(_happening(new.organisation, event, before, state_of(new) | {"legal_act": said.legal_act}), act)
    return new


def _write(row: OrganisationPeriod) -> None:
    row.folded, row.sort = search_key(row.name), order_key(row.name)
    row.save()


def _rows_from(organisation: Organisation, on: date) -> tuple[OrganisationPeriod, list[OrganisationPeriod]]:
    """The row to end on a day, and those after it, in which the organisation only follows its seat; all are locked.

    Refuses one that is not there on that day (O103), and a day that is not after the last thing entered (O105).
    """
    rows = queries.rows_from_for_update(organisation, on)
    if not rows:
        raise Refused(problem("O103", organisation, day=format_date(on)))
    last = next((row for row in reversed(rows) if not _follows(row)), rows[0])
    if on <= last.valid_from:
        raise Refused(problem("O105", last.name, day=format_date(on), since=format_date(last.valid_from)))
    return rows[0], rows[1:]


def _rows_without_end(organisation: Organisation, on: date) -> tuple[OrganisationPeriod, list[OrganisationPeriod]]:
    """The same of an organisation that has not ended (O103); a body that ended with its place may end before it."""
    row, following = _rows_from(organisation, on)
    if [row, *following][-1].valid_to is not None and not row.body:
        raise Refused(problem("O103", row.name, day=format_date(on)))
    return row, following


def _follows(row: OrganisationPeriod) -> bool:
    return row.mark == "inferred" and row.source.startswith(_SEAT_ENDED.format(""))


def _drop(following: list[OrganisationPeriod], act: Act) -> None:
    queries.delete_periods(following)
    told = (_happening(row.organisation, "organisation_no_longer_follows", state_of(row), None) for row in following)
    record_many(told, act)


def _close(organisation: Organisation, on: date, act: Act, said: Said) -> None:
    period, following = _rows_without_end(organisation, on)
    _drop(following, act)
    before = state_of(period)
    period.valid_to = on
    period.save(update_fields=["valid_to"])
    after = state_of(period) | {"legal_act": said.legal_act, "said_by": said.source}
    record(_happening(organisation, "organisation_closed", before, after), act)
    for row in queries.open_superiors_of(organisation):
        _end_row(row, on, act)


def _hand_over(old: Organisation, into: Organisation, on: date, act: Act, said: Said) -> None:
    for row in queries.open_subordinates_of(old):
        if row.organisation == into:
            _end_row(row, on, act)
        else:
            put_under(row.organisation, Superior(organisation=into), row.line, on=on, act=act, said=said)


def _link(old: Organisation, new: Organisation, on: date, act: Act, said: Said, *, whole: bool) -> None:
    OrganisationLineage.objects.create(
        old=old, new=new, on=on, whole=whole, legal_act=said.legal_act, source=said.source, mark=said.mark
    )
    origin = {"on": on, "old": str(old.uid), "whole": whole, "legal_act": said.legal_act, "source": said.source}
    record(_happening(new, "organisation_made_from", None, origin), act)


def _refuse_superior(period: OrganisationPeriod, superior: Superior, line: str, on: date) -> None:
    own = body_on(period.body, on) if period.body else None
    if own and own.line == line:
        raise Refused(problem("O109", period.name))
    if superior.organisation is None:
        body = body_on(superior.body, on)
        ground = _ground_of(superior.place, on) if superior.place else None
        if body is None or ground is None or ground.level != body.level or body.line != line:
            raise Refused(problem("O110", period.name, body=superior.body, day=format_date(on)))
        return
    above = queries.period_of(superior.organisation, on)
    if above is None:
        raise Refused(problem("O103", superior.organisation, day=format_date(on)))
    _refuse_under_made_up(period, superior.organisation)
    if _stands_above(period.organisation.pk, superior.organisation.pk, line, Interval(on)):
        raise Refused(problem("O106", period.name, superior=above.name))


def _stands_above(one: int, other: int, line: str, days: Interval) -> bool:
    """Whether one organisation is another, or stands above it in a line on one of some days.

    Bodies of places stand under nothing but bodies of places, so only what was entered can close a circle.
    """
    waiting = [(other, days)]
    while waiting:
        now, span = waiting.pop()
        if now == one:
            return True
        rows = queries.superiors_ever(now, line)
        shared = ((row.superior_id or 0, row.valid.intersect(span)) for row in rows)
        waiting += [(above, both) for above, both in shared if both]
    return False


def _end_superior(organisation: Organisation, line: str, on: date, act: Act, *, required: bool) -> None:
    row = queries.open_superior_for_update(organisation, line)
    if row is None:
        if required:
            raise Refused(problem("O115", organisation, line=line))
        return
    _end_row(row, on, act)


def _begins_too_late(where: object, on: date, row: Subordination) -> Problem:
    return problem("O107", where, day=format_date(on), since=format_date(row.valid_from))


def _end_row(row: Subordination, on: date, act: Act) -> None:
    if on <= row.valid_from:
        raise Refused(_begins_too_late(row.organisation, on, row))
    before = superior_state(row)
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    record(_happening(row.organisation, "organisation_superior_ended", before, superior_state(row)), act)


def _happening(organisation: Organisation, event: str, before: State | None, after: State | None) -> Happening:
    return Happening(kind="organisation", object_id=organisation.uid, event=event, before=before, after=after)
