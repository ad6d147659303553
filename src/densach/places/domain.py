"""Everything that can happen to a place, one function for each event; each writes the rows and the log together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from densach.formats.vietnamese import fold, format_date, nfc, single_spaced, sort_key, tone_key
from densach.history.domain import Act, Happening, State, record, record_many
from densach.places.models import CodeList, Kind, Level, Lineage, Place, PlacePeriod, bare_name
from densach.places.queries import (
    children_of,
    code_is_taken,
    code_was_ever_real,
    delete_lineage,
    keys_of_units,
    open_period_for_update,
    period_of,
    periods_of,
    say_began,
    say_confirmed,
    villages_of,
)
from densach.problems import Refused, problem

FICTIONAL_LIST = "mau"
_FICTIONAL_CODE = re.compile(r"99\d{3}")
_FICTIONAL_START = "Xã MẪU"
_NUMBER = re.compile(r"\d+")
_VILLAGE_WORDS = {
    "thôn": ("thôn", "làng", "ấp", "bản", "buôn", "bon", "phum", "sóc"),
    "tổ dân phố": ("tổ dân phố", "khu phố", "khối phố", "khóm", "tiểu khu"),
}


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a place is from a day on: name, level, type ("xã"), code and its list, the place above, and who says so."""

    name: str
    level: Level
    parent: Place | None
    source: str
    type: str = ""
    code: str = ""
    code_list: CodeList | None = None

    def tidied(self) -> Description:
        """The same with the name as it is stored: NFC and single spaces."""
        return replace(self, name=single_spaced(nfc(self.name)))


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """A place about to be added, with the path of the place above it, and the day it ended if it has.

    With `place` it is no new one: the row tells what a place that we hold already was before.
    """

    description: Description
    above: str
    uid: UUID
    fictional: bool = False
    until: date | None = None
    place: Place | None = None


def add_place(description: Description, *, on: date, act: Act, fictional: bool = False) -> Place:
    """Add a place that is there from a day on; refuses a parent that is not (L104) and a code in use (L106)."""
    with transaction.atomic():
        _refuse_taken_code(description)
        newcomer = Newcomer(
            description=description, above=_path_above(description, on), uid=uuid4(), fictional=fictional
        )
        return enter([newcomer], on=on, act=act)[0].place


def rename_place(place: Place, name: str, *, on: date, act: Act, source: str, unit_type: str | None = None) -> None:
    """Give a place another name, and another type if it has one, from a day on; it stays the same place."""
    with transaction.atomic():
        old = open_period(place, on)
        before = state_of(old)
        new = PlacePeriod.objects.get(pk=old.pk)
        old.valid_to = on
        old.save(update_fields=["valid_to"])
        new.pk, new._state.adding = None, True
        new.name, new.type = single_spaced(nfc(name)), old.type if unit_type is None else unit_type
        new.valid_from, new.source = on, source
        fill_keys(new)
        new.save()
        record(_happening(place, "place_renamed", before, state_of(new)), act)


def close_place(place: Place, *, on: date, act: Act) -> None:
    """End a place: `on` is the first day on which it is no more; refused while places lie below it (L111)."""
    with transaction.atomic():
        period = open_period(place, on)
        if below := children_of(place, on).count():
            raise Refused(problem("L111", period.name, count=below, day=format_date(on)))
        before = state_of(period)
        period.valid_to = on
        period.save(update_fields=["valid_to"])
        record(_happening(place, "place_closed", before, state_of(period)), act)


def add_village(commune: Place, name: str, *, on: date, act: Act, source: str) -> Place:
    """Add one village to a commune; refuses a name that the commune already has (L105)."""
    return add_villages(commune, [name], on=on, act=act, source=source)[0]


def add_villages(commune: Place, names: Iterable[str], *, on: date, act: Act, source: str) -> list[Place]:
    """Add villages to a commune, all or none, in their order; refuses a name given or held twice (L105)."""
    with transaction.atomic():
        above = period_of(commune, on)
        if above is None or above.level != Level.COMMUNE:
            raise Refused(problem("L104", ", ".join(names), day=format_date(on)))
        villages = [_village(commune, name, source) for name in names]
        _refuse_twins(villages, above, on)
        newcomers = [
            Newcomer(description=village, above=above.path, uid=uuid4(), fictional=commune.fictional)
            for village in villages
        ]
        return [period.place for period in enter(newcomers, on=on, act=act)]


def add_fictional_commune(province: Place, code: str, name: str, *, on: date, act: Act) -> Place:
    """Add a commune for demonstrations: its code is 99 and three digits and no real unit's (L107), its name begins
    with "Xã MẪU" (L108)."""
    if not _FICTIONAL_CODE.fullmatch(code) or code_was_ever_real(code):
        raise Refused(problem("L107", code))
    name = single_spaced(nfc(name))
    if not name.startswith(_FICTIONAL_START):
        raise Refused(problem("L108", name))
    fictional = CodeList.objects.get(key=FICTIONAL_LIST)
    description = Description(
        name=name, level=Level.COMMUNE, parent=province, source="MẪU", type="xã", code=code, code_list=fictional
    )
    with transaction.atomic():
        _refuse_taken_code(description)
        # It may be older than the list that names its province: what is made up says nothing of that list.
        above = _path_above(description, max(on, _first_day(province)))
        newcomer = Newcomer(description=description, above=above, uid=uuid4(), fictional=True)
        return enter([newcomer], on=on, act=act)[0].place


def enter(newcomers: list[Newcomer], *, on: date, act: Act) -> list[PlacePeriod]:
    """Write places that were checked before, with their first rows and the log, in one go."""
    with transaction.atomic():
        places = {each.uid: _new_place(each) for each in newcomers if not each.place}
        Place.objects.bulk_create(places.values())
        periods = [_first_period(each.place or places[each.uid], each, on) for each in newcomers]
        PlacePeriod.objects.bulk_create(periods)
        record_many(map(_entered, newcomers, periods), act)
    return periods


def link(edges: list[Lineage], act: Act) -> None:
    """Write what became of places that ended, with one entry in the log of each new place."""
    made_from: dict[Place, list[Lineage]] = defaultdict(list)
    for edge in edges:
        made_from[edge.new].append(edge)
    with transaction.atomic():
        Lineage.objects.bulk_create(edges)
        linked = (_happening(new, "place_made_from", None, _origins(old)) for new, old in made_from.items())
        record_many(linked, act)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A list of units compared with one of an earlier day: `differing` are level and code of what it does not confirm.

    `began_later` gives the provinces that were surely another thing before a day, by code.
    """

    on: date
    by: str
    differing: Iterable[tuple[str, str]]
    began_later: Mapping[str, date]


def confirm_list(code_list: CodeList, comparison: Comparison, act: Act) -> None:
    """Write on the rows of a list which of them a list of an earlier day confirms; one entry in the log of the list."""
    with transaction.atomic():
        differing = keys_of_units(code_list, comparison.differing)
        if not say_confirmed(code_list, comparison.on, comparison.by, differing):
            return
        for code, began in comparison.began_later.items():
            say_began(code_list, code, began)
        after = {"on": comparison.on, "by": comparison.by, "differing": len(differing)}
        record(Happening(kind="code_list", object_id=code_list.pk, event="list_compared", after=after), act)


def unlink(edges: list[Lineage], act: Act) -> None:
    """Withdraw what was wrongly said to have become of places; the log of each new place keeps what it was."""
    made_from: dict[Place, list[Lineage]] = defaultdict(list)
    for edge in edges:
        made_from[edge.new].append(edge)
    withdrawn = [
        Happening(kind="place", object_id=new.uid, event="place_origin_withdrawn", before=_origins(old))
        for new, old in made_from.items()
    ]
    with transaction.atomic():
        delete_lineage(edges)
        record_many(withdrawn, act)


def state_of(period: PlacePeriod) -> State:
    """What the log keeps of a row; places are named by their permanent identity."""
    return {
        "name": period.name,
        "level": str(period.level),
        "type": period.type,
        "code": period.code,
        "code_list": period.code_list_id,
        "parent": str(period.parent.uid) if period.parent else None,
        "valid_from": period.valid_from,
        "valid_to": period.valid_to,
        "source": period.source,
        "fictional": period.place.fictional,
    }


def _origins(edges: list[Lineage]) -> State:
    first = edges[0]
    places = sorted((str(edge.old.uid), "whole" if edge.whole else "part") for edge in edges)
    return {"on": first.on, "legal_act": first.legal_act, "source": first.source, "places": places}


def village_type(name: str) -> str:
    """Which of the two families, thôn or tổ dân phố, the first word of a name belongs to; empty if it says neither."""
    lowered = name.casefold()
    families = (family for family, words in _VILLAGE_WORDS.items() for word in words if lowered.startswith(word + " "))
    return next(families, "")


def _village(commune: Place, name: str, source: str) -> Description:
    description = Description(name=name, level=Level.VILLAGE, parent=commune, source=source).tidied()
    return replace(description, type=village_type(description.name))


def _refuse_twins(villages: list[Description], commune: PlacePeriod, on: date) -> None:
    held = {tone_key(row.name) for row in villages_of(commune.place, on)}
    twins = []
    for village in villages:
        key = tone_key(village.name)
        if key in held:
            twins.append(problem("L105", village.name, commune=commune.name))
        held.add(key)
    if twins:
        raise Refused(*twins)


def _refuse_taken_code(description: Description) -> None:
    code_list = description.code_list
    if code_list and code_is_taken(description.code, code_list, description.level):
        raise Refused(problem("L106", description.code, name=description.name, list=code_list.title))


def _path_above(description: Description, on: date) -> str:
    if description.parent is None:
        return ""
    above = period_of(description.parent, on)
    if above is None:
        raise Refused(problem("L104", description.name, day=format_date(on)))
    return above.path


def _first_day(place: Place) -> date:
    first = periods_of(place).first()
    return first.valid_from if first else date.min


def open_period(place: Place, on: date) -> PlacePeriod:
    """The row to end on a day, locked; refuses a place that has ended (L110) or began no earlier (L109)."""
    period = open_period_for_update(place)
    if period is None:
        raise Refused(problem("L110", place))
    if on <= period.valid_from:
        words = {"day": format_date(on), "since": format_date(period.valid_from)}
        raise Refused(problem("L109", period.name, **words))
    return period


def _new_place(newcomer: Newcomer) -> Place:
    kind = Kind.VILLAGE if newcomer.description.level == Level.VILLAGE else Kind.UNIT
    return Place(uid=newcomer.uid, kind=kind, fictional=newcomer.fictional)


def _first_period(place: Place, newcomer: Newcomer, on: date) -> PlacePeriod:
    description = newcomer.description.tidied()
    period = PlacePeriod(
        place=place,
        level=description.level,
        type=description.type,
        name=description.name,
        code=description.code,
        code_list=description.code_list,
        parent=description.parent,
        path=f"{newcomer.above}{place.pk}/",
        valid_from=on,
        valid_to=newcomer.until,
        source=description.source,
    )
    fill_keys(period)
    return period


def _entered(newcomer: Newcomer, period: PlacePeriod) -> Happening:
    event = "place_past_added" if newcomer.place else "place_added"
    return _happening(period.place, event, None, state_of(period))


def fill_keys(period: PlacePeriod) -> None:
    """The search and sort columns; numbers sort by value, so that Thôn 2 comes before Thôn 10."""
    period.folded = fold(period.name)
    bare = bare_name(period.name, period.type)
    period.sort = sort_key(_NUMBER.sub(lambda number: number[0].zfill(6), bare))


def _happening(place: Place, event: str, before: State | None, after: State) -> Happening:
    return Happening(kind="place", object_id=place.uid, event=event, before=before, after=after)
