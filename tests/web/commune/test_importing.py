"""A workbook in the browser: looked through before it is loaded, marked where it is wrong, once however often sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from densach.authority.roles import Role
from tests.assessing.making import YEAR, open_year, settle
from tests.web.commune.making import queries_of, signed_in
from tests.web.walking import text_of
from tests.workbooks.making import HEAD, WIFE, written
from tests.workbooks.untidying import CLEAN, Untidy, write_untidy

if TYPE_CHECKING:
    from django.test import Client

    from densach.history.domain import Act
    from densach.jobs.models import Job
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
BOARD = f"/xa/{YEAR}"
SEND = f"{BOARD}/nhap"


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Path) -> None:
    settings.WORK_FOLDER, settings.KEYS_FILE = tmp_path / "work", tmp_path / "keys.json"


@pytest.fixture
def officer(commune: Place, act: Act) -> Client:
    from densach.assessing.domain import open_round

    open_round(commune, YEAR, "vn", act=act)
    return signed_in(Role.COMMUNE_OFFICER, commune, act)


def work() -> None:
    from django.utils import timezone

    from densach.jobs.worker import Worker
    from densach.web.working import HANDLERS

    Worker("máy 1", HANDLERS, timezone.now).drain()


def sent(officer: Client, path: Path, **more: str) -> Job:
    """A workbook that was sent and looked through."""
    from densach.jobs.models import Job

    with path.open("rb") as file:
        response = officer.post(SEND, {"file": file, "stage": "self", "village": "", **more})
    assert response.status_code == 302, text_of(response)
    work()
    return Job.objects.get(uid=response["Location"].rsplit("/", 1)[1])


def loaded(officer: Client, looked: Job, **more: str) -> Job:
    from densach.jobs.models import Job

    response = officer.post(f"{SEND}/{looked.uid}", {"do": "load", **more})
    work()
    return Job.objects.get(uid=response["Location"].rsplit("/", 1)[1])


def persons() -> int:
    from densach.people.models import Person

    return Person.objects.count()


def test_a_workbook_is_looked_through_then_loaded_and_twice_is_harmless(officer: Client, tmp_path: Path) -> None:
    path = written(tmp_path, "register", [HEAD, WIFE])
    looked = sent(officer, path)
    assert (looked.state, persons()) == ("done", 0)
    assert "sẽ thêm 2, sửa 0, giữ nguyên 0" in text_of(officer.get(f"{SEND}/{looked.uid}"))
    assert f"{SEND}/{looked.uid}" in officer.get(f"/cong-viec/{looked.uid}").content.decode()
    done = loaded(officer, looked)
    assert (done.kind, done.state, done.result["sheets"], persons()) == (
        "import_workbook", "done", [["register", 2, 0, 0]], 2,
    )  # fmt: skip
    again = loaded(officer, sent(officer, path))
    assert (again.result["sheets"], persons()) == ([["register", 0, 0, 2]], 2)


def test_what_is_wrong_comes_back_marked_before_anything_is_entered(officer: Client, tmp_path: Path) -> None:
    looked = sent(officer, written(tmp_path, "register", [HEAD, WIFE | {"birth_date": "hôm qua"}]))
    page = officer.get(f"{SEND}/{looked.uid}")
    said = text_of(page)
    assert "Có 1 chỗ cần sửa trong tệp" in said
    assert "W204" in said
    assert "1-so-ho-can-sua.xlsx" in said
    assert loaded(officer, looked).kind == "look_through_workbook"
    assert persons() == 0


def test_columns_are_chosen_on_the_page_and_remembered_by_sender(officer: Client, tmp_path: Path) -> None:
    from densach.assessing.models import ColumnMapping

    path = write_untidy(tmp_path / "so.xlsx", Untidy(seed=1, household="first", head="is_head", titles=2))
    looked = sent(officer, path, sender="Thôn 3")
    [sheet] = looked.result["understood"]
    assert sheet["unsure"]
    assert persons() == 0
    column = sheet["columns"][0]
    changed = {f"c0-{each['letters']}": each["key"] or "-" for each in sheet["columns"]}
    changed[f"c0-{column['letters']}"] = "-"
    second = loaded(officer, looked, **changed)
    assert second.kind == "look_through_workbook"
    assert {each["why"] for each in second.result["understood"][0]["columns"]} <= {"asked", "unused"}
    done = loaded(officer, looked)
    assert (done.kind, done.state, persons()) == ("import_workbook", "done", len(CLEAN)), done.problems
    assert [row.sender for row in ColumnMapping.objects.all()] == ["Thôn 3"]
    assert sent(officer, path, sender="Thôn 3").result["understood"][0]["unsure"] == []


def test_no_file_too_large_a_file_and_no_workbook_are_told(
    officer: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = officer.post(SEND, {"stage": "self", "village": "", "sender": "Thôn 3"})
    assert (response.status_code, 'value="Thôn 3"' in response.content.decode()) == (400, True)
    assert "Chưa chọn tệp" in text_of(response)
    monkeypatch.setattr("densach.web.views.commune.importing.MAX_FILE_BYTES", 10)
    large = tmp_path / "to.xlsx"
    large.write_bytes(b"x" * 11)
    with large.open("rb") as file:
        assert officer.post(SEND, {"file": file, "stage": "self", "village": ""}).status_code == 400
    monkeypatch.undo()
    assert sent(officer, large).state == "failed"


def test_what_one_sent_is_not_there_for_another_and_not_in_another_commune(
    commune: Place, officer: Client, thai_nguyen: Place, tmp_path: Path, act: Act
) -> None:
    from densach.assessing.domain import open_round
    from densach.places.domain import add_fictional_commune

    looked = sent(officer, written(tmp_path, "register", [HEAD]))
    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Khác", on=date(2026, 1, 1), act=act)
    open_round(other, YEAR, "vn", act=act)
    for who in (
        signed_in(Role.COMMUNE_OFFICER, commune, act),
        signed_in(Role.COMMUNE_OFFICER, other, act),
        signed_in(Role.COMMUNE_LEADER, commune, act),
    ):
        assert who.get(f"{SEND}/{looked.uid}").status_code == 404
        assert who.post(f"{SEND}/{looked.uid}", {"do": "load"}).status_code == 404
    assert signed_in(Role.COMMUNE_LEADER, commune, act).get(SEND).status_code == 404


def half_hidden(folder: Path) -> Path:
    """A register of two in which the second row does not show, nor does the column of the sex."""
    import openpyxl

    path = written(folder, "register", [HEAD, WIFE])
    book = openpyxl.load_workbook(path)
    sheet = next(each for each in book.worksheets if any(WIFE["full_name"] in row for row in each.values))
    for number, row in enumerate(sheet.values, start=1):
        sheet.row_dimensions[number].hidden = WIFE["full_name"] in row
    book.save(path)
    return path


def test_hidden_rows_are_said_and_read_or_left_out_as_people_say(officer: Client, tmp_path: Path) -> None:
    looked = sent(officer, half_hidden(tmp_path))
    page = f"{SEND}/{looked.uid}"
    said = text_of(officer.get(page))
    assert "1 dòng đang ẩn hoặc bị lọc trong tệp cũng được nhập" in said
    assert "1 dòng đang ẩn hoặc bị lọc trong tệp vẫn được đọc" in said
    again = loaded(officer, looked, without_hidden="1")
    assert (again.kind, persons()) == ("look_through_workbook", 0)
    said = text_of(officer.get(f"{SEND}/{again.uid}"))
    assert "được để lại, không nhập" in said
    assert "Bỏ qua 1 dòng, dòng đang ẩn hoặc bị lọc, để lại theo lời dặn" in said
    assert loaded(officer, again, without_hidden="1").kind == "import_workbook"
    assert persons() == 1
    assert loaded(officer, looked).kind == "import_workbook"
    assert persons() == 2


def test_a_file_without_hidden_rows_asks_nothing(officer: Client, tmp_path: Path) -> None:
    looked = sent(officer, written(tmp_path, "register", [HEAD]))
    assert "đang ẩn" not in text_of(officer.get(f"{SEND}/{looked.uid}"))


def test_an_empty_template_has_the_columns_of_the_year(officer: Client) -> None:
    response = officer.get(f"{SEND}/mau/1-so-ho.xlsx")
    assert b"".join(response.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert officer.get(f"{SEND}/mau/khong-co.xlsx").status_code == 404


def test_a_year_without_an_act_is_not_assessed_with_its_reason_and_never_nought(
    officer: Client, commune: Place, act: Act
) -> None:
    from densach.assessing.models import RecognitionAct
    from densach.assessing.steps.models import ActScan

    page = f"{BOARD}/nam-truoc"
    said = text_of(officer.get(page))
    assert (said.count("Chưa đánh giá"), " 0 " in said.split("Năm 2023")[1]) == (3, False)
    assert officer.post(page, {"year": "2024", "reason": ""}).status_code == 400
    assert officer.post(page, {"year": str(YEAR), "reason": "x"}).status_code == 400
    officer.post(page, {"year": "2024", "reason": "Hồ sơ còn ở huyện cũ"})
    assert "Chưa đánh giá : Hồ sơ còn ở huyện cũ" in text_of(officer.get(page))
    small = settle(commune, act)
    signed = RecognitionAct.objects.create(
        place=commune, number="12/QĐ", signed_on="2024-01-15", office="x", office_title="Chủ tịch", basis="BB"
    )
    signed.recognitions.create(
        subject=small.subject("family", "H1"), title_key="family.qd387", year=2025, decided_by_people=True,
        reason="họp", scorer="ban",
    )  # fmt: skip
    assert officer.post(page, {"year": "2025", "reason": "x"}).status_code == 400
    officer.post(page, {"act": str(signed.pk), "scan": "Q-2024-07"})
    assert ActScan.objects.get().number == "Q-2024-07"
    assert "công nhận 1 trường hợp" in text_of(officer.get(page))
    assert officer.post(page, {"act": str(signed.pk + 1), "scan": "x"}).status_code == 404


@pytest.mark.parametrize("households", [1, 3])
def test_the_number_of_queries_stays_the_same(commune: Place, act: Act, tmp_path: Path, households: int) -> None:
    open_year(settle(commune, act, households=households), act)
    officer = signed_in(Role.COMMUNE_OFFICER, commune, act)
    looked = sent(officer, written(tmp_path, "register", [HEAD, WIFE][: (households + 1) // 2]))
    expected = {SEND: 8, f"{SEND}/{looked.uid}": 10, f"{BOARD}/nam-truoc": 7}
    assert queries_of(officer, *expected) == expected


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_are_whole_in_both_languages(officer: Client, tmp_path: Path, lang: str) -> None:
    path = write_untidy(tmp_path / "so.xlsx", Untidy(seed=1, household="first", head="is_head", titles=2))
    for address in (SEND, f"{SEND}/{sent(officer, path).uid}", f"{BOARD}/nam-truoc"):
        html = officer.get(address, headers={"Accept-Language": lang}).content.decode()
        assert f'<html lang="{lang}">' in html
        assert html.count("<h1>") == 1
        assert "no such variable" not in html
