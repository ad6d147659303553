"""Make a synthetic country: part after part, so that memory stays small however many citizens there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from densach.nation.drawing import Part, draw
from densach.nation.folder import TABLES, Said, fresh, part_path, write_table
from densach.nation.territory import Commune, Province, Territory, minority_shares, sizes

MOST = 1_000_000  # people of a part: about 200 MB while it is drawn
Progress = Callable[[int], None]


def make(territory: Territory, *, citizens: int, seed: int, folder: Path, progress: Progress) -> None:
    """Draw and write the whole country; the same seed gives the same people."""
    fresh(folder)
    made = 0
    said = {"seed": str(seed), "citizens": str(citizens)}
    for number, part in parts(territory, citizens):
        _write(part, number, seed, folder, said)
        made += int(part.sizes.sum())
        progress(made)


def parts(territory: Territory, citizens: int) -> Iterator[tuple[int, Part]]:
    """Whole communes of one province together, up to so many people, with their number in the province."""
    of_communes = sizes(territory, citizens)
    minorities = minority_shares(territory)
    first = 1
    for province in territory:
        inhabited = [one for one in province.communes if of_communes[one.code]]
        for number, communes in enumerate(_together(inhabited, of_communes)):
            part = _part(province, communes, of_communes, first, minorities[province.code])
            yield number, part
            first += int(part.sizes.sum())


def _together(communes: list[Commune], of_communes: dict[str, int]) -> Iterator[list[Commune]]:
    waiting: list[Commune] = []
    people = 0
    for one in communes:
        if waiting and people + of_communes[one.code] > MOST:
            yield waiting
            waiting, people = [], 0
        waiting.append(one)
        people += of_communes[one.code]
    if waiting:
        yield waiting


def _part(
    province: Province, communes: list[Commune], of_communes: dict[str, int], first: int, minority: float
) -> Part:
    return Part(
        province.code,
        np.array([int(one.code) for one in communes], dtype=np.int64),
        np.array([of_communes[one.code] for one in communes], dtype=np.int64),
        np.array([one.urban for one in communes]),
        first,
        province.literate,
        minority,
    )


def _write(part: Part, number: int, seed: int, folder: Path, said: Said) -> None:
    chance = np.random.default_rng([seed, int(part.province), number])
    tables = draw(part, chance)
    for name in TABLES:
        write_table(tables[name], part_path(folder, name, part.province, number), said)
