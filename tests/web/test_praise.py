"""The pages of good examples: one way through them, who may read, and how many queries they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from densach.authority.roles import Role
from tests.assessing.making import Small, settle
from tests.assessing.privacy.making import says
from tests.authority.roles import NOW, TODAY
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
ALL, STORIES = "/guong-tot", "/guong-tot/chuyen"
DEED = {"deed": "Dạy chữ cho hàng xóm (MẪU)", "deed_on": "2026-11-01", "told_on": "2026-11-05"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)
    monkeypatch.setattr("densach.web.views.praise.stories.today", lambda: TODAY)


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act, households=2)


@pytest.fixture
def head(small: Small, act: Act) -> Client:
    return signed_in(Role.VILLAGE_HEAD, small.village, act)


def test_from_the_deed_to_the_public_page_and_back(head: Client, act: Act) -> None:
    from densach.assessing.privacy.consenting import give_consent
    from densach.awards.praise.models import GoodExample, Letter
    from densach.people.models import Person

    assert "Chưa có việc nào được kể ở đây" in text_of(head.get(ALL))
    person = Person.objects.get(full_name="Nguyễn Văn Mẫu 1")
    found = head.get(f"{ALL}/moi?q=Nguyễn Văn Mẫu 1").content.decode()
    assert f'value="person:{person.uid}"' in found
    made = head.post(f"{ALL}/moi", DEED | {"found": f"person:{person.uid}"})
    one = made["Location"]
    assert GoodExample.objects.get().person == person
    refused = head.post(f"{one}/thu-khen", {"words": "", "on": "2026-11-07"})
    assert (refused.status_code, 'value="2026-11-07"' in refused.content.decode()) == (400, True)
    said = text_of(head.post(f"{one}/thu-khen", {"words": "Cảm ơn (MẪU)", "on": "2026-11-07"}, follow=True))
    assert "Đã làm thư" in said
    letter = Letter.objects.get()
    assert head.get(f"{one}/thu-khen/{letter.uid}.pdf").content[:5] == b"%PDF-"
    head.post(f"{one}/ton-vinh", {"event": "Đại hội (MẪU)", "on": "2026-11-20"})
    head.post(f"{one}/nhan-rong", {"by": "Thôn Đông (MẪU)", "on": "2026-11-21", "how": "Mở lớp tối"})
    told = text_of(head.get(one))
    assert all(each in told for each in ("Đại hội (MẪU)", "Thôn Đông (MẪU)", "Cảm ơn (MẪU)"))
    assert "trong 6 ngày hoặc sớm hơn" in text_of(head.get(ALL))
    story = {"story": "Một câu chuyện (MẪU)", "names_no_other": "1"}
    refused = head.post(f"{one}/cong-khai", story)
    assert (refused.status_code, "Chưa có đồng ý kể công khai" in text_of(refused)) == (400, True)
    assert "Chưa có câu chuyện nào" in text_of(Client().get(STORIES))
    give_consent(person, "publish_praise", says(), on=TODAY, act=act)
    assert head.post(f"{one}/cong-khai", story).status_code == 302
    public = one.replace(ALL, STORIES)
    assert "Một câu chuyện (MẪU)" in text_of(Client().get(public))
    head.post(f"{one}/cong-khai", {"do": "take_down"})
    assert Client().get(public).status_code == 404


def test_bad_input_is_told_beside_its_field_and_nothing_is_kept(head: Client) -> None:
    from densach.awards.praise.models import GoodExample

    answer = head.post(f"{ALL}/moi", DEED | {"who": "person", "name": "", "deed_on": "31/02/2026"})
    assert (answer.status_code, 'value="31/02/2026"' in answer.content.decode()) == (400, True)
    assert GoodExample.objects.count() == 0


def test_others_find_nothing(head: Client, small: Small, commune: Place, act: Act) -> None:
    one = head.post(f"{ALL}/moi", DEED | {"who": "group", "name": "Đội MẪU"})["Location"]
    for role in (Role.ASSOCIATION_OFFICER, Role.COMMUNE_LEADER):
        stranger = signed_in(role, commune, act)
        pages = (one, f"{one}/thu-khen", f"{one}/ton-vinh", f"{one}/nhan-rong", f"{one}/cong-khai")
        assert {stranger.get(page).status_code for page in pages} == {404}
    assert Client().get(one.replace(ALL, STORIES)).status_code == 404
    assert small.place == commune


@pytest.mark.parametrize("count", [1, 3])
def test_how_many_queries_a_page_takes(head: Client, count: int) -> None:
    from densach.awards.praise.models import GoodExample

    for at in range(count):
        one = head.post(f"{ALL}/moi", DEED | {"who": "group", "name": f"Đội {at} MẪU"})["Location"]
    GoodExample.objects.update(published_at=NOW, story="Chuyện (MẪU)")
    found = queries_of(head, ALL, one, f"{one}/thu-khen", STORIES)
    assert found == {ALL: 8, one: 8, f"{one}/thu-khen": 5, STORIES: 4}
