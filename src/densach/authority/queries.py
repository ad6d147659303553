"""Reading roles, local decisions and books of numbers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, FilteredRelation, Q, QuerySet

from densach.accounts.models import Account
from densach.authority.models import Grant, IssuedNumber, KeptPaper, LocalDecision, NumberBook
from densach.authority.roles import Over
from densach.formats.vietnamese import fold
from densach.history.prepared import prepared
from densach.people.models import ClanSeat, HouseholdHome, HouseholdMember, Unit, UnitSeat
from densach.people.queries import true_on
from densach.places.models import Place, PlacePeriod
from densach.places.queries import fictional_places, in_force


def open_decision_for_update(title_key: str, place: Place) -> LocalDecision | None:
    """The local decision that has no end yet, locked until the transaction ends."""
    rows = LocalDecision.objects.select_for_update().filter(title_key=title_key, place=place)
    return rows.filter(valid_to__isnull=True).first()


def local_decision(title_key: str, place: Place, on: date) -> LocalDecision | None:
    """The local decision that names an office for a title in a place on a day."""
    rows = LocalDecision.objects.filter(title_key=title_key, place=place, valid_from__lte=on)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).first()


def local_decisions(place: Place, on: date) -> dict[str, LocalDecision]:
    """The local decisions that name offices in a place on a day, by title."""
    rows = LocalDecision.objects.filter(place=place, valid_from__lte=on)
    return {row.title_key: row for row in rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))}


def book_for_update(book: NumberBook) -> NumberBook:
    """The same book, locked until the transaction ends: whoever draws from it next waits."""
    return NumberBook.objects.select_for_update(of=("self",)).get(pk=book.pk)


def book_exists(place: Place, body: str, series: str, year: int, *, fictional: bool) -> bool:
    """Whether a book was opened."""
    rows = NumberBook.objects.filter(place=place, body=body, series=series, year=year, fictional=fictional)
    return rows.exists()


def books_of(place: Place, year: int, *, fictional: bool) -> list[NumberBook]:
    """The books of a place for a year, real or made-up."""
    rows = NumberBook.objects.filter(place=place, year=year, fictional=fictional)
    return list(rows.order_by("body", "series"))


def last_number(book: NumberBook) -> IssuedNumber | None:
    """The last number that a book gave."""
    return IssuedNumber.objects.filter(book=book).order_by("-number").first()


def numbers_in(book: NumberBook) -> QuerySet[IssuedNumber]:
    """All numbers of a book in their order."""
    return IssuedNumber.objects.filter(book=book).order_by("number")


def number_in(book: NumberBook, number: int) -> IssuedNumber | None:
    """One number of a book."""
    return IssuedNumber.objects.filter(book=book, number=number).first()


def numbers_of_thing(thing: UUID) -> list[IssuedNumber]:
    """The numbers that were given to one thing, with their books."""
    return list(IssuedNumber.objects.filter(thing=thing).select_related("book").order_by("pk"))


def kept_paper(thing: UUID) -> KeptPaper | None:
    """The numbered paper of a thing, unless it was cancelled."""
    rows = KeptPaper.objects.filter(number__thing=thing, number__cancelled="")
    return rows.select_related("number").first()


def kept_papers(matter: UUID) -> list[KeptPaper]:
    """The numbered papers of a file that were not cancelled, as they were issued."""
    rows = KeptPaper.objects.filter(matter=matter, number__cancelled="")
    return list(rows.select_related("number").order_by("pk"))


def kept_paper_names(matter: UUID) -> set[str]:
    """What the numbered papers of a file are called that were not cancelled."""
    return set(KeptPaper.objects.filter(matter=matter, number__cancelled="").values_list("name", flat=True))


def grants_in_force(account: Account, today: date) -> list[Grant]:
    """The roles of an account on a day, the longest held first, with the place or unit that each is held over."""
    grants = _held(account.pk, today)
    for grant in grants:
        grant.place_now = getattr(grant, "now", None)  # Django sets none where no role of the account is over a place
        grant.in_demonstration = getattr(grant, "fictional", None)
        if grant.place_now and grant.place:
            grant.place_now.place = grant.place
    return grants


@prepared
def _held(account: int, today: date) -> QuerySet[Grant]:
    rows = Grant.objects.filter(account=account, valid_from__lte=today, valid_to__gt=today)
    now = FilteredRelation("place__periods", condition=true_on(today, "place__periods__"))
    over = ("place", "now", "unit")
    rows = rows.annotate(now=now, fictional=Exists(fictional_places()))
    return rows.select_related(*over).order_by("valid_from", "pk")


def place_on(over: Over, key: int, day: date) -> PlacePeriod | None:
    """The place on a day in which something stands or lives that roles are held over, as far as it is known."""
    return next(iter(_places_on(over, key, day)), None)


@prepared
def _places_on(over: Over, key: int, day: date) -> QuerySet[PlacePeriod]:
    rows = PlacePeriod.objects.filter(true_on(day)).select_related("place")
    match over:
        case Over.PERSON:
            homes = HouseholdMember.objects.filter(true_on(day), true_on(day, "household__homes__"), person=key)
            return rows.filter(place__in=homes.values("household__homes__village"))
        case Over.HOUSEHOLD:
            return rows.filter(place__in=HouseholdHome.objects.filter(true_on(day), household=key).values("village"))
        case Over.CLAN:
            return rows.filter(place__in=ClanSeat.objects.filter(true_on(day), clan=key).values("commune"))
        case Over.UNIT:
            return rows.filter(place__in=UnitSeat.objects.filter(true_on(day), unit=key).values("commune"))
        case Over.PLACE:
            return rows.filter(place=key)


def grants_within(where: PlacePeriod, today: date) -> QuerySet[Grant]:
    """The roles not ended on a day over a place, or over what stands or lives in it."""
    # "0" follows "/" in binary order, so the range holds the place and exactly what begins with its path.
    here = in_force(today).filter(path__gte=where.path, path__lt=where.path[:-1] + "0").order_by().values("place")
    homes = HouseholdHome.objects.filter(true_on(today), village__in=here).values("household")
    people = HouseholdMember.objects.filter(true_on(today), household__in=homes).values("person")
    clans = ClanSeat.objects.filter(true_on(today), commune__in=here).values("clan")
    units = UnitSeat.objects.filter(true_on(today), commune__in=here).values("unit")
    wanted = Q(place__in=here) | Q(household__in=homes) | Q(person__in=people) | Q(clan__in=clans) | Q(unit__in=units)
    return _not_ended(today).filter(wanted)


def grants_of_unit(unit: Unit, today: date) -> QuerySet[Grant]:
    """The roles not ended on a day over one unit."""
    return _not_ended(today).filter(unit=unit)


def grants_named(grants: QuerySet[Grant], text: str, role: str | None) -> QuerySet[Grant]:
    """Of some roles those whose holder's name or sign-in name holds a text, and of one kind if one is named."""
    found = grants.filter(account__folded__contains=fold(text)) if text else grants
    found = found.filter(role=role) if role else found
    related = ("account", "given_by", "place", "household", "clan", "unit", "person")
    return found.select_related(*related).order_by("account__folded", "valid_from", "pk")


def _not_ended(today: date) -> QuerySet[Grant]:
    """What holds or is about to: somebody comes next week by a decision of today."""
    return Grant.objects.filter(valid_to__gt=today)


def grant_for_update(uid: UUID) -> Grant | None:
    """One role that was given, locked until the transaction ends."""
    return Grant.objects.select_for_update(of=("self",)).select_related("account", "place").filter(uid=uid).first()


def grant_like(account: Account, role: str, over: str, thing: object, on: date) -> Grant | None:
    """The same role over the same thing that an account holds on a day."""
    rows = Grant.objects.filter(account=account, role=role, valid_from__lte=on, valid_to__gt=on)
    return rows.filter(**{over: thing}).first()


def grants_over(place: Place, roles: Collection[str], today: date) -> list[Grant]:
    """Who holds some roles over just this place on a day, the longest held first."""
    rows = Grant.objects.filter(place=place, role__in=roles, valid_from__lte=today, valid_to__gt=today)
    return list(rows.select_related("account").order_by("valid_from", "pk"))


def account_names(uids: Collection[UUID]) -> dict[str, str]:
    """The names of some accounts, by their identity as the log writes it."""
    rows = Account.objects.filter(uid__in=uids).values_list("uid", "name")
    return {str(uid): name for uid, name in rows}
