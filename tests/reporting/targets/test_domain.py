"""Targets are entered by leaders, replaced and ended with a reason, and nothing of them is ever written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.history.domain import verify_chain
from densach.problems import Refused
from densach.reporting.targets.models import Target, Unit
from tests.authority.roles import NOW, TODAY, viewer
from tests.reporting.below import another, country
from tests.reporting.targets.making import entered, wording

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(each.code, each.where) for each in refused.value.problems]


def test_a_leader_enters_a_target_with_all_that_belongs_to_it(commune: Place, act: Act) -> None:
    from densach.history.queries import chain_of

    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    target = entered(leader)
    target.refresh_from_db()
    assert (target.place, target.value, target.owner) == (commune, 8000, Role.COMMUNE_LEADER)
    assert (target.mark, target.set_on, target.ended_on) == ("fictional", TODAY, None)
    [entry] = chain_of("target", str(target.pk))
    assert entry.event == "entered"
    assert leader.account is not None
    assert str(leader.account.uid) in entry.who


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.PARTY_HEAD, Role.FRONT_HEAD, Role.ASSOCIATION_OFFICER])
def test_others_enter_none(commune: Place, act: Act, role: Role) -> None:
    with pytest.raises(Refused) as refused:
        entered(viewer(role, commune, act))
    assert codes(refused) == [("H103", "muc-tieu")]
    assert not Target.objects.filter(national="").exists()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"title": " "}, [("T101", "title")]),
        ({"citation": ""}, [("T101", "citation")]),
        ({"value": 10_001}, [("T102", "value")]),
        ({"value": -1}, [("T102", "value")]),
        ({"year": 2025}, [("T103", "year")]),
        ({"year": 2051}, [("T103", "year")]),
        ({"indicator": "KHVN_MEMBERS"}, [("T104", "indicator")]),
        ({"indicator": "NO_SUCH_CODE"}, [("T104", "indicator")]),
        ({"owner": Role.PROVINCE_LEADER}, [("T105", "owner")]),
        ({"owner": Role.CITIZEN}, [("T105", "owner")]),
        ({"baseline": None}, [("T108", "baseline")]),
        ({"baseline_source": ""}, [("T108", "baseline")]),
        ({"baseline_year": 2030}, [("T108", "baseline")]),
        ({"base": ""}, [("T111", "base")]),
        ({"title": "", "value": 20_000}, [("T101", "title"), ("T102", "value")]),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_written(
    commune: Place, act: Act, said: dict[str, object], found: list[tuple[str, str]]
) -> None:
    with pytest.raises(Refused) as refused:
        entered(viewer(Role.COMMUNE_LEADER, commune, act), **said)
    assert codes(refused) == found
    assert not Target.objects.filter(national="").exists()


def test_a_target_below_may_set_more_and_never_less_without_a_reason(
    commune: Place, thai_nguyen: Place, act: Act
) -> None:
    above = entered(viewer(Role.PROVINCE_LEADER, thai_nguyen, act), owner=Role.PROVINCE_LEADER)
    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    assert entered(leader, parent=above.uid, value=8500).parent == above
    assert entered(leader, parent=above.uid, value=6000, year=2027).parent == above  # a step on the way
    with pytest.raises(Refused) as refused:
        entered(leader, parent=above.uid, value=7000)
    assert codes(refused) == [("T107", "lower_because")]
    lower = entered(leader, parent=above.uid, value=7000, lower_because="Xã vùng cao MẪU")
    assert lower.lower_because == "Xã vùng cao MẪU"


def test_the_target_above_is_one_of_a_place_above_in_force_and_of_the_same_thing(
    commune: Place, thai_nguyen: Place, act: Act
) -> None:
    from densach.reporting.targets.domain import end

    province, leader = viewer(Role.PROVINCE_LEADER, thai_nguyen, act), viewer(Role.COMMUNE_LEADER, commune, act)
    beside = entered(viewer(Role.COMMUNE_LEADER, another(thai_nguyen, 2, act).place, act))
    ended = entered(province, owner="")
    end(province, ended.uid, "Nhập nhầm MẪU", at=NOW)
    for wrong in (beside, ended):
        with pytest.raises(Refused) as refused:
            entered(leader, parent=wrong.uid)
        assert codes(refused) == [("T106", "parent")]
    count = entered(province, owner="", unit=Unit.COUNT, indicator="", value=50, baseline=10)
    clans = entered(province, owner="", indicator="MODEL_CLAN_OF_ALL")
    for wrong in (count, clans):
        with pytest.raises(Refused) as refused:
            entered(leader, parent=wrong.uid, value=9000)
        assert codes(refused) == [("T112", "parent")]


def test_another_wording_leaves_the_old_one_to_be_read(commune: Place, act: Act) -> None:
    from densach.reporting.targets.domain import replace
    from densach.reporting.targets.queries import open_targets

    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    old = entered(leader)
    new = replace(leader, old.uid, wording(value=8500), "Nghị quyết MẪU nâng mục tiêu", at=NOW)
    old.refresh_from_db()
    assert (old.value, old.ended_on, old.ended_because) == (8000, TODAY, "Nghị quyết MẪU nâng mục tiêu")
    assert (new.value, new.series, new.ended_on) == (8500, old.series, None)
    assert open_targets([commune.pk]) == [new]
    assert [verify_chain("target", each.pk) for each in (old, new)] == [[], []]
    with pytest.raises(Refused) as refused:
        replace(leader, old.uid, wording(), "Lần nữa", at=NOW)
    assert codes(refused) == [("T109", str(old.uid))]


def test_a_target_ends_with_a_reason_and_stays(commune: Place, act: Act) -> None:
    from densach.reporting.targets.domain import end

    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    target = entered(leader)
    with pytest.raises(Refused) as refused:
        end(leader, target.uid, "  ", at=NOW)
    assert codes(refused) == [("T110", "why")]
    end(leader, target.uid, "Văn bản MẪU đã hết hiệu lực", at=NOW)
    target.refresh_from_db()
    assert (target.ended_on, target.ended_because) == (TODAY, "Văn bản MẪU đã hết hiệu lực")
    with pytest.raises(Refused) as refused:
        end(leader, target.uid, "Lần nữa", at=NOW)
    assert codes(refused) == [("T109", str(target.uid))]


def test_a_neighbour_s_target_is_not_there(commune: Place, thai_nguyen: Place, act: Act) -> None:
    from densach.reporting.targets.domain import end, replace

    theirs = entered(viewer(Role.COMMUNE_LEADER, another(thai_nguyen, 2, act).place, act))
    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    with pytest.raises(Refused) as refused:
        end(leader, theirs.uid, "Không phải của xã", at=NOW)
    assert codes(refused) == [("H103", str(theirs.uid))]
    with pytest.raises(Refused) as refused:
        replace(leader, theirs.uid, wording(), "Không phải của xã", at=NOW)
    assert codes(refused) == [("H103", str(theirs.uid))]
    theirs.refresh_from_db()
    assert theirs.ended_on is None


def test_the_national_targets_are_those_of_the_texts_and_are_written_once(act: Act) -> None:
    from densach.policy.aims import aims
    from densach.reporting.targets.national import holds_national, sync_national

    assert holds_national()
    assert sync_national(TODAY, act) == 0
    Target.objects.all().delete()
    assert not holds_national()
    goals = sum(len(aim.target.goals) for aim in aims().values())
    assert sync_national(TODAY, act) == goals
    assert (Target.objects.count(), sync_national(TODAY, act), holds_national()) == (goals, 0, True)
    family = Target.objects.get(national="387.model.family", year=2030)
    assert (family.place, family.value, family.indicator) == (country(), 8000, "MODEL_FAMILY_OF_ALL")
    assert (family.citation, family.owner) == ("Quyết định 387/QĐ-TTg ngày 25/03/2022", "")
    district = Target.objects.get(national="1373.model.district", year=2030)
    assert (district.value, str(district.base_ended)) == (5000, "2025-07-01")
    assert Target.objects.get(national="387.association.members_briefed", year=2030).value is None


def test_a_text_read_otherwise_ends_the_old_reading_and_keeps_it(act: Act) -> None:
    from densach.reporting.targets.national import sync_national

    sync_national(TODAY, act)
    family = Target.objects.get(national="387.model.family", year=2030)
    family.value = 7000
    family.save()
    assert sync_national(TODAY, act) == 1
    old, new = Target.objects.filter(series=family.series).order_by("pk")
    assert (old.value, old.ended_on, old.ended_because) == (7000, TODAY, "văn bản được đọc lại")
    assert (new.value, new.ended_on) == (8000, None)


def test_what_measures_a_national_target_is_a_share_that_we_ask_for() -> None:
    from densach.policy.aims import aims
    from densach.policy.reported import indicators

    measured = [aim.target.measured_by for aim in aims().values() if aim.target.measured_by]
    assert len(measured) == 5
    assert {indicators()[code][1].kind for code in measured} == {"share"}
