"""Names and personal numbers for people who do not exist: by sex, generation and group, the same from the same seed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any, Literal

Sex = Literal["male", "female"]
Region = Literal["north", "south"]

IMPOSSIBLE_PROVINCE = "999"  # no province has this number, so no personal number made here can be a living person's
_GENERATIONS = (1960, 1985, 2005)  # the first year of birth of the second and the later generations


@dataclass(frozen=True)
class _Given:
    """Middle and given names of one sex, by generation."""

    middle: tuple[tuple[str, ...], ...]
    given: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Group:
    """How the people of one group are called; `limits` are running sums of the families' frequencies."""

    families: tuple[str, ...]
    limits: tuple[int, ...]
    southern: dict[str, str]
    pattern: str
    is_matrilineal: bool
    given: dict[Sex, _Given]


def groups() -> tuple[str, ...]:
    """The groups whose names are known here, the Kinh first."""
    return tuple(_groups())


def is_matrilineal(group: str) -> bool:
    """Whether children of the group take their mother's family name."""
    return _groups()[group].is_matrilineal


def draw_family(random: Random, group: str = "kinh", region: Region = "north") -> str:
    """A family name by its frequency in the group."""
    names = _groups()[group]
    family = random.choices(names.families, cum_weights=names.limits)[0]
    return names.southern.get(family, family) if region == "south" else family


def draw_name(random: Random, family: str, sex: Sex, born: int, group: str = "kinh") -> str:
    """A full name of that family, sex and year of birth, in the group's own order."""
    names = _groups()[group]
    lists = names.given[sex]
    generation = sum(born >= year for year in _GENERATIONS)
    middle = random.choice(lists.middle[min(generation, len(lists.middle) - 1)])
    given = random.choice(lists.given[min(generation, len(lists.given) - 1)])
    words = {"family": family, "middle": middle if middle != given else "", "given": given}
    return " ".join(filter(None, (words[word] for word in names.pattern.split())))


class NumberMaker:
    """Personal numbers: impossible province, century and sex, year of birth, six digits; never the same twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._given: set[str] = set()

    def draw(self, sex: Sex, born: int) -> str:
        """A new number; the fourth digit is 0 or 1 for the 20th century, 2 or 3 for the 21st, odd for women [M]."""
        century = 2 * ((born - 1900) // 100) + (sex == "female")
        start = f"{IMPOSSIBLE_PROVINCE}{century}{born % 100:02d}"
        while (number := f"{start}{self._random.randrange(1_000_000):06d}") in self._given:
            pass
        self._given.add(number)
        return number


@cache
def _groups() -> dict[str, _Group]:
    written = tomllib.loads(files("densach.sample").joinpath("names.toml").read_text("utf-8"))
    return {name: _group(group, written["kinh"]) for name, group in written.items()}


def _group(written: dict[str, Any], kinh: dict[str, Any]) -> _Group:
    families = [entry.rsplit(" ", 1) for entry in written["families"].split(", ")]
    southern = [pair.split() for pair in written.get("families_south", "").split(", ") if pair]
    return _Group(
        families=tuple(family for family, _ in families),
        limits=tuple(accumulate(int(frequency) for _, frequency in families)),
        southern={north: south for north, south in southern},  # noqa: C416  - says which is which
        pattern=written["pattern"],
        is_matrilineal=written.get("matrilineal", False),
        given={sex: _given(written.get(sex, kinh[sex])) for sex in ("male", "female")},
    )


def _given(written: dict[str, list[str]]) -> _Given:
    return _Given(
        middle=tuple(tuple(line.split() or [""]) for line in written["middle"]),
        given=tuple(tuple(line.split(", ") if ", " in line else line.split()) for line in written["given"]),
    )
