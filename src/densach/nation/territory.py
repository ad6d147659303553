"""Where a synthetic population lives: the real provinces and communes, and how many people each gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from densach.nation.figures import WHOLE, literate, shares_of

MOST_MINORITY = 0.95


@dataclass(frozen=True)
class Commune:
    """A commune by its code; `former` is the number of communes it was made from."""

    code: str
    name: str
    urban: bool
    former: int


@dataclass(frozen=True)
class Province:
    """A province with its communes; `former` counts the former communes of each former province in it."""

    code: str
    name: str
    population: int
    area: int
    communes: tuple[Commune, ...]
    former: Mapping[str, int]

    @property
    def literate(self) -> float:
        """The share of literate people, that of the former provinces weighted by their communes."""
        known = literate()
        total = sum(self.former.values())
        return sum(known[code] * count for code, count in self.former.items()) / total / 1000


Territory = Sequence[Province]


def sizes(territory: Territory, citizens: int) -> dict[str, int]:
    """How many people live in each commune; they add up to all citizens."""
    factor = _urban_factor(territory)
    whole = sum(province.population for province in territory)
    weights: dict[str, float] = {}
    for province in territory:
        own = {one.code: one.former * (factor if one.urban else 1.0) for one in province.communes}
        scale = province.population / whole / sum(own.values())
        weights |= {code: weight * scale for code, weight in own.items()}
    return _whole_numbers(weights, citizens)


def minority_shares(territory: Territory) -> dict[str, float]:
    """The share of ethnic minorities by province: by area per person, the whole as the census has it."""
    wanted = 1 - shares_of("ethnicity")["kinh"] / WHOLE
    people = sum(province.population for province in territory)
    low, high = 0.0, 1e6

    def share(province: Province, scale: float) -> float:
        return min(MOST_MINORITY, scale * province.area / province.population)

    for _ in range(60):
        middle = (low + high) / 2
        found = sum(share(province, middle) * province.population for province in territory) / people
        low, high = (middle, high) if found < wanted else (low, middle)
    return {province.code: share(province, high) for province in territory}


def _urban_factor(territory: Territory) -> float:
    """How many times larger a phường is than its former communes say, for the urban share to come out."""
    wanted = shares_of("urban")["urban"] / WHOLE
    whole = sum(province.population for province in territory)
    low, high = 0.001, 1000.0
    for _ in range(60):
        middle = (low * high) ** 0.5
        found = sum(province.population * _urban_share(province, middle) for province in territory) / whole
        low, high = (middle, high) if found < wanted else (low, middle)
    return high


def _urban_share(province: Province, factor: float) -> float:
    urban = sum(one.former for one in province.communes if one.urban) * factor
    return urban / (urban + sum(one.former for one in province.communes if not one.urban))


def _whole_numbers(weights: Mapping[str, float], total: int) -> dict[str, int]:
    """Whole numbers in proportion, the largest remainders rounded up."""
    exact = {code: weight * total for code, weight in weights.items()}
    floors = {code: int(value) for code, value in exact.items()}
    left = total - sum(floors.values())
    first = sorted(exact, key=lambda code: (floors[code] - exact[code], code))[:left]
    return floors | {code: floors[code] + 1 for code in first}
