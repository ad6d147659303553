"""Roles are seen and given within one's place, to people known by exact names, and no password leads upwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from densach.authority.roles import Role
from densach.problems import Refused
from tests.authority.roles import BASIS, NOW, TODAY, account, given, viewer
from tests.authority.slipping import WORDS, head, people

if TYPE_CHECKING:
    from densach.authority.granting import Charge, Thing
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def charge(role: Role, thing: Thing) -> Charge:
    from densach.authority.granting import Charge

    return Charge(role=role, thing=thing, valid_from=TODAY, valid_to=date(2027, 1, 1), basis=BASIS)


def refused(do: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(Refused) as told:
        do(*arguments, **more)
    return told.value.problems[0].code


def test_roles_of_the_place_are_listed_and_none_from_elsewhere(commune: Place, thai_nguyen: Place, act: Act) -> None:
    from densach.authority.holding import Asked, ending_soon, holder, holders
    from densach.people.domain import enter_units
    from densach.places.domain import add_fictional_commune

    village = people(commune, act)
    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Khác", on=date(2026, 1, 1), act=act)
    unit = enter_units(commune, {"D1": ("Trường MẪU", "school")}, on=date(2026, 1, 1), act=act)["D1"]
    here = [
        given(account("cong.dan"), Role.CITIZEN, head()[0], act),
        given(account("chu.ho"), Role.HOUSEHOLD_HEAD, head()[1], act),
        given(account("don.vi"), Role.UNIT_HEAD, unit, act),
        given(account("truong.thon"), Role.VILLAGE_HEAD, village, act),
    ]
    far = given(account("xa.khac"), Role.COMMUNE_OFFICER, other, act)
    above = given(account("tinh"), Role.PROVINCE_OFFICER, thai_nguyen, act)
    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    page = holders(leader, Asked())
    assert {held.grant for held in page.held} == {*here, leader.acting}
    assert page.count == 5
    assert [held.grant.account.username for held in holders(leader, Asked("nguoi mau CHU")).held] == ["chu.ho"]
    assert holders(leader, Asked(role=Role.UNIT_HEAD)).held[0].over == "Trường MẪU"
    assert ending_soon(leader) == 0
    for grant in (far, above):
        assert refused(holder, leader, grant.uid) == "H103"
    of_village = holders(viewer(Role.VILLAGE_HEAD, village, act), Asked())
    assert {held.grant.role for held in of_village.held} == {Role.CITIZEN, Role.HOUSEHOLD_HEAD, Role.VILLAGE_HEAD}
    of_unit = holders(viewer(Role.UNIT_HEAD, unit, act), Asked())
    assert {held.grant.role for held in of_unit.held} == {Role.UNIT_HEAD}


def test_whoever_gives_no_rights_sees_none(commune: Place, act: Act) -> None:
    from densach.authority.holding import Asked, holders

    for role in (Role.AUDITOR, Role.PARTY_HEAD, Role.ASSOCIATION_OFFICER):
        assert refused(holders, viewer(role, commune, act), Asked()) == "H103"


def test_a_role_is_given_to_who_is_known_by_exact_name_mail_or_confirmed_phone(commune: Place, act: Act) -> None:
    from densach.authority.appointing import Recipient, appoint

    who = account("hoa.le")
    who.email, who.phone, who.phone_verified = "hoa@mau.example", "+84912345678", True
    who.save()
    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    roles = (Role.COMMUNE_OFFICER, Role.CENTRE_DIRECTOR)
    for known, role in zip((" Hoa.Le", "HOA@mau.example"), roles, strict=True):
        assert appoint(leader, Recipient(known), charge(role, commune), at=NOW).grant.account == who
    village = people(commune, act, 0)
    assert appoint(leader, Recipient("0912 345 678"), charge(Role.VILLAGE_HEAD, village), at=NOW).grant.account == who
    for unknown in ("hoa", "hoa.l", "Người MẪU hoa.le", "", "+84912345679", "@"):
        assert refused(appoint, leader, Recipient(unknown), charge(Role.CHAPTER_OFFICER, village), at=NOW) == "U126"


def test_somebody_new_gets_an_account_and_a_code_or_nothing_at_all(commune: Place, act: Act) -> None:
    from densach.accounts.domain import Newcomer, set_first_password
    from densach.accounts.models import Account
    from densach.authority.appointing import Recipient, appoint

    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    new = Recipient(newcomer=Newcomer("can.bo", "Trần Văn MẪU"))
    assert refused(appoint, leader, new, charge(Role.COMMUNE_LEADER, commune), at=NOW) == "U101"
    assert not Account.objects.filter(username="can.bo").exists()
    done = appoint(leader, new, charge(Role.COMMUNE_OFFICER, commune), at=NOW)
    assert set_first_password("can.bo", done.code, WORDS, at=NOW) == done.grant.account


def test_a_role_is_handed_over_in_one_step(commune: Place, act: Act) -> None:
    from densach.accounts.domain import Newcomer
    from densach.authority.appointing import Recipient, succeed
    from densach.authority.models import Grant

    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    old = given(account("nguoi.di"), Role.COMMUNE_OFFICER, commune, act)
    new = Recipient(newcomer=Newcomer("nguoi.den", "Trần Văn MẪU"))
    done = succeed(leader, old.uid, new, on=date(2026, 12, 1), basis=BASIS, at=NOW)
    assert (done.grant.valid_from, Grant.objects.get(pk=old.pk).valid_to) == (date(2026, 12, 1), date(2026, 12, 1))
    late = Recipient(newcomer=Newcomer("nguoi.tre", "Trần Văn MẪU"))
    assert refused(succeed, leader, old.uid, late, on=date(2026, 12, 1), basis=BASIS, at=NOW) == "U103"
    assert refused(succeed, leader, uuid4(), late, on=date(2026, 12, 1), basis=BASIS, at=NOW) == "H103"


def test_a_new_password_is_no_way_to_higher_roles(commune: Place, act: Act) -> None:
    from densach.authority.appointing import renew_code

    village = people(commune, act)
    head_of_village = viewer(Role.VILLAGE_HEAD, village, act)
    plain, leader = account("chu.ho"), account("lanh.dao")
    own = given(plain, Role.HOUSEHOLD_HEAD, head()[1], act)
    of_leader = given(leader, Role.CITIZEN, head()[0], act)
    given(leader, Role.COMMUNE_LEADER, commune, act)
    assert renew_code(head_of_village, own.uid, "đến xin", at=NOW).code
    assert refused(renew_code, head_of_village, own.uid, " ", at=NOW) == "U128"
    assert refused(renew_code, head_of_village, of_leader.uid, "đến xin", at=NOW) == "U127"


@pytest.mark.parametrize(
    ("role", "detail", "meant"),
    [(Role.COMMUNE_OFFICER, "", "commune"), (Role.VILLAGE_HEAD, "doai", "village"),
     (Role.VILLAGE_HEAD, "THÔN ĐOÀI", "village"),
     (Role.UNIT_HEAD, "D1", "unit"), (Role.UNIT_HEAD, "truong mau", "unit"), (Role.HOUSEHOLD_HEAD, "H1", "household"),
     (Role.CLAN_HEAD, "C1", "clan")],
)  # fmt: skip
def test_what_a_role_is_over_is_found_as_officers_write_it(
    role: Role, detail: str, meant: str, commune: Place, act: Act
) -> None:
    from densach.authority.naming import Named, thing_named
    from densach.people.domain import enter_clans, enter_units

    village = people(commune, act)
    day = date(2026, 1, 1)
    things = {
        "commune": commune,
        "village": village,
        "household": head()[1],
        "unit": enter_units(commune, {"D1": ("Trường MẪU", "school")}, on=day, act=act)["D1"],
        "clan": enter_clans(commune, {"C1": "Họ MẪU"}, on=day, act=act)["C1"],
    }
    officer = viewer(Role.COMMUNE_LEADER, commune, act)
    assert thing_named(officer, Named(role, "", detail)) == things[meant]
    assert thing_named(officer, Named(role, "99001", detail)) == things[meant]


def test_what_is_not_there_or_elsewhere_is_refused(commune: Place, act: Act) -> None:
    from densach.authority.naming import Named, thing_named

    people(commune, act)
    officer = viewer(Role.COMMUNE_LEADER, commune, act)
    assert refused(thing_named, officer, Named(Role.VILLAGE_HEAD, "", "Thôn Hạ")) == "U124"
    assert refused(thing_named, officer, Named(Role.HOUSEHOLD_HEAD, "", "H9")) == "U124"
    assert refused(thing_named, officer, Named(Role.CITIZEN, "", "x")) == "U125"
    assert refused(thing_named, officer, Named(Role.COMMUNE_OFFICER, "Xã Ia Mơ", "")) == "H103"
