"""Communes whose numbers look made for the paper: a lead for whoever checks them, never a finding about anybody.

Every threshold is an own word and no law; they were fixed on one synthetic country and tried on five others
(`bench/formalism.py`). What chance decides is worked out in floating point, and its limit shared out over all communes
looked at. What is the same everywhere stands out nowhere: shares that do not fit each other alone tell by themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from math import exp, lgamma, log

LIMIT = 0.01  # of a false lead of one kind over all communes looked at, were they alike
LEAST_GAP = 0.45  # between two shares of one commune: in the published case that led to this it was 0.60
LEAST_UNITS = 8
LEAST_SCORES = 40
ROUND = 5  # points of a hundred that people write when they do not count
LEAST_EXCESS = 0.12  # of round scores over what the others have
NEAR_MARK = 4  # points on each side of the mark
LEAST_LIFT = 0.15  # of those just above the mark over what the others have
LEAST_COUNTS = 5
SMALL_COUNT = 20
TENS = 10
LEAST_ROUND = 0.5  # of the counts: who estimates rounds most of them
LEAST_CHANGE = 0.20
LEAST_VILLAGES = 4
LEAST_SHARED = 6  # equal sheets, each found in two villages alone, that two honest villages do not have
SHARED_PART = 0.05


class Kind(StrEnum):
    """What looks made for the paper."""

    MISFIT = "misfit"
    JUMP = "jump"
    ROUND_COUNTS = "round_counts"
    ROUND_SCORES = "round_scores"
    LIFTED = "lifted"
    TOO_EVEN = "too_even"
    COPIED = "copied"


Numbers = Mapping[str, int | float]
Is = Callable[[int], bool]


@dataclass(frozen=True)
class Sign:
    """Where to look: a commune, what else it names (two models, two villages), and the numbers that made it a lead."""

    kind: Kind
    place: str
    about: str
    numbers: Numbers = field(hash=False)


@dataclass(frozen=True)
class Part:
    """So many of so many."""

    count: int
    base: int

    @property
    def share(self) -> float:
        """The share; of nobody it is nought."""
        return self.count / self.base if self.base else 0.0


def misfits(units: Mapping[str, Part], citizens: Mapping[str, Part], about: str = "") -> Iterator[Sign]:
    """Communes where nearly all units hold a title that is built on people of whom few do."""
    for place in sorted(units.keys() & citizens.keys()):
        upper, lower = units[place], citizens[place]
        if upper.base >= LEAST_UNITS and lower.base and upper.share - lower.share >= LEAST_GAP:
            yield Sign(Kind.MISFIT, place, about, _both(upper, lower))


def jumps(before: Mapping[str, Part], now: Mapping[str, Part], about: str = "") -> Iterator[Sign]:
    """Communes whose share is far from their own of the year before, by more than chance gives."""
    known = sorted(place for place in before.keys() & now.keys() if before[place].base and now[place].base)
    for place in known:
        was, is_ = before[place], now[place]
        common = Part(was.count + is_.count, was.base + is_.base).share
        spread = common * (1 - common) * (1 / was.base + 1 / is_.base)
        change = is_.share - was.share
        if abs(change) >= LEAST_CHANGE and spread and exp(-change * change / (2 * spread)) * len(known) <= LIMIT:
            yield Sign(Kind.JUMP, place, about, _both(is_, was))


def round_counts(counts: Mapping[str, Collection[int]]) -> Iterator[Sign]:
    """Communes whose reported counts end in 0 far more often than one time in ten."""
    for place, found in sorted(counts.items()):
        large = {count for count in found if count >= SMALL_COUNT}  # each number once: some counts are equal by nature
        round_ = sum(count % TENS == 0 for count in large)
        chance = at_least(round_, len(large), 1 / TENS)
        if len(large) >= LEAST_COUNTS and round_ >= LEAST_ROUND * len(large) and chance * len(counts) <= LIMIT:
            yield Sign(Kind.ROUND_COUNTS, place, "", {"round": round_, "counts": len(large)})


def round_scores(scores: Mapping[str, Mapping[int, int]], mark: int) -> Iterator[Sign]:
    """Communes with far more scores that 5 divides than the others have; the mark itself is another matter."""
    found = {place: _marked(each, lambda points: points % ROUND == 0, lambda points: points != mark)
             for place, each in scores.items()}  # fmt: skip
    yield from _beyond(Kind.ROUND_SCORES, found, LEAST_EXCESS)


def lifted(scores: Mapping[str, Mapping[int, int]], mark: int) -> Iterator[Sign]:
    """Communes where, close to the mark, far more stand on its upper side than among the others."""
    found = {place: _marked(each, lambda points: points >= mark, lambda points: -NEAR_MARK <= points - mark < NEAR_MARK)
             for place, each in scores.items()}  # fmt: skip
    yield from _beyond(Kind.LIFTED, found, LEAST_LIFT)


def too_even(villages: Mapping[str, Sequence[Part]]) -> Iterator[Sign]:
    """Communes whose villages have more nearly the same share than chance would leave them."""
    for place, parts in sorted(villages.items()):
        shown = [part for part in parts if part.base]
        whole = Part(sum(part.count for part in shown), sum(part.base for part in shown))
        if len(shown) < LEAST_VILLAGES or not 0 < whole.count < whole.base:
            continue
        spread = sum(_distance(part, whole.share) for part in shown)
        if _chi_square_at_most(spread, len(shown) - 1) * len(villages) <= LIMIT:
            yield Sign(Kind.TOO_EVEN, place, "", {"villages": len(shown), "count": whole.count, "base": whole.base})


def copied(sheets: Mapping[str, Collection[tuple[Hashable, ...]]]) -> Iterator[Sign]:
    """Pairs of villages that have many sheets in common which stand nowhere else."""
    homes: dict[tuple[Hashable, ...], set[str]] = defaultdict(set)
    for village, answers in sheets.items():
        for each in answers:
            if len(set(each)) > 1:
                homes[each].add(village)
    shared = Counter(pair for found in homes.values() if len(found) == 2 for pair in combinations(sorted(found), 2))
    for (one, other), count in sorted(shared.items()):
        fewer = min(len(sheets[one]), len(sheets[other]))
        if count >= LEAST_SHARED and count >= SHARED_PART * fewer:
            yield Sign(Kind.COPIED, one, other, {"shared": count, "sheets": fewer})


def at_least(least: int, of: int, share: float) -> float:
    """The probability of so many or more of so many, each with the same chance (the binomial tail)."""
    if least <= 0:
        return 1.0
    if not 0 < share < 1:
        return float(share >= 1)
    return min(1.0, sum(exp(_log_ways(of, count) + count * log(share) + (of - count) * log(1 - share))
                        for count in range(least, of + 1)))  # fmt: skip


def _beyond(kind: Kind, found: Mapping[str, Part], excess: float) -> Iterator[Sign]:
    """Communes whose share is beyond that of all others together."""
    known = {place: part for place, part in found.items() if part.base >= LEAST_SCORES}
    count, base = (sum(getattr(part, name) for part in known.values()) for name in ("count", "base"))
    for place, part in sorted(known.items()):
        others = Part(count - part.count, base - part.base)
        if not others.base or part.share - others.share < excess:
            continue
        if at_least(part.count, part.base, max(others.share, 1 / others.base)) * len(known) <= LIMIT:
            yield Sign(kind, place, "", _both(part, others))


def _marked(scores: Mapping[int, int], is_marked: Is, is_asked: Is) -> Part:
    asked = {points: count for points, count in scores.items() if is_asked(points)}
    return Part(sum(count for points, count in asked.items() if is_marked(points)), sum(asked.values()))


def _both(one: Part, other: Part) -> Numbers:
    return {"count": one.count, "base": one.base, "other_count": other.count, "other_base": other.base}


def _distance(part: Part, share: float) -> float:
    off = part.count - part.base * share
    return off * off / (part.base * share * (1 - share))


def _log_ways(of: int, count: int) -> float:
    return lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)


def _chi_square_at_most(value: float, degrees: int) -> float:
    """The lower tail of the chi-square distribution, by the series of the incomplete gamma function."""
    shape, half = degrees / 2, value / 2
    if half <= 0:
        return 0.0
    term = total = 1 / shape
    step = 0
    while term > total * 1e-12:
        step += 1
        term *= half / (shape + step)
        total += term
    return min(1.0, total * exp(shape * log(half) - half - lgamma(shape)))
