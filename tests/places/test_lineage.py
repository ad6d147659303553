"""Carrying what was recorded of a place over the change of 01/07/2025 and back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from densach.history.domain import Act, verify_chain
from densach.history.queries import chain_of
from densach.places.domain import add_fictional_commune, close_place, link
from densach.places.lineage import Carried, Outcome, all_on_todays_map, on_earlier_map, on_todays_map
from densach.places.lookup import get_place, look_anywhere
from densach.places.models import Level, Lineage, Place
from densach.places.queries import in_force, inside, period_of

pytestmark = pytest.mark.django_db
LAST = date(2025, 6, 30)
DAY = date(2026, 11, 23)


def old(code: str) -> Place:
    return get_place(code, LAST).place


def told(carried: Carried) -> tuple[Outcome, list[str]]:
    return carried.outcome, [row.name for row in carried.places]


@pytest.mark.parametrize(
    ("code", "outcome", "names"),
    [
        ("00004", Outcome.EXACT, ["Phường Ba Đình"]),
        ("00007", Outcome.DIVIDED, ["Phường Giảng Võ", "Phường Ngọc Hà"]),
        ("24235", Outcome.UNCHANGED, ["Xã Buôn Đôn"]),
        ("31105", Outcome.UNCHANGED, ["Đặc khu Thổ Châu"]),
        ("91", Outcome.EXACT, ["Tỉnh An Giang"]),
        ("01", Outcome.UNCHANGED, ["Thành phố Hà Nội"]),
        ("536", Outcome.EXACT, ["Đặc khu Lý Sơn"]),
        ("817", Outcome.DIVIDED, None),
    ],
)
def test_what_has_become_of_a_place(code: str, outcome: Outcome, names: list[str] | None) -> None:
    carried = on_todays_map(old(code), DAY)
    assert carried.outcome == outcome
    assert names is None or [row.name for row in carried.places] == names
    assert {row.valid_to for row in carried.places} == {None}


def test_before_the_change_a_place_is_itself() -> None:
    assert told(on_todays_map(old("00007"), LAST)) == (Outcome.UNCHANGED, ["Phường Cống Vị"])


@pytest.mark.parametrize(
    ("code", "outcome", "names"),
    [
        ("91", Outcome.DIVIDED, ["Tỉnh An Giang", "Tỉnh Kiên Giang"]),
        ("24235", Outcome.UNCHANGED, ["Xã Krông Na"]),
        ("21548", Outcome.EXACT, ["Huyện Lý Sơn"]),
    ],
)
def test_what_a_place_of_today_was(code: str, outcome: Outcome, names: list[str]) -> None:
    assert told(on_earlier_map(get_place(code, DAY).place, LAST)) == (outcome, names)


def test_there_and_back_again_finds_every_old_commune() -> None:
    """Each old commune is among what each of its new communes was made from."""
    province = period_of(old("01"), LAST)
    assert province is not None
    for row in inside(province, LAST, Level.COMMUNE)[:60]:
        for new in on_todays_map(row.place, DAY).places:
            assert row.place_id in {back.place_id for back in on_earlier_map(new.place, LAST).places}


def test_all_old_communes_are_carried_with_a_fixed_number_of_queries() -> None:
    communes = list(in_force(LAST, Level.COMMUNE).values_list("place_id", flat=True))
    with CaptureQueriesContext(connection) as asked:
        carried = all_on_todays_map(communes, DAY)
    outcomes = [each.outcome for each in carried.values()]
    assert [outcomes.count(outcome) for outcome in Outcome] == [132, 9462, 441, 0]
    assert len(asked) <= 4


def test_finding_old_names_takes_few_queries() -> None:
    counted = []
    for text in ("Trúc Bạch", "Bến Nghé"):
        with CaptureQueriesContext(connection) as asked:
            assert look_anywhere(text, DAY).past
        counted.append(len(asked))
    assert max(counted) <= 12


def test_a_place_that_ended_without_a_successor_is_gone(commune: Place, act: Act) -> None:
    close_place(commune, on=date(2026, 7, 1), act=act)
    assert told(on_todays_map(commune, DAY)) == (Outcome.GONE, [])


def test_a_second_merger_is_followed_to_the_end(thai_nguyen: Place, commune: Place, act: Act) -> None:
    second = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Hai", on=date(2026, 7, 1), act=act)
    third = add_fictional_commune(thai_nguyen, "99003", "Xã MẪU Ba", on=date(2026, 8, 1), act=act)
    edge = Lineage(old=commune, new=second, on=date(2026, 7, 1), whole=True, source="MẪU")
    close_place(commune, on=edge.on, act=act)
    next_edge = Lineage(old=second, new=third, on=date(2026, 8, 1), whole=False, source="MẪU")
    close_place(second, on=next_edge.on, act=act)
    link([edge, next_edge], act)
    assert told(on_todays_map(commune, date(2026, 7, 31))) == (Outcome.EXACT, ["Xã MẪU Hai"])
    # Only a part of the second is known to be in the third, so nobody's place can be derived.
    assert told(on_todays_map(commune, DAY)) == (Outcome.DIVIDED, ["Xã MẪU Ba"])
    assert told(on_earlier_map(third, date(2026, 6, 30))) == (Outcome.DIVIDED, ["Xã MẪU Đèn Sách"])


def test_the_log_of_a_new_place_says_what_it_was_made_from() -> None:
    new = get_place("91", DAY).place
    entries = list(chain_of("place", str(new.uid)))
    assert [entry.event for entry in entries] == ["place_added", "place_made_from"]
    assert entries[1].state_after["legal_act"] == "Nghị quyết 202/2025/QH15"
    assert entries[1].state_after["places"] == sorted([str(old(code).uid), "whole"] for code in ("89", "91"))
    assert verify_chain("place", new.uid) == []


@pytest.mark.parametrize(
    "change",
    [
        {"share_permille": 400},
        {"share_basis": "MẪU"},
        {"share_permille": 1001, "share_basis": "MẪU"},
        {"new": None},
    ],
)
def test_the_database_refuses_a_contradictory_edge(
    change: dict[str, object], commune: Place, thai_nguyen: Place
) -> None:
    edge = Lineage(old=commune, new=thai_nguyen, on=DAY - timedelta(days=1), whole=False, source="MẪU")
    for field, value in change.items():
        setattr(edge, field, commune if field == "new" else value)
    with pytest.raises(IntegrityError), transaction.atomic():
        edge.save()


def test_the_database_refuses_a_place_wholly_in_two(commune: Place, thai_nguyen: Place) -> None:
    other = old("91")
    Lineage.objects.create(old=commune, new=thai_nguyen, on=DAY, whole=True, source="MẪU")
    with pytest.raises(IntegrityError), transaction.atomic():
        Lineage.objects.create(old=commune, new=other, on=DAY, whole=True, source="MẪU")
