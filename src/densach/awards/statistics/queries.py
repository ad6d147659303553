"""Reading awards and nominations to be counted."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from densach.awards.models import ENDED, AwardRound, Nomination, Step
from densach.awards.register.models import Award
from densach.awards.statistics.counting import Given
from densach.awards.statistics.fairness import Put

CAME_SO_FAR = (Step.PASSED, Step.FORWARDED, Step.AWARDED)
NOT_PUT = (Step.DRAFT, Step.WITHDRAWN)


def rounds_of(places: Collection[int]) -> list[AwardRound]:
    """The rounds of some places, the latest first."""
    return list(AwardRound.objects.filter(place__in=places).order_by("-year", "-pk"))


def awards_given(places: Collection[int], year: int, round_: AwardRound | None) -> list[Given]:
    """What was decided for some places in a year and is not cancelled, in one round or in all."""
    rows = Award.objects.filter(decision__place__in=places, decision__signed_on__year=year, cancelling=None)
    rows = rows.filter(decision__round=round_) if round_ else rows
    wanted = ("decision__award", "mode", "kind", "nominee__is_enterprise", "nominee__leader_level")
    return [Given(*row) for row in rows.order_by("pk").values_list(*wanted)]


def nominations_put(places: Collection[int], year: int, round_: AwardRound | None) -> list[Put]:
    """What was put forward in the rounds of a year, in one round or in all; a cancelled award counts as none."""
    rows = _put(places, year, round_)
    cancelled = set(rows.filter(award_row__cancelling__isnull=False).values_list("pk", flat=True))
    wanted = (
        "pk", "step", "nominee__kind", "nominee__sex", "nominee__person__sex", "nominee__leader_level",
        "nominee__in_hard_area",
    )  # fmt: skip
    found = []
    for key, step, kind, sex, of_person, level, hard in rows.order_by("pk").values_list(*wanted):
        awarded = step == Step.AWARDED and key not in cancelled
        found.append(Put(kind, sex or of_person or "", level, hard, step in CAME_SO_FAR, awarded))
    return found


def rounds_with_open(rounds: Collection[int]) -> set[int]:
    """Those of some rounds in which a nomination has not ended."""
    rows = Nomination.objects.filter(round__in=rounds).exclude(step__in=ENDED)
    return set(rows.values_list("round", flat=True).distinct())


def persons_put(round_: AwardRound) -> list[tuple[int, str]]:
    """The persons of the register who were put forward in a round, by the records they are counted as, and how far."""
    rows = Nomination.objects.filter(round=round_, nominee__person__isnull=False).exclude(step__in=NOT_PUT)
    counted_as = Coalesce("nominee__person__same_as", "nominee__person")
    return list(rows.order_by("pk").values_list(counted_as, "step"))


def _put(places: Collection[int], year: int, round_: AwardRound | None) -> QuerySet[Nomination]:
    here = Q(round=round_) if round_ else Q(round__year=year)
    return Nomination.objects.filter(here, round__place__in=places).exclude(step__in=NOT_PUT)
