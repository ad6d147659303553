"""The real provinces and communes as the synthetic country takes them."""

from __future__ import annotations

from collections import Counter

from densach.nation.territory import Commune, Province, Territory
from densach.places.shipped import ShippedUnit, communes, lineage, past_communes, past_districts, provinces

URBAN = "phường"


def territory() -> Territory:
    """The 34 provinces with their 3,321 communes, and what each was made of."""
    above = {one.code: one.above for one in past_districts()}
    former_province = {one.code: above[one.above] for one in past_communes()}
    province_of = {one.code: one.province for one in communes()}
    made_of, former = Counter[str](), dict[str, Counter[str]]()
    for step in lineage():
        if step.level == "commune":
            made_of[step.new] += 1
            former.setdefault(province_of[step.new], Counter())[former_province[step.old]] += 1
    return [_province(one, made_of, former[one.code]) for one in provinces()]


def _province(unit: ShippedUnit, made_of: Counter[str], former: Counter[str]) -> Province:
    own = (one for one in communes() if one.province == unit.code)
    inside = tuple(Commune(one.code, one.name, one.type == URBAN, max(1, made_of[one.code])) for one in own)
    return Province(unit.code, unit.name, unit.population or 0, unit.area or 0, inside, former)


def province_names() -> dict[str, str]:
    """The names of provinces by code."""
    return {unit.code: unit.name for unit in provinces()}
