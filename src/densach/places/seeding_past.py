"""Filling a database with the places before 01/07/2025 and with what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from densach.history.domain import Act
from densach.places import shipped
from densach.places.domain import Comparison, Description, Newcomer, confirm_list, enter, link, unlink
from densach.places.identities import (
    BEGAN_LATER,
    CONFIRMED_BY,
    CONFIRMED_ON,
    KNOWN_FROM,
    LIST_2025,
    LIST_BEFORE,
    PAST_KNOWN_FROM,
    identity_of,
)
from densach.places.models import CodeList, Level, Lineage, Place, PlacePeriod
from densach.places.queries import codes_held, digests, lineage_from, open_country, past_country, units_on_a_day

SOURCE = "PyPI vietnamadminunits 1.0.4"
PROVINCES_ACT = "202/2025/QH15"
Units = dict[str, PlacePeriod]


def seed_past(act: Act) -> int:
    """Add the units before 01/07/2025 and their lineage as far as they are missing; says how many units were added."""
    digest = shipped.digest(shipped.PAST_FILES)
    if digests().get(LIST_BEFORE) == digest:
        return 0
    code_list = _write_list(digest)
    country = past_country(KNOWN_FROM) or _add_past_country(act)
    held = len(codes_held(code_list))
    same, descents = _continued(shipped.lineage())
    entering = _Entering(code_list, same, act)
    provinces = entering.level(Level.PROVINCE, shipped.past_provinces(), {"": country})
    districts = entering.level(Level.DISTRICT, shipped.past_districts(), provinces)
    communes = entering.level(Level.COMMUNE, shipped.past_communes(), districts)
    _link(descents, {"province": provinces, "district": districts, "commune": communes}, act)
    confirm_list(code_list, _comparison(), act)
    return len(provinces) + len(districts) + len(communes) - held


def _comparison() -> Comparison:
    return Comparison(on=CONFIRMED_ON, by=CONFIRMED_BY, differing=shipped.unconfirmed(), began_later=BEGAN_LATER)


def _write_list(digest: str) -> CodeList:
    defaults = {
        "title": "Danh mục trước 01/07/2025",
        "known_from": PAST_KNOWN_FROM,
        "known_to": KNOWN_FROM,
        "checked_on": PAST_KNOWN_FROM,
        "units_older": True,
        "digest": digest,
    }
    return CodeList.objects.update_or_create(key=LIST_BEFORE, defaults=defaults)[0]


def _add_past_country(act: Act) -> PlacePeriod:
    now = open_country()
    assert now is not None  # noqa: S101  - the present is seeded before the past
    description = Description(name=now.name, level=Level.COUNTRY, parent=None, source=SOURCE)
    before = Newcomer(description=description, above="", uid=now.place.uid, until=KNOWN_FROM, place=now.place)
    return enter([before], on=PAST_KNOWN_FROM, act=act)[0]


def _continued(lineage: Iterable[shipped.Descent]) -> tuple[dict[tuple[str, str], Place], list[shipped.Descent]]:
    """The places of today that are the same as an old unit, by its level and code; and what became of the others."""
    present = {level: units_on_a_day(LIST_2025, level, KNOWN_FROM) for level in (Level.PROVINCE, Level.COMMUNE)}
    same, others = {}, []
    for each in lineage:
        if each.relation == "same":
            same[each.level, each.old] = present[Level(each.level)][each.new].place
        else:
            others.append(each)
    return same, others


@dataclass(frozen=True)
class _Entering:
    """What all levels of the old list have in common while they are entered."""

    code_list: CodeList
    same: dict[tuple[str, str], Place]
    act: Act

    def level(self, level: Level, units: Iterable[shipped.PastUnit], above: Units) -> Units:
        """Enter what is missing of one level below the units that `above` names by code; all of the level, by code."""
        held = units_on_a_day(LIST_BEFORE, level, PAST_KNOWN_FROM)
        missing = [unit for unit in units if unit.code not in held]
        newcomers = [self._newcomer(unit, level, above[unit.above]) for unit in missing]
        return held | {row.code: row for row in enter(newcomers, on=PAST_KNOWN_FROM, act=self.act)}

    def _newcomer(self, unit: shipped.PastUnit, level: Level, above: PlacePeriod) -> Newcomer:
        description = Description(
            name=unit.name,
            level=level,
            parent=above.place,
            source=SOURCE,
            type=unit.type,
            code=unit.code,
            code_list=self.code_list,
        )
        same = self.same.get((level, unit.code))
        uid = same.uid if same else identity_of(level, unit.code, PAST_KNOWN_FROM)
        return Newcomer(description=description, above=above.path, uid=uid, until=KNOWN_FROM, place=same)


def _link(descents: list[shipped.Descent], old: dict[str, Units], act: Act) -> None:
    provinces = units_on_a_day(LIST_2025, Level.PROVINCE, KNOWN_FROM)
    communes = units_on_a_day(LIST_2025, Level.COMMUNE, KNOWN_FROM)
    acts = {provinces[code].place_id: number for code, number in shipped.resolutions().items()}
    edges = []
    for each in descents:
        is_province = each.level == Level.PROVINCE
        new = provinces[each.new] if is_province else communes[each.new]
        number = PROVINCES_ACT if is_province else acts[new.parent_id or 0]
        edges.append(_edge(old[each.level][each.old], new, whole=each.relation == "whole", legal_act=number))
    _bring_lineage(edges, act)


def _bring_lineage(wanted: list[Lineage], act: Act) -> None:
    """Withdraw the edges of an earlier version that were corrected since, then add what is missing."""
    held = {(edge.old_id, edge.new_id, edge.whole): edge for edge in lineage_from(SOURCE)}
    missing = {(edge.old_id, edge.new_id, edge.whole): edge for edge in wanted}
    unlink([edge for key, edge in held.items() if key not in missing], act)
    link([edge for key, edge in missing.items() if key not in held], act)


def _edge(old: PlacePeriod, new: PlacePeriod, *, whole: bool, legal_act: str) -> Lineage:
    return Lineage(
        old=old.place, new=new.place, on=KNOWN_FROM, whole=whole, legal_act=f"Nghị quyết {legal_act}", source=SOURCE
    )
