"""Carrying villages, households, clans and units of merged communes over into the new one, and back.

What went whole goes along by itself. Of a divided commune nothing moves until somebody says which village went where;
the rest waits on the old commune, is listed, and is never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction

from densach.formats.vietnamese import format_date, tone_key
from densach.history.domain import Act, Happening, record
from densach.people.entering import CLANS, HOUSEHOLDS, UNITS, Grouping
from densach.people.merger import queries
from densach.people.merger.moving import Move, move_back, move_rows, with_codes
from densach.people.models import Clan, Household, HouseholdHome, InCommune, Unit
from densach.places.merging import VillageMove, merge_villages, move_villages, move_villages_back
from densach.places.models import Lineage, Place, PlacePeriod
from densach.places.queries import (
    came_to,
    made_from,
    name_of,
    names_changed_since,
    open_period_for_update,
    period_of,
    rows_of_places,
    villages_below,
    villages_of,
)
from densach.problems import Refused, problem

G = TypeVar("G", Household, Clan, Unit)
Progress = Callable[[str, int], None]


def _in_silence(_kind: str, _count: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Settled:
    """Which commune the villages, clans and units of divided communes went to, as people said: keys to keys."""

    villages: Mapping[int, int] = field(default_factory=dict)
    clans: Mapping[int, int] = field(default_factory=dict)
    units: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """An old commune on its last day, and whether all of it went to the new one."""

    period: PlacePeriod
    whole: bool


@dataclass(frozen=True)
class Waiting:
    """A village, clan or unit of a divided commune of which nobody has said where it went; `homes` live in it."""

    origin: Origin
    kind: str
    name: str
    homes: int = 0


@dataclass(frozen=True)
class CarryOver:
    """What goes along into a commune on a day, and what waits; `people` live in the households that go."""

    commune: PlacePeriod
    on: date
    origins: tuple[Origin, ...]
    villages: tuple[VillageMove, ...]
    households: tuple[Move, ...]
    clans: tuple[Move, ...]
    units: tuple[Move, ...]
    waiting: tuple[Waiting, ...]
    people: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to move."""
        return not (self.villages or self.households or self.clans or self.units)

    @property
    def new_codes(self) -> tuple[Move, ...]:
        """The households, clans and units that get another code."""
        return tuple(each for each in (*self.households, *self.clans, *self.units) if each.row.code != each.code)


def merged_on(commune: Place) -> date:
    """The latest day on which other communes went into this one; refused (L121) where no such day is known."""
    days = [edge.on for edge in made_from([commune.pk])]
    if not days:
        raise Refused(problem("L121", name_of(commune)))
    return max(days)


def plan_carry_over(commune: Place, on: date, settled: Settled | None = None) -> CarryOver:
    """What a carry-over of a day would do; changes nothing, in a constant number of queries."""
    settled = settled or Settled()
    here, origins = _here(commune, on), origins_of(commune, on)
    below = villages_below(origins, on)
    coming = [row for row in below if _comes(origins[row.parent_id or 0], settled.villages.get(row.place_id), commune)]
    homes, people = _entered(HOUSEHOLDS, origins, on), queries.people_by_home(list(origins), on)
    went = {row.place_id for row in coming}
    moving = [home for home in homes if origins[home.commune_id].whole or _village(home) in went]
    clans, units = _entered(CLANS, origins, on), _entered(UNITS, origins, on)
    return CarryOver(
        commune=here,
        on=on,
        origins=tuple(origins.values()),
        villages=tuple(_named(coming, origins, commune, on)),
        households=tuple(_coded(HOUSEHOLDS, moving, origins, commune)),
        clans=tuple(_coded(CLANS, _coming(CLANS, clans, origins, settled.clans, commune), origins, commune)),
        units=tuple(_coded(UNITS, _coming(UNITS, units, origins, settled.units, commune), origins, commune)),
        waiting=(
            *_waiting_villages(origins, settled.villages, below, homes),
            *_waiting_groups(CLANS, origins, settled.clans, clans),
            *_waiting_groups(UNITS, origins, settled.units, units),
        ),
        people=sum(people.get(home.pk, 0) for home in moving),
    )


def carry_over(
    commune: Place, on: date, settled: Settled | None = None, *, act: Act, progress: Progress = _in_silence
) -> CarryOver:
    """Carry over all that goes along into a commune on a day, all of it or nothing; done twice it changes nothing.

    `progress` hears what moves next (villages, households, clans, units) and how many.
    Refused where the commune is not there (L104) or was made from no other on that day (L121).
    """
    with transaction.atomic():
        open_period_for_update(commune)
        plan = plan_carry_over(commune, on, settled)
        if plan.is_empty:
            return plan
        progress("village", len(plan.villages))
        move_villages(plan.villages, commune, on=on, act=act, source=_source(commune, on))
        progress("household", len(plan.households))
        move_rows(HOUSEHOLDS, plan.households, commune, on=on, act=act)
        progress("clan", len(plan.clans))
        move_rows(CLANS, plan.clans, commune, on=on, act=act)
        progress("unit", len(plan.units))
        move_rows(UNITS, plan.units, commune, on=on, act=act)
        record(_carried(commune, plan), act)
        return plan


def refuse_left_behind(commune: Place) -> None:
    """Refuse (N142) to enter households in a commune while those of the communes that all went to it stay behind.

    The lines of its register would make new households of them, without their titles.
    """
    if count := queries.left_behind(made_from([commune.pk]).filter(whole=True)):
        raise Refused(problem("N142", name_of(commune), count=count))


def undo_carry_over(commune: Place, on: date, *, rounds: int, act: Act) -> int:
    """Put everything back where it was before the day; gives how many households went back.

    Refused (N141) once something later stands on it: `rounds` opened since, homes, memberships or names changed.
    """
    with transaction.atomic():
        open_period_for_update(commune)
        villages, olds = came_to(commune, on), [edge.old_id for edge in made_from([commune.pk]) if edge.on == on]
        pairs = {
            kind: queries.arrivals(grouping.row, grouping.rows, commune, olds, on)
            for kind, grouping in (("homes", HOUSEHOLDS), ("clans", CLANS), ("units", UNITS))
        }
        moved = [row.place_id for row, _ in villages]
        later = {"rounds": rounds, "names": names_changed_since(commune, moved, on)}
        later |= queries.later_than_carried(commune, olds, on, moved)
        if any(later.values()):
            raise Refused(problem("N141", name_of(commune), day=format_date(on), **later))
        move_back(HOUSEHOLDS, pairs["homes"], act=act)
        move_back(CLANS, pairs["clans"], act=act)
        move_back(UNITS, pairs["units"], act=act)
        move_villages_back(villages, commune, act=act)
        after = {"on": on, "households": len(pairs["homes"]), "villages": len(villages)}
        record(Happening(kind="place", object_id=commune.uid, event="carried_back", after=after), act)
        return len(pairs["homes"])


def merge_inhabited_villages(villages: Iterable[Place], name: str, *, on: date, cites: str, act: Act) -> Place:
    """Make one village of several by an act from a day on, and let their households live in it from that day."""
    old = list(villages)
    with transaction.atomic():
        merged = merge_villages(old, name, on=on, cites=cites, act=act)
        commune = period_of(merged, on)
        if commune is None or commune.parent is None:
            raise Refused(problem("L110", name_of(merged)))
        rows = queries.homes_in_villages([village.pk for village in old], on)
        moves = [Move(row, row.code) for row in rows]
        move_rows(HOUSEHOLDS, moves, commune.parent, on=on, act=act, villages={each.pk: merged for each in old})
        return merged


def _here(commune: Place, on: date) -> PlacePeriod:
    here = period_of(commune, on)
    if here is None:
        raise Refused(problem("L104", name_of(commune), day=format_date(on)))
    return here


def origins_of(commune: Place, on: date) -> dict[int, Origin]:
    """The old communes that went into this one on a day, by key, as they were on the day before."""
    edges = {edge.old_id: edge for edge in made_from([commune.pk]) if edge.on == on}
    if not edges:
        raise Refused(problem("L121", name_of(commune)))
    rows = {row.place_id: row for row in rows_of_places(edges, on - timedelta(days=1))}
    return {old: Origin(rows[old], edge.whole) for old, edge in edges.items() if old in rows}


def _source(commune: Place, on: date) -> str:
    edge: Lineage = next(edge for edge in made_from([commune.pk]) if edge.on == on)
    return edge.legal_act or edge.source


def _entered(grouping: Grouping[G], origins: Iterable[int], on: date) -> list[InCommune]:
    return queries.entered_before(grouping.row, grouping.kind, list(origins), on)


def _comes(origin: Origin, said: int | None, commune: Place) -> bool:
    return origin.whole or said == commune.pk


def _coming(
    grouping: Grouping[G], rows: list[InCommune], origins: Mapping[int, Origin], said: Mapping[int, int], commune: Place
) -> list[InCommune]:
    return [row for row in rows if _comes(origins[row.commune_id], said.get(_group(grouping, row)), commune)]


def _group(grouping: Grouping[G], row: InCommune) -> int:
    return int(getattr(row, f"{grouping.kind}_id"))


def _village(home: InCommune) -> int:
    return home.village_id if isinstance(home, HouseholdHome) else 0


def _coded(grouping: Grouping[G], rows: list[InCommune], origins: Mapping[int, Origin], commune: Place) -> list[Move]:
    taken = queries.open_codes(grouping.row, commune)
    return with_codes(rows, taken, {key: origin.period.code for key, origin in origins.items()})


def _named(rows: list[PlacePeriod], origins: Mapping[int, Origin], commune: Place, on: date) -> Iterable[VillageMove]:
    """The villages with their names in the new commune; of several of one name each that comes is told apart."""
    used = {tone_key(row.name) for row in villages_of(commune, on)}
    names = [tone_key(row.name) for row in rows]
    kept = {name for name in names if names.count(name) == 1 and name not in used}
    used |= kept
    for row in rows:
        if tone_key(row.name) in kept:
            yield VillageMove(row, row.name)
            continue
        name = _told_apart(row.name, origins[row.parent_id or 0].period, used)
        used.add(tone_key(name))
        yield VillageMove(row, name, asks=True)


def _told_apart(name: str, origin: PlacePeriod, used: set[str]) -> str:
    """The name with its old commune: by its short name, its whole name, or with its code."""
    ways = (origin.short_name, origin.name, f"{origin.name}, {origin.code}")
    names = [f"{name} ({way})" for way in ways]
    return next((each for each in names if tone_key(each) not in used), names[-1])


def _waiting_villages(
    origins: Mapping[int, Origin], said: Mapping[int, int], villages: list[PlacePeriod], homes: list[InCommune]
) -> Iterator[Waiting]:
    """The villages of divided communes of which nobody said where they went."""
    lived_in = Counter(_village(home) for home in homes)
    for row in villages:
        origin = origins[row.parent_id or 0]
        if not origin.whole and row.place_id not in said:
            yield Waiting(origin, "village", row.name, lived_in[row.place_id])


def _waiting_groups(
    grouping: Grouping[G], origins: Mapping[int, Origin], said: Mapping[int, int], rows: list[InCommune]
) -> Iterator[Waiting]:
    """The clans or units of divided communes of which nobody said where they went."""
    for row in rows:
        origin = origins[row.commune_id]
        if not origin.whole and _group(grouping, row) not in said:
            yield Waiting(origin, grouping.kind, f"{row.code} {getattr(row, grouping.kind)}")


def _carried(commune: Place, plan: CarryOver) -> Happening:
    after = {
        "on": plan.on,
        "from": [str(origin.period.place.uid) for origin in plan.origins],
        "villages": len(plan.villages),
        "households": len(plan.households),
        "clans": len(plan.clans),
        "units": len(plan.units),
        "people": plan.people,
        "waiting": len(plan.waiting),
    }
    return Happening(kind="place", object_id=commune.uid, event="carried_over", after=after)
