"""Reading councils, sittings, agendas and turns, and locking what is about to change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from densach.accounts.models import Account
from densach.authority.models import Grant
from densach.authority.roles import Role
from densach.awards.councils.models import Council, Item, Member, Note, Result, Seat, Seated, Sitting, Slot, Turn
from densach.awards.models import AwardRound, Nomination, Quota, Step
from densach.places.models import Place

_AT_ONCE = 2000
_PASSED = (Step.PASSED, Step.FORWARDED, Step.AWARDED)
_NAMED = ("nomination__nominee", "nomination__proposer")


def _on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def councils_at(place: Place) -> list[Council]:
    """The councils of a place, the latest first."""
    return list(Council.objects.filter(place=place).order_by("-valid_from", "-pk"))


def council_by_uid(uid: UUID) -> Council | None:
    """One council."""
    return Council.objects.filter(uid=uid).select_related("place").first()


def council_for_update(council: Council) -> Council:
    """The same council as it is now, locked."""
    return Council.objects.select_for_update(of=("self",)).get(pk=council.pk)


def members_of(council: Council) -> list[Member]:
    """All who sit or sat in a council, in the order of their posts."""
    found = Member.objects.filter(council=council).select_related("account").order_by("valid_from", "pk")
    return sorted(found, key=lambda member: Seated.values.index(member.seated))


def members_on(council: Council, day: date) -> list[Member]:
    """Who sits in a council on a day."""
    return [
        member
        for member in members_of(council)
        if member.valid_from <= day and (member.valid_to is None or day < member.valid_to)
    ]


def member_for_update(uid: UUID) -> Member | None:
    """A member, locked, with the council."""
    return Member.objects.select_for_update(of=("self",)).select_related("council__place").filter(uid=uid).first()


def who_may_sit(place: Place, day: date) -> list[Account]:
    """The accounts that hold the role of a council member of a place on a day, by name."""
    held = Grant.objects.filter(_on(day), role=Role.COUNCIL_MEMBER, place=place).values("account")
    return list(Account.objects.filter(pk__in=held, is_active=True).order_by("name", "pk"))


def rounds_at(place: Place) -> list[AwardRound]:
    """The rounds of a place, the latest first."""
    return list(AwardRound.objects.filter(place=place).order_by("-year", "-pk"))


def sittings_of(council: Council) -> list[Sitting]:
    """The sittings of a council, the latest first, each with the size of its agenda (`agenda`)."""
    found = Sitting.objects.filter(council=council).select_related("round")
    return list(found.annotate(agenda=Count("items")).order_by("-held_on", "-pk"))


def sittings_with(account: Account) -> list[Sitting]:
    """The sittings in which an account has a seat, the latest first, each with the size of its agenda (`agenda`)."""
    seats = Seat.objects.filter(member__account=account).values("sitting")
    found = Sitting.objects.filter(pk__in=seats).select_related("council__place", "round")
    return list(found.annotate(agenda=Count("items")).order_by("-held_on", "-pk"))


def sitting_by_uid(uid: UUID) -> Sitting | None:
    """One sitting with its council and round."""
    return Sitting.objects.select_related("council__place", "round").filter(uid=uid).first()


def sitting_for_update(sitting: Sitting) -> Sitting:
    """The same sitting as it is now, locked until the transaction ends."""
    locked = Sitting.objects.select_for_update(of=("self",))
    return locked.select_related("council__place", "round").get(pk=sitting.pk)


def seats_of(sitting: Sitting) -> list[Seat]:
    """The seats of a sitting, in the order they were made."""
    return list(Seat.objects.filter(sitting=sitting).select_related("member__account").order_by("pk"))


def delete_seats(seats: Collection[Seat]) -> None:
    """Take seats away before anybody voted, with what was noted and declared from them."""
    Note.objects.filter(seat__in=seats).delete()
    Turn.objects.filter(seat__in=seats).delete()
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).delete()


def items_of(sitting: Sitting, first: int, count: int) -> list[Item]:
    """Some items of an agenda in its order, with whom they are about."""
    found = Item.objects.filter(sitting=sitting, position__gt=first).select_related(*_NAMED)
    return list(found.order_by("position")[:count])


def all_items(sitting: Sitting) -> list[Item]:
    """The whole agenda in its order, with whom it is about."""
    return list(Item.objects.filter(sitting=sitting).select_related(*_NAMED).order_by("position"))


def item_by_uid(sitting: Sitting, uid: UUID) -> Item | None:
    """One item of a sitting."""
    return Item.objects.filter(sitting=sitting, uid=uid).select_related(*_NAMED, "nomination__round").first()


def item_with_sitting(sitting: UUID, uid: UUID) -> Item | None:
    """One item together with its sitting."""
    found = Item.objects.filter(sitting__uid=sitting, uid=uid)
    return found.select_related(*_NAMED, "nomination__round", "sitting__council__place", "sitting__round").first()


def has_seat(sitting: Sitting, account: Account) -> bool:
    """Whether an account has a seat at a sitting."""
    return Seat.objects.filter(sitting=sitting, member__account=account).exists()


def items_by_uid(sitting: Sitting, uids: Collection[UUID]) -> list[Item]:
    """Some items of a sitting, with whom they are about."""
    return list(Item.objects.filter(sitting=sitting, uid__in=uids).select_related(*_NAMED).order_by("position"))


def beside(item: Item) -> tuple[Item | None, Item | None]:
    """The items before and after one."""
    others = Item.objects.filter(sitting_id=item.sitting_id)
    before = others.filter(position__lt=item.position).order_by("-position").first()
    return before, others.filter(position__gt=item.position).order_by("position").first()


def results_of(sitting: Sitting) -> dict[str, int]:
    """How many items came to each result."""
    found = Item.objects.filter(sitting=sitting).values_list("result").annotate(count=Count("pk"))
    return dict(found.order_by())


def awards_on(sitting: Sitting) -> list[str]:
    """Which awards an agenda speaks of."""
    found = Item.objects.filter(sitting=sitting).values_list("nomination__award", flat=True)
    return sorted(set(found.order_by().distinct()))


def last_position(sitting: Sitting) -> int:
    """The number of the last item of an agenda."""
    return Item.objects.filter(sitting=sitting).order_by("-position").values_list("position", flat=True).first() or 0


def waiting_for(sitting: Sitting, award: str = "") -> QuerySet[Nomination]:
    """The nominations of the round that may go on the agenda, held ones left out."""
    found = Nomination.objects.filter(round=sitting.round, step=Step.ELIGIBLE)
    return (found.filter(award=award) if award else found).order_by("nominee__folded", "pk")


def waiting_page(sitting: Sitting, award: str, first: int, count: int) -> list[Nomination]:
    """Some of those that may go on the agenda, by name."""
    return list(waiting_for(sitting, award).select_related("nominee", "proposer")[first : first + count])


def waiting_counts(sitting: Sitting) -> dict[str, int]:
    """How many of each award may go on the agenda."""
    return dict(waiting_for(sitting).values_list("award").annotate(count=Count("pk")).order_by("award"))


def waiting_chosen(sitting: Sitting, uids: Collection[UUID] | None, award: str) -> list[Nomination]:
    """Those chosen, or all of an award, that may go on the agenda."""
    found = waiting_for(sitting, award)
    return list(found.filter(uid__in=uids) if uids is not None else found)


def set_moved(keys: Collection[int]) -> None:
    """Say of items that their nominations went on."""
    for some in _pieces(keys):
        Item.objects.filter(pk__in=some).update(is_moved=True)


def passed_before(quota: Quota) -> int:
    """How many nominations that a quota speaks of were passed already."""
    found = Nomination.objects.filter(round=quota.round_id, award=quota.award, step__in=_PASSED)
    if quota.subject:
        found = found.filter(nominee__kind=quota.subject)
    return (found.filter(proposer=quota.proposer_id) if quota.proposer_id else found).count()


def slots_for_update(items: Collection[int]) -> dict[int, list[Slot]]:
    """The slots of some items, locked; their order says nothing."""
    found: dict[int, list[Slot]] = defaultdict(list)
    for some in _pieces(items):
        for slot in Slot.objects.select_for_update().filter(item__in=some).order_by("pk"):
            found[slot.item_id].append(slot)
    return found


def add_slots(rows: Sequence[tuple[int, bytes]]) -> None:
    """Add sealed slots, each to its item, in plain SQL: building tens of thousands of models takes seconds."""
    table = Slot._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (item_id, sealed, choice) VALUES (%s, %s, '')",  # noqa: S608  - only our own names
            rows,
        )


def open_slots(keys: Collection[int], choice: str) -> None:
    """Write what some slots say, unsealed."""
    for some in _pieces(keys):
        Slot.objects.filter(pk__in=some).update(sealed=None, choice=choice)


def choices_in(sitting: Sitting) -> dict[int, dict[str, int]]:
    """How many slots of each item say what, once they were opened."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Slot.objects.filter(item__sitting=sitting, sealed=None).values_list("item", "choice")
    for item, choice, count in rows.annotate(count=Count("pk")).order_by():
        found[item][choice] = count
    return found


def delete_item(item: Item) -> None:
    """Take an item off an agenda, with what members noted and declared about it."""
    Note.objects.filter(item=item).delete()
    Turn.objects.filter(item=item).delete()
    Item.objects.filter(pk=item.pk).delete()


def delete_turn(turn: Turn) -> None:
    """Take back an interest that was declared."""
    Turn.objects.filter(pk=turn.pk).delete()


def set_entitled(items: Iterable[Item]) -> None:
    """Write how many may vote on each item."""
    by_number: dict[int, list[int]] = defaultdict(list)
    for item in items:
        by_number[item.entitled].append(item.pk)
    for number, keys in by_number.items():
        for some in _pieces(keys):
            Item.objects.filter(pk__in=some).update(entitled=number)


def write_items(items: Iterable[Item], columns: Sequence[str]) -> None:
    """Write some columns of many items, in plain SQL, as an update through the models takes seconds."""
    table, named = Item._meta.db_table, ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {named} WHERE id = %s",  # noqa: S608  - only names of our own columns
            [(*(_plain(getattr(item, name)) for name in columns), item.pk) for item in items],
        )


def delete_slot(slot: Slot) -> None:
    """Take one slot away."""
    Slot.objects.filter(pk=slot.pk).delete()


def turns_of(seat: Seat, items: Iterable[Item]) -> dict[int, Turn]:
    """The turns that a seat had at some items, by item."""
    return {turn.item_id: turn for turn in Turn.objects.filter(seat=seat, item__in=[item.pk for item in items])}


def turns_had(seat: Seat) -> int:
    """At how many items a seat has nothing more to say."""
    return Turn.objects.filter(Q(has_voted=True) | Q(must_abstain=True), seat=seat).count()


def items_without_turn(sitting: Sitting, seat: Seat, first: int, count: int) -> list[Item]:
    """Some items after a number on which a seat may still vote, in the order of the agenda."""
    done = Turn.objects.filter(Q(has_voted=True) | Q(must_abstain=True), seat=seat).values("item")
    found = Item.objects.filter(sitting=sitting, position__gt=first).exclude(pk__in=done)
    return list(found.select_related(*_NAMED).order_by("position")[:count])


def abstaining(sitting: Sitting) -> dict[int, int]:
    """How many must abstain for each item."""
    found = Turn.objects.filter(item__sitting=sitting, must_abstain=True).values_list("item")
    return dict(found.annotate(count=Count("pk")).order_by())


def voted_in(sitting: Sitting) -> dict[int, int]:
    """How many voted for each item."""
    found = Turn.objects.filter(item__sitting=sitting, has_voted=True).values_list("item")
    return dict(found.annotate(count=Count("pk")).order_by())


def open_choices(sitting: Sitting) -> dict[int, dict[str, int]]:
    """How many said what of each item, openly."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Turn.objects.filter(item__sitting=sitting, has_voted=True, is_secret=False).values_list("item", "choice")
    for item, choice, count in rows.annotate(count=Count("pk")).order_by():
        found[item][choice] = count
    return found


def turns_by_seat(sitting: Sitting) -> dict[int, int]:
    """How many items each seat has voted on."""
    found = Turn.objects.filter(item__sitting=sitting, has_voted=True).values_list("seat")
    return dict(found.annotate(count=Count("pk")).order_by())


def interests_in(sitting: Sitting) -> list[Turn]:
    """The interests that were declared, in the order of the agenda."""
    found = Turn.objects.filter(item__sitting=sitting).exclude(interest="")
    return list(found.select_related("item__nomination__nominee", "seat__member__account").order_by("item__position"))


def open_against(sitting: Sitting) -> list[Turn]:
    """Who voted openly otherwise than for, in the order of the agenda."""
    found = Turn.objects.filter(item__sitting=sitting, has_voted=True, is_secret=False, choice__in=("against", "blank"))
    return list(found.select_related("item__nomination__nominee", "seat__member__account").order_by("item__position"))


def note_of(item: Item, seat: Seat) -> Note | None:
    """What a member keeps about a file."""
    return Note.objects.filter(item=item, seat=seat).first()


def notes_of(seat: Seat, items: Iterable[Item]) -> dict[int, Note]:
    """What a member keeps about some files, by item."""
    return {note.item_id: note for note in Note.objects.filter(seat=seat, item__in=[item.pk for item in items])}


def unfinished(sitting: Sitting) -> list[Item]:
    """Items with a result whose nominations did not go on yet."""
    found = Item.objects.filter(sitting=sitting, is_moved=False, result__in=(Result.PASSED, Result.REFUSED))
    return list(found.select_related("nomination__nominee").order_by("position"))


def _pieces(keys: Collection[int]) -> Iterable[list[int]]:
    found = list(keys)
    return (found[first : first + _AT_ONCE] for first in range(0, len(found), _AT_ONCE))


def _plain(value: str | int) -> str | int:
    """A choice of a list as the text that it is, which every database takes."""
    return str(value) if isinstance(value, str) else value
