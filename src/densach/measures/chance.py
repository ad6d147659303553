"""How probable a count is by chance alone, exactly: integers and fractions, because people are asked on these grounds.

Literature: the hypergeometric distribution as in Cochran, Sampling Techniques, 3rd ed. 1977, 3.5 and 3.7.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

from densach.measures.groups import NotMeasurable


def drawn_at_most(most: int, *, population: int, marked: int, drawn: int) -> Fraction:
    """The probability that at most so many marked ones are among those drawn without putting back."""
    _check(population, marked, drawn)
    least = max(0, drawn + marked - population)
    if most < least:
        return Fraction(0)
    ways = found = comb(marked, least) * comb(population - marked, drawn - least)
    for count in range(least, min(most, marked, drawn)):
        ways = ways * (marked - count) * (drawn - count) // ((count + 1) * (population - marked - drawn + count + 1))
        found += ways
    return Fraction(found, comb(population, drawn))


def drawn_at_least(least: int, *, population: int, marked: int, drawn: int) -> Fraction:
    """The probability that at least so many marked ones are among those drawn without putting back."""
    return 1 - drawn_at_most(least - 1, population=population, marked=marked, drawn=drawn)


def tossed_at_least(least: int, tosses: int) -> Fraction:
    """The probability of at least so many heads of a fair coin: the binomial tail for one half."""
    if tosses < 0:
        raise NotMeasurable("a number of tosses is not negative")
    return Fraction(sum(comb(tosses, heads) for heads in range(max(least, 0), tosses + 1)), 2**tosses)


def _check(population: int, marked: int, drawn: int) -> None:
    if not (0 <= marked <= population and 0 <= drawn <= population):
        raise NotMeasurable("no more can be marked or drawn than there are")
