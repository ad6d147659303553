"""A role is given within one's own place, ends by itself or earlier, and is handed over without a day between."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from densach.authority.roles import Role
from densach.problems import Refused
from tests.authority.roles import BASIS, NOW, TODAY, account, given, in_role, viewer
from tests.people.making import village

if TYPE_CHECKING:
    from densach.authority.granting import Charge
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def charge(role: Role, thing: Place, **changes: Any) -> Charge:
    from densach.authority.granting import Charge

    days: dict[str, Any] = {"valid_from": date(2026, 11, 1), "valid_to": date(2027, 1, 1), "basis": BASIS}
    return Charge(role=role, thing=thing, **(days | changes))


def refusal(*arguments: Any) -> str:
    from densach.authority.granting import give_role

    with pytest.raises(Refused) as told:
        give_role(*arguments, at=NOW)
    return told.value.problems[0].code


def test_a_leader_names_an_officer_who_reaches_the_commune_and_nothing_beside_it(
    commune: Place, thai_nguyen: Place, act: Act
) -> None:
    from densach.authority.access import place_within
    from densach.authority.granting import give_role
    from densach.authority.roles import Right

    leader, officer = viewer(Role.COMMUNE_LEADER, commune, act), account("can-bo")
    grant = give_role(leader, officer, charge(Role.COMMUNE_OFFICER, commune), at=NOW)
    seen = in_role(officer, grant)
    assert place_within(seen, Right.RUN_ROUND, commune).place == commune
    assert place_within(seen, Right.RUN_ROUND, village(commune, act)).name == "Thôn Đoài"
    for right, place in ((Right.RUN_ROUND, thai_nguyen), (Right.SIGN, commune)):
        with pytest.raises(Refused, match="H103"):
            place_within(seen, right, place)


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTY_HEAD])
def test_an_officer_does_not_name_their_equals(role: Role, commune: Place, act: Act) -> None:
    officer = viewer(Role.COMMUNE_OFFICER, commune, act)
    assert refusal(officer, account("ai-do"), charge(role, commune)) == "U101"


def test_nobody_names_for_another_place(commune: Place, thai_nguyen: Place, act: Act) -> None:
    from densach.places.domain import add_fictional_commune

    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Khác", on=date(2026, 1, 1), act=act)
    leader = viewer(Role.COMMUNE_LEADER, other, act)
    assert refusal(leader, account("ai-do"), charge(Role.COMMUNE_OFFICER, commune)) == "U101"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": Role.VILLAGE_HEAD}, "U102"),
        ({"valid_to": date(2026, 11, 1)}, "U103"),
        ({"valid_to": date(2031, 1, 2)}, "U103"),
        ({"basis": "  "}, "U105"),
    ],
)
def test_a_role_that_cannot_be_is_refused(changes: dict[str, Any], code: str, commune: Place, act: Act) -> None:
    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    rest = dict(changes)
    wanted = charge(rest.pop("role", Role.COMMUNE_OFFICER), commune, **rest)
    assert refusal(leader, account("ai-do"), wanted) == code


def test_a_role_held_is_not_given_twice(commune: Place, act: Act) -> None:
    from densach.authority.granting import give_role

    leader, officer = viewer(Role.COMMUNE_LEADER, commune, act), account("can-bo")
    give_role(leader, officer, charge(Role.COMMUNE_OFFICER, commune), at=NOW)
    assert refusal(leader, officer, charge(Role.COMMUNE_OFFICER, commune)) == "U104"


def test_a_role_ends_by_itself(commune: Place, act: Act) -> None:
    officer = account("can-bo")
    grant = given(officer, Role.COMMUNE_OFFICER, commune, act)
    assert in_role(officer, grant, date(2026, 12, 31)).role == Role.COMMUNE_OFFICER
    assert in_role(officer, grant, date(2027, 1, 1)).role is None


def test_a_role_is_handed_over_without_a_day_between(commune: Place, act: Act) -> None:
    from densach.authority.granting import hand_over

    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    leaving, coming = account("di"), account("den")
    old = given(leaving, Role.COMMUNE_OFFICER, commune, act)
    new = hand_over(leader, old.uid, coming, on=date(2026, 12, 1), basis=BASIS, at=NOW)
    assert (new.valid_from, new.valid_to, new.given_by) == (date(2026, 12, 1), date(2027, 1, 1), leader.account)
    held = {
        day: (in_role(leaving, None, day).role, in_role(coming, None, day).role)
        for day in (date(2026, 11, 30), date(2026, 12, 1))
    }
    assert list(held.values()) == [(Role.COMMUNE_OFFICER, None), (None, Role.COMMUNE_OFFICER)]


def test_what_happens_to_a_role_is_logged_by_the_identity_of_the_account(commune: Place, act: Act) -> None:
    from densach.authority.granting import end_role
    from densach.history.models import Entry

    leader, officer = viewer(Role.COMMUNE_LEADER, commune, act), account("can-bo")
    grant = given(officer, Role.COMMUNE_OFFICER, commune, act)
    end_role(leader, grant.uid, on=TODAY, why="Chuyển công tác", at=NOW)
    assert leader.account is not None
    [_, ended] = Entry.objects.filter(kind="grant", object_id=str(grant.pk)).order_by("sequence")
    assert (ended.who, ended.why) == (f"{leader.account.uid} commune_leader", "Chuyển công tác")
    assert (ended.state_before, ended.state_after) == ({"valid_to": "2027-01-01"}, {"valid_to": "2026-11-26"})


def test_somebody_elses_role_is_not_there_to_be_ended(commune: Place, thai_nguyen: Place, act: Act) -> None:
    from densach.authority.granting import end_role

    grant = given(account("tinh"), Role.PROVINCE_OFFICER, thai_nguyen, act)
    with pytest.raises(Refused, match="H103"):
        end_role(viewer(Role.COMMUNE_LEADER, commune, act), grant.uid, on=TODAY, why="Thử", at=NOW)


def test_a_child_has_no_account_of_its_own(commune: Place, act: Act) -> None:
    from densach.people.models import Person
    from tests.people.making import enter, family, village

    enter(commune, family(village(commune, act), 1), act)
    child, wife = (Person.objects.get(full_name=name) for name in ("Nguyễn Mẫu Con 1", "Trần Thị Mẫu 1"))
    with pytest.raises(Refused, match="K110"):
        given(account("tre-em"), Role.CITIZEN, child, act)
    assert given(account("nguoi-lon"), Role.CITIZEN, wife, act).person == wife
