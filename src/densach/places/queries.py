"""Reading places: everything here speaks of one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Expression, F, Q, QuerySet, Value
from django.db.models.functions import Replace

from densach.history.prepared import prepared
from densach.places.models import CodeList, Level, Lineage, NameQuestion, Place, PlacePeriod

_UNITS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


def in_force(on: date, level: Level | None = None) -> QuerySet[PlacePeriod]:
    """The rows that are true on a day, in Vietnamese order."""
    rows = PlacePeriod.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    rows = rows.filter(level=level) if level else rows
    return rows.select_related("place", "code_list").order_by("sort", "name", "pk")


def period_of(place: Place | int, on: date) -> PlacePeriod | None:
    """What a place was on a day; None where it was not yet, or no longer. Nearly every page asks, so it is one join."""
    return next(iter(_periods_on(place if isinstance(place, int) else place.pk, on)), None)


@prepared
def _periods_on(place: int, on: date) -> QuerySet[PlacePeriod]:
    rows = PlacePeriod.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), place=place, valid_from__lte=on)
    return rows.select_related("place")


def periods_of(place: Place) -> QuerySet[PlacePeriod]:
    """All that a place has been, oldest first."""
    return PlacePeriod.objects.filter(place=place).order_by("valid_from")


def first_rows(places: Iterable[int]) -> dict[int, PlacePeriod]:
    """The first row of each of some places, by key; from the highest place down."""
    rows = PlacePeriod.objects.filter(place__in=list(places)).select_related("place", "parent", "code_list")
    first: dict[int, PlacePeriod] = {}
    for row in rows.order_by("path", "valid_from"):
        first.setdefault(row.place_id, row)
    return first


def periods_by_uid(uid: UUID) -> QuerySet[PlacePeriod]:
    """All that a place has been, by its permanent identity, oldest first."""
    return PlacePeriod.objects.filter(place__uid=uid).select_related("place", "code_list").order_by("valid_from")


def has_fictional_places() -> bool:
    """Whether any place of this database is made up."""
    return bool(_a_fictional_place())


@prepared
def _a_fictional_place() -> QuerySet[Place, int]:
    return fictional_places().values_list("pk", flat=True)[:1]


def fictional_places() -> QuerySet[Place]:
    """The places that are made up."""
    return Place.objects.filter(fictional=True)


def inside(period: PlacePeriod, on: date, level: Level | None = None) -> QuerySet[PlacePeriod]:
    """Everything below a place on a day, at every depth."""
    # "0" follows "/" in binary order, so the range holds exactly what begins with the path.
    end = period.path[:-1] + "0"
    return in_force(on, level).filter(path__gt=period.path, path__lt=end)


def children_of(place: Place, on: date) -> QuerySet[PlacePeriod]:
    """The places directly below one on a day."""
    return in_force(on).filter(parent=place)


def villages_of(commune: Place, on: date) -> QuerySet[PlacePeriod]:
    """The villages of a commune on a day."""
    return in_force(on, Level.VILLAGE).filter(parent=commune)


def villages_under(communes: Iterable[int], on: date) -> QuerySet[PlacePeriod]:
    """The villages of some communes on a day."""
    return in_force(on, Level.VILLAGE).filter(parent__in=communes)


def communes_inside(period: PlacePeriod, on: date, *, fictional: bool) -> list[PlacePeriod]:
    """The communes of a place on a day, real or made up; of a commune itself, only it."""
    if period.level == Level.COMMUNE:
        return [period]
    return list(inside(period, on, Level.COMMUNE).filter(place__fictional=fictional))


def villages_below(communes: Iterable[int], on: date) -> list[PlacePeriod]:
    """The villages that lie below some communes and did so before a day, also where the commune itself has ended."""
    rows = PlacePeriod.objects.filter(level=Level.VILLAGE, parent__in=communes, valid_to__isnull=True)
    return list(rows.filter(valid_from__lt=on).select_related("place", "parent").order_by("parent", "sort", "pk"))


def came_to(commune: Place, on: date) -> list[tuple[PlacePeriod, PlacePeriod]]:
    """The villages that a commune took over from others on a day: each row there, with the row before."""
    rows = PlacePeriod.objects.filter(level=Level.VILLAGE).select_related("place", "parent")
    now = {row.place_id: row for row in rows.filter(parent=commune, valid_from=on).order_by("sort", "pk")}
    before = rows.filter(place__in=now, valid_to=on).exclude(parent=commune)
    return [(now[row.place_id], row) for row in before.order_by("pk")]


def name_questions(commune: Place) -> QuerySet[NameQuestion]:
    """The questions about the names of the villages of a commune, answered or not."""
    return NameQuestion.objects.filter(commune=commune).order_by("pk")


def name_question_for_update(village: Place) -> NameQuestion | None:
    """The open question about the name of a village, locked until the transaction ends."""
    return NameQuestion.objects.select_for_update().filter(village=village, answer="").first()


def names_changed_since(commune: Place, villages: Iterable[int], on: date) -> int:
    """How many names of villages that a commune took over on a day were answered, changed or ended since."""
    answered = NameQuestion.objects.filter(commune=commune).exclude(answer="").count()
    rows = PlacePeriod.objects.filter(place__in=villages)
    return answered + rows.filter(Q(valid_from__gt=on) | Q(valid_from=on, valid_to__isnull=False)).count()


def end_periods(rows: Iterable[int], on: date | None) -> None:
    """Let rows end on a day, or open them again."""
    PlacePeriod.objects.filter(pk__in=rows).update(valid_to=on)


def delete_periods(rows: Iterable[int]) -> None:
    """Take back rows that an event wrote which is undone."""
    PlacePeriod.objects.filter(pk__in=rows).delete()


def delete_name_questions(commune: Place) -> None:
    """Take back the questions about the names of villages that an event asked which is undone."""
    NameQuestion.objects.filter(commune=commune, answer="").delete()


def open_country() -> PlacePeriod | None:
    """The country itself; None in a database that was not filled yet."""
    return PlacePeriod.objects.select_related("place").filter(level=Level.COUNTRY, valid_to__isnull=True).first()


def provinces_by_place(on: date) -> dict[int, PlacePeriod]:
    """The provinces of a day, by the key of their place."""
    return {row.place_id: row for row in in_force(on, Level.PROVINCE)}


def above_by_place(on: date) -> dict[int, PlacePeriod]:
    """The provinces and districts of a day, by the key of their place."""
    return {row.place_id: row for row in in_force(on).filter(level__in=(Level.PROVINCE, Level.DISTRICT))}


def above_of(place: Place, on: date) -> list[PlacePeriod]:
    """The rows of a day of what a place lies in, from the country down; none where it was not there."""
    row = period_of(place, on)
    keys = [int(key) for key in row.path.split("/")[:-2]] if row else []
    return sorted(in_force(on).filter(place__in=keys).select_related("place"), key=lambda above: len(above.path))


def rows_of_places(places: Iterable[int], on: date) -> QuerySet[PlacePeriod]:
    """What some places were on a day, as far as they were there."""
    return in_force(on).filter(place__in=places)


def names_in_force(on: date) -> dict[int, str]:
    """The names of the units of a day, by the key of their place."""
    return dict(in_force(on).filter(level__in=_UNITS).order_by().values_list("place_id", "name"))


def became(places: Iterable[int]) -> QuerySet[Lineage]:
    """What some places became."""
    return Lineage.objects.filter(old__in=places).select_related("old", "new")


def made_from(places: Iterable[int]) -> QuerySet[Lineage]:
    """What some places were made from."""
    return Lineage.objects.filter(new__in=places).select_related("old", "new")


def name_of(place: Place) -> str:
    """What a place is called, or was called last; for messages."""
    rows = last_rows([place.pk])
    return rows[0].name if rows else str(place)


def last_rows(places: Iterable[int]) -> list[PlacePeriod]:
    """What each of some places was called last, in Vietnamese order."""
    rows = PlacePeriod.objects.filter(place__in=places).select_related("place", "code_list").order_by("valid_from")
    latest = {row.place_id: row for row in rows}
    return sorted(latest.values(), key=lambda row: (row.sort, row.name, row.pk))


def ever_directly_below(places: Iterable[int]) -> QuerySet[PlacePeriod]:
    """Every row that names one of some places as the place above."""
    return PlacePeriod.objects.filter(parent__in=places)


def units_by_code(code: str, on: date) -> QuerySet[PlacePeriod]:
    """The units that carry a code on a day, of whichever list."""
    return in_force(on).filter(code=code, level__in=_UNITS)


def units_holding(folded: str, on: date) -> QuerySet[PlacePeriod]:
    """The units whose folded name holds a folded text."""
    return in_force(on).filter(folded__contains=folded, level__in=_UNITS)


def units_with_letters(letters: str, on: date) -> QuerySet[PlacePeriod]:
    """The units whose folded name, without its spaces and signs, holds some letters."""
    return in_force(on).filter(level__in=_UNITS).annotate(bare=folded_letters()).filter(bare__contains=letters)


def units_with_half(first: str, last: str, on: date) -> QuerySet[PlacePeriod]:
    """The units whose folded name, without its spaces and signs, holds the first half or ends in the last."""
    either = Q(bare__contains=first) | Q(bare__endswith=last)
    return in_force(on).filter(level__in=_UNITS).annotate(bare=folded_letters()).filter(either)


def folded_letters() -> Expression:
    """The folded name without its spaces and signs."""
    bare = Replace(F("folded"), Value(" "), Value(""))
    for sign in "'-.":
        bare = Replace(bare, Value(sign), Value(""))
    return bare


def country_on(on: date) -> PlacePeriod | None:
    """The country as it was on a day."""
    return next(iter(_countries(on)), None)


@prepared
def _countries(on: date) -> QuerySet[PlacePeriod]:
    return in_force(on, Level.COUNTRY)[:1]


def past_country(ended: date) -> PlacePeriod | None:
    """The row of the country that ended on a day."""
    return PlacePeriod.objects.select_related("place").filter(level=Level.COUNTRY, valid_to=ended).first()


def units_on_a_day(list_key: str, level: Level, on: date) -> dict[str, PlacePeriod]:
    """The units of a list at one level that were there on a day, by code."""
    return {row.code: row for row in in_force(on, level).filter(code_list=list_key)}


def lineage_from(source: str) -> QuerySet[Lineage]:
    """What became of places, as far as one source says it."""
    return Lineage.objects.filter(source=source).select_related("old", "new")


def keys_of_units(code_list: CodeList, units: Iterable[tuple[str, str]]) -> list[int]:
    """The keys of the rows of a list with these levels and codes."""
    wanted = Q(pk__in=[])
    for level, code in units:
        wanted |= Q(level=level, code=code)
    return list(PlacePeriod.objects.filter(wanted, code_list=code_list).values_list("pk", flat=True))


def say_confirmed(code_list: CodeList, on: date, by: str, differing: list[int]) -> int:
    """Write on the rows of a list, but for the differing ones, that an earlier list says the same; how many changed."""
    rows = PlacePeriod.objects.filter(code_list=code_list, valid_from__gte=code_list.known_from)
    others, same = rows.filter(pk__in=differing), rows.exclude(pk__in=differing)
    back = others.exclude(confirmed_by="").update(confirmed_on=None, confirmed_by="")
    return back + same.exclude(confirmed_by=by).update(confirmed_on=on, confirmed_by=by)


def say_began(code_list: CodeList, code: str, on: date) -> None:
    """Write on a province that it surely was another thing before a day."""
    PlacePeriod.objects.filter(code_list=code_list, level=Level.PROVINCE, code=code).update(began_on=on)


def delete_lineage(edges: Iterable[Lineage]) -> None:
    """Take away edges that turned out to be wrong."""
    Lineage.objects.filter(pk__in=[edge.pk for edge in edges]).delete()


def open_period_for_update(place: Place) -> PlacePeriod | None:
    """The row of a place that has not ended, locked until the transaction ends."""
    return PlacePeriod.objects.select_for_update().filter(place=place, valid_to__isnull=True).first()


def code_was_ever_real(code: str) -> bool:
    """Whether some real unit of our data has, or once had, this code."""
    return PlacePeriod.objects.filter(code=code, place__fictional=False).exists()


def code_is_taken(code: str, code_list: CodeList, level: str) -> bool:
    """Whether a place in force has this code."""
    return PlacePeriod.objects.filter(code=code, code_list=code_list, level=level, valid_to__isnull=True).exists()


@prepared
def real_lists() -> QuerySet[CodeList]:
    """The lists by which we know the real country, oldest first."""
    return CodeList.objects.filter(fictional=False).order_by("known_from")


def digests() -> dict[str, str]:
    """The shipped data that this database holds, by list."""
    return dict(CodeList.objects.values_list("key", "digest"))


def codes_held(code_list: CodeList) -> set[tuple[str, str]]:
    """Level and code of every row that names a list."""
    return set(PlacePeriod.objects.filter(code_list=code_list).values_list("level", "code"))


def units_of_list(code_list: CodeList, level: Level) -> dict[str, PlacePeriod]:
    """The open rows of a list at one level, by code."""
    rows = PlacePeriod.objects.filter(code_list=code_list, level=level, valid_to__isnull=True)
    return {row.code: row for row in rows.select_related("place")}


def names_ever(places: Iterable[int]) -> dict[int, str]:
    """The latest name of each of some places, whether it is still there or not, by key."""
    rows = PlacePeriod.objects.filter(place__in=list(places)).order_by("valid_from")
    return dict(rows.values_list("place_id", "name"))
