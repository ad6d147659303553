"""The four counts of a model in a place, never mixed: all there are, registered, assessed, recognised."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from densach.assessing.counts import objects_of
from densach.assessing.frame import Frame, frame_of
from densach.assessing.models import Round
from densach.assessing.queries import has_act, objects_counted, recognised_count, registered_count, verdict_counts
from densach.assessing.run import judged_on
from densach.assessing.titles import BY_MODEL, TITLES, Title


@dataclass(frozen=True)
class FourCounts:
    """One model of one round. `assessed` has a verdict, whatever it is; `verdicts` says how many of each.

    `has_act` is false while no act is recorded: then `recognised` is 0 because nothing was signed, not because
    nobody was found worthy, and papers say so instead of printing a nought.
    """

    title: Title
    total: int
    registered: int
    assessed: int
    recognised: int
    has_act: bool
    verdicts: dict[str, int]


def four_counts(round_: Round, frame: Frame | None = None) -> tuple[FourCounts, ...]:
    """The counts of every model of a round, in a constant number of queries."""
    frame = frame or frame_of(round_.place, judged_on(round_))
    return tuple(_of(round_, title, frame) for title in TITLES)


@dataclass(frozen=True)
class VillageCounts:
    """The four counts of one model in one village."""

    village: str
    title: Title
    total: int
    registered: int
    assessed: int
    recognised: int


def counts_by_village(round_: Round, frame: Frame) -> tuple[VillageCounts, ...]:
    """The counts of the models that live in villages, village by village, in a constant number of queries."""
    home = {household: lives.village_id for household, lives in frame.households.items()}
    lives = {person: home[household] for household, people in frame.household_people.items() for person in people}
    villages = {"citizen": lives, "family": home, "village": {key: key for key in frame.villages}}
    rows = []
    for model, village_of in villages.items():
        title = BY_MODEL[model]
        groups = (set(objects_of(frame, title)), *objects_counted(round_, title.key, title.kind))
        sums = [Counter(village_of[key] for key in group if key in village_of) for group in groups]
        rows += [
            VillageCounts(frame.villages[key], title, *(counted[key] for counted in sums)) for key in frame.villages
        ]
    order = list(frame.villages.values())
    return tuple(sorted(rows, key=lambda row: order.index(row.village)))


def _of(round_: Round, title: Title, frame: Frame) -> FourCounts:
    verdicts = verdict_counts(round_, title.key)
    return FourCounts(
        title=title,
        total=len(list(objects_of(frame, title))),
        registered=registered_count(round_, title.key),
        assessed=sum(verdicts.values()),
        recognised=recognised_count(round_, title.key),
        has_act=has_act(round_, title.key),
        verdicts=verdicts,
    )
