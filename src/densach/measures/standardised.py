"""Rates as they would be if all places had people of the same ages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from densach.measures.groups import Estimate, NotMeasurable
from densach.measures.intervals import CONFIDENCE, byar

FEWEST_EVENTS = 10  # below it no rate is given: the practice of PHEindicatormethods 2.1.1


@dataclass(frozen=True)
class Stratum:
    """One age band: events and people of the place, and its weight in the standard population."""

    events: float
    people: float
    weight: float


def direct_rate(strata: Sequence[Stratum], *, per: int = 1, confidence: float = CONFIDENCE) -> Estimate:
    """The directly standardised rate per so many people, with the interval of Dobson and Byar (1991).

    NotMeasurable for fewer than ten events.
    """
    events = _enough([stratum.events for stratum in strata])
    whole = sum(stratum.weight for stratum in strata)
    rate = sum(s.weight * s.events / s.people for s in strata if s.people) / whole
    variance = sum(s.weight**2 * s.events / s.people**2 for s in strata if s.people) / whole**2
    stretch = sqrt(variance / events)
    low, high = (rate + stretch * (end - events) for end in byar(events, confidence))
    return Estimate(per * rate, per * sqrt(variance), per * low, per * high)


def indirect_ratio(observed: float, expected: float, confidence: float = CONFIDENCE) -> Estimate:
    """Events as a multiple of those that the standard rates give; NotMeasurable for fewer than ten."""
    _enough([observed])
    if expected <= 0:
        raise NotMeasurable("nothing was expected")
    low, high = byar(observed, confidence)
    return Estimate(observed / expected, None, low / expected, high / expected)


def _enough(events: Sequence[float]) -> float:
    total = sum(events)
    if total < FEWEST_EVENTS:
        raise NotMeasurable("fewer than ten events")
    return total
