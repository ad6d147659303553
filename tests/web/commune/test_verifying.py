"""The pages of the second look: drawing, finding, leads, and that nobody below sees anything of a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.assessing.making import GOOD, YEAR, adults, answer, library, open_year, run, settle
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import PUBLIC, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from densach.assessing.models import Round
    from densach.authority.granting import Thing
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
BOARD = f"/xa/{YEAR}-mau"
CHOICE = {"title": "citizen.qd677", "village": "", "percent": "20", "confidence": "95", "returns_at": "3"}
WHY = "Lý do riêng của dấu hiệu MẪU"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act, households=10)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    return answered(small, act)


@pytest.fixture
def officer(small: Small, act: Act) -> Client:
    return signed_in(Role.COMMUNE_OFFICER, small.place, act)


def answered(small: Small, act: Act) -> Round:
    from densach.assessing.domain import enter_answers
    from densach.assessing.models import Stage

    opened = open_year(small, act, "vn,demo")
    points = GOOD | {"a1": 0, "a2": 8}
    answer(opened, "citizen", {subject: dict(points) for subject in adults(small)}, act)
    verified: dict[int, dict[str, int | bool | str]] = {subject.pk: {} for subject in adults(small)}
    enter_answers(opened, CHOICE["title"], Stage.VERIFIED, verified, act=act)
    return opened


def drawn(officer: Client) -> str:
    """The address of a sample that was drawn in the browser."""
    page = officer.post(f"{BOARD}/xem-lai/chot-danh-sach", CHOICE | {"reason": "xã MẪU tự chọn"})["Location"]
    assert officer.post(page, {"seed": "12345"})["Location"] == page
    return str(page)


def led(round_: Round, act: Act) -> str:
    """The address of a lead of the round."""
    from densach.assessing.titles import BY_MODEL
    from densach.assessing.verifying.finding import find_leads
    from densach.assessing.verifying.models import Lead

    run(round_, act)
    find_leads(round_, BY_MODEL["citizen"], library("vn", "demo"), act=act)
    return f"{BOARD}/dau-hieu/{Lead.objects.get().uid}"


@pytest.mark.usefixtures("round_")
def test_a_sample_is_drawn_looked_through_and_says_in_words_what_it_proves(officer: Client) -> None:
    from densach.assessing.verifying.models import DrawnFile

    page = drawn(officer)
    said = text_of(officer.get(page))
    assert "Số bốc thăm: 12345" in said
    assert "Mới xem 0 trong 10 hồ sơ bốc thăm" in said
    for file in DrawnFile.objects.all():
        done = officer.post(f"{BOARD}/xem-lai/ho-so/{file.uid}", {"found": "agrees", "version": "1"})
        assert done["Location"] == page
    said = text_of(officer.get(page))
    assert (
        "Cả 10 hồ sơ bốc thăm đều đúng. Có thể nói với độ tin cậy 95%: trong 20 hồ sơ có nhiều nhất 3 hồ sơ sai."
        in said
    )
    listed = officer.get(f"{page}/danh-sach.txt").content.decode().split()
    assert len(listed) == 20
    assert "10 hồ sơ đã xem lại trong 10 hồ sơ bốc thăm" in text_of(officer.get(BOARD))


@pytest.mark.usefixtures("round_")
def test_what_is_wanting_is_told_beside_its_field_and_kept(officer: Client) -> None:
    from densach.assessing.verifying.models import DrawnFile

    for wrong in ({"percent": "0"}, {"confidence": "100"}, {"title": "x"}, {"village": "x"}, {"reason": ""}):
        response = officer.post(f"{BOARD}/xem-lai/chot-danh-sach", CHOICE | {"reason": "xã MẪU"} | wrong)
        assert (response.status_code, response.content.decode().count('class="problem"')) == (400, 1)
    page = f"{BOARD}/xem-lai/ho-so/{DrawnFile.objects.filter(draw__uid=drawn(officer).rsplit('/', 1)[1])[0].uid}"
    response = officer.post(page, {"found": "differs", "what": "A2: 6 điểm", "why": "", "version": "1"})
    assert response.status_code == 400
    assert "A2: 6 điểm</textarea>" in response.content.decode()


def test_nobody_but_who_runs_the_round_sees_anything_of_a_lead(
    small: Small, round_: Round, officer: Client, act: Act
) -> None:
    from densach.assessing.verifying.finding import dismiss_lead
    from densach.assessing.verifying.models import Lead
    from densach.people.models import Person

    lead = led(round_, act)
    sample = drawn(officer)
    dismiss_lead(Lead.objects.get(), WHY, act=act)
    assert WHY in text_of(officer.get(lead))
    assert WHY in text_of(officer.get(f"{BOARD}/nhat-ky?nhom=leads"))
    person = Person.objects.get(full_name="Nguyễn Văn Mẫu 1")
    below: dict[Role, Thing] = {
        Role.CITIZEN: person,
        Role.VILLAGE_HEAD: small.village,
        Role.CHAPTER_OFFICER: small.village,
        Role.ASSOCIATION_OFFICER: small.place,
        Role.COMMUNE_LEADER: small.place,
    }
    private = (lead, f"{BOARD}/dau-hieu", f"{BOARD}/nhat-ky?nhom=leads", sample, f"{BOARD}/xem-lai")
    for role, thing in below.items():
        who = signed_in(role, thing, act)
        assert {page: who.get(page).status_code for page in private} == dict.fromkeys(private, 404)
        for page in (*PUBLIC, "/viec-cua-toi", BOARD, f"{BOARD}/nhat-ky"):
            said = text_of(who.get(page)).lower()
            assert not [word for word in (WHY.lower(), "dấu hiệu cần xem", "at-the-mark") if word in said]


@pytest.mark.parametrize("households", [2, 4])
def test_evidence_under_two_households_is_shown_to_who_runs_the_round_and_to_nobody_else(
    commune: Place, act: Act, households: int, settings: Settings, tmp_path: Path
) -> None:
    from densach.assessing.evidence.domain import add_evidence
    from densach.assessing.evidence.vault import Vault
    from densach.assessing.verifying.models import Lead
    from densach.formats.pictures import check_evidence
    from densach.people.numbers import load_keys
    from tests.assessing.evidence.making import photo
    from tests.assessing.sheets.making import begun, send

    settings.EVIDENCE_FOLDER, settings.KEYS_FILE = tmp_path / "evidence", tmp_path / "keys.json"
    vault = Vault(settings.EVIDENCE_FOLDER, load_keys(settings.KEYS_FILE))
    small = settle(commune, act, households=households)
    opened = open_year(small, act, "vn,demo")
    for order in range(1, households + 1):
        sheet = begun(opened, small.subject("citizen", f"Nguyễn Văn Mẫu {order}"), act)
        piece = add_evidence(sheet, "a1", check_evidence("anh", photo()), vault, by=None, act=act)
        send(sheet, act)
    officer = signed_in(Role.COMMUNE_OFFICER, commune, act)
    officer.post(f"{BOARD}/dau-hieu")
    lead = f"{BOARD}/dau-hieu/{Lead.objects.get(kind='evidence-reused').uid}"
    html = officer.get(lead).content.decode()
    assert html.count('<img src="/minh-chung/') == households
    assert officer.get(f"/minh-chung/{piece.uid}").status_code == 200
    assert queries_of(officer, lead) == {lead: 12}
    home = small.subject("family", "H1").household
    assert home is not None
    head = signed_in(Role.HOUSEHOLD_HEAD, home, act)
    assert [head.get(page).status_code for page in (lead, f"/minh-chung/{piece.uid}")] == [404, 404]


@pytest.mark.parametrize("households", [1, 3])
def test_the_number_of_queries_stays_the_same(commune: Place, act: Act, households: int) -> None:
    from densach.assessing.verifying.models import DrawnFile

    round_ = answered(settle(commune, act, households=households), act)
    officer = signed_in(Role.COMMUNE_OFFICER, round_.place, act)
    page = drawn(officer)
    file = f"{BOARD}/xem-lai/ho-so/{DrawnFile.objects.all()[0].uid}"
    expected = {
        f"{BOARD}/xem-lai": 5,
        page: 10,
        file: 7,
        f"{BOARD}/xem-lai/chot-danh-sach": 6,
        f"{BOARD}/dau-hieu": 5,
    }
    assert queries_of(officer, *expected) == expected


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_are_whole_in_both_languages(round_: Round, officer: Client, act: Act, lang: str) -> None:
    lead, page = led(round_, act), drawn(officer)
    for address in (f"{BOARD}/xem-lai", f"{BOARD}/xem-lai/chot-danh-sach", page, f"{BOARD}/dau-hieu", lead):
        html = officer.get(address, headers={"Accept-Language": lang}).content.decode()
        assert f'<html lang="{lang}">' in html
        assert html.count("<h1>") == 1
        assert "no such variable" not in html
