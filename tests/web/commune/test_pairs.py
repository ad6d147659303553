"""Records that look alike: who sees a pair, how it is decided with a reason, and how that is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from densach.authority.roles import Role
from tests.assessing.making import GOOD, Small, answer, open_year, run, settle
from tests.authority.roles import TODAY
from tests.people.making import NEW_YEAR, enter, number
from tests.people.pairing import pair_up
from tests.web.commune.making import signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client

    from densach.assessing.models import Recognition, Subject
    from densach.history.domain import Act
    from densach.people.domain import Resident
    from densach.people.models import LikelyDuplicate, Person
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
LIST, SETTLED = "/xa/trung", "/xa/trung/da-xem"
WHY = "đã hỏi tại nhà"


@pytest.fixture(autouse=True)
def _edge(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_FILE = tmp_path / "keys.json"
    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)
    monkeypatch.setattr("densach.web.views.commune.pairs.load_keys", lambda _path: _keys())


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def officer(small: Small, act: Act) -> Client:
    return signed_in(Role.COMMUNE_OFFICER, small.place, act)


@pytest.fixture
def pair(small: Small) -> LikelyDuplicate:
    assert small.place.pk
    return pair_up(person("Nguyễn Văn Mẫu 1"), person("Nguyễn Văn Mẫu 2"))


@pytest.fixture
def there(thai_nguyen: Place, act: Act) -> Small:
    """The neighbouring commune."""
    from densach.places.domain import add_fictional_commune

    return settle(add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Khác", on=NEW_YEAR, act=act), act, first=101)


def _keys() -> object:
    from tests.people.making import KEYS

    return KEYS


def person(name: str) -> Person:
    from densach.people.models import Person

    return Person.objects.get(full_name=name)


def page_of(pair: LikelyDuplicate) -> str:
    return f"{LIST}/{pair.first.uid}/{pair.second.uid}"


def sent(do: str, keep: Person | None = None, reason: str = WHY) -> dict[str, str]:
    return {"do": do, "reason": reason} | ({"keep": str(keep.uid)} if keep else {})


def counted_as(people: Iterable[Person]) -> list[int | None]:
    from densach.people.models import Person

    rows = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("pk")
    return list(rows.values_list("same_as", flat=True))


def test_without_pairs_the_list_says_how_they_come(officer: Client) -> None:
    assert "Không cặp hồ sơ nào chờ quyết định." in text_of(officer.get(LIST))
    assert "Chưa cặp nào được quyết định." in text_of(officer.get(SETTLED))


def test_a_pair_is_listed_with_its_reasons_and_laid_side_by_side(
    officer: Client, small: Small, pair: LikelyDuplicate, act: Act
) -> None:
    round_ = open_year(small, act, "vn,demo")
    answer(round_, "citizen", {small.subject("citizen", "Nguyễn Văn Mẫu 1"): dict(GOOD)}, act)
    run(round_, act)
    said = text_of(officer.get(LIST))
    assert "1 cặp chờ quyết định." in said
    assert "Nguyễn Văn Mẫu 1, sinh 01/05/1980, và Nguyễn Văn Mẫu 2, sinh 01/05/1980" in said
    assert "cùng tên; cùng ngày sinh; cùng xã" in said
    response = officer.get(page_of(pair))
    said, html = text_of(response), response.content.decode()
    assert "hộ H1, Thôn Đoài, Xã MẪU Đèn Sách" in said
    assert "Trường Tiểu học MẪU, từ 01/01/2026" in said
    assert [shown in html for shown in ("•••001", "•••002", number(1), number(2))] == [True, True, False, False]
    assert f'href="{LIST}"' in officer.get("/xa", follow=True).content.decode()


def test_former_names_and_recognitions_stand_beside(officer: Client, pair: LikelyDuplicate, act: Act) -> None:
    from densach.people.models import PersonName

    PersonName.objects.create(
        person=pair.first, full_name="Nguyễn Văn Cũ", folded="nguyen van cu", valid_to=NEW_YEAR, basis="Giấy MẪU"
    )
    assert act.who
    said = text_of(officer.get(page_of(pair)))
    assert "Nguyễn Văn Cũ (đến 01/01/2026)" in said
    assert "Danh hiệu đã công nhận không ghi không ghi" in said


def test_what_each_was_recognised_for_stands_beside_also_what_was_withdrawn(
    officer: Client, small: Small, pair: LikelyDuplicate, act: Act
) -> None:
    from densach.assessing.signing.models import Withdrawal

    first, other = (small.subject("citizen", f"Nguyễn Văn Mẫu {order}") for order in (1, 2))
    for number_, year, subject in (("12/QĐ", 2024, first), ("13/QĐ", 2025, first), ("14/QĐ", 2025, other)):
        row = recognised(small.place, number_, year, subject)
    Withdrawal.objects.create(
        recognition=row, number="15/QĐ", signed_on="2026-02-01", office_title="Chủ tịch", basis="Đơn", reason="nhầm"
    )
    assert act.who
    said = text_of(officer.get(page_of(pair)))
    first_ones = "Công dân học tập năm 2024 (số 12/QĐ); Công dân học tập năm 2025 (số 13/QĐ)"
    assert first_ones in said
    assert f"{first_ones} Công dân học tập năm 2025 (số 14/QĐ). Đã thu hồi theo 15/QĐ" in said


def recognised(place: Place, number_: str, year: int, subject: Subject) -> Recognition:
    from densach.assessing.models import RecognitionAct

    signed = RecognitionAct.objects.create(
        place=place, number=number_, signed_on=f"{year}-12-01", office="x", office_title="Chủ tịch", basis="BB"
    )
    return signed.recognitions.create(
        subject=subject, title_key="citizen.qd677", year=year, decided_by_people=True, reason="họp", scorer="ban"
    )


def test_one_person_is_decided_and_separated_again(officer: Client, pair: LikelyDuplicate) -> None:
    from densach.history.domain import verify_chain

    both = (pair.first, pair.second)
    response = officer.post(page_of(pair), sent("same", pair.second), follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Đã ghi: là một người." in text_of(response)
    assert counted_as(both) == [pair.second_id, None]
    said = text_of(officer.get(SETTLED))
    assert f"Là một người, {_today()}: {WHY}" in said
    assert "Tách lại thành hai hồ sơ" in text_of(officer.get(page_of(pair)))
    assert "Cặp này lại chờ quyết định" in text_of(officer.post(page_of(pair), sent("again"), follow=True))
    assert counted_as(both) == [None, None]
    assert "1 cặp chờ quyết định." in text_of(officer.get(LIST))
    assert verify_chain("pair", pair.pk) == []


def test_two_people_are_decided_and_looked_at_again(officer: Client, pair: LikelyDuplicate) -> None:
    officer.post(page_of(pair), sent("different"))
    pair.refresh_from_db()
    assert (pair.state, pair.decided_why) == ("different", WHY)
    assert "Không cặp hồ sơ nào chờ" in text_of(officer.get(LIST))
    officer.post(page_of(pair), sent("again", reason="hỏi lại"))
    assert "đã được đưa ra xem, lý do: hỏi lại" in text_of(officer.get(LIST))


@pytest.mark.parametrize(
    "wrong", [sent("same"), sent("same", reason=""), sent("different", reason=" "), {}, sent("khac"),
              sent("same") | {"keep": "khong-co"}, sent("different", reason="x" * 2001)],
)  # fmt: skip
def test_what_is_wanting_is_told_and_nothing_is_kept(
    officer: Client, pair: LikelyDuplicate, wrong: dict[str, str]
) -> None:
    response = officer.post(page_of(pair), wrong)
    assert response.status_code == 400
    assert wrong.get("reason", "").strip() in response.content.decode()
    pair.refresh_from_db()
    assert (pair.state, counted_as((pair.first, pair.second))) == ("waiting", [None, None])


def test_who_died_cannot_be_one_with_who_lived_on(officer: Client, pair: LikelyDuplicate) -> None:
    pair.first.died_on, pair.first.death_basis = NEW_YEAR, "Giấy MẪU"
    pair.first.save()
    response = officer.post(page_of(pair), sent("same", pair.second))
    assert (response.status_code, "vừa mất vừa còn sống" in text_of(response)) == (400, True)
    assert "densach people" not in text_of(response)


@pytest.mark.usefixtures("small")
def test_a_pair_of_the_neighbouring_commune_is_not_there(
    officer: Client, pair: LikelyDuplicate, there: Small, act: Act
) -> None:
    beside = pair_up(person("Nguyễn Văn Mẫu 101"), person("Nguyễn Văn Mẫu 102"))
    assert "1 cặp chờ quyết định." in (said := text_of(officer.get(LIST)))
    assert "Mẫu 101" not in said
    nowhere = f"{LIST}/{pair.first.uid}/{beside.first.uid}"
    for page in (page_of(beside), nowhere):
        assert officer.get(page).status_code == officer.post(page, sent("different")).status_code == 404
    assert signed_in(Role.COMMUNE_OFFICER, there.place, act).get(page_of(pair)).status_code == 404
    for role, thing in ((Role.COMMUNE_LEADER, there.place), (Role.VILLAGE_HEAD, there.village)):
        who = signed_in(role, thing, act)
        assert {who.get(page).status_code for page in (LIST, SETTLED, page_of(beside))} == {404}
    beside.refresh_from_db()
    assert beside.state == "waiting"


def test_a_pair_across_the_border_is_there_for_both(officer: Client, small: Small, there: Small, act: Act) -> None:
    across = pair_up(person("Nguyễn Văn Mẫu 1"), person("Nguyễn Văn Mẫu 101"))
    assert small.place != there.place
    for who in (officer, signed_in(Role.COMMUNE_OFFICER, there.place, act)):
        assert who.get(f"{LIST}/{across.second.uid}/{across.first.uid}").status_code == 200
        assert "1 cặp chờ quyết định." in text_of(who.get(LIST))


def test_who_has_moved_away_is_no_longer_there(officer: Client, pair: LikelyDuplicate) -> None:
    from densach.people.models import HouseholdMember

    for one, status in ((pair.first, 200), (pair.second, 404)):
        HouseholdMember.objects.filter(person=one).update(valid_to=TODAY)
        assert officer.get(page_of(pair)).status_code == status


def test_of_two_officers_at_the_same_moment_the_second_is_told(
    monkeypatch: pytest.MonkeyPatch, officer: Client, small: Small, pair: LikelyDuplicate, act: Act
) -> None:
    """The other decides after this one has read the pair as waiting and before the decision is written."""
    from densach.web.views.commune import pairs

    other, decide = signed_in(Role.COMMUNE_OFFICER, small.place, act), pairs._settle

    def meanwhile(*args: object) -> None:
        monkeypatch.setattr(pairs, "_settle", decide)
        assert other.post(page_of(pair), sent("different", reason="người thứ nhất")).status_code == 302
        decide(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(pairs, "_settle", meanwhile)
    response = officer.post(page_of(pair), sent("same", pair.first, "người thứ hai"))
    said = text_of(response)
    assert (response.status_code, "đã có người quyết định trước" in said) == (400, True)
    assert "người thứ nhất" in said
    assert "người thứ hai" in response.content.decode()
    pair.refresh_from_db()
    assert (pair.state, counted_as((pair.first, pair.second))) == ("different", [None, None])


def test_a_pair_joined_by_another_way_waits_no_longer(officer: Client, commune: Place, small: Small, act: Act) -> None:
    enter(commune, [_third(small)], act)
    people = [person(f"Nguyễn Văn Mẫu {order}") for order in (1, 2, 3)]
    pairs = [pair_up(one, other) for one, other in (*pairwise(people), (people[0], people[2]))]
    for pair in pairs[:2]:
        kept = person("Nguyễn Văn Mẫu 1")
        assert officer.post(page_of(pair), sent("same", kept)).status_code == 302
    assert counted_as(people) == [None, people[0].pk, people[0].pk]
    assert "Không cặp hồ sơ nào chờ" in text_of(officer.get(LIST))
    assert "qua một cặp khác" in text_of(officer.get(page_of(pairs[2])))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [(LIST, 5), (SETTLED, 5), ("", 13)])
def test_the_number_of_queries_stays_the_same(
    commune: Place, act: Act, count: int, page: str, queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    from densach.people.records.merging import decide_different
    from tests.people.pairing import SAID

    small = settle(commune, act, households=count + 1)
    open_year(small, act, "vn,demo")
    heads = [person(f"Nguyễn Văn Mẫu {order}") for order in range(1, count + 2)]
    pairs = [pair_up(one, other) for one, other in pairwise(heads)]
    if page == SETTLED:
        for pair in pairs:
            decide_different(pair.pk, act=SAID)
    officer = signed_in(Role.COMMUNE_OFFICER, commune, act)
    with django_assert_num_queries(queries):
        assert officer.get(page or page_of(pairs[0])).status_code == 200


def test_fifty_stand_on_a_page(officer: Client, commune: Place, small: Small, act: Act) -> None:
    others = [_third(small, order) for order in range(3, 56)]
    enter(commune, others, act)
    first = person("Nguyễn Văn Mẫu 1")
    for order in range(3, 54):
        pair_up(first, person(f"Nguyễn Văn Mẫu {order}"))
    html = officer.get(LIST).content.decode()
    assert (html.count(f'href="{LIST}/{first.uid}'), '"?tu=50"' in html) == (50, True)
    html = officer.get(f"{LIST}?tu=50").content.decode()
    assert (html.count(f'href="{LIST}/{first.uid}'), '"?tu=0"' in html) == (1, True)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_are_whole_in_both_languages(officer: Client, pair: LikelyDuplicate, lang: str) -> None:
    for _ in range(2):
        for page in (LIST, SETTLED, page_of(pair)):
            html = officer.get(page, headers={"Accept-Language": lang}).content.decode()
            assert f'<html lang="{lang}">' in html
            assert html.count("<h1>") == 1
        officer.post(page_of(pair), sent("same", pair.first))


def _today() -> str:
    from densach.formats.vietnamese import format_date
    from densach.web.asking import today

    return format_date(today())


def _third(small: Small, order: int = 3) -> Resident:
    from tests.people.making import family

    return family(small.village, order)[0]
