"""Who comes first where ballots are equal at the quota: the preferences of the law, and what the quota leaves room for.

Women, and collectives with 70 % women or more (R-17: Nghị định 152/2025/NĐ-CP, Điều 4 khoản 6); then direct workers
and hard areas (R-18: Luật Thi đua, khen thưởng, Điều 5). The person in the chair confirms or decides otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from densach.awards.councils.models import Item
from densach.awards.models import LeaderLevel, Nominee, Quota, SubjectKind
from densach.people.models import Sex

MOSTLY_WOMEN = 70
WOMAN, MOSTLY, WORKER, HARD = "woman", "mostly_women", "direct_worker", "hard_area"


@dataclass(frozen=True)
class Cut:
    """What a quota leaves of those who carry: surely in, surely out, and those with equal ballots at the border."""

    quota: Quota
    room: int
    inside: tuple[Item, ...]
    tied: tuple[Item, ...]
    outside: tuple[Item, ...]


def preferences(nominee: Nominee) -> tuple[str, ...]:
    """The preferences that speak for a nominee, the one of the decree first."""
    is_woman = nominee.kind == SubjectKind.PERSON and nominee.sex == Sex.FEMALE
    is_mostly = nominee.kind == SubjectKind.COLLECTIVE and (nominee.women or 0) >= MOSTLY_WOMEN
    found = {
        WOMAN: is_woman,
        MOSTLY: is_mostly,
        WORKER: nominee.leader_level == LeaderLevel.DIRECT_WORKER,
        HARD: nominee.in_hard_area is True,
    }
    return tuple(name for name, holds in found.items() if holds)


def suggested(tied: Sequence[Item], places: int) -> tuple[Item, ...]:
    """Who would come first by the preferences; nobody for a place that they leave equal too."""
    ranked = sorted(tied, key=_rank)
    if not 0 < places < len(ranked):
        return tuple(ranked[: max(places, 0)])
    border = _rank(ranked[places])
    return tuple(item for item in ranked[:places] if _rank(item) < border)


def cut_by(quota: Quota, carried: Iterable[Item], already: int) -> Cut:
    """Where a quota cuts those who carry, by the number of agreeing ballots; `already` were passed before."""
    ranked = sorted((item for item in carried if falls_under(quota, item)), key=lambda item: -item.agreed)
    room = max(quota.most - already, 0)
    if len(ranked) <= room:
        return Cut(quota, room, tuple(ranked), (), ())
    border = ranked[room].agreed
    inside = tuple(item for item in ranked if item.agreed > border)
    tied = tuple(item for item in ranked if item.agreed == border)
    if len(inside) == room:
        return Cut(quota, room, inside, (), tuple(ranked[room:]))
    return Cut(quota, room, inside, tied, tuple(item for item in ranked if item.agreed < border))


def falls_under(quota: Quota, item: Item) -> bool:
    """Whether a quota speaks of a nomination."""
    nomination = item.nomination
    return (
        quota.award == nomination.award
        and quota.subject in {"", nomination.nominee.kind}
        and quota.proposer_id in {None, nomination.proposer_id}
    )


def _rank(item: Item) -> tuple[int, int]:
    found = preferences(item.nomination.nominee)
    first = sum(name in {WOMAN, MOSTLY} for name in found)
    return (-first, first - len(found))
