"""A secret ballot leads to nobody: not by a row, a key, an order, a time, a row version or an entry of the log."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, models, transaction

from densach.awards.councils import box
from densach.problems import Refused
from tests.awards.councils.making import KEYS, closed, council_of, ended, fresh, items_of, opened, vote

if TYPE_CHECKING:
    from densach.awards.councils.models import Sitting
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def sealed(sitting: Sitting) -> list[tuple[int, bytes]]:
    """What the database holds of the box, in the order of its keys."""
    from densach.awards.councils.models import Slot

    rows = Slot.objects.filter(item__sitting=sitting).order_by("pk").values_list("pk", "sealed")
    return [(key, bytes(content or b"")) for key, content in rows]


def test_a_slot_knows_its_item_and_nothing_else() -> None:
    from densach.awards.councils.models import Item, Slot, Turn

    assert [field.name for field in Slot._meta.get_fields()] == ["id", "item", "sealed", "choice"]
    times = (models.DateField, models.TimeField, models.DurationField)
    assert not [field for model in (Slot, Turn) for field in model._meta.get_fields() if isinstance(field, times)]
    linked = {field.related_model for field in Slot._meta.get_fields() if field.is_relation}
    assert linked == {Item}
    assert not [field for field in Turn._meta.get_fields() if field.is_relation and field.related_model is Slot]


def test_slots_are_there_before_the_voting_and_as_many_as_members_entitled(commune: Place, act: Act) -> None:
    bench = council_of(commune, act, members=5)
    sitting = opened(bench, act, absent=(4,))
    keys = [key for key, _ in sealed(sitting)]
    assert [item.slots.count() for item in items_of(sitting)] == [5, 5]
    vote(bench, sitting, 0, "for", act=act)
    assert [key for key, _ in sealed(sitting)] == keys
    closed(bench, sitting, act)
    assert [key for key, _ in sealed_keys(sitting)] == keys


def sealed_keys(sitting: Sitting) -> list[tuple[int, str]]:
    from densach.awards.councils.models import Slot

    return list(Slot.objects.filter(item__sitting=sitting).order_by("pk").values_list("pk", "choice"))


def test_before_the_count_nobody_reads_a_choice_and_each_vote_changes_every_slot(commune: Place, act: Act) -> None:
    bench = council_of(commune, act, members=5)
    sitting = opened(bench, act, count=1)
    seen = [sealed(sitting)]
    for number, said in enumerate(("for", "against", "blank")):
        vote(bench, sitting, number, said, act=act)
        seen.append(sealed(sitting))
    lengths = {len(content) for each in seen for _, content in each}
    assert len(lengths) == 1  # an empty slot looks like a full one
    texts = [content for each in seen for _, content in each]
    assert len(set(texts)) == len(texts)  # no slot stays as it was, so that no two looks tell which was filled
    from densach.awards.councils.models import Item, Slot

    assert set(Slot.objects.values_list("choice", flat=True)) == {""}
    assert set(Item.objects.values_list("voted", "agreed", "result")) == {(0, 0, "")}  # no running counts


def test_rows_that_voted_say_nothing_of_the_choice(commune: Place, act: Act) -> None:
    from densach.awards.councils.models import Turn

    bench = council_of(commune, act)
    sitting = opened(bench, act)
    vote(bench, sitting, 0, "against", act=act)
    assert set(Turn.objects.values_list("has_voted", "choice", "paper", "interest")) == {(True, "", "", "")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.update(choice="against")


def test_the_log_says_who_voted_and_never_what(commune: Place, act: Act) -> None:
    from densach.history.models import Entry

    logs, bench = [], council_of(commune, act)
    for said in ("for", "against"):
        sitting = opened(bench, act, count=2)
        vote(bench, sitting, 0, said, act=act)
        entries = Entry.objects.filter(kind="sitting", object_id=str(sitting.pk), event="voted")
        logs.append(
            [(entry.before, entry.after.replace(str(bench.seat(sitting, 0).uid), "?"), entry.why) for entry in entries]
        )
        closed(bench, sitting, act)
        ended(bench, fresh(sitting), act)
    assert logs[0] == logs[1] == [("", '{"items":2,"seat":"?"}', "để thử")]
    ended_with = Entry.objects.filter(event__in=("counted", "ended")).values_list("after", flat=True)
    assert set(ended_with) == {'{"passed":0,"refused":2,"tied":0}'}


def test_where_a_choice_stands_is_drawn_by_lot_whoever_voted_first(commune: Place, act: Act) -> None:
    """One of five is against, and votes first: over many items its slot must be any of the five, equally often."""
    bench = council_of(commune, act, members=5)
    sitting = opened(bench, act, count=400)
    for number, said in enumerate(("against", "for", "for", "for")):
        vote(bench, sitting, number, said, act=act)
    closed(bench, sitting, act)
    where: Counter[int] = Counter()
    for item in items_of(sitting):
        choices = list(item.slots.order_by("pk").values_list("choice", flat=True))
        assert sorted(choices) == ["", "against", "for", "for", "for"]
        where[choices.index("against")] += 1
    statistic = sum((where[place] - 80) ** 2 / 80 for place in range(5))
    assert statistic < 28  # chi-squared with 4 degrees of freedom: more than this once in 80,000 runs


def test_the_choices_of_one_member_are_in_no_common_place(commune: Place, act: Act) -> None:
    """Whoever is alone against in many items would be found, were the slots of the items in one order."""
    bench = council_of(commune, act)
    sitting = opened(bench, act, count=60)
    for number, said in enumerate(("against", "for", "for")):
        vote(bench, sitting, number, said, act=act)
    closed(bench, sitting, act)
    places = [
        list(item.slots.order_by("pk").values_list("choice", flat=True)).index("against") for item in items_of(sitting)
    ]
    assert set(places) == {0, 1, 2}


# How many versions the slots of an item have, and how many of them were written together with a turn; SQLite keeps no
# versions, and its rows stay where they were made.
VERSIONS = {
    "postgresql": "select count(distinct xmin::text) from councils_slot where item_id = %s",
    "sqlite": "select count(distinct item_id) from councils_slot where item_id = %s",
}
JOINED = {
    "postgresql": "select count(*) from councils_slot s, councils_turn t where s.xmin::text = t.xmin::text"
    " and s.item_id = %s",
    "sqlite": "select count(*) from councils_slot s, councils_turn t where s.choice = t.choice and s.item_id = %s",
}


def test_no_row_version_joins_a_voter_with_a_slot_of_an_item(commune: Place, act: Act) -> None:
    bench = council_of(commune, act, members=3)
    sitting = opened(bench, act, count=1)
    [item] = items_of(sitting)
    with connection.cursor() as cursor:
        for number in range(3):
            vote(bench, sitting, number, "for", act=act)
            cursor.execute(VERSIONS[connection.vendor], [item.pk])
            assert cursor.fetchone() == (1,)  # all slots of an item are of one version, whichever was filled
        closed(bench, sitting, act)
        cursor.execute(JOINED[connection.vendor], [item.pk])
        assert cursor.fetchone() == (0,)


def test_a_box_that_was_tampered_with_is_not_counted(commune: Place, act: Act) -> None:
    from densach.awards.councils.models import Choice, Slot

    bench = council_of(commune, act)
    sitting = opened(bench, act, count=1)
    vote(bench, sitting, 0, "for", act=act)
    slots = list(Slot.objects.all())
    assert box.drop_in(slots, Choice.FOR, KEYS, sitting.key)  # a ballot that nobody cast
    box.write(slots)
    with pytest.raises(Refused) as refusal:
        closed(bench, sitting, act)
    assert refusal.value.problems[0].code == "Q215"
    now = fresh(sitting)
    assert (now.state, {row.choice for row in Slot.objects.all()}) == ("open", {""})


def test_the_database_refuses_counts_that_do_not_add_up(commune: Place, act: Act) -> None:
    from densach.awards.councils.models import Item

    bench = council_of(commune, act)
    sitting = opened(bench, act, count=1)
    vote(bench, sitting, 0, "for", act=act)
    closed(bench, sitting, act)
    for change in ({"agreed": 2}, {"unused": 1}, {"voted": 2}, {"entitled": 4}, {"result": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.update(**change)


def test_the_box_opens_with_its_key_only(commune: Place, act: Act) -> None:
    from densach.awards.councils.models import Slot
    from densach.people.numbers import Keys

    bench = council_of(commune, act)
    sitting = opened(bench, act, count=2)
    other = Keys({"k1": bytes(32)}, "k1", b"h" * 32)
    slots = list(Slot.objects.filter(item=items_of(sitting)[0]))
    with pytest.raises(Refused):
        box.open_all(slots, other, sitting.key)
    slots[0].item_id = items_of(sitting)[1].pk  # a slot put into the box of another item
    with pytest.raises(Refused):
        box.open_all(slots, KEYS, sitting.key)
