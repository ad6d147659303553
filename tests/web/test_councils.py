"""The pages of a council: who finds them, what they say and never say, that nothing typed is lost, at what cost."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client, override_settings

from densach.authority.roles import Role
from tests.authority.roles import TODAY, account, given
from tests.awards.councils.making import (
    Bench,
    begin,
    closed,
    council_of,
    ended,
    fresh,
    items_of,
    nominate,
    opened,
    prepared,
    round_of,
    vote,
)
from tests.web.commune.making import queries_of
from tests.web.factors import sign_in_with_factor
from tests.web.walking import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from densach.awards.councils.models import Sitting
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The keys of the tests stand where the site looks for its own, and the day is that of the tests."""
    from densach.people.numbers import _write
    from tests.awards.councils.making import KEYS

    monkeypatch.setattr("densach.web.viewing.today", lambda: TODAY)
    with override_settings(KEYS_FILE=tmp_path / "keys.json"):
        _write(settings.KEYS_FILE, KEYS)
        yield


def as_member(bench: Bench, number: int) -> Client:
    client = Client()
    sign_in_with_factor(client, bench.accounts[number])
    return client


def secretary(place: Place, act: Act) -> Client:
    from densach.accounts.models import Account

    who = account(f"thi-dua-{Account.objects.count()}")
    given(who, Role.EMULATION_OFFICER, place, act)
    client = Client()
    sign_in_with_factor(client, who)
    return client


def page(sitting: Sitting, rest: str = "") -> str:
    return f"/hoi-dong/phien/{sitting.uid}{rest}"


def test_a_secretary_founds_a_council_names_members_and_prepares_a_sitting(commune: Place, act: Act) -> None:
    from densach.awards.councils.models import Council, Member

    client = secretary(commune, act)
    assert "Chưa ghi Hội đồng nào" in text_of(client.get("/hoi-dong"))
    said = {"name": "Hội đồng xã MẪU", "basis": "Quyết định MẪU số 05", "since": "2026-01-01", "abstains": "co"}
    client.post(
        "/hoi-dong/moi",
        said | {"quorum_top": "2", "quorum_bottom": "3", "quorum_source": "Quy chế MẪU", "majority_of": ""},
    )
    council = Council.objects.get()
    assert (str(council.quorum), council.majority_of, council.interest_abstains) == ("2/3", "", True)
    who = account("mot-thanh-vien")
    home = f"/hoi-dong/{council.uid}"
    assert "Chưa có ai được giao vai" in text_of(client.get(f"{home}/thanh-vien"))
    given(who, Role.COUNCIL_MEMBER, commune, act)
    named = {"account": str(who.uid), "seated": "chair", "title": "Chủ tịch UBND xã MẪU", "since": "01/02/2026"}
    text = text_of(client.post(f"{home}/thanh-vien", named, follow=True))
    assert "Đã thêm Người MẪU mot-thanh-vien vào Hội đồng." in text
    again = client.post(f"{home}/thanh-vien", named)
    assert (again.status_code, Member.objects.count()) == (400, 1)
    assert "Chủ tịch UBND xã MẪU" in again.content.decode()  # what was typed is kept
    round_ = round_of(commune)
    planned = {"round": str(round_.uid), "held_on": "26/11/2026", "secret": "kin", "majority_of": ""}
    text = text_of(client.post(f"{home}/phien-moi", planned, follow=True))
    assert "Đã chuẩn bị phiên họp." in text
    assert "Không có đề nghị nào đủ điều kiện đang chờ" in text
    text = text_of(client.post(f"{home}/thanh-vien/{Member.objects.get().uid}/thoi", {"on": "2026-12-01"}, follow=True))
    assert "đến trước 01/12/2026" in text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"quorum_top": "3", "quorum_bottom": "2", "quorum_source": "Quy chế"}, "quorum_source"),
        ({"quorum_top": "2", "quorum_bottom": "3", "quorum_source": ""}, "quorum_source"),
        ({"majority_of": "members", "majority_source": ""}, "quorum_source"),
        ({"held_on": "hôm nay"}, "held_on"),
        ({"held_on": "2025-01-01"}, "held_on"),  # nobody presided then
        ({"quorum_top": "nhiều"}, "quorum_top"),
        ({"secret": "khác"}, "secret"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(commune: Place, act: Act, said: dict[str, str], field: str) -> None:
    from densach.awards.councils.models import Sitting

    bench, client = council_of(commune, act), secretary(commune, act)
    good = {
        "round": str(bench.round.uid),
        "held_on": "2026-11-26",
        "secret": "kin",
        "majority_of": "",
        "where": "Nhà MẪU",
    }
    response = client.post(f"/hoi-dong/{bench.council.uid}/phien-moi", good | said)
    html = response.content.decode()
    assert response.status_code == 400
    assert re.search(rf'id="{field}-goi-y"', html)
    assert 'value="Nhà MẪU"' in html
    assert not Sitting.objects.exists()


def test_many_come_on_the_agenda_at_once_and_one_comes_off(commune: Place, act: Act) -> None:
    bench, client = council_of(commune, act), secretary(commune, act)
    sitting = prepared(bench, act, count=0)
    one, *_ = nominate(bench.round, 60)
    text = text_of(client.get(page(sitting, "/chuong-trinh")))
    assert "60 đề nghị đủ điều kiện đang chờ" in text
    client.post(page(sitting, "/chuong-trinh"), {"viec": "chon", "chon": [str(one.uid)]})
    assert len(items_of(sitting)) == 1
    text = text_of(
        client.post(page(sitting, "/chuong-trinh"), {"viec": "tat-ca", "hinh-thuc": "giay_khen_xa"}, follow=True)
    )
    assert "Đã đưa 59 đề nghị vào chương trình." in text
    assert "Phiên họp ngày 26/11/2026: 60 đề nghị" in text
    assert "51." in text_of(client.get(page(sitting, "?tu=50")))
    text = text_of(client.post(page(sitting, f"/bo-ra/{items_of(sitting)[0].uid}"), follow=True))
    assert "Đã đưa Lê Thị Mẫu 0 ra khỏi chương trình" in text
    assert client.get(page(sitting, f"/bo-ra/{items_of(sitting)[0].uid}")).status_code == 405


def test_a_sitting_from_the_roll_to_the_minutes(commune: Place, act: Act) -> None:
    bench, officer = council_of(commune, act), secretary(commune, act)
    sitting = prepared(bench, act)
    chair = as_member(bench, 0)
    marks = {
        str(bench.seat(sitting, number).uid): mark for number, mark in enumerate(("present", "present", "writing"))
    }
    officer.post(page(sitting, "/diem-danh"), marks | {"version": str(sitting.version)})
    sitting = fresh(sitting)
    text = text_of(chair.get(page(sitting, "/dieu-hanh")))
    assert "Cần 1/2 tổng số thành viên (Quy chế MẪU, Điều 6). Đủ số người có mặt." in text
    assert "Giấy khen của Chủ tịch Ủy ban nhân dân xã, phường, đặc khu: ít nhất 2 phiếu đồng ý." in text
    assert "Không có chỉ tiêu nào được ghi cho đợt này" in text
    text = text_of(
        chair.post(page(sitting, "/dieu-hanh"), {"viec": "mo", "version": str(sitting.version)}, follow=True)
    )
    assert "Đã mở bỏ phiếu." in text
    first, second = items_of(sitting)
    for number in range(3):
        said = {str(first.uid): "for", str(second.uid): "for" if not number else "against"}
        answer = as_member(bench, number).post(page(sitting, "/bo-phieu"), said, follow=True)
        assert "Đã bỏ 2 phiếu." in text_of(answer)
        assert "Đã bỏ phiếu cho mọi đề nghị." in text_of(answer)
    text = text_of(chair.get(page(sitting, "/dieu-hanh")))
    assert text.count("2 trên 2") == 3
    assert "đồng ý, 0 không" not in text  # nothing is counted before the end
    assert chair.get(page(sitting, "/bien-ban.pdf")).status_code == 404
    sitting = fresh(sitting)
    chair.post(page(sitting, "/dieu-hanh"), {"viec": "dong", "version": str(sitting.version)})
    sitting = fresh(sitting)
    officer.post(
        page(sitting, "/thao-luan"),
        {"discussion": "Thảo luận MẪU", "dissent": "Ý kiến khác MẪU", "version": str(sitting.version)},
    )
    sitting = fresh(sitting)
    text = text_of(
        chair.post(page(sitting, "/dieu-hanh"), {"viec": "ket-thuc", "version": str(sitting.version)}, follow=True)
    )
    assert "1 đồng ý, 1 không đồng ý, 0 bằng phiếu." in text
    text = text_of(as_member(bench, 2).get(page(sitting)))
    assert "1 đồng ý, 2 không, 0 trắng; 0 không bỏ" in text
    for name in ("bien-ban", "kiem-phieu"):
        assert officer.get(page(sitting, f"/{name}.pdf")).getvalue().startswith(b"%PDF")
        assert officer.get(page(sitting, f"/{name}.docx")).getvalue().startswith(b"PK")
    assert officer.get(page(sitting, "/bien-ban.exe")).status_code == 404
    assert officer.get(page(sitting, "/khac.pdf")).status_code == 404


def test_two_chairs_press_at_once(commune: Place, act: Act) -> None:
    bench = council_of(commune, act)
    sitting = opened(bench, act)
    said = {"viec": "dong", "version": str(sitting.version)}
    assert as_member(bench, 0).post(page(sitting, "/dieu-hanh"), said).status_code == 302
    second = as_member(bench, 1).post(page(sitting, "/dieu-hanh"), said)
    assert second.status_code == 400
    assert "Phiên họp đã kiểm phiếu, mà việc này chỉ làm được khi phiên họp đang bỏ phiếu" in text_of(second)
    assert "Điều 90; Quyết định MẪU số 05/QĐ-UBND" in text_of(second)


def test_a_second_ballot_is_refused_beside_what_was_typed(commune: Place, act: Act) -> None:
    bench = council_of(commune, act)
    sitting = opened(bench, act)
    first, second = items_of(sitting)
    vote(bench, sitting, 1, "for", act=act, items=[first])
    client = as_member(bench, 1)
    answer = client.post(page(sitting, "/bo-phieu"), {str(first.uid): "against", str(second.uid): "blank"})
    assert answer.status_code == 400
    assert "Đã bỏ phiếu cho Lê Thị Mẫu 0 rồi" in text_of(answer)
    assert re.search(rf'name="{second.uid}" value="blank" checked', answer.content.decode())
    assert "Chưa chọn đề nghị nào" in text_of(client.post(page(sitting, "/bo-phieu"), {"x": "for"}))
    assert "Chưa chọn đề nghị nào" in text_of(client.post(page(sitting, "/bo-phieu"), {str(second.uid): "for\x00"}))


def test_files_are_read_one_after_another_with_private_notes(commune: Place, act: Act) -> None:
    bench = council_of(commune, act)
    sitting = prepared(bench, act)
    first, second = items_of(sitting)
    client = as_member(bench, 1)
    address = page(sitting, f"/ho-so/{first.uid}")
    answer = client.post(address, {"score": "85", "text": "Ghi riêng MẪU", "viec": "tiep"})
    assert answer.headers["Location"] == page(sitting, f"/ho-so/{second.uid}")
    assert "Ghi riêng MẪU" in client.get(address).content.decode()
    assert "điểm riêng 85" in text_of(client.get(page(sitting)))
    for other in (as_member(bench, 0), secretary(commune, act)):
        assert "Ghi riêng MẪU" not in other.get(address).content.decode()
        assert "điểm riêng" not in text_of(other.get(page(sitting)))
    wrong = client.post(address, {"score": "101", "text": "Giữ lại MẪU"})
    assert wrong.status_code == 400
    assert "Giữ lại MẪU" in wrong.content.decode()
    from densach.history.models import Entry

    assert not Entry.objects.filter(after__contains="Ghi riêng").exists()


def test_an_interest_is_declared_and_taken_back(commune: Place, act: Act) -> None:
    bench = council_of(commune, act)
    sitting = prepared(bench, act)
    [first, _] = items_of(sitting)
    client = as_member(bench, 1)
    address = page(sitting, f"/ho-so/{first.uid}")
    assert client.post(f"{address}/loi-ich", {"interest": " "}).status_code == 400
    text = text_of(client.post(f"{address}/loi-ich", {"interest": "Em ruột MẪU"}, follow=True))
    assert "Đã khai lợi ích liên quan: Em ruột MẪU" in text
    assert "Rút lời khai" in text
    assert "Khai lợi ích liên quan" in text_of(client.post(f"{address}/rut-loi-ich", follow=True))
    client.post(f"{address}/loi-ich", {"interest": "Em ruột MẪU"})
    sitting = begin(bench, fresh(sitting), act)
    ballot = client.get(page(sitting, "/bo-phieu")).content.decode()
    assert str(first.uid) not in ballot
    assert "Em ruột MẪU" in text_of(as_member(bench, 0).get(page(sitting, "/dieu-hanh")))


def test_what_lies_beside_is_answered_as_if_it_were_not_there(commune: Place, thai_nguyen: Place, act: Act) -> None:
    from densach.awards.models import Part
    from densach.places.domain import add_fictional_commune

    there = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Bên Kia", on=date(2026, 1, 1), act=act)
    bench, theirs = council_of(commune, act), council_of(there, act)
    sitting = opened(theirs, act)
    item = items_of(sitting)[0]
    kept = {
        "kind": "bao-cao",
        "name": "Báo cáo MẪU",
        "file": b"%PDF-1.4 x",
        "sha256": "0" * 64,
        "added_at": "2026-11-01T00:00Z",
    }
    part = Part.objects.create(nomination=item.nomination, **kept)
    seat = theirs.seat(sitting, 1)
    addresses = [f"/hoi-dong/{theirs.council.uid}{rest}" for rest in ("", "/thanh-vien", "/phien-moi")]
    addresses.append(f"/hoi-dong/{theirs.council.uid}/thanh-vien/{seat.member.uid}/thoi")
    rests = ("", "/sua", "/diem-danh", "/chuong-trinh", "/thao-luan", "/bo-phieu", "/dieu-hanh", "/bien-ban.pdf",
             f"/phieu-giay/{seat.uid}", f"/ho-so/{item.uid}", f"/ho-so/{item.uid}/loi-ich",
             f"/ho-so/{item.uid}/giay/{part.uid}")  # fmt: skip
    addresses += [page(sitting, rest) for rest in rests]
    posted = [page(sitting, rest) for rest in (f"/bo-ra/{item.uid}", "/chuyen-buoc", f"/ho-so/{item.uid}/rut-loi-ich")]
    for client in (as_member(bench, 0), secretary(commune, act)):
        for address in addresses:
            assert client.get(address).status_code == 404, address
            assert client.post(address, {"version": "1", "viec": "dong"}).status_code in {404, 405}, address
        assert {client.post(address).status_code for address in posted} == {404}
        assert "Bên Kia" not in text_of(client.get("/hoi-dong"))
    assert as_member(theirs, 0).get(page(sitting, f"/ho-so/{item.uid}/giay/{part.uid}")).getvalue() == b"%PDF-1.4 x"
    own = opened(bench, act)
    assert as_member(bench, 0).get(page(own, f"/ho-so/{item.uid}")).status_code == 404  # an item of another sitting
    assert as_member(bench, 2).get(page(own, "/dieu-hanh")).status_code == 404  # a member does not lead
    assert as_member(bench, 0).get(page(own, "/diem-danh")).status_code == 404  # nor does the chair call the roll
    assert secretary(commune, act).get(page(own, "/bo-phieu")).status_code == 404


def test_a_member_of_the_place_without_a_seat_finds_nothing(commune: Place, act: Act) -> None:
    bench = council_of(commune, act)
    sitting = opened(bench, act)
    who = account("khong-co-ghe")
    given(who, Role.COUNCIL_MEMBER, commune, act)
    client = Client()
    sign_in_with_factor(client, who)
    assert "Chưa có phiên họp nào" in text_of(client.get("/hoi-dong"))
    assert client.get(page(sitting)).status_code == 404


def test_ties_at_the_quota_show_the_preferences_and_wait_for_the_chair(commune: Place, act: Act) -> None:
    from densach.awards.models import Nominee, Quota

    bench = council_of(commune, act)
    sitting = prepared(bench, act, count=0)
    nominate(bench.round, 1, name="Ông Mẫu Đầu", folded="a", sex="male")
    nominate(bench.round, 1, first=1, name="Ông Mẫu Hai", folded="b", sex="male")
    nominate(bench.round, 1, first=2, name="Bà Mẫu Ba", folded="c", sex="female")
    Quota.objects.create(round=bench.round, award="giay_khen_xa", most=1, source="Hướng dẫn MẪU số 07")
    from densach.awards.councils.domain import put_on_agenda

    put_on_agenda(sitting, None, act=act)
    sitting = begin(bench, fresh(sitting), act)
    _, second, third = items_of(sitting)
    vote(bench, sitting, 0, "for", act=act)
    vote(bench, sitting, 1, "for", act=act, items=[second, third])
    sitting = closed(bench, sitting, act)
    assert [item.result for item in items_of(sitting)] == ["refused", "tied", "tied"]
    chair = as_member(bench, 0)
    html = chair.get(page(sitting, "/dieu-hanh")).content.decode()
    assert "là nữ (R-17)" in html
    assert re.search(rf'value="{third.uid}" checked', html)
    assert not re.search(rf'value="{second.uid}" checked', html)
    version = {"viec": "bang-phieu", "version": str(sitting.version)}
    both = chair.post(
        page(sitting, "/dieu-hanh"), version | {"chon": [str(second.uid), str(third.uid)], "why": "Cả hai"}
    )
    assert "chỉ tiêu chỉ còn 1 (Hướng dẫn MẪU số 07)" in text_of(both)
    assert "Chưa ghi lý do." in text_of(chair.post(page(sitting, "/dieu-hanh"), version | {"chon": [str(third.uid)]}))
    chair.post(page(sitting, "/dieu-hanh"), version | {"chon": [str(third.uid)], "why": "Ưu tiên nữ theo R-17"})
    assert [item.result for item in items_of(sitting)] == ["refused", "refused", "passed"]
    sitting = ended(bench, sitting, act)
    reasons = {item.nomination.nominee.name: item.nomination.reason for item in items_of(sitting)}
    assert reasons["Ông Mẫu Hai"] == "Bằng phiếu, Chủ tọa xác nhận ngoài chỉ tiêu: Ưu tiên nữ theo R-17"
    assert Nominee.objects.count() == 3


def test_an_absent_members_paper_is_entered_where_the_voting_is_open(commune: Place, act: Act) -> None:
    bench, client = council_of(commune, act), secretary(commune, act)
    sitting = opened(bench, act, secret=False, writing=(2,))
    first, second = items_of(sitting)
    address = page(sitting, f"/phieu-giay/{bench.seat(sitting, 2).uid}")
    assert address in client.get(page(sitting)).content.decode()
    assert client.post(address, {str(first.uid): "for"}).status_code == 400
    text = text_of(
        client.post(address, {str(first.uid): "for", str(second.uid): "against", "paper": "Phiếu MẪU 1"}, follow=True)
    )
    assert "Đã ghi 2 phiếu của" in text
    assert client.get(page(sitting, f"/phieu-giay/{bench.seat(sitting, 1).uid}")).status_code == 404


def test_a_member_reads_what_the_law_says_of_a_file(commune: Place, thai_nguyen: Place, act: Act) -> None:
    from densach.awards.models import Judged

    bench = council_of(commune, act)
    sitting = prepared(bench, act)
    item = items_of(sitting)[0]
    address = page(sitting, f"/ho-so/{item.uid}")
    officer = account("nguoi-tham-dinh")
    said = {"why": "Đã đối chiếu MẪU", "by": officer, "said_at": act.at}
    Judged.objects.create(nomination=item.nomination, rule="TC", fulfilled=True, **said)
    client = as_member(bench, 1)
    assert f'hx-get="{address}/quy-dinh"' in client.get(address).content.decode()
    whole = client.get(f"{address}/quy-dinh")
    text = text_of(whole)
    assert "Hồ sơ số 1 đối chiếu với quy định: Lê Thị Mẫu 0" in text
    assert "Điều 5" in text
    assert "Đã đối chiếu MẪU" in text
    assert re.search(r"\d+ điều đạt, \d+ điều không đạt, \d+ điều cần người xem xét.", text)
    assert "<form" not in whole.content.decode().split("<main")[1]  # a member reads it and answers nothing
    part = client.get(f"{address}/quy-dinh", headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<section id="quy-dinh">')
    assert "HX-Request" in whole.headers["Vary"]
    from densach.places.domain import add_fictional_commune

    there = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Bên Kia", on=date(2026, 1, 1), act=act)
    stranger = as_member(council_of(there, act), 0)
    assert stranger.get(f"{address}/quy-dinh").status_code == 404


def test_a_decided_item_leads_to_where_it_went(commune: Place, act: Act) -> None:
    from densach.awards.register.models import Award
    from densach.awards.register.signing import publish, record_signed
    from tests.awards.register.making import act_at, signer
    from tests.awards.register.making import prepared as decision_on

    bench = council_of(commune, act)
    sitting = opened(bench, act)
    first, second = items_of(sitting)
    for number in range(3):
        vote(bench, sitting, number, "for", act=act, items=[first])
        vote(bench, sitting, number, "against", act=act, items=[second])
    sitting = ended(bench, closed(bench, sitting, act), act)
    officer, member = secretary(commune, act), as_member(bench, 1)
    assert text_of(member.get(page(sitting))).count("Đang chờ quyết định khen thưởng") == 1
    decision = decision_on(bench.round, [items_of(sitting)[0].nomination])
    assert "Đang chờ quyết định" in text_of(member.get(page(sitting)))  # a draft is not told of
    record_signed(decision, signer(), act=act_at(2))
    award = Award.objects.get()
    file = page(sitting, f"/ho-so/{first.uid}")
    for address in (page(sitting), file):
        html = officer.get(address).content.decode()
        assert f'href="/quyet-dinh-khen/{decision.uid}"' in html
        assert f'href="/so-khen-thuong/{award.uid}"' in html
        other = member.get(address).content.decode()
        assert "Đã vào Quyết định số" in other
        assert "/quyet-dinh-khen/" not in other
    publish(decision, act=act_at(3))
    assert f'href="/quyet-dinh-khen/{decision.uid}/cong-bo"' in member.get(file).content.decode()
    assert "Đã vào Quyết định" not in text_of(member.get(page(sitting, f"/ho-so/{second.uid}")))


def work() -> None:
    """Do what waits in the background, on the day of the tests."""
    from densach.jobs.models import Job
    from densach.jobs.worker import Worker
    from densach.web.working import HANDLERS
    from tests.authority.roles import NOW

    Job.objects.update(not_before=NOW)
    Worker("máy 1", HANDLERS, lambda: NOW).drain()


def test_a_long_sitting_ends_in_the_background(commune: Place, act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    from densach.awards.models import Part

    monkeypatch.setattr("densach.web.views.councils.leading.AT_ONCE", 1)
    bench = council_of(commune, act)
    sitting = closed(bench, opened(bench, act), act)
    chair, said = as_member(bench, 0), {"viec": "ket-thuc", "version": str(sitting.version)}
    asked = chair.post(page(sitting, "/dieu-hanh"), said)
    assert asked.headers["Location"].startswith("/cong-viec/")
    assert chair.post(page(sitting, "/dieu-hanh"), said).headers["Location"] == asked.headers["Location"]
    assert "Việc này đang chờ đến lượt" in text_of(chair.get(asked.headers["Location"]))
    assert fresh(sitting).state == "counted"
    assert as_member(bench, 1).get(asked.headers["Location"]).status_code == 404
    work()
    done = chair.get(asked.headers["Location"])
    assert "Phiên họp đã kết thúc, biên bản đã lưu" in text_of(done)
    assert f'href="{page(sitting)}"' in done.content.decode()
    assert (fresh(sitting).state, Part.objects.count()) == ("ended", 2)
    again = chair.post(page(sitting, "/dieu-hanh"), said)  # somebody looks at an old page
    work()
    assert "Phiên họp đã kết thúc, mà việc này chỉ làm được" in text_of(chair.get(again.headers["Location"]))
    from densach.history.models import Entry

    assert Entry.objects.filter(kind="sitting", object_id=str(sitting.pk), event="refused").count() == 1


def test_the_number_of_queries_does_not_grow_with_the_agenda(commune: Place, act: Act) -> None:
    found = []
    bench = council_of(commune, act)
    for count in (1, 3):
        sitting = prepared(bench, act, count=count)
        nominate(bench.round, count, first=100)
        officer, chair = secretary(commune, act), as_member(bench, 0)
        item = items_of(sitting)[0].uid
        counted = queries_of(
            officer, "/hoi-dong", f"/hoi-dong/{bench.council.uid}", page(sitting), page(sitting, "/chuong-trinh")
        )
        sitting = begin(bench, sitting, act)
        counted |= queries_of(
            chair,
            page(sitting, "/dieu-hanh"),
            page(sitting, f"/ho-so/{item}"),
            page(sitting, f"/ho-so/{item}/quy-dinh"),
            page(sitting, "/bo-phieu"),
        )
        found.append([*counted.values()])
    assert found[0] == found[1]
    assert max(found[0]) <= 15
    assert found[0] == [4, 6, 7, 7, 11, 12, 13, 8]
