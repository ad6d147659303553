"""Reading packages, what is in them, and the answers of the centre."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from densach.awards.central.models import Package, Packed, Receipt
from densach.awards.models import AwardRound, Confirmation, Judged, Nomination, Part, Step
from densach.awards.register.models import Listed
from densach.places.models import Place


def waiting(place: Place, awards: Collection[str]) -> list[Nomination]:
    """The nominations of a place's rounds for some awards that passed and stand in no package."""
    inside = Packed.objects.filter(out=False).values("nomination")
    rows = Nomination.objects.filter(round__place=place, award__in=awards, step=Step.PASSED).exclude(pk__in=inside)
    shown = rows.select_related("round__place", "nominee__place", "nominee__same_as", "proposer")
    return list(shown.order_by("-round__year", "round__pk", "nominee__kind", "nominee__folded", "pk"))


def round_with_uid(place: Place, uid: UUID) -> AwardRound | None:
    """A round of a place."""
    return AwardRound.objects.filter(place=place, uid=uid).select_related("place").first()


def packages_of(place: Place) -> list[Package]:
    """The packages of a place's rounds without their bytes, the latest first, with how many nominations each holds."""
    rows = Package.objects.filter(round__place=place).select_related("round").defer("content", "manifest")
    return list(rows.annotate(count=Count("packed")).order_by("-made_at", "-pk"))


def package_with_uid(place: Place, uid: UUID) -> Package | None:
    """A package of a place's rounds, without its bytes."""
    rows = Package.objects.filter(round__place=place, uid=uid).select_related("round__place", "made_by")
    return rows.defer("content").first()


def package_for_update(package: Package) -> Package:
    """The same package as it is now, locked until the transaction ends."""
    return Package.objects.select_for_update(of=("self",)).select_related("round").defer("content").get(pk=package.pk)


def bytes_of(package: Package) -> bytes:
    """The archive itself."""
    return bytes(Package.objects.values_list("content", flat=True).get(pk=package.pk))


def next_number(round_: AwardRound) -> int:
    """The number of the next package of a round, whose row is locked until the transaction ends."""
    AwardRound.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    highest: int | None = Package.objects.filter(round=round_).aggregate(Max("number"))["number__max"]
    return (highest or 0) + 1


def packed_in(package: Package) -> list[Packed]:
    """What is in a package, in its order."""
    rows = Packed.objects.filter(package=package).select_related("nomination__nominee__place", "nomination__round")
    return list(rows.order_by("ordinal"))


def still_packed(nominations: Collection[int]) -> bool:
    """Whether any of some nominations stands in a package."""
    return Packed.objects.filter(nomination__in=nominations, out=False).exists()


def receipts_of(package: Package) -> list[Receipt]:
    """What the centre answered, the earliest first, also what was taken back."""
    rows = Receipt.objects.filter(package=package).select_related("packed__nomination__nominee", "taken_back_by")
    return list(rows.order_by("came_on", "pk"))


def receipt_for_update(package: Package, uid: UUID) -> Receipt | None:
    """One answer to a package, locked until the transaction ends."""
    rows = Receipt.objects.select_for_update(of=("self",)).select_related("packed__nomination__nominee")
    return rows.filter(package=package, uid=uid).first()


def has_answer(package: Package, answer: str) -> bool:
    """Whether an answer to the whole package stands."""
    return Receipt.objects.filter(package=package, packed=None, answer=answer, taken_back_at=None).exists()


def is_changed_since(nomination: Nomination, at: datetime) -> bool:
    """Whether a paper of a nomination came or was replaced after a moment."""
    return Part.objects.filter(Q(added_at__gt=at) | Q(replaced_at__gt=at), nomination=nomination).exists()


def number_listing(nomination: Nomination) -> str:
    """The number of the decision of the register whose list has a nomination; empty where there is none."""
    rows = Listed.objects.filter(nomination=nomination, dropped=False)
    return rows.values_list("decision__number", flat=True).first() or ""


def papers_of(nominations: Collection[int]) -> list[Part]:
    """Every paper of some nominations, also those that others replaced, in the order they came."""
    return list(Part.objects.filter(nomination__in=nominations).order_by("nomination", "pk"))


def levels_that_agreed(nominations: Iterable[int]) -> dict[int, set[int]]:
    """By nomination the places that confirmed it."""
    found: dict[int, set[int]] = {}
    rows = Confirmation.objects.filter(nomination__in=nominations, agrees=True)
    for nomination, place in rows.values_list("nomination", "place"):
        found.setdefault(nomination, set()).add(place)
    return found


def said_of(nominations: Iterable[int], rules: Collection[str]) -> dict[tuple[int, str], bool]:
    """What persons said of some rules, by nomination and rule."""
    rows = Judged.objects.filter(Q(rule__in=rules), nomination__in=nominations)
    return {(nomination, rule): said for nomination, rule, said in rows.values_list("nomination", "rule", "fulfilled")}
