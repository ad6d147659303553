from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st

from densach.history.domain import Act, Happening, canonical, record, record_many, verify_chain
from densach.history.models import Entry

pytestmark = pytest.mark.django_db
ACT = Act(who="cán bộ MẪU", at=datetime(2026, 3, 1, 8, 30, 15, 123456, tzinfo=UTC), why="theo biên bản MẪU")


def renamed(number: int, object_id: object = 1) -> Happening:
    before, after = {"name": f"Thôn {number - 1}"}, {"name": f"Thôn {number}", "on": date(2026, 1, number)}
    return Happening(kind="thing", object_id=object_id, event="renamed", before=before, after=after)


def log() -> QuerySet[Entry]:
    return Entry.objects.filter(kind="thing")


def alter(sql: str, *values: str) -> None:
    """Change the log behind the back of the product, as someone with the database in hand could."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_entry_says_everything_and_follows_the_one_before() -> None:
    record(renamed(1), ACT)
    record(renamed(2), ACT)
    first, stored = log()
    assert (first.sequence, first.previous_hash) == (1, "")
    assert (stored.sequence, stored.previous_hash) == (2, first.hash)
    assert (stored.who, stored.at, stored.event, stored.why) == (ACT.who, ACT.at, "renamed", ACT.why)
    assert stored.state_before == {"name": "Thôn 1"}
    assert stored.state_after == {"name": "Thôn 2", "on": "2026-01-02"}


def test_each_object_has_a_chain_of_its_own() -> None:
    record_many([renamed(1, 7), renamed(1, 8), renamed(2, 7)], ACT)
    record_many([renamed(2, 8), renamed(3, 7)], ACT)
    assert list(log().values_list("object_id", "sequence")) == [
        ("7", 1),
        ("7", 2),
        ("7", 3),
        ("8", 1),
        ("8", 2),
    ]
    assert verify_chain("thing", 7) == verify_chain("thing", 8) == []


def test_a_whole_chain_verifies_after_a_round_through_the_database() -> None:
    record_many([renamed(number) for number in range(1, 20)], ACT)
    assert verify_chain("thing", 1) == []


@pytest.mark.parametrize(
    "change",
    [
        "who = 'người khác'",
        "why = ''",
        "event = 'added'",
        "after = '{}'",
        "before = ''",
        "at = '2026-03-01 08:30:15.123457+00'",
    ],
)
def test_every_altered_word_breaks_the_chain_at_its_entry(change: str) -> None:
    record_many([renamed(number) for number in (1, 2, 3)], ACT)
    alter(f"update history_entry set {change} where sequence = 2")  # noqa: S608  - the cases above
    assert verify_chain("thing", 1) == [2]


def test_an_altered_entry_with_a_fresh_hash_breaks_the_next_one() -> None:
    record_many([renamed(number) for number in (1, 2, 3)], ACT)
    alter("update history_entry set hash = %s where sequence = 2", "0" * 64)
    assert verify_chain("thing", 1) == [2, 3]


def test_a_removed_entry_breaks_all_that_follow() -> None:
    record_many([renamed(number) for number in (1, 2, 3, 4)], ACT)
    alter("delete from history_entry where sequence = 2")
    assert verify_chain("thing", 1) == [3, 4]


def test_changing_and_deleting_are_refused() -> None:
    record(renamed(1), ACT)
    entry = log().get()
    attempts: list[Callable[[], object]] = [
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(who="x"),
        lambda: Entry.objects.bulk_update([entry], ["who"]),
    ]
    for attempt in attempts:
        with pytest.raises(TypeError, match="append-only"):
            attempt()
    assert verify_chain("thing", 1) == []


def test_the_database_refuses_a_second_entry_with_one_number() -> None:
    record(renamed(1), ACT)
    entry = log().get()
    entry.pk, entry._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Act(who="x", at=datetime(2026, 1, 1))  # noqa: DTZ001  - the fault under test


def test_nothing_is_written_when_one_state_cannot_be() -> None:
    bad = Happening(kind="thing", object_id=2, event="counted", after={"share": [{"of": 0.5}]})
    with pytest.raises(TypeError, match="no float"):
        record_many([renamed(1), bad], ACT)
    assert log().count() == 0


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none() | st.booleans() | st.dates()))
def test_the_order_of_a_state_does_not_matter(state: dict[str, object]) -> None:
    assert canonical(state) == canonical(dict(reversed(state.items())))
