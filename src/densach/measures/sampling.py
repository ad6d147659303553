"""How many files to look through again, which ones, and what that proves: exact for a finite number of files.

Literature, no law: no Vietnamese text we know says how many files a verification must take. The size is that of
discovery sampling (Cochran, Sampling Techniques, 3rd ed. 1977, 4.4; the question that the tables of ISO 2859-2 answer
for isolated lots), the bound inverts the hypergeometric distribution (Buonaccorsi 1987, The American Statistician 41).
Page for officials: docs/sampling.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from fractions import Fraction
from hashlib import sha256
from math import comb

from densach.measures.chance import drawn_at_most
from densach.measures.groups import NotMeasurable

CONFIDENCE = Fraction(95, 100)  # the custom of auditors; an own choice, shown wherever it is used


def sample_size(population: int, most_bad: int, confidence: Fraction = CONFIDENCE) -> int:
    """The fewest files to draw so that none bad among them speaks against more than `most_bad` bad ones.

    If there were more, a sample with none bad would turn up with a probability of at most 1 - confidence.
    """
    _check(population, confidence)
    if most_bad < 0:
        raise NotMeasurable("a number of bad files is not negative")
    bad = most_bad + 1
    if bad > population:
        return 0
    limit, whole = (1 - confidence) * comb(population, bad), range(population + 1)
    return _first(whole, lambda drawn: comb(population - drawn, bad) <= limit)


def what_it_proves(population: int, sampled: int, bad_found: int, confidence: Fraction = CONFIDENCE) -> int:
    """The most files that may be bad among all, given what the sample showed; right with the given confidence.

    It is the largest number for which so few bad ones in the sample are still more probable than 1 - confidence.
    """
    _check(population, confidence)
    _check_sample(population, sampled, bad_found)
    possible = range(bad_found, population - sampled + bad_found + 2)
    return _first(possible, lambda bad: _is_ruled_out(population, sampled, bad_found, bad, confidence)) - 1


def widen(
    population: int,
    sampled: int,
    bad_found: int,
    *,
    most_bad: int,
    looks: int = 1,
    confidence: Fraction = CONFIDENCE,
) -> int:
    """How many files the sample must have in all, after bad ones were found, to prove the same as it was to prove.

    The size at which no more bad files than found so far still rule out more than `most_bad`; every file if more than
    `most_bad` were found already. If what is added shows more bad ones, it is asked again with one more in `looks`, the
    number of samples looked through so far. Whoever goes on until a sample passes is deceived more often: so each
    widening may err half as often as the one before, and all of them together no more often than the first sample.
    """
    _check(population, confidence)
    _check_sample(population, sampled, bad_found)
    if looks < 1:
        raise NotMeasurable("a sample is widened after it was looked through")
    if not bad_found:
        return sampled
    if bad_found > most_bad:
        return population
    surer = 1 - (1 - confidence) / 2**looks
    sizes = range(sampled, population + 1)
    return _first(sizes, lambda drawn: _is_ruled_out(population, drawn, bad_found, most_bad + 1, surer))


def draw(ids: Iterable[str], number: int, seed: str) -> tuple[str, ...]:
    """The files to look through, in an order that anybody can find again from the seed and the list.

    Ordered by SHA-256 of `seed:id` in UTF-8, smallest first. A larger sample of the same list begins with the smaller
    one, so widening keeps what was done. Whoever knows the seed knows the sample: fix the list first, then the seed.
    """
    every = list(ids)
    if len(set(every)) < len(every):
        raise NotMeasurable("a file listed twice would be drawn twice as often")
    if not 0 <= number <= len(every):
        raise NotMeasurable("no more files can be drawn than there are")
    return tuple(sorted(every, key=lambda each: sha256(f"{seed}:{each}".encode()).digest())[:number])


def _is_ruled_out(population: int, sampled: int, bad_found: int, bad: int, confidence: Fraction) -> bool:
    """Whether so many bad files would have shown as few in the sample with a probability of 1 - confidence at most."""
    if bad > population - sampled + bad_found:
        return True  # there are not enough files left outside the sample
    return drawn_at_most(bad_found, population=population, marked=bad, drawn=sampled) <= 1 - confidence


def _first(among: range, is_enough: Callable[[int], bool]) -> int:
    """The first number that is enough, by halving: whatever follows one that is enough is enough too."""
    return among[bisect_left(among, True, key=is_enough)]


def _check(population: int, confidence: Fraction) -> None:
    if population < 0 or not 0 < confidence < 1:
        raise NotMeasurable("there are no fewer than no files, and nothing is certain or worth no confidence")


def _check_sample(population: int, sampled: int, bad_found: int) -> None:
    if not 0 <= bad_found <= sampled <= population:
        raise NotMeasurable("a sample has no more files than there are, and no more bad ones than files")
