"""Fraud planted in a synthetic country; it knows nothing of what looks for it.

Each planted commune has one kind of it, done as somebody would do it with a pencil: scores rounded, those just under
the mark lifted over it, a village's sheets copied for another, units waved through, a share that leaps, every village
given the same share, numbers reported in tens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

MARK, INDICATORS, MOST, FLOOR = 80, 10, 10, 5
PART = 12  # of a hundred communes are planted
Scores = NDArray[np.int8]


@dataclass
class Commune:
    """All that is known of one commune: sheets by village, units, last year's share, the counts it reports."""

    code: str
    villages: dict[str, Scores]
    units: int
    units_held: int
    before: tuple[int, int]
    held: dict[str, int] = field(default_factory=dict)
    tens: bool = False

    def judge(self) -> None:
        """Who holds the title in each village, by the sheets as they stand now."""
        self.held = {name: passing(scores) for name, scores in self.villages.items()}

    @property
    def adults(self) -> int:
        """How many sheets there are."""
        return sum(len(scores) for scores in self.villages.values())

    @property
    def reported(self) -> list[int]:
        """The counts that it reports: sheets and titles of the commune and of each village."""
        numbers = [self.adults, sum(self.held.values()), *self.held.values(), *map(len, self.villages.values())]
        return [round(number, -1) for number in numbers] if self.tens else numbers


def passing(scores: Scores) -> int:
    """How many pass: the points that are needed, and no indicator under the floor."""
    return int(((scores.sum(axis=1, dtype=np.int16) >= MARK) & (scores.min(axis=1) >= FLOOR)).sum())


def units_waved_through(commune: Commune, _: np.random.Generator) -> None:
    """Nearly every unit holds its title, whatever its people do."""
    commune.units_held = max(commune.units_held, round(0.97 * commune.units))


def scores_rounded(commune: Commune, chance: np.random.Generator) -> None:
    """Six sheets in ten are filled in so that their sum is a number that 5 divides."""
    for scores in commune.villages.values():
        wanted = np.rint(scores.sum(axis=1, dtype=np.int16) / 5) * 5
        for at in np.flatnonzero(chance.random(len(scores)) < 0.6):
            _bring_to(scores[at], int(wanted[at]), chance)


def lifted_over_the_mark(commune: Commune, chance: np.random.Generator) -> None:
    """Of those up to three points short, seven in ten are given them, to the mark or one point over."""
    for scores in commune.villages.values():
        sums = scores.sum(axis=1, dtype=np.int16)
        short = (sums >= MARK - 3) & (sums < MARK) & (chance.random(len(scores)) < 0.7)
        for at in np.flatnonzero(short):
            _bring_to(scores[at], MARK + int(chance.integers(0, 2)), chance)


def copied_from_a_village(commune: Commune, chance: np.random.Generator) -> None:
    """A quarter of one village's sheets are those of another, some with one indicator changed."""
    if len(commune.villages) < 2:
        return
    one, other = chance.choice(list(commune.villages), 2, replace=False)
    source, target = commune.villages[str(one)], commune.villages[str(other)]
    count = min(len(source), len(target)) // 4
    target[:count] = source[chance.choice(len(source), count, replace=False)]
    changed = np.flatnonzero(chance.random(count) < 0.3)
    target[changed, chance.integers(0, INDICATORS, len(changed))] = chance.integers(FLOOR, MOST + 1, len(changed))


def leapt(commune: Commune, chance: np.random.Generator) -> None:
    """The share of last year was a third or two thirds lower."""
    count, base = commune.before
    commune.before = round(count * float(chance.uniform(0.33, 0.67))), base


def same_share_everywhere(commune: Commune, _: np.random.Generator) -> None:
    """Every village reports the share of the commune."""
    share = sum(commune.held.values()) / commune.adults
    commune.held = {name: round(share * len(scores)) for name, scores in commune.villages.items()}


def reported_in_tens(commune: Commune, _: np.random.Generator) -> None:
    """All numbers that go up are rounded to tens."""
    commune.tens = True


BEFORE_JUDGING: dict[str, Callable[[Commune, np.random.Generator], None]] = {
    "round_scores": scores_rounded,
    "lifted": lifted_over_the_mark,
    "copied": copied_from_a_village,
}
AFTER_JUDGING: dict[str, Callable[[Commune, np.random.Generator], None]] = {
    "misfit": units_waved_through,
    "jump": leapt,
    "too_even": same_share_everywhere,
    "round_counts": reported_in_tens,
}


def plant(communes: list[Commune], seed: int) -> dict[str, str]:
    """Plant fraud in some communes and judge all; which kind was planted where."""
    chance = np.random.default_rng([seed, 1315])
    kinds = [*BEFORE_JUDGING, *AFTER_JUDGING]
    chosen = chance.choice(len(communes), len(communes) * PART // 100, replace=False)
    planted = {communes[at].code: kinds[number % len(kinds)] for number, at in enumerate(chosen)}
    for commune in communes:
        kind = planted.get(commune.code, "")
        if kind in BEFORE_JUDGING:
            BEFORE_JUDGING[kind](commune, chance)
        commune.judge()
        if kind in AFTER_JUDGING:
            AFTER_JUDGING[kind](commune, chance)
    return planted


def _bring_to(scores: Scores, wanted: int, chance: np.random.Generator) -> None:
    """Change one sheet point by point until its sum is the one that is wanted, within what an indicator may have."""
    off = wanted - int(scores.sum(dtype=np.int16))
    step = 1 if off > 0 else -1
    while off:
        free = np.flatnonzero(scores < MOST if step > 0 else scores > 0)
        if not len(free):
            return
        scores[chance.choice(free)] += step
        off -= step
