"""What came out for each title of a round and what was done with it, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from densach.assessing.models import Round
from densach.assessing.queries import done_by_title, verdicts_by_title
from densach.assessing.titles import LITERACY, TITLES, Title


@dataclass(frozen=True)
class TitleCounts:
    """One title: how many came to each verdict, stand on the list, of them by people, are recognised, are printed."""

    title: Title
    met: int
    unmet: int
    unknown: int
    proposed: int
    by_people: int
    recognised: int
    printed: int

    @property
    def is_judged(self) -> bool:
        """Whether anybody was judged for it."""
        return bool(self.met or self.unmet or self.unknown)

    @property
    def is_open(self) -> bool:
        """Whether somebody on the list was not recognised yet."""
        return self.proposed > self.recognised


def round_counts(round_: Round) -> list[TitleCounts]:
    """The counts of every title that people hold, in five queries."""
    verdicts, done = verdicts_by_title(round_), done_by_title(round_)
    return [_of(title, verdicts, done) for title in TITLES if title.model != LITERACY]


def _of(title: Title, verdicts: dict[tuple[str, str], int], done: dict[str, dict[str, int]]) -> TitleCounts:
    met, unmet, unknown = (verdicts.get((title.key, verdict), 0) for verdict in ("met", "unmet", "unknown"))
    counts = {name: done[name].get(title.key, 0) for name in ("proposed", "by_people", "recognised", "printed")}
    return TitleCounts(title, met, unmet, unknown, **counts)
