"""The sums of a review on the maps of its years: from the rows kept ready where these hold, else from the figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from densach.places.models import Level, PlacePeriod
from densach.reporting.sums.kept.queries import kept_as_it_was
from densach.reporting.sums.queries import Days, Sums, sums_on, together


@dataclass(frozen=True)
class Of:
    """Of which place, over which periods on which maps, real or made up, and whether their sums are kept ready."""

    place: PlacePeriod
    days: Days
    fictional: bool
    kept: bool

    @property
    def is_kept(self) -> bool:
        """Whether the kept rows have the sums of the place: of communes none are kept."""
        return self.kept and self.place.level != Level.COMMUNE

    @property
    def is_country(self) -> bool:
        """Whether the places below are provinces."""
        return self.place.level == Level.COUNTRY


def sums_of(of: Of, codes: Collection[str]) -> Sums:
    """The sums of the place in every period."""
    path = of.place.path
    if not of.is_kept:
        return sums_on(codes, of.days, path, fictional=of.fictional)
    found: Sums = {}
    for code, period, _, added in _kept(of, codes):
        found[code, period, path] = together(found.get((code, period, path)), added)
    return found


def sums_below(of: Of, codes: Collection[str]) -> Sums:
    """The sums of each place one level down; of a province its communes, which are few, by their figures."""
    path = of.place.path
    if not of.is_country or not of.is_kept:
        each = "province" if of.is_country else "commune"
        return sums_on(codes, of.days, path, fictional=of.fictional, each=each)
    return {(code, period, f"{path}{area}/"): added for code, period, area, added in _kept(of, codes)}


def _kept(of: Of, codes: Collection[str]) -> list[tuple[str, int, int, tuple[int, int | None, int]]]:
    area = None if of.is_country else of.place.place_id
    return kept_as_it_was(codes, [period.key for period in of.days], area, fictional=of.fictional)
