"""What a village has done in the background: the papers of all households, and sending many sheets."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pypdfium2
import pytest
from django.test import Client
from pytest_django import Settings

from densach.authority.roles import Role
from tests.assessing.making import GOOD
from tests.assessing.privacy.making import agree
from tests.assessing.villages.making import Working, working
from tests.web.test_village import signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from densach.history.domain import Act
    from densach.jobs.models import Job
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.WORK_FOLDER = tmp_path / "work"


@pytest.fixture
def made(commune: Place, act: Act) -> Working:
    found = working(commune, act, 5)
    agree(act)
    return found


@pytest.fixture
def head(client: Client, made: Working, act: Act) -> Client:
    return signed_in(client, Role.VILLAGE_HEAD, made.small.village, act)


@pytest.fixture
def chapter(client: Client, made: Working, act: Act) -> Client:
    return signed_in(client, Role.CHAPTER_OFFICER, made.small.village, act)


def work() -> int:
    from django.utils import timezone

    from densach.jobs.worker import Worker
    from densach.web.working import HANDLERS

    return Worker("máy 1", HANDLERS, timezone.now).drain()


def job() -> Job:
    from densach.jobs.models import Job

    return Job.objects.get()


def file_of(who: Client) -> tuple[int, bytes]:
    from densach.jobs.models import JobFile

    file = JobFile.objects.get()
    response = who.get(f"/cong-viec/{job().uid}/tep/{file.uid}")
    return response.status_code, b"".join(getattr(response, "streaming_content", ()))


def heads(data: bytes) -> int:
    return len(pypdfium2.PdfDocument(data))


def test_the_papers_of_a_whole_village_are_set_in_the_background(
    head: Client, monkeypatch: pytest.MonkeyPatch, made: Working, act: Act
) -> None:
    for module in ("views.village.papers", "village_prints"):
        monkeypatch.setattr(f"densach.web.{module}.IN_ONE_FILE", 2)
    assert "In cả thôn một lần" in text_of(head.get("/thon/in-phieu"))
    asked = head.post("/thon/in-ca-thon", {"giay": "phieu"})
    assert head.post("/thon/in-ca-thon", {"giay": "phieu"}).headers["Location"] == asked.headers["Location"]
    assert "đang chờ đến lượt" in text_of(head.get(asked.headers["Location"]))
    assert work() == 1
    assert job().state == "done", job().problems
    assert job().result == {"households": 5, "files": 3}
    said = text_of(head.get(asked.headers["Location"]))
    assert "Thôn Đoài: 5 hộ, 3 tệp PDF." in said
    assert "Chỉ người đã yêu cầu tải được tệp này." in said
    status, data = file_of(head)
    whole = ZipFile(BytesIO(data))
    names = ["phieu-01-H1-H2.pdf", "phieu-02-H3-H4.pdf", "phieu-03-H5-H5.pdf"]
    assert (status, whole.namelist(), [heads(whole.read(name)) for name in names]) == (200, names, [2, 2, 1])
    other = signed_in(Client(), Role.CHAPTER_OFFICER, made.small.village, act)
    assert (file_of(other)[0], other.get(asked.headers["Location"]).status_code) == (404, 404)


def test_a_small_village_is_one_file(head: Client) -> None:
    head.post("/thon/in-ca-thon", {"giay": "to-nhac"})
    assert work() == 1
    status, data = file_of(head)
    assert (status, data[:5], heads(data)) == (200, b"%PDF-", 2)
    assert "In cả thôn một lần" not in text_of(head.get("/thon/in-phieu"))


def test_an_unknown_paper_and_another_village_are_not_there(head: Client, made: Working) -> None:
    assert head.post("/thon/in-ca-thon", {"giay": "khac"}).status_code == 404
    assert head.post(f"/thon/{made.neighbour.uid}/in-ca-thon", {"giay": "phieu"}).status_code == 404
    assert head.get("/thon/in-ca-thon").status_code == 405


def test_whoever_loses_the_role_meanwhile_gets_no_paper(head: Client) -> None:
    from densach.authority.models import Grant

    head.post("/thon/in-ca-thon", {"giay": "phieu"})
    Grant.objects.update(valid_from="2020-01-01", valid_to="2020-02-01")
    assert work() == 1
    assert (job().state, [each["code"] for each in job().problems]) == ("failed", ["H103"])


def test_a_village_that_needs_no_paper_is_told(head: Client, made: Working, act: Act) -> None:
    for number in range(1, 6):
        for name in ("Nguyễn Văn", "Trần Thị"):
            made.sheet(f"{name} Mẫu {number}", GOOD, act, to="sent")
    head.post("/thon/in-ca-thon", {"giay": "to-nhac"})
    assert work() == 1
    assert [each["code"] for each in job().problems] == ["K144"]


def helped(made: Working, act: Act) -> None:
    """Ten complete sheets, written for others."""
    from densach.assessing.sheets.models import Sheet

    for number in range(1, 6):
        for name in ("Nguyễn Văn", "Trần Thị"):
            made.sheet(f"{name} Mẫu {number}", GOOD, act)
    Sheet.objects.update(way="helped")


def states() -> dict[str, int]:
    from collections import Counter

    from densach.assessing.sheets.models import Sheet

    return dict(Counter(Sheet.objects.values_list("state", flat=True)))


def test_more_sheets_than_a_page_waits_for_are_sent_and_judged_in_the_background(
    chapter: Client, made: Working, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    from densach.assessing.models import Assessment

    monkeypatch.setattr("densach.web.views.village.entering.SENT_AT_ONCE", 9)
    helped(made, act)
    asked = chapter.post("/thon/nhap-nhanh/gui")
    assert asked.headers["Location"].startswith("/cong-viec/")
    assert states() == {"writing": 10}
    assert work() == 1
    assert job().state == "done", job().problems
    assert states() == {"sent": 10}
    assert Assessment.objects.filter(title_key="citizen.qd677").values("subject").distinct().count() == 10
    assert "Thôn Đoài: đã gửi 10 phiếu để kiểm tra." in text_of(chapter.get(asked.headers["Location"]))


def test_a_worker_killed_among_the_sheets_leaves_the_rest_to_the_next(
    chapter: Client, made: Working, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    from densach.jobs.tasks import Task

    monkeypatch.setattr("densach.web.views.village.entering.SENT_AT_ONCE", 9)
    monkeypatch.setattr("densach.web.village_work.TOLD_EACH", 4)
    helped(made, act)
    chapter.post("/thon/nhap-nhanh/gui")
    tell = Task.tell

    def stops(self: Task, step: str, done: int, total: int) -> None:
        tell(self, step, done, total)
        if done == 8:
            raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(Task, "tell", stops)
        with pytest.raises(SystemExit):
            work()
    assert states() == {"sent": 8, "writing": 2}
    from densach.jobs.models import Job

    Job.objects.update(lease_until=job().asked_at)
    assert work() == 1
    assert (states(), job().result["sent"], job().result["not_sent"]) == ({"sent": 10}, 10, 0)
