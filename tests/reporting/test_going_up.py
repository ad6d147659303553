"""A file goes from its province up to the ministry, which agrees or asks the province to look again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from densach.authority.roles import Role
from densach.history.domain import verify_chain
from densach.problems import Refused
from densach.reporting.below.access import files_going_up, waiting_above
from densach.reporting.below.opinions import Kind, Said, may_say, say_opinion
from densach.reporting.below.sending_up import send_up
from densach.reporting.models import Opinion
from tests.authority.roles import NOW, given, in_role
from tests.reporting.below import another, country, judged, looking, made_up

if TYPE_CHECKING:
    from densach.assessing.models import Round
    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(commune: Place, act: Act) -> Round:
    return judged(made_up(commune, act), act)


@pytest.fixture
def leader(thai_nguyen: Place, act: Act) -> Viewer:
    return looking(Role.PROVINCE_LEADER, thai_nguyen, act)


@pytest.fixture
def ministry(act: Act) -> Viewer:
    return looking(Role.MINISTRY_OFFICER, country(), act)


def seal_of(round_: Round) -> str:
    from densach.assessing.models import Assessment

    return Assessment.objects.get(round=round_, title_key="commune.tt25").seal


def says(viewer: Viewer, round_: Round, kind: Kind, reason: str = "") -> Opinion:
    read = Opinion.objects.filter(round=round_).count()
    return say_opinion(viewer, round_, Said(kind=kind, reason=reason, read=read, seal=seal_of(round_)), at=NOW)


def approved(round_: Round, leader: Viewer, thai_nguyen: Place, act: Act) -> Opinion:
    says(looking(Role.PROVINCE_OFFICER, thai_nguyen, act), round_, Kind.VERIFIED)
    return says(leader, round_, Kind.APPROVED)


def refusal(event: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(Refused) as told:
        event(*arguments, **named)
    return told.value.problems[0].code


def places(viewer: Viewer) -> list[UUID]:
    return [each.period.place.uid for each in files_going_up(viewer)]


def test_a_file_goes_up_is_agreed_to_and_every_word_is_kept(
    round_: Round, leader: Viewer, ministry: Viewer, thai_nguyen: Place, act: Act
) -> None:
    uid = round_.place.uid
    approved(round_, leader, thai_nguyen, act)
    assert (places(leader), places(ministry)) == ([uid], [])
    send_up(leader, [uid], "Kính trình Bộ (MẪU)", at=NOW)
    assert (places(leader), places(ministry)) == ([], [uid])
    assert waiting_above(ministry) == {"answered": 0, "forwarded": 1}
    forwarded = Opinion.objects.get(kind=Kind.FORWARDED)
    assert (may_say(ministry, forwarded), may_say(leader, forwarded)) == (
        (Kind.AGREED, Kind.RETURNED), (Kind.WITHDRAWN,)
    )  # fmt: skip
    agreed = says(ministry, round_, Kind.AGREED)
    assert (places(ministry), may_say(ministry, agreed)) == ([], (Kind.TAKEN_BACK,))
    says(ministry, round_, Kind.TAKEN_BACK, "Cần đọc lại phụ lục.")
    assert places(ministry) == [uid]
    kinds = [one.kind for one in Opinion.objects.order_by("order")]
    assert kinds == ["verified", "approved", "forwarded", "agreed", "taken_back"]
    assert verify_chain("opinion", round_.pk) == []


def test_the_ministry_asks_the_province_to_look_again_with_its_reason(
    round_: Round, leader: Viewer, ministry: Viewer, thai_nguyen: Place, act: Act
) -> None:
    uid = round_.place.uid
    approved(round_, leader, thai_nguyen, act)
    send_up(leader, [uid], "", at=NOW)
    assert refusal(says, ministry, round_, Kind.RETURNED, " ") == "R182"
    returned = says(ministry, round_, Kind.RETURNED, "Chỉ tiêu 1.3 chưa rõ.")
    assert waiting_above(leader) == {"answered": 0, "verified": 0, "returned": 1}
    assert may_say(leader, returned) == (Kind.FORWARDED, Kind.SENT_BACK, Kind.WITHDRAWN)
    assert places(leader) == [uid]
    send_up(leader, [uid], "Đã bổ sung.", at=NOW)
    assert places(ministry) == [uid]


def test_nothing_goes_up_that_was_not_approved_or_changed_since(
    round_: Round, leader: Viewer, ministry: Viewer, thai_nguyen: Place, act: Act
) -> None:
    uid = round_.place.uid
    assert refusal(send_up, leader, [], "", at=NOW) == "R192"
    assert refusal(send_up, leader, [uid], "", at=NOW) == "R183"
    approved(round_, leader, thai_nguyen, act)
    Opinion.objects.filter(kind=Kind.APPROVED).update(seal="sha256:old")
    assert [each.is_current for each in files_going_up(leader)] == [False]
    other = judged(another(thai_nguyen, 3, act), act)
    approved(other, leader, thai_nguyen, act)
    assert refusal(send_up, leader, [other.place.uid, uid], "", at=NOW) == "R193"
    assert not Opinion.objects.filter(kind=Kind.FORWARDED).exists()
    assert refusal(send_up, leader, [uuid4()], "", at=NOW) == "R183"
    for viewer in (ministry, looking(Role.PROVINCE_OFFICER, thai_nguyen, act)):
        assert refusal(send_up, viewer, [other.place.uid], "", at=NOW) == "H103"


def test_who_sent_a_file_up_does_not_agree_to_it_as_well(
    round_: Round, leader: Viewer, thai_nguyen: Place, act: Act
) -> None:
    approved(round_, leader, thai_nguyen, act)
    send_up(leader, [round_.place.uid], "", at=NOW)
    assert leader.account is not None
    both = in_role(leader.account, given(leader.account, Role.MINISTRY_OFFICER, country(), act))
    assert may_say(both, Opinion.objects.get(kind=Kind.FORWARDED)) == (Kind.RETURNED,)
    assert refusal(says, both, round_, Kind.AGREED) == "R185"


def test_the_files_of_another_province_are_not_there(
    round_: Round, leader: Viewer, thai_nguyen: Place, commune: Place, act: Act
) -> None:
    from densach.places.lookup import get_place
    from tests.reporting.below import TODAY

    approved(round_, leader, thai_nguyen, act)
    elsewhere = looking(Role.PROVINCE_LEADER, get_place("25", TODAY).place, act)
    assert files_going_up(elsewhere) == []
    assert refusal(send_up, elsewhere, [round_.place.uid], "", at=NOW) == "R183"
    for role, place in ((Role.COMMUNE_LEADER, commune), (Role.PARTY_HEAD, thai_nguyen)):
        assert refusal(files_going_up, looking(role, place, act)) == "H103"
    assert replace(leader, today=TODAY).where == leader.where
