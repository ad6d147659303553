"""What can happen to a place, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from densach.history.domain import Act, verify_chain
from densach.history.queries import chain_of
from densach.places.domain import (
    Description,
    add_fictional_commune,
    add_place,
    add_village,
    add_villages,
    close_place,
    rename_place,
    village_type,
)
from densach.places.lookup import get_place
from densach.places.models import CodeList, Kind, Level, Place, PlacePeriod
from densach.places.queries import children_of, in_force, inside, open_country, period_of, periods_of, villages_of
from densach.problems import Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
LATER = date(2026, 7, 1)
BEFORE = timedelta(days=1)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [found.code for found in refused.value.problems]


def test_a_fictional_commune_lies_in_its_real_province(commune: Place, thai_nguyen: Place) -> None:
    period = period_of(commune, DAY)
    assert period is not None
    assert (period.name, period.type, period.code, period.parent) == ("Xã MẪU Đèn Sách", "xã", "99001", thai_nguyen)
    assert (commune.fictional, thai_nguyen.fictional) == (True, False)
    assert get_place("99001", DAY) == period


@pytest.mark.parametrize("code", ["00004", "12345", "9900", "990011", "99OO1", ""])
def test_a_code_that_could_be_real_is_refused(code: str, thai_nguyen: Place, act: Act) -> None:
    with pytest.raises(Refused) as refused:
        add_fictional_commune(thai_nguyen, code, "Xã MẪU", on=DAY, act=act)
    assert codes(refused) == ["L107"]


def test_a_fictional_code_that_became_real_is_refused(thai_nguyen: Place, act: Act) -> None:
    real = CodeList.objects.get(key="qd19-2025")
    unit = Description(
        name="Xã Thật", level=Level.COMMUNE, parent=thai_nguyen, source="thử", type="xã", code="99002", code_list=real
    )
    add_place(unit, on=DAY, act=act)
    with pytest.raises(Refused) as refused:
        add_fictional_commune(thai_nguyen, "99002", "Xã MẪU", on=DAY, act=act)
    assert codes(refused) == ["L107"]


def test_a_fictional_name_must_say_so(thai_nguyen: Place, act: Act) -> None:
    with pytest.raises(Refused) as refused:
        add_fictional_commune(thai_nguyen, "99001", "Xã Đèn Sách", on=DAY, act=act)
    assert codes(refused) == ["L108"]


@pytest.mark.usefixtures("commune")
def test_a_code_in_use_is_refused_and_nothing_is_written(thai_nguyen: Place, act: Act) -> None:
    before = (Place.objects.count(), PlacePeriod.objects.count())
    with pytest.raises(Refused) as refused:
        add_fictional_commune(thai_nguyen, "99001", "Xã MẪU Khác", on=DAY, act=act)
    assert codes(refused) == ["L106"]
    assert (Place.objects.count(), PlacePeriod.objects.count()) == before


def test_a_parent_that_is_not_there_yet_is_refused(commune: Place, act: Act) -> None:
    with pytest.raises(Refused) as refused:
        add_village(commune, "Thôn 1", on=DAY - BEFORE, act=act, source="MẪU")
    assert codes(refused) == ["L104"]


def test_a_village_lies_in_a_commune_and_nowhere_else(thai_nguyen: Place, act: Act) -> None:
    with pytest.raises(Refused) as refused:
        add_village(thai_nguyen, "Thôn 1", on=DAY, act=act, source="MẪU")
    assert codes(refused) == ["L104"]


def test_villages_sort_by_number_and_by_the_vietnamese_alphabet(commune: Place, act: Act) -> None:
    names = ["Thôn 10", "Thôn 2", "Tổ dân phố Đông", "Xóm Ấp Cũ", "Thôn Dâu", "Thôn 1"]
    added = add_villages(commune, names, on=DAY, act=act, source="MẪU")
    found = list(villages_of(commune, DAY))
    assert [row.name for row in found] == [
        "Thôn 1",
        "Thôn 2",
        "Thôn 10",
        "Thôn Dâu",
        "Tổ dân phố Đông",
        "Xóm Ấp Cũ",
    ]
    assert [row.type for row in found] == ["thôn", "thôn", "thôn", "thôn", "tổ dân phố", ""]
    assert {(place.kind, place.fictional) for place in added} == {(Kind.VILLAGE, True)}
    assert {row.place for row in found} == set(added)


@pytest.mark.parametrize(("one", "twin"), [("Thôn Hòa", "Thôn Hoà"), ("Thôn Hòa", "thôn  HÒA"), ("Ấp 1", "Ấp 1")])
def test_one_commune_has_no_two_villages_of_one_name(one: str, twin: str, commune: Place, act: Act) -> None:
    with pytest.raises(Refused) as together:
        add_villages(commune, [one, twin], on=DAY, act=act, source="MẪU")
    add_village(commune, one, on=DAY, act=act, source="MẪU")
    with pytest.raises(Refused) as after:
        add_villages(commune, ["Thôn Mới", twin], on=DAY, act=act, source="MẪU")
    assert codes(together) == codes(after) == ["L105"]
    assert [row.name for row in villages_of(commune, DAY)] == [one]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Buôn Đôn", "thôn"), ("Tổ dân phố 3", "tổ dân phố"), ("Khóm 2", "tổ dân phố"), ("Bảng Mới", ""), ("Ấp", "")],
)
def test_the_first_word_tells_the_type_of_a_village(name: str, kind: str) -> None:
    assert village_type(name) == kind


def test_a_renamed_place_stays_the_same_place(commune: Place, act: Act) -> None:
    village = add_village(commune, "Thôn Cũ", on=DAY, act=act, source="MẪU")
    rename_place(village, "Thôn  Mới", on=LATER, act=act, source="NQ MẪU")
    rows = [(row.name, row.valid_from, row.valid_to, row.source) for row in periods_of(village)]
    assert rows == [("Thôn Cũ", DAY, LATER, "MẪU"), ("Thôn Mới", LATER, None, "NQ MẪU")]
    names = [row.name for day in (LATER - BEFORE, LATER) if (row := period_of(village, day))]
    assert names == ["Thôn Cũ", "Thôn Mới"]
    assert period_of(village, DAY - BEFORE) is None
    assert [row.folded for row in villages_of(commune, LATER)] == ["thon moi"]


def test_a_closed_place_is_no_more_and_keeps_its_past(commune: Place, act: Act) -> None:
    village = add_village(commune, "Thôn Cũ", on=DAY, act=act, source="MẪU")
    close_place(village, on=LATER, act=act)
    assert period_of(village, LATER) is None
    past = period_of(village, LATER - BEFORE)
    assert past is not None
    assert (past.name, past.valid_to) == ("Thôn Cũ", LATER)
    with pytest.raises(Refused) as refused:
        rename_place(village, "Thôn Khác", on=LATER, act=act, source="MẪU")
    assert codes(refused) == ["L110"]


def test_a_place_with_others_below_it_does_not_end(commune: Place, act: Act) -> None:
    village = add_village(commune, "Thôn 1", on=DAY, act=act, source="MẪU")
    with pytest.raises(Refused) as refused:
        close_place(commune, on=LATER, act=act)
    assert codes(refused) == ["L111"]
    close_place(village, on=LATER, act=act)
    close_place(commune, on=LATER, act=act)
    assert period_of(commune, LATER) is None


@pytest.mark.parametrize("on", [DAY, DAY - BEFORE])
def test_a_change_takes_effect_after_the_row_began(on: date, commune: Place, act: Act) -> None:
    with pytest.raises(Refused) as renamed:
        rename_place(commune, "Xã MẪU Khác", on=on, act=act, source="MẪU")
    with pytest.raises(Refused) as closed:
        close_place(commune, on=on, act=act)
    assert codes(renamed) == codes(closed) == ["L109"]


def test_the_log_tells_a_life_from_first_to_last(commune: Place, act: Act) -> None:
    rename_place(commune, "Xã MẪU Mới", on=LATER, act=act, source="NQ MẪU")
    close_place(commune, on=LATER + BEFORE, act=act)
    entries = list(chain_of("place", str(commune.uid)))
    assert [entry.event for entry in entries] == ["place_added", "place_renamed", "place_closed"]
    assert [entry.state_after["name"] for entry in entries] == ["Xã MẪU Đèn Sách", "Xã MẪU Mới", "Xã MẪU Mới"]
    assert entries[0].state_before is None
    assert [entry.state_after["valid_to"] for entry in entries] == [None, None, "2026-07-02"]
    assert verify_chain("place", commune.uid) == []


def test_inside_finds_every_depth_and_nothing_beside(commune: Place, thai_nguyen: Place, act: Act) -> None:
    village = add_village(commune, "Thôn 1", on=DAY, act=act, source="MẪU")
    province, country = period_of(thai_nguyen, DAY), open_country()
    assert province is not None
    assert country is not None
    assert [row.place for row in inside(province, DAY, Level.VILLAGE)] == [village]
    assert inside(province, DAY, Level.COMMUNE).count() == 92 + 1
    assert children_of(country.place, DAY).count() == 34
    assert inside(country, DAY).count() == in_force(DAY).count() - 1 == 34 + 3321 + 2


def test_every_path_is_the_path_of_the_parent_and_its_own_key() -> None:
    paths = dict(in_force(DAY).values_list("place_id", "path"))
    for row in in_force(DAY):
        above = paths[row.parent_id] if row.parent_id else ""
        assert row.path == f"{above}{row.place_id}/"


@pytest.mark.parametrize(
    "change",
    [
        {"valid_to": DAY},
        {"place_id": None},
        {"code": ""},
        {"parent": None},
        {"level": "hamlet"},
        {"valid_to": None},
    ],
)
def test_the_database_refuses_a_contradictory_row(change: dict[str, object], commune: Place) -> None:
    period = PlacePeriod.objects.get(place=commune)
    copy = PlacePeriod.objects.get(pk=period.pk)
    copy.pk, copy._state.adding = None, True
    copy.code, copy.valid_to = "99009", LATER
    for field, value in change.items():
        setattr(copy, field, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


@pytest.mark.usefixtures("commune")
def test_the_database_refuses_one_code_twice_in_force(thai_nguyen: Place, act: Act) -> None:
    code_list = CodeList.objects.get(key="mau")
    unit = Description(name="Xã MẪU B", level=Level.COMMUNE, parent=thai_nguyen, source="MẪU", code="99003")
    other = add_place(replace(unit, code_list=code_list), on=DAY, act=act, fictional=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlacePeriod.objects.filter(place=other).update(code="99001")


def test_an_identity_is_opaque_and_given_once(commune: Place) -> None:
    assert isinstance(commune.uid, UUID)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(uid=commune.uid, kind=Kind.UNIT)
