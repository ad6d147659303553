"""The law as it stands: what comes with the product, and what was published at the desk among it.

The only place that says so. It is put together once for each set of hashes; asking costs one query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from uuid import UUID

from densach.lawmaking.models import LawText
from densach.lawmaking.queries import codes_around, contents_of, published_forms, published_texts
from densach.lawmaking.texts import Stamp, stamp_of
from densach.places.models import Place
from densach.places.queries import period_of, rows_of_places
from densach.policy.composing import compose
from densach.policy.library import Entry, Library, assemble, load
from densach.problems import Refused


@dataclass(frozen=True)
class Published:
    """A text that was published, with the name of its place today; empty for the whole country."""

    text: LawText
    place_name: str


@dataclass(frozen=True)
class Standing:
    """The law of a day, and which of it was published at the desk."""

    library: Library
    today: date
    fictional: bool

    @cached_property
    def published(self) -> list[LawText]:
        """What was published, asked for where a page tells it."""
        return list(published_texts(self.today, fictional=self.fictional))

    def about(self, rubric_id: str, today: date) -> list[Published]:
        """What was published of a rubric: the rubric itself, or what lies over it."""
        found = [one for one in self.published if about_of(one) == rubric_id]
        keys = {one.place_id for one in found if one.place_id}
        names = {row.place_id: row.name for row in rows_of_places(keys, today)} if keys else {}
        return [Published(one, names.get(one.place_id or 0, "")) for one in found]

    @property
    def rubrics(self) -> frozenset[str]:
        """The rubrics of which anything was published."""
        return frozenset(map(about_of, self.published))


def about_of(text: LawText) -> str:
    """The rubric that a text is, or lies over."""
    return text.target if text.is_overlay else text.policy_id


def library_for(packs: Sequence[str], today: date, place: Place | None = None) -> Library:
    """The law of the packs with all that was published by a day; with a place, as it is read there."""
    library = standing_law(packs, today).library
    row = period_of(place, today) if place else None
    return library.at(codes_around(row, today)) if row else library


def standing_law(packs: Sequence[str], today: date) -> Standing:
    """The law of the packs with all that was published by a day, and what that is."""
    fictional = "demo" in packs
    stamps = tuple(map(stamp_of, published_forms(today, fictional=fictional)))
    return Standing(_library(tuple(packs), stamps), today, fictional)


def entries_beside(packs: Sequence[str], today: date, uid: UUID | None = None) -> tuple[Entry, ...]:
    """The entries of the law as it stands without one text."""
    forms = published_forms(today, fictional="demo" in packs, without=uid)
    return _entries(tuple(packs), tuple(map(stamp_of, forms)))


@lru_cache(maxsize=8)
def _library(packs: tuple[str, ...], stamps: tuple[Stamp, ...]) -> Library:
    return assemble(packs, _entries(packs, stamps))


@lru_cache(maxsize=8)
def _entries(packs: tuple[str, ...], stamps: tuple[Stamp, ...]) -> tuple[Entry, ...]:
    if not stamps:
        return _packaged(packs)
    contents = contents_of(digest for stamp in stamps for _, digest in stamp.digests)
    return tuple(compose(_packaged(packs), [stamp.piece(contents) for stamp in stamps]))


@lru_cache(maxsize=4)
def _packaged(packs: tuple[str, ...]) -> tuple[Entry, ...]:
    entries, problems = load(packs)
    if problems:
        raise Refused(*problems)
    return tuple(entries)
