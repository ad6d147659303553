"""The page of work in the background: how far, how it ended, and nothing of it for anybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import Settings

from densach.problems import problem
from tests.authority.roles import account
from tests.jobs.making import NOW
from tests.web.walking import text_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.accounts.models import Account
    from densach.jobs.domain import Taken
    from densach.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.WORK_FOLDER = tmp_path / "work"


@pytest.fixture
def officer(client: Client) -> Account:
    who = account("canbo")
    client.force_login(who)
    return who


def sent(who: Account, key: str = "a") -> Job:
    from densach.jobs.domain import Asker, ask_for
    from densach.web.working import IMPORT_WORKBOOK

    asker = Asker(str(who.uid), who.uid)
    return ask_for(IMPORT_WORKBOOK, {}, key=key, asker=asker, now=NOW, given=[("so.xlsx", [b"1"])])


def taken(now: datetime = NOW) -> Taken:
    from densach.jobs.domain import take_next
    from densach.web.working import HANDLERS

    found = take_next("máy 1", HANDLERS, now)
    assert found is not None
    return found


def failed(who: Account, count: int = 1) -> Job:
    from densach.jobs.domain import fail
    from densach.jobs.files import keep, new_folder
    from densach.jobs.models import Role

    job = sent(who)
    copy = new_folder(job.uid) / "so-can-sua.xlsx"
    copy.write_bytes(b"noi dung")
    problems = [problem("J102", f"Sổ!B{number}") for number in range(count)]
    fail(taken(), problems, [keep(copy, Role.MADE)], NOW)
    return job


def page(client: Client, job: Job) -> str:
    response = client.get(f"/cong-viec/{job.uid}")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert "no such variable" not in response.content.decode()
    return text_of(response)


def test_what_waits_says_so_and_can_be_left(client: Client, officer: Account) -> None:
    html = client.get(f"/cong-viec/{(job := sent(officer)).uid}").content.decode()
    assert f'hx-get="/cong-viec/{job.uid}" hx-trigger="every 2s"' in html
    assert "<progress" in html
    assert "http-equiv" not in html
    text = page(client, job)
    assert "đang chờ đến lượt" in text
    assert "Có thể rời trang này" in text
    assert "Xem lại đã đến đâu" in text


def test_what_runs_says_what_is_done_and_what_is_left(client: Client, officer: Account) -> None:
    from densach.jobs.domain import Progress, keep_alive

    job = sent(officer)
    attempt = taken()
    keep_alive(attempt, Progress("reading", 2000, 0), NOW)
    assert "Đang đọc tệp. Đã xong 2.000 dòng; chưa biết còn bao nhiêu." in page(client, job)
    keep_alive(attempt, Progress("loading", 1200, 4600), NOW)
    assert "Đang ghi vào sổ của xã. Đã xong 1.200 trên 4.600, còn 3.400." in page(client, job)
    assert 'value="1200" max="4600"' in client.get(f"/cong-viec/{job.uid}").content.decode()


def test_htmx_gets_only_what_changes_and_stops_asking_at_the_end(client: Client, officer: Account) -> None:
    from densach.jobs.domain import finish

    job = sent(officer)
    part = client.get(f"/cong-viec/{job.uid}", headers={"HX-Request": "true"})
    assert part.content.decode().startswith('<div id="viec"')
    assert "HX-Request" in part.headers["Vary"]
    said = {"sheets": [["register", 1200, 3, 0]], "pairs_new": 1, "pairs_waiting": 2}
    with transaction.atomic():
        finish(taken(), said, [], NOW)
    html = client.get(f"/cong-viec/{job.uid}", headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in html
    assert "Sổ hộ: thêm 1.200 dòng, sửa 3 dòng, giữ nguyên 0 dòng." in page(client, job)
    assert "Có 2 cặp hồ sơ có thể là của cùng một người, trong đó 1 cặp mới" in page(client, job)


def test_what_failed_names_each_reason_and_gives_the_marked_copy(client: Client, officer: Account) -> None:
    job = failed(officer, 102)
    text = page(client, job)
    assert "chưa có gì được ghi vào sổ" in text
    assert text.count("(J102)") == 100
    assert "Còn 2 điều nữa" in text
    [file] = job.files.filter(role="made")
    assert f"/cong-viec/{job.uid}/tep/{file.uid}" in client.get(f"/cong-viec/{job.uid}").content.decode()
    response = client.get(f"/cong-viec/{job.uid}/tep/{file.uid}")
    assert b"".join(response) == b"noi dung"
    assert response.headers["Content-Disposition"] == 'attachment; filename="so-can-sua.xlsx"'
    response.close()


def test_what_is_forgotten_says_so(client: Client, officer: Account) -> None:
    from densach.jobs.domain import forget

    job = failed(officer)
    forget(NOW + timedelta(days=8))
    text = page(client, job)
    assert "đã được xóa sau 7 ngày" in text
    assert "J102" not in text


def test_what_was_given_up_says_whose_fault_it_is(client: Client, officer: Account) -> None:
    from densach.jobs.domain import break_down

    job = sent(officer)
    for minute in range(3):
        now = NOW + timedelta(minutes=minute)
        break_down(taken(now), now)
    assert "Lỗi nằm ở phía máy chủ, không ở tệp đã gửi" in page(client, job)


def test_the_page_speaks_english(english: Client, officer: Account) -> None:
    assert "This is waiting for its turn" in page(english, sent(officer))


def test_own_jobs_stand_in_one_list_with_how_far_they_are_and_what_they_made(client: Client, officer: Account) -> None:
    from densach.jobs.domain import Progress, keep_alive

    empty = text_of(client.get("/viec-nen"))
    assert "Chưa có việc nào." in empty
    done = failed(officer)
    running = sent(officer, "b")
    keep_alive(taken(), Progress("loading", 1200, 4600), NOW)
    html = (response := client.get("/viec-nen")).content.decode()
    said = text_of(response)
    assert html.index(f"/cong-viec/{running.uid}") < html.index(f"/cong-viec/{done.uid}")
    assert "so.xlsx Đang chạy Đã xong 1.200 trên 4.600" in said
    assert "so.xlsx Chưa làm được Yêu cầu lúc" in said
    assert f"/cong-viec/{done.uid}/tep/{done.files.get(role='made').uid}" in html
    assert 'hx-get="/viec-nen?tu=0"' in html
    assert "no such variable" not in html
    part = client.get("/viec-nen", headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="cac-viec"')


def test_thirty_jobs_stand_on_a_page(client: Client, officer: Account) -> None:
    for number in range(31):
        sent(officer, f"k{number}")
    html = client.get("/viec-nen").content.decode()
    assert (html.count("<progress"), "/viec-nen?tu=30" in html) == (30, True)
    assert client.get("/viec-nen?tu=30").content.decode().count("<progress") == 1
    assert client.get("/viec-nen?tu=x").status_code == 200


def test_the_list_holds_nothing_of_anybody_else_and_takes_signing_in(client: Client, officer: Account) -> None:
    job = failed(officer)
    client.force_login(account("nguoikhac"))
    assert str(job.uid) not in client.get("/viec-nen").content.decode()
    client.logout()
    assert client.get("/viec-nen").headers["Location"].startswith("/dang-nhap?")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(
    client: Client, officer: Account, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        sent(officer, f"k{number}")
    with django_assert_num_queries(6):
        client.get("/viec-nen")


def test_for_anybody_else_there_is_nothing(client: Client, officer: Account) -> None:
    job = failed(officer)
    [file] = job.files.filter(role="made")
    client.force_login(account("nguoikhac"))
    nowhere = text_of(client.get(f"/cong-viec/{uuid4()}"))
    for address in (f"/cong-viec/{job.uid}", f"/cong-viec/{job.uid}/tep/{file.uid}"):
        response = client.get(address)
        assert (response.status_code, text_of(response)) == (404, nowhere)
    assert client.get(f"/cong-viec/{job.uid}", headers={"HX-Request": "true"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, officer: Account, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    job = failed(officer, count)
    with django_assert_num_queries(6):
        client.get(f"/cong-viec/{job.uid}")
