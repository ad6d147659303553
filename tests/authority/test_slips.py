"""A slip is made within one's own place, used once by who knows the year of birth, and replaced by the next one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from densach.authority.roles import Over, Role
from densach.problems import Refused
from tests.authority.roles import NOW, TODAY, account, given, viewer
from tests.authority.slipping import WORDS, head, people, slip_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def code_of(do: Callable[..., object], *arguments: object, **more: object) -> str:
    with pytest.raises(Refused) as told:
        do(*arguments, **more)
    return told.value.problems[0].code


def test_a_head_takes_up_the_role_with_a_new_account(commune: Place, act: Act) -> None:
    from densach.authority.models import Grant
    from densach.authority.slips.taking import look_at_slip, take_as_newcomer
    from densach.history.models import Entry

    village = people(commune, act)
    printed = slip_for(viewer(Role.VILLAGE_HEAD, village, act), Over.HOUSEHOLD, head()[1].uid)
    slip = look_at_slip(printed.code.lower().replace("-", ""), " 1980 ", today=TODAY)
    made = take_as_newcomer(slip.uid, "ho.mau", WORDS, at=NOW, today=TODAY)
    grant = Grant.objects.get(account=made)
    assert (made.name, grant.role, grant.household, grant.given_by, grant.basis) == (
        "Nguyễn Văn Mẫu 1", Role.HOUSEHOLD_HEAD, head()[1], None, f"Phiếu giấy số {printed.slip.number}"
    )  # fmt: skip
    told = Entry.objects.filter(kind="slip", object_id=str(slip.pk)).order_by("sequence")
    assert [entry.event for entry in told] == ["made", "used"]
    assert code_of(take_as_newcomer, slip.uid, "ke.khac", WORDS, at=NOW, today=TODAY) == "U121"
    assert code_of(look_at_slip, printed.code, "1980", today=TODAY) == "U121"


def test_the_code_itself_is_kept_nowhere(commune: Place, act: Act) -> None:
    from densach.authority.slips.models import Slip
    from densach.history.models import Entry

    printed = slip_for(viewer(Role.VILLAGE_HEAD, people(commune, act), act), Over.PERSON, head()[0].uid)
    kept = str(list(Slip.objects.values())) + str(list(Entry.objects.values()))
    assert len(printed.code.replace("-", "")) == 12
    assert printed.code not in kept
    assert printed.code.replace("-", "") not in kept


def test_an_account_adds_a_role_and_never_the_same_twice(commune: Place, act: Act) -> None:
    from densach.authority.slips.models import Slip
    from densach.authority.slips.taking import take_with_account

    village = people(commune, act)
    maker, who = viewer(Role.COMMUNE_OFFICER, commune, act), account("hoa.le")
    given(who, Role.CITIZEN, head()[0], act)
    printed = slip_for(maker, Over.PERSON, head()[0].uid)
    assert code_of(take_with_account, printed.slip.uid, who, at=NOW, today=TODAY) == "U104"
    assert Slip.objects.get().used_at is None
    household = slip_for(maker, Over.HOUSEHOLD, head()[1].uid)
    assert take_with_account(household.slip.uid, who, at=NOW, today=TODAY).household == head()[1]
    assert household.village == "Thôn Đoài"
    assert village.pk


def test_five_wrong_years_end_a_slip(commune: Place, act: Act) -> None:
    from densach.authority.slips.taking import look_at_slip

    printed = slip_for(viewer(Role.VILLAGE_HEAD, people(commune, act), act), Over.PERSON, head()[0].uid)
    tried = [code_of(look_at_slip, printed.code, year, today=TODAY) for year in ("1979", "", "x", "80", "１９８０")]
    assert tried == ["U121"] * 5
    assert code_of(look_at_slip, printed.code, "1980", today=TODAY) == "U121"


def test_a_slip_ends_by_itself_and_by_the_next_one(commune: Place, act: Act) -> None:
    from densach.authority.slips.making import LASTS
    from densach.authority.slips.taking import look_at_slip

    maker = viewer(Role.VILLAGE_HEAD, people(commune, act), act)
    lost = slip_for(maker, Over.PERSON, head()[0].uid)
    new = slip_for(maker, Over.PERSON, head()[0].uid)
    assert code_of(look_at_slip, lost.code, "1980", today=TODAY) == "U121"
    assert look_at_slip(new.code, "1980", today=TODAY + LASTS - timedelta(days=1)) == new.slip
    assert code_of(look_at_slip, new.code, "1980", today=TODAY + LASTS) == "U121"


def test_nobody_makes_slips_for_another_village_or_without_the_right(commune: Place, act: Act) -> None:
    from densach.authority.slips.access import place_for_slips
    from densach.authority.slips.making import make_slips

    people(commune, act)
    other = people(commune, act, 0, "Thôn Thượng")
    uid, home = head()[0].uid, head()[1].uid
    neighbour = viewer(Role.VILLAGE_HEAD, other, act)
    assert code_of(make_slips, neighbour, Over.PERSON, [uid], at=NOW) == "H103"
    assert code_of(make_slips, neighbour, Over.HOUSEHOLD, [home], at=NOW) == "H103"
    assert code_of(make_slips, neighbour, Over.PERSON, [uuid4()], at=NOW) == "H103"
    assert code_of(make_slips, neighbour, Over.PERSON, [], at=NOW) == "U120"
    for role in (Role.CHAPTER_OFFICER, Role.AUDITOR, Role.PARTY_HEAD):
        where = other if role == Role.CHAPTER_OFFICER else commune
        assert code_of(make_slips, viewer(role, where, act), Over.PERSON, [uid], at=NOW) == "H103"
    assert code_of(place_for_slips, neighbour, commune.uid) == "H103"
    assert code_of(place_for_slips, neighbour, uuid4()) == "H103"
    assert place_for_slips(neighbour, None).name == "Thôn Thượng"


def test_who_has_no_year_of_birth_gets_none_and_is_named(commune: Place, act: Act) -> None:
    from densach.authority.slips.making import make_slips
    from densach.people.models import Person

    maker = viewer(Role.VILLAGE_HEAD, people(commune, act), act)
    Person.objects.filter(pk=head()[0].pk).update(birth_date=None, birth_precision="unknown")
    printing = make_slips(maker, Over.PERSON, [head()[0].uid], at=NOW)
    assert (printing.slips, printing.without_year) == ([], ["Nguyễn Văn Mẫu 1"])


def test_a_village_is_printed_at_once_at_a_constant_number_of_queries(
    commune: Place, act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from densach.authority.slips.making import make_for_village
    from densach.places.queries import period_of

    village, larger = people(commune, act, 3), people(commune, act, 0, "Thôn Thượng")
    from tests.people.making import enter, family

    enter(commune, [one for order in range(11, 51) for one in family(larger, order)], act)
    maker = viewer(Role.COMMUNE_OFFICER, commune, act)
    given(account("hoa.le"), Role.HOUSEHOLD_HEAD, head(2)[1], act)
    for place, count in ((village, 2), (larger, 40)):
        row = period_of(place, TODAY)
        assert row is not None
        with django_assert_num_queries(13):
            assert len(make_for_village(maker, row, at=NOW).slips) == count
