"""What can happen to a list of kinds of area: it is entered whole, or it is taken back; nothing it said is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction

from densach.formats.vietnamese import format_date
from densach.history.domain import Act, Happening, State, canonical, record_many
from densach.places.areas import queries
from densach.places.areas.reading import FICTIONAL, About, Decision, Line, Understood, understood
from densach.places.lookup import known_on
from densach.places.models import AreaFamily, AreaList, AreaPeriod
from densach.problems import Refused, problem

Ends = dict[tuple[int, date | None], int]


@dataclass(frozen=True)
class Entered:
    """A list that was entered, or was there already (not `new`): how many communes it names, of how many others it
    says that they are of no kind of its `families`, and how many earlier lists end by it, wholly or for some communes.
    """

    area_list: AreaList
    new: bool
    named: int
    others: int
    ended: int
    families: tuple[AreaFamily, ...]


def enter_list(decision: Decision, lines: Iterable[Line], about: About, *, act: Act) -> Entered:
    """Enter a list whole, from which day on earlier lists about the same communes and kinds no longer speak.

    Refused without a text or a line (L148), without a day that it holds for (L149), for a day of which no list of
    places speaks (L103), with every line that is wrong (L140 to L145), and where another list speaks of the same from
    the same day (L146).
    """
    lines = list(lines)
    _refuse_unfounded(decision, lines)
    with transaction.atomic():
        queries.hold_lists()
        found = understood(decision, lines, about)
        digest = _digest(decision, found)
        if held := queries.list_saying(digest):
            return _entered(held, found, new=False, ended=0)
        _refuse_clash(decision, found)
        area_list = _write(decision, found, digest, act)
        before = queries.ends_of(area_list)
        queries.settle_ends(area_list)
        changed = _changed(before, queries.ends_of(area_list), area_list.valid_from)
        record_many([_happening(area_list, "area_list_entered", after=_state(area_list, found))], act)
        _tell("area_list_followed", area_list, changed, act)
        return _entered(area_list, found, new=True, ended=len(changed))


def take_back(area_list: AreaList, *, act: Act) -> int:
    """Take back a list that should not have been entered; what it ended goes on. Gives how many lists do.

    All it said stays to be read, and the log says who took it back and why; refused (L147) where it was done before.
    """
    with transaction.atomic():
        queries.hold_lists()
        held = queries.list_for_update(area_list)
        if held.taken_back_at is not None:
            raise Refused(problem("L147", held.number))
        before = queries.ends_of(held)
        queries.mark_taken_back(held)
        held.taken_back_at = act.at
        held.save(update_fields=["taken_back_at"])
        queries.settle_ends(held)
        changed = _changed(queries.ends_of(held), before, held.valid_from)
        words = {"number": held.number, "taken_back": False}
        told = _happening(held, "area_list_taken_back", words, {**words, "taken_back": True})
        record_many([told], act)
        _tell("area_list_no_longer_followed", held, changed, act)
        return len(changed)


def _refuse_unfounded(decision: Decision, lines: list[Line]) -> None:
    if not decision.number.strip() or not decision.issuer.strip() or not lines:
        raise Refused(problem("L148", decision.number.strip() or "–"))
    if decision.valid_to is not None and decision.valid_to <= decision.valid_from:
        raise Refused(problem("L149", decision.number, since=format_date(decision.valid_from)))
    unknown = None if decision.mark == FICTIONAL else known_on(decision.valid_from)
    if unknown:
        raise unknown.refusal()


def _refuse_clash(decision: Decision, found: Understood) -> None:
    """Two lists about one commune from one day, or one text about it twice, would contradict each other."""
    about = {place for place, _ in found.said}, {family for _, family in found.said}
    text = (decision.number, decision.issuer, decision.signed_on)
    row = queries.said_from(decision.valid_from, *about) or queries.said_by(text, *about)
    if row:
        other = row.area_list
        raise Refused(problem("L146", decision.number, other=other.number, day=format_date(other.valid_from)))


def _write(decision: Decision, found: Understood, digest: str, act: Act) -> AreaList:
    area_list = AreaList.objects.create(
        number=decision.number,
        signed_on=decision.signed_on,
        issuer=decision.issuer,
        mark=decision.mark,
        valid_from=decision.valid_from,
        valid_to=decision.valid_to,
        digest=digest,
        entered_by=act.who,
        entered_at=act.at,
    )
    AreaPeriod.objects.bulk_create(
        AreaPeriod(
            area_list=area_list,
            place_id=place,
            family=family,
            kind=kind,
            said_on=decision.valid_from,
            valid_from=valid.start,
            valid_to=valid.end,
        )
        for (place, family), pieces in found.said.items()
        for kind, valid in pieces
    )
    return area_list


def _digest(decision: Decision, found: Understood) -> str:
    """One text for all that a list says, whatever the order of its lines."""
    text = [decision.number, decision.signed_on, decision.issuer, decision.mark]
    lines = [
        [str(each.commune.place.uid), str(each.line.kind), each.valid.start.isoformat(), str(each.valid.end)]
        for each in found.named
    ]
    days = [decision.valid_from, decision.valid_to]
    said = canonical({"text": text, "days": days, "scope": list(found.scope), "lines": sorted(lines)})
    return sha256(said.encode()).hexdigest()


def _state(area_list: AreaList, found: Understood) -> State:
    kinds: dict[str, int] = {}
    for each in found.named:
        kind = str(each.line.kind)
        kinds[kind] = kinds.get(kind, 0) + 1
    return {
        "number": area_list.number,
        "signed_on": area_list.signed_on,
        "issuer": area_list.issuer,
        "mark": area_list.mark,
        "valid_from": area_list.valid_from,
        "valid_to": area_list.valid_to,
        "about": list(found.scope),
        "lines": kinds,
        "digest": area_list.digest,
    }


def _changed(before: Ends, after: Ends, closed_on: date) -> dict[int, int]:
    """How many rows more end on a day afterwards than before, by list."""
    rows = {key: count - before.get((key, end), 0) for (key, end), count in after.items() if end == closed_on}
    return {key: count for key, count in rows.items() if count > 0}


def _tell(event: str, by: AreaList, changed: dict[int, int], act: Act) -> None:
    """One entry in the log of each list that another ends, or no longer ends."""
    lists = queries.lists_by_key(changed)
    words = {"by": str(by.uid), "number": by.number, "on": by.valid_from}
    told = (_happening(lists[key], event, after={**words, "rows": rows}) for key, rows in changed.items())
    record_many(told, act)


def _entered(area_list: AreaList, found: Understood, *, new: bool, ended: int) -> Entered:
    named = len({each.commune.place_id for each in found.named})
    families = tuple(each for each in AreaFamily if any(each == family for _, family in found.said))
    return Entered(area_list, new, named, len({place for place, _ in found.said}) - named, ended, families)


def _happening(area_list: AreaList, event: str, before: State | None = None, after: State | None = None) -> Happening:
    return Happening(kind="area_list", object_id=area_list.uid, event=event, before=before, after=after)
