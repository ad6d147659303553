"""What a village may tell of a decision: names of those who agreed to be named, and how many others there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from densach.assessing.models import NamedInAct, RecognitionAct
from densach.assessing.titles import BY_KEY


@dataclass(frozen=True)
class ToldDecision:
    """An act for the eyes of the village; `unnamed` are those it names who did not agree to be named in public.

    `page` is the identity of its public page, if that was opened.
    """

    act: RecognitionAct
    title: str
    year: int
    names: tuple[str, ...]
    unnamed: int
    page: UUID | None

    @property
    def count(self) -> int:
        """How many it recognises in the village."""
        return len(self.names) + self.unnamed


def told(named: Iterable[NamedInAct], in_public: Collection[int]) -> Iterator[ToldDecision]:
    """Each act with its title, from whom it names, act by act; `in_public` are the recognitions that may be named."""
    for (_, key), found in groupby(named, key=lambda row: (row.recognition.act_id, row.recognition.title_key)):
        rows = list(found)
        act, year = rows[0].recognition.act, rows[0].recognition.year
        names = tuple(row.name for row in rows if row.recognition_id in in_public)
        title = BY_KEY[key].name_vi if key in BY_KEY else key
        yield ToldDecision(act, title, year, names, len(rows) - len(names), _page(act))


def _page(act: RecognitionAct) -> UUID | None:
    prepared = getattr(act, "prepared", None)
    return prepared.uid if prepared is not None and prepared.published_at is not None else None
