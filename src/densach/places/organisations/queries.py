"""Reading organisations: everything here speaks of one day, and nothing asks once for each row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from densach.places.models import (
    Level,
    Organisation,
    OrganisationLineage,
    OrganisationPeriod,
    Place,
    PlacePeriod,
    Subordination,
)
from densach.places.queries import folded_letters, in_force, inside

_AT_ONCE = 900  # below the number of variables every SQLite takes in one statement


def true_on(on: date) -> Q:
    """Rows of [valid_from, valid_to) that hold on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def there_on(on: date) -> QuerySet[OrganisationPeriod]:
    """What the organisations of a day were, in Vietnamese order."""
    rows = OrganisationPeriod.objects.filter(true_on(on)).select_related("organisation", "seat")
    return rows.order_by("sort", "name", "pk")


def period_of(organisation: Organisation, on: date) -> OrganisationPeriod | None:
    """What an organisation was on a day; None where it was not yet, or no longer."""
    return there_on(on).filter(organisation=organisation).first()


def periods_of(organisation: Organisation) -> QuerySet[OrganisationPeriod]:
    """All that an organisation has been, oldest first."""
    return OrganisationPeriod.objects.filter(organisation=organisation).order_by("valid_from")


def was_seated_in(organisation: Organisation, place: Place) -> bool:
    """Whether an organisation ever had its seat in a place or somewhere inside it, or where is not known."""
    rows = OrganisationPeriod.objects.filter(organisation=organisation)
    inside_it = Q(seat__periods__path__contains=f"/{place.pk}/")
    return rows.filter(Q(seat=place) | Q(seat__isnull=True) | inside_it).exists()


def periods_of_many(organisations: Iterable[int], on: date) -> dict[int, OrganisationPeriod]:
    """What some organisations were on a day, by key."""
    return {row.organisation_id: row for some in _batches(organisations) for row in _of(some, on)}


def _of(organisations: list[int], on: date) -> QuerySet[OrganisationPeriod]:
    return there_on(on).filter(organisation__in=organisations)


def rows_from_for_update(organisation: Organisation, on: date) -> list[OrganisationPeriod]:
    """The rows of an organisation that hold on a day or later, oldest first, locked until the transaction ends."""
    rows = OrganisationPeriod.objects.select_for_update().filter(organisation=organisation)
    return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).order_by("valid_from"))


def delete_periods(rows: Iterable[OrganisationPeriod]) -> None:
    """Take away rows in which organisations only followed a seat that they had left before."""
    OrganisationPeriod.objects.filter(pk__in=[row.pk for row in rows]).delete()


def open_superior_for_update(organisation: Organisation, line: str) -> Subordination | None:
    """The superior of an organisation in a line that has not ended, locked until the transaction ends."""
    rows = Subordination.objects.select_for_update().filter(organisation=organisation, line=line)
    return rows.filter(valid_to__isnull=True).first()


def hold_lines() -> None:
    """Let nobody else put organisations under others until the transaction ends: two may close a circle together."""
    list(Place.objects.select_for_update().filter(periods__level=Level.COUNTRY).values_list("pk", flat=True))


def superiors_ever(organisation: int, line: str) -> QuerySet[Subordination]:
    """Every organisation that ever stood directly above one in a line."""
    return Subordination.objects.filter(organisation=organisation, line=line, superior__isnull=False)


def superiors_of(organisation: Organisation) -> QuerySet[Subordination]:
    """Everything entered about who stands above an organisation, oldest first."""
    rows = Subordination.objects.filter(organisation=organisation).select_related("superior", "place")
    return rows.order_by("valid_from", "line", "pk")


def open_superiors_of(organisation: Organisation) -> list[Subordination]:
    """Who stands above an organisation in each line without an end."""
    return list(superiors_of(organisation).filter(valid_to__isnull=True))


def open_subordinates_of(organisation: Organisation) -> list[Subordination]:
    """Who stands directly below an organisation without an end."""
    rows = Subordination.objects.filter(superior=organisation, valid_to__isnull=True)
    return list(rows.select_related("organisation").order_by("pk"))


def superior_on(organisation: int, line: str, on: date) -> Subordination | None:
    """What is entered about who stands above an organisation in a line on a day."""
    rows = Subordination.objects.filter(true_on(on), organisation=organisation, line=line)
    return rows.select_related("superior", "place").first()


def superior_after(organisation: Organisation, line: str, on: date) -> Subordination | None:
    """What is entered about who stands above an organisation in a line on some day from a day on."""
    rows = Subordination.objects.filter(organisation=organisation, line=line)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).first()


def directly_below(organisations: Iterable[int], line: str, on: date) -> list[Subordination]:
    """Who stands directly below some organisations in a line on a day."""
    rows = Subordination.objects.filter(true_on(on), line=line)
    return [row for some in _batches(organisations) for row in rows.filter(superior__in=some)]


def below_bodies(keys: Iterable[str], ground: PlacePeriod, line: str, on: date, read_on: date) -> list[Subordination]:
    """Who was entered as standing directly below bodies of a place and of all places inside it."""
    rows = Subordination.objects.filter(true_on(on), line=line, body__in=list(keys))
    return list(rows.filter(place__in=_within(ground, read_on)))


def seated_without_superior(
    kinds: Iterable[str], ground: PlacePeriod, line: str, on: date, read_on: date
) -> QuerySet[OrganisationPeriod]:
    """The organisations of some kinds inside a place of which nothing is entered in a line on a day."""
    entered = Subordination.objects.filter(true_on(on), line=line, organisation=OuterRef("organisation"))
    rows = there_on(on).filter(kind__in=list(kinds), seat__in=_within(ground, read_on))
    return rows.filter(~Exists(entered))


def embodied(keys: Iterable[str], ground: PlacePeriod, on: date, read_on: date) -> QuerySet[OrganisationPeriod]:
    """The registered organisations that are a body of a place or of one inside it."""
    return there_on(on).filter(body__in=list(keys), seat__in=_within(ground, read_on))


def body_at(key: str, place: Place, on: date) -> OrganisationPeriod | None:
    """The registered organisation that is a body of one place on a day."""
    return there_on(on).filter(body=key, seat=place).first()


def places_inside(ground: PlacePeriod, levels: Iterable[Level], read_on: date) -> list[PlacePeriod]:
    """The places of some levels inside one, in Vietnamese order."""
    return list(inside(ground, read_on).filter(level__in=list(levels)))


def names_holding(folded: str, on: date) -> QuerySet[OrganisationPeriod]:
    """The organisations whose folded name holds a folded text."""
    return there_on(on).filter(folded__contains=folded)


def names_with_half(first: str, last: str, on: date) -> QuerySet[OrganisationPeriod]:
    """The organisations whose folded name, without its spaces and signs, holds the first half or ends in the last."""
    either = Q(bare__contains=first) | Q(bare__endswith=last)
    return there_on(on).annotate(bare=folded_letters()).filter(either)


def begun_at(places: Iterable[int]) -> set[tuple[str, int, date]]:
    """Folded name, seat and first day of every row with its seat in one of some places."""
    rows = OrganisationPeriod.objects.values_list("folded", "seat_id", "valid_from")
    return {(name, seat or 0, since) for some in _batches(places) for name, seat, since in rows.filter(seat__in=some)}


def by_uid(uid: str) -> Organisation | None:
    """The organisation with this permanent identity."""
    return Organisation.objects.filter(uid=uid).first()


def names_ever(organisations: Iterable[int]) -> dict[int, str]:
    """The last name of some organisations, whether they are still there or not."""
    rows = OrganisationPeriod.objects.filter(organisation__in=list(organisations)).order_by("valid_from")
    return dict(rows.values_list("organisation_id", "name"))


def became(organisation: Organisation) -> QuerySet[OrganisationLineage]:
    """What an organisation became."""
    return OrganisationLineage.objects.filter(old=organisation).select_related("new").order_by("on", "pk")


def made_from(organisation: Organisation) -> QuerySet[OrganisationLineage]:
    """What an organisation was made from."""
    return OrganisationLineage.objects.filter(new=organisation).select_related("old").order_by("on", "pk")


def _within(ground: PlacePeriod, read_on: date) -> QuerySet[PlacePeriod, int | None]:
    """The keys of a place and of everything inside it; "0" follows "/" in binary order."""
    rows = in_force(read_on).filter(path__gte=ground.path, path__lt=ground.path[:-1] + "0").order_by()
    return rows.values_list("place_id", flat=True)


def _batches(keys: Iterable[int]) -> Iterable[list[int]]:
    every = sorted(set(keys))
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))
