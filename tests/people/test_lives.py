"""A life and a household over time: each event dates its rows, every day stays readable, contradictions are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from densach.history.domain import Act, verify_chain
from densach.people.domain import Entered, enter_units, join_units
from densach.people.models import Household, HouseholdHome, HouseholdMember, Person, PersonName, UnitMember
from densach.people.records import lives
from densach.people.records.choosing import choose_place
from densach.people.records.describing import household_on, name_on
from densach.people.records.naming import find_persons
from densach.people.records.queries import household_coded
from densach.people.records.story import life_of
from densach.places.models import Place
from densach.problems import Refused
from tests.people.making import NEW_YEAR, enter, family, village
from tests.people.pairing import join

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
TET = Act(who="cán bộ MẪU", at=datetime(2026, 7, 2, tzinfo=UTC), why="theo khai báo MẪU")


@pytest.fixture
def doai(commune: Place, act: Act) -> Place:
    place = village(commune, act)
    enter(commune, [*family(place, 1), *family(place, 2)], act)
    return place


def home(doai: Place, code: str) -> Household:
    found = household_coded(HouseholdHome.objects.filter(village=doai)[0].commune, code)
    assert found is not None
    return found


def person(name: str = "Nguyễn Văn Mẫu 1") -> Person:
    return Person.objects.get(full_name=name)


def codes(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return [problem.code for problem in refused.value.problems]


def rows(who: Person) -> list[tuple[str, date, date | None, bool, str]]:
    found = HouseholdMember.objects.filter(person=who).order_by("valid_from", "pk")
    return [(row.household.home.code, row.valid_from, row.valid_to, row.is_head, row.kind) for row in found]


def told(who: Person) -> list[str]:
    return [moment.told() for moment in life_of(who)]


def test_who_moves_is_readable_on_every_day(doai: Place) -> None:
    lives.move(person(), home(doai, "H2"), on=JUNE, act=TET)
    assert rows(person()) == [("H1", NEW_YEAR, JUNE, True, "unknown"), ("H2", JUNE, None, False, "unknown")]
    where = [household_on(person(), day) for day in (date(2025, 12, 31), NEW_YEAR, date(2026, 5, 31), JUNE)]
    assert [each and each.home.code for each in where] == [None, "H1", "H1", "H2"]
    row = HouseholdMember.objects.get(person=person(), valid_to=None)
    assert verify_chain("household_member", row.pk) == []


def test_a_second_home_of_another_kind_leaves_the_first(doai: Place) -> None:
    who, first, second = person(), home(doai, "H1"), home(doai, "H2")
    HouseholdMember.objects.filter(person=who).update(kind="permanent")
    lives.move(who, second, on=MAY, kind="temporary", source="khai báo tạm trú MẪU", act=TET)
    assert [row[2] for row in rows(who)] == [None, None]
    assert codes(lambda: lives.move(who, first, on=JUNE, act=TET)) == ["N115"]
    assert codes(lambda: lives.move(who, first, on=JUNE, kind="permanent", act=TET)) == ["N116"]
    lives.leave(who, on=JULY, kind="temporary", act=TET)
    assert [row[2] for row in rows(who)] == [None, JULY]
    assert household_on(who, JUNE) == first


def test_a_permanent_home_replaces_one_of_which_nobody_said_the_kind(doai: Place) -> None:
    lives.move(person(), home(doai, "H2"), on=JUNE, kind="permanent", act=TET)
    assert [row[2] for row in rows(person())] == [JUNE, None]


def test_who_left_may_come_back(doai: Place) -> None:
    lives.leave(person(), on=MAY, act=TET)
    assert household_on(person(), MAY) is None
    assert codes(lambda: lives.leave(person(), on=JUNE, act=TET)) == ["N117"]
    lives.move(person(), home(doai, "H2"), on=JULY, act=TET)
    assert [row[:3] for row in rows(person())] == [("H1", NEW_YEAR, MAY), ("H2", JULY, None)]


def test_a_household_mistyped_is_corrected_on_the_same_day(doai: Place) -> None:
    who = person()
    lives.move(who, home(doai, "H2"), on=JUNE, act=TET)
    lives.move(who, home(doai, "H1"), on=JUNE, act=TET)
    assert [row[:3] for row in rows(who)] == [("H1", NEW_YEAR, JUNE), ("H1", JUNE, None)]
    wife = person("Trần Thị Mẫu 1")
    lives.move(wife, home(doai, "H2"), on=JUNE, act=TET)
    lives.move(wife, home(doai, "H1"), on=JUNE, act=TET)
    assert [line for line in told(wife) if line.startswith("01/06")] == []


def test_an_earlier_day_is_entered_only_if_nothing_later_contradicts_it(doai: Place) -> None:
    lives.move(person(), home(doai, "H2"), on=JUNE, act=TET)
    for day in (NEW_YEAR, MAY, JUNE):
        with pytest.raises(Refused) as refused:
            lives.leave(person(), on=day, act=TET)
        assert {problem.code for problem in refused.value.problems} == {"N113"}
        assert "hộ H2, Thôn Đoài, Xã MẪU Đèn Sách từ 01/06/2026" in str(refused.value.problems[-1].told())
    lives.leave(person(), on=JULY, act=TET)


def test_nobody_lives_after_death(doai: Place, commune: Place, act: Act) -> None:
    who = person()
    unit = enter_units(commune, {"U1": ("Trường MẪU", "school")}, on=NEW_YEAR, act=act)["U1"]
    join_units(commune, [(unit, who.pk, "member")], on=NEW_YEAR, act=act)
    lives.stay(who, "away", "Bình Dương", commune=None, on=MAY, source="vợ khai", act=TET)
    lives.die(who, on=JUNE, basis="Giấy chứng tử MẪU", act=TET)
    who.refresh_from_db()
    assert (who.died_on, who.death_basis) == (JUNE, "Giấy chứng tử MẪU")
    assert [row[2] for row in rows(who)] == [JUNE]
    assert (UnitMember.objects.get().valid_to, who.stays.get().valid_to) == (JUNE, JUNE)
    afterwards: list[Callable[[], object]] = [
        lambda: lives.move(who, home(doai, "H2"), on=JULY, act=TET),
        lambda: lives.leave(who, on=MAY, act=TET),
        lambda: lives.die(who, on=JULY, basis="x", act=TET),
        lambda: lives.rename(who, "Khác", on=MAY, basis="x", act=TET),
        lambda: lives.stay(who, "away", "Huế", commune=None, on=JULY, source="x", act=TET),
        lambda: lives.end_stay(who, on=JULY, act=TET),
    ]
    assert [codes(each) for each in afterwards] == [["N114"]] * 6


def test_death_before_a_later_row_is_refused_with_the_row(doai: Place) -> None:
    lives.move(person(), home(doai, "H2"), on=JUNE, act=TET)
    assert set(codes(lambda: lives.die(person(), on=MAY, basis="x", act=TET))) == {"N113"}


def test_a_mistaken_death_is_taken_back(doai: Place) -> None:
    lives.die(person(), on=JUNE, basis="nhầm", act=TET)
    lives.correct(person(), {"died_on": None, "death_basis": ""}, act=TET)
    lives.move(person(), home(doai, "H1"), on=JUNE, act=TET)
    assert household_on(person(), JUNE) == home(doai, "H1")


@pytest.mark.usefixtures("doai")
def test_a_name_is_that_of_the_day(commune: Place) -> None:
    who = person("Trần Thị Mẫu 1")
    lives.rename(who, "Trần  Thị An", on=MAY, basis="QĐ 1/MẪU", act=TET)
    lives.rename(who, "Trần Thị Bình", on=JULY, basis="QĐ 2/MẪU", act=TET)
    who.refresh_from_db()
    days = (NEW_YEAR, date(2026, 4, 30), MAY, date(2026, 6, 30), JULY)
    assert [name_on(who, day) for day in days] == [*["Trần Thị Mẫu 1"] * 2, *["Trần Thị An"] * 2, "Trần Thị Bình"]
    assert codes(lambda: lives.rename(who, "Trần Thị Bình", on=JULY, basis="x", act=TET)) == ["N118"]
    assert codes(lambda: lives.rename(who, "Trần Thị Cúc", on=JULY, basis="x", act=TET)) == ["N119"]
    # Found by every name, by whichever way it is typed.
    for typed in ("tran thi mau 1", "THI AN", "Bình"):
        assert find_persons(typed, commune) == [who]


def test_a_register_that_bears_the_old_name_takes_nothing_back(doai: Place, commune: Place, act: Act) -> None:
    who = person("Trần Thị Mẫu 1")
    lives.rename(who, "Trần Thị An", on=MAY, basis="QĐ 1/MẪU", act=TET)
    assert enter(commune, family(doai, 1), act, on=date(2027, 1, 1)) == Entered(0, 0, 3)
    assert Person.objects.get(pk=who.pk).full_name == "Trần Thị An"
    assert PersonName.objects.count() == 1


@pytest.mark.usefixtures("doai")
def test_what_was_wrong_is_put_right_with_its_reason() -> None:
    lives.correct(person(), {"birth_date": date(1980, 1, 5), "sex": "female"}, act=replace(TET, why="khai sinh MẪU"))
    line = "sửa ngày sinh từ 01/05/1980 thành 05/01/1980, giới tính từ Nam thành Nữ"
    assert f"02/07/2026: {line} (ghi bởi cán bộ MẪU; khai sinh MẪU)" in told(person())


def test_a_register_of_that_year_does_not_undo_what_happened_since(doai: Place, commune: Place, act: Act) -> None:
    head, wife, child = family(doai, 1)
    lives.move(person("Trần Thị Mẫu 1"), home(doai, "H2"), on=MAY, act=TET)
    lives.leave(person("Nguyễn Mẫu Con 1"), on=MAY, act=TET)
    before = list(HouseholdMember.objects.order_by("pk").values())
    assert enter(commune, [head, wife, child], act) == Entered(0, 0, 3)
    assert list(HouseholdMember.objects.order_by("pk").values()) == before
    # The register of a later year is believed.
    enter(commune, [head, wife, child], act, on=date(2027, 1, 1))
    assert [row[0] for row in rows(person("Trần Thị Mẫu 1"))] == ["H1", "H2", "H1"]
    assert [row[0] for row in rows(person("Nguyễn Mẫu Con 1"))] == ["H1", "H1"]


def test_a_register_that_still_has_the_dead_is_refused_at_their_line(doai: Place, commune: Place, act: Act) -> None:
    lives.die(person(), on=JUNE, basis="Giấy chứng tử MẪU", act=TET)
    assert enter(commune, family(doai, 1), act) == Entered(0, 0, 3)  # on 01/01 he was alive
    with pytest.raises(Refused) as refused:
        enter(commune, family(doai, 1), act, on=date(2027, 1, 1))
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [("N110", "H1")]


def test_a_child_is_born_into_a_household(doai: Place) -> None:
    child = lives.Newborn(full_name="Nguyễn Mẫu Út", sex="female", born=MAY)
    made = lives.enter_newborn(child, home(doai, "H1"), kind="permanent", act=TET)
    assert rows(made) == [("H1", MAY, None, False, "permanent")]
    assert (made.folded, made.birth_precision) == ("nguyen mau ut", "day")


def test_a_household_divides_and_another_takes_it_in(doai: Place) -> None:
    wife, child = person("Trần Thị Mẫu 1"), person("Nguyễn Mẫu Con 1")
    made = lives.divide(home(doai, "H1"), [wife, child], code="H1B", village=doai, on=MAY, act=TET)
    assert [rows(each)[-1][:4] for each in (wife, child)] == [("H1B", MAY, None, True), ("H1B", MAY, None, False)]
    assert household_on(person(), MAY) == home(doai, "H1")
    assert lives.unite(made, home(doai, "H2"), on=JUNE, act=TET) == 2
    assert [rows(each)[-1][:4] for each in (wife, child)] == [("H2", JUNE, None, False)] * 2
    assert codes(lambda: lives.unite(made, home(doai, "H1"), on=JULY, act=TET)) == ["N123"]


def test_what_is_no_division(doai: Place) -> None:
    first, wife, other = home(doai, "H1"), person("Trần Thị Mẫu 1"), person("Trần Thị Mẫu 2")

    def divided(leaving: list[Person], code: str = "H9", on: date = MAY) -> list[str]:
        return codes(lambda: lives.divide(first, leaving, code=code, village=doai, on=on, act=TET))

    assert divided([wife], code="H2") == ["N120"]
    assert divided([other]) == ["N121"]
    assert divided([person(), wife, person("Nguyễn Mẫu Con 1")]) == ["N122"]
    assert divided([wife], on=NEW_YEAR) == ["N113"]


def test_another_head_begins_on_a_day(doai: Place) -> None:
    head, wife = person(), person("Trần Thị Mẫu 1")
    lives.change_head(home(doai, "H1"), wife, on=MAY, act=TET)
    assert [row[1:4] for row in rows(head)] == [(NEW_YEAR, MAY, True), (MAY, None, False)]
    assert [row[1:4] for row in rows(wife)] == [(NEW_YEAR, MAY, False), (MAY, None, True)]
    lives.change_head(home(doai, "H1"), head, on=MAY, act=TET)  # on the same day it was a mistake
    assert [row[1:4] for row in rows(head)] == [(NEW_YEAR, MAY, True), (MAY, None, True)]
    assert codes(lambda: lives.change_head(home(doai, "H1"), person("Trần Thị Mẫu 2"), on=JUNE, act=TET)) == ["N121"]


@pytest.mark.usefixtures("doai")
def test_an_event_is_one_of_all_records_of_a_person() -> None:
    one, other = person(), person("Nguyễn Văn Mẫu 2")
    join(one, other)
    lives.die(one, on=MAY, basis="Giấy chứng tử MẪU", act=TET)
    assert [rows(each)[-1][2] for each in (one, other)] == [MAY, MAY]
    assert set(Person.objects.filter(died_on=MAY)) == {one, other}


def test_a_life_is_told_in_order_with_who_and_why(doai: Place, commune: Place) -> None:
    who = person()
    lives.move(who, home(doai, "H2"), on=MAY, kind="temporary", source="khai báo", act=TET)
    lives.stay(who, "away", "Bình Dương", commune=None, on=JUNE, source="vợ khai", act=TET)
    lives.end_stay(who, on=date(2026, 6, 20), act=TET)
    choose_place(who, commune, by="ông Mẫu", source="biên bản MẪU", on=JUNE, act=TET)
    lives.rename(who, "Nguyễn Văn Mới", on=JUNE, basis="QĐ 1/MẪU", act=TET)
    lives.die(who, on=JULY, basis="Giấy chứng tử MẪU", act=replace(TET, why="Giấy chứng tử MẪU"))
    by, place = "(ghi bởi cán bộ MẪU; theo khai báo MẪU)", "Thôn Đoài, Xã MẪU Đèn Sách"
    death = "(ghi bởi cán bộ MẪU; Giấy chứng tử MẪU)"
    assert told(Person.objects.get(pk=who.pk)) == [
        "01/05/1980: sinh, ngày sinh 01/05/1980, nam",
        f"01/01/2026: có nơi ở tại hộ H1, {place}, là chủ hộ, nguồn: sổ hộ (ghi bởi người nhập MẪU; để thử)",
        f"01/05/2026: có nơi ở tại hộ H2, {place} (tạm trú), nguồn: khai báo {by}",
        f"01/06/2026: đi làm ăn xa, Bình Dương, nguồn: vợ khai {by}",
        f"01/06/2026: đổi tên từ Nguyễn Văn Mẫu 1 thành Nguyễn Văn Mới, căn cứ: QĐ 1/MẪU {by}",
        f"01/06/2026: được tính ở Xã MẪU Đèn Sách, ông Mẫu chọn, nguồn: biên bản MẪU {by}",
        f"20/06/2026: thôi đi làm ăn xa, Bình Dương {by}",
        f"01/07/2026: rời hộ H1, {place} {death}",
        f"01/07/2026: rời hộ H2, {place} (tạm trú) {death}",
        f"01/07/2026: mất, căn cứ: Giấy chứng tử MẪU {death}",
    ]
