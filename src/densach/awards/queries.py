"""Reading rounds, nominees, nominations and what hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from densach.awards.models import (
    ENDED,
    Achievement,
    AwardRound,
    Claim,
    Confirmation,
    Consultation,
    Hold,
    Judged,
    Nomination,
    Nominee,
    Part,
    Quota,
)
from densach.awards.told_apart import AchievementsApart, NomineesApart
from densach.places.models import Place

NOMINEE_LINKS = ("person", "household", "unit", "organisation")
WHOLE = ("round__place", "nominee__place", "nominee__same_as", "proposer", "unit", "entered_by", "chosen_by")
_AT_ONCE = 500
USED = Q(consumed_on__isnull=False, freed_on__isnull=True)


def rounds_at(places: Collection[int]) -> list[AwardRound]:
    """The rounds that the authorities of some places hold, the latest first."""
    rows = AwardRound.objects.filter(place__in=places).select_related("place")
    return list(rows.annotate(count=Count("nominations")).order_by("-year", "-opens_on", "-pk"))


def round_by_uid(uid: UUID) -> AwardRound | None:
    """One round by its lasting identity."""
    return AwardRound.objects.filter(uid=uid).select_related("place").first()


def quotas_of(round_: AwardRound) -> list[Quota]:
    """What guidance letters allow in a round."""
    return list(Quota.objects.filter(round=round_).select_related("proposer").order_by("award", "subject", "pk"))


def quota_for_update(round_: AwardRound, award: str, subject: str, proposer: Place | None) -> Quota | None:
    """What is allowed for just this award, subject and proposer, locked until the transaction ends."""
    rows = Quota.objects.select_for_update().filter(round=round_, award=award, subject=subject, proposer=proposer)
    return rows.first()


def quotas_for(nomination: Nomination) -> list[Quota]:
    """The quotas that a nomination counts against."""
    rows = Quota.objects.filter(round=nomination.round_id, award=nomination.award)
    rows = rows.filter(subject__in=["", nomination.nominee.kind])
    return list(rows.filter(Q(proposer=None) | Q(proposer=nomination.proposer_id)))


def counted_against(quota: Quota, besides: Nomination) -> int:
    """How many open or awarded nominations, once submitted, a quota counts already, one left out."""
    rows = Nomination.objects.filter(round=quota.round_id, award=quota.award).exclude(pk=besides.pk)
    rows = rows.exclude(step__in=["draft", "returned", "refused", "withdrawn"])
    rows = rows.filter(nominee__kind=quota.subject) if quota.subject else rows
    return (rows.filter(proposer=quota.proposer_id) if quota.proposer_id else rows).count()


def nominations_within(scope: Q) -> QuerySet[Nomination]:
    """The nominations of a scope, the latest first."""
    return Nomination.objects.filter(scope).order_by("-pk")


def page_of(rows: QuerySet[Nomination], first: int, count: int) -> list[Nomination]:
    """Some of a list, with what a line of it shows."""
    shown = rows.select_related("round", "nominee", "proposer")
    return list(shown.defer("nominee__stated_as", "chosen_why", "reason")[first : first + count])


def counts_by_step(rows: QuerySet[Nomination]) -> dict[str, int]:
    """How many stand at each step."""
    return dict(rows.order_by().values_list("step").annotate(Count("pk")))


def nomination_within(scope: Q, uid: UUID) -> Nomination | None:
    """One nomination, where it lies in a scope."""
    return Nomination.objects.filter(scope, uid=uid).select_related(*WHOLE).first()


def nomination_for_update(nomination: Nomination) -> Nomination:
    """The same nomination as it is now, locked until the transaction ends."""
    rows = Nomination.objects.select_for_update(of=("self",)).select_related(*WHOLE)
    return rows.get(pk=nomination.pk)


def nominations_for_update(keys: Iterable[int]) -> list[Nomination]:
    """Some nominations as they are now, locked until the transaction ends, in an order that two who lock share."""
    found: list[Nomination] = []
    for some in _pieces(keys):
        rows = Nomination.objects.select_for_update(of=("self",)).select_related("nominee")
        found += rows.filter(pk__in=some).order_by("pk")
    return found


def change_many(changes: Iterable[tuple[Nomination, Mapping[str, Any]]]) -> None:
    """Write changes to locked nominations, and into the objects; those that change alike in one query."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for row, fields in changes:
        for name, value in (*fields.items(), ("version", row.version + 1)):
            setattr(row, name, value)
        alike[tuple(fields.items())].append(row.pk)
    for said, keys in alike.items():
        for some in _pieces(keys):
            Nomination.objects.filter(pk__in=some).update(version=F("version") + 1, **dict(said))


def open_like(round_: AwardRound, award: str, nominees: Iterable[int]) -> Nomination | None:
    """The open nomination of any of some nominees for an award in a round."""
    rows = Nomination.objects.filter(round=round_, award=award, nominee__in=nominees).exclude(step__in=ENDED)
    return rows.select_related("nominee").first()


def same_nominees(nominee: Nominee) -> QuerySet[Nominee, int]:
    """The records of one nominee, to be looked for within: the one that is kept and those that were joined to it."""
    root = nominee.same_as_id or nominee.pk
    return Nominee.objects.filter(Q(pk=root) | Q(same_as=root)).values_list("pk", flat=True)


def nominee_linked(link: str, key: int) -> Nominee | None:
    """The nominee that stands for something in the register."""
    return Nominee.objects.filter(same_as=None, **{link: key}).select_related("place").first()


def nominee_standing_for(link: str, key: int, kind: str, stated_as: str) -> Nominee | None:
    """The nominee that was stated in these words for a clan or a village."""
    rows = Nominee.objects.filter(kind=kind, stated_as=stated_as, same_as=None, **{link: key})
    return rows.select_related("place").first()


def nominee_named(kind: str, folded: str, place: Place) -> Nominee | None:
    """A typed nominee of just this name at this place, linked to nothing."""
    rows = Nominee.objects.filter(kind=kind, folded=folded, place=place, same_as=None)
    return rows.filter(**dict.fromkeys(NOMINEE_LINKS), stands_for_clan=None, stands_for_place=None).first()


def nominee_by_uid(uid: UUID) -> Nominee | None:
    """One nominee by its lasting identity."""
    return Nominee.objects.filter(uid=uid).select_related("place", "same_as").first()


def nominee_for_update(nominee: Nominee) -> Nominee:
    """The same nominee as it is now, locked until the transaction ends."""
    return Nominee.objects.select_for_update(of=("self",)).select_related("place").get(pk=nominee.pk)


def nominees_alike(nominee: Nominee, places: Collection[int]) -> list[Nominee]:
    """Kept nominees of the same kind and folded name at some places, the given one left out."""
    rows = Nominee.objects.filter(kind=nominee.kind, folded=nominee.folded, place__in=places, same_as=None)
    return list(rows.exclude(pk=nominee.pk).select_related("place").order_by("pk"))


def names_held_twice(places: Collection[int], count: int) -> list[Nominee]:
    """Kept nominees at some places whose kind and folded name another one there has too, beside each other."""
    rows = Nominee.objects.filter(place__in=places, same_as=None)
    twice = rows.order_by().values("kind", "folded").annotate(n=Count("pk")).filter(n__gt=1).order_by("folded")[:count]
    names = {(row["kind"], row["folded"]) for row in twice}
    found = rows.filter(folded__in={folded for _, folded in names}).select_related("place").order_by("folded", "pk")
    return [row for row in found if (row.kind, row.folded) in names]


def told_apart(nominees: Collection[int]) -> set[tuple[int, int]]:
    """Which of some nominees a person told apart."""
    rows = NomineesApart.objects.filter(one__in=nominees, other__in=nominees)
    return set(rows.values_list("one", "other"))


def join_nominee_rows(kept: Nominee, joined: Nominee) -> None:
    """Let everything that was joined to one nominee follow it to another."""
    Nominee.objects.filter(same_as=joined).update(same_as=kept)


def achievements_of(nominees: Iterable[int]) -> list[Achievement]:
    """The ledger of some nominees, the latest first."""
    rows = Achievement.objects.filter(nominee__in=nominees, same_as=None).select_related("nominee")
    return list(rows.order_by("-ended_on", "-pk"))


def achievement_by_uid(nominees: Iterable[int], uid: UUID) -> Achievement | None:
    """One line of the ledger of some nominees."""
    return Achievement.objects.filter(nominee__in=nominees, uid=uid).select_related("same_as").first()


def achievement_for_update(achievement: Achievement) -> Achievement:
    """The same achievement as it is now, locked until the transaction ends."""
    return Achievement.objects.select_for_update(of=("self",)).get(pk=achievement.pk)


def taken_already(nominees: Iterable[int]) -> dict[str, Achievement]:
    """What was taken from recognitions and figures for some nominees already, by what it was taken from."""
    rows = Achievement.objects.filter(nominee__in=nominees).filter(Q(recognition__isnull=False) | ~Q(figure=""))
    rows = rows.select_related("same_as")
    return {f"recognition:{row.recognition_id}" if row.recognition_id else f"figure:{row.figure}": row for row in rows}


def join_achievement_rows(kept: Achievement, joined: Achievement) -> None:
    """Let everything that was joined to one achievement follow it to another."""
    Achievement.objects.filter(same_as=joined).update(same_as=kept)


def achievements_told_apart(achievements: Collection[int]) -> set[tuple[int, int]]:
    """Which of some achievements a person told apart."""
    rows = AchievementsApart.objects.filter(one__in=achievements, other__in=achievements)
    return set(rows.values_list("one", "other"))


def uses_of(achievements: Collection[int]) -> dict[int, Claim]:
    """By achievement the claim of the award that consumed it."""
    rows = Claim.objects.filter(USED, achievement__in=achievements)
    return {row.achievement_id: row for row in rows.select_related("nomination__round")}


def claims_of(nomination: Nomination) -> list[Claim]:
    """What a nomination rests on, the earliest achievement first."""
    rows = Claim.objects.filter(nomination=nomination).select_related("achievement")
    return list(rows.order_by("achievement__began_on", "pk"))


def claims_and_uses(nomination: Nomination) -> list[tuple[Achievement, bool]]:
    """What a nomination rests on, each with whether another award used it up."""
    others = Claim.objects.filter(USED, achievement=OuterRef("achievement")).exclude(nomination=nomination)
    rows = Claim.objects.filter(nomination=nomination).select_related("achievement")
    return [(row.achievement, row.used) for row in rows.annotate(used=Exists(others))]


def claim_of(nomination: Nomination, achievement: Achievement) -> Claim | None:
    """The claim of a nomination on an achievement."""
    return Claim.objects.filter(nomination=nomination, achievement=achievement).first()


def claims_on(achievement: Achievement) -> list[Claim]:
    """Every claim on an achievement."""
    return list(Claim.objects.filter(achievement=achievement).order_by("pk"))


def open_holds(nominees: Iterable[int]) -> list[Hold]:
    """The holds that stand on some nominees, the earliest first."""
    return list(Hold.objects.filter(nominee__in=nominees, ended_on=None).order_by("began_on", "pk"))


def holds_of(nominees: Iterable[int]) -> list[Hold]:
    """Every hold on some nominees, the latest first."""
    return list(Hold.objects.filter(nominee__in=nominees).order_by("-began_on", "-pk"))


def hold_for_update(nominees: Iterable[int], uid: UUID) -> Hold | None:
    """One hold on some nominees, locked until the transaction ends."""
    return Hold.objects.select_for_update().filter(nominee__in=nominees, uid=uid).first()


def held_among(nominees: Iterable[Nominee]) -> set[int]:
    """Which of some nominees are under a hold, by whichever of their records."""
    roots = {row.pk: row.same_as_id or row.pk for row in nominees}
    rows = Hold.objects.filter(ended_on=None).annotate(root=F("nominee__same_as"))
    under = rows.filter(Q(nominee__in=roots.values()) | Q(root__in=roots.values())).values_list("nominee", "root")
    held = {root or key for key, root in under}
    return {key for key, root in roots.items() if root in held}


def confirmations_of(nomination: Nomination) -> list[Confirmation]:
    """What the levels said of a nomination."""
    rows = Confirmation.objects.filter(nomination=nomination).select_related("place", "by")
    return list(rows.order_by("said_at", "pk"))


def opinions_of(nomination: Nomination) -> list[Consultation]:
    """The opinions that were asked for a nomination."""
    return list(Consultation.objects.filter(nomination=nomination).order_by("asked_on", "pk"))


def opinion_for_update(nomination: Nomination, uid: UUID) -> Consultation | None:
    """One opinion asked for a nomination, locked until the transaction ends."""
    return Consultation.objects.select_for_update().filter(nomination=nomination, uid=uid).first()


def judged_of(nomination: Nomination) -> dict[str, Judged]:
    """What people said of rules, by rule."""
    return {row.rule: row for row in Judged.objects.filter(nomination=nomination).select_related("by")}


def parts_of(nomination: Nomination) -> list[Part]:
    """The papers of a dossier that stand, without the bytes of files."""
    return list(Part.objects.filter(nomination=nomination, replaced_at=None).defer("file").order_by("pk"))


def part_by_uid(nomination: Nomination, uid: UUID) -> Part | None:
    """One paper of a dossier, also one that was replaced."""
    return Part.objects.filter(nomination=nomination, uid=uid).first()


def part_standing(nomination: Nomination, kind: str) -> Part | None:
    """The paper of a kind that stands, without its bytes."""
    return Part.objects.filter(nomination=nomination, kind=kind, replaced_at=None).defer("file").first()


def parts_standing(nominations: Iterable[int], kinds: Collection[str]) -> dict[tuple[int, str], bool]:
    """The papers of some kinds that stand in some dossiers, each with whether it was made here."""
    rows = Part.objects.filter(nomination__in=nominations, kind__in=kinds, replaced_at=None)
    found = rows.annotate(made=~Q(content="")).values_list("nomination", "kind", "made")
    return {(nomination, kind): made for nomination, kind, made in found}


def replace_made(nominations: Iterable[int], kinds: Collection[str], at: datetime) -> None:
    """Let the made papers of some kinds in some dossiers stand no longer."""
    rows = Part.objects.filter(nomination__in=nominations, kind__in=kinds, replaced_at=None)
    rows.exclude(content="").update(replaced_at=at)


def awards_held(nominees: Iterable[int]) -> list[Nomination]:
    """The nominations of some nominees that led to an award, the latest first."""
    rows = Nomination.objects.filter(nominee__in=nominees, step="awarded").select_related("round")
    return list(rows.order_by("-pk"))


def _pieces(keys: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(sorted(keys))
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
