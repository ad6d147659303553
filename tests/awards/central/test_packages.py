"""The package for the centre: the same bytes for the same input, refused for what is missing, and what came back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from densach.authority.roles import Role
from densach.awards.central import access
from densach.awards.central.deadlines import terms_of
from densach.awards.central.domain import Said, answer, build_archive, send, set_aside, wanted_package
from densach.awards.central.models import Answer, Package
from densach.history.models import Entry
from densach.problems import Refused
from tests.authority.roles import NOW, TODAY, viewer
from tests.awards.central.making import PARTS, WORD, Centre, centre, made, packed, passed

if TYPE_CHECKING:
    from densach.awards.models import Nomination
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]


@pytest.fixture
def here(thai_nguyen: Place, act: Act) -> Centre:
    return centre(thai_nguyen, act)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refusal.value.problems]


def wanted(here: Centre, *rows: Nomination, word: str = WORD, no_secrets: bool = True) -> object:
    return wanted_package(here.officer, here.round, [row.uid for row in rows], word, no_secrets=no_secrets, at=NOW)


def test_a_package_holds_word_and_pdf_of_each_part_and_a_manifest_with_their_hashes(here: Centre) -> None:
    package = packed(here, passed(here, "Nguyễn Thị MẪU"), passed(here, "Trần Văn MẪU"))
    content = access.archive_for(here.officer, package.uid)[1]
    assert (package.sha256, package.size) == (sha256(content).hexdigest(), len(content))
    with ZipFile(BytesIO(content)) as archive:
        said = json.loads(archive.read("manifest.json"))
        files = {each["name"]: each for row in said["nominations"] for each in row["files"]}
        assert set(archive.namelist()) == {"manifest.json", *files}
        assert len(files) == 2 * 2 * len(PARTS)
        for name, each in files.items():
            assert (each["size"], each["sha256"]) == (len(archive.read(name)), sha256(archive.read(name)).hexdigest())
    assert "001-nguyen-thi-mau/01-to_trinh.docx" in files
    assert [(row["name"], row["regime"], row["received_on"]) for row in said["nominations"]] == [
        ("Nguyễn Thị MẪU", "C", "2026-10-05"),
        ("Trần Văn MẪU", "C", "2026-10-05"),
    ]
    assert (said["award"], said["made_on"], said["specimen"], said["word"]) == (
        "bang_khen_thu_tuong", "2026-11-26", True, WORD,
    )  # fmt: skip


def test_the_same_input_gives_the_same_bytes(here: Centre) -> None:
    order = wanted(here, passed(here))
    one, other = (build_archive(order, lambda *_: None, today=TODAY).archive.content for _ in range(2))  # type: ignore[arg-type]
    assert one == other


def test_a_signed_scan_goes_with_the_word_file_that_it_was_made_from(here: Centre) -> None:
    from densach.awards.models import Part

    row = passed(here)
    Part.objects.filter(nomination=row, kind="to_trinh").update(replaced_at=NOW)
    Part.objects.create(
        nomination=row,
        kind="to_trinh",
        name="x",
        file=b"%PDF-1.7 MAU",
        media_type="application/pdf",
        sha256="0" * 64,
        added_at=NOW,
    )
    content = access.archive_for(here.officer, packed(here, row).uid)[1]
    with ZipFile(BytesIO(content)) as archive:
        named = [name for name in archive.namelist() if "to_trinh" in name]
        assert sorted(name.rsplit(".", 1)[1] for name in named) == ["docx", "pdf"]
        assert archive.read(next(name for name in named if name.endswith("pdf"))) == b"%PDF-1.7 MAU"


@pytest.mark.parametrize("regime", ["A", "B"])
def test_what_the_law_asks_for_and_is_missing_is_refused_with_its_article(here: Centre, regime: str) -> None:
    from densach.awards.models import Confirmation, Part

    row = passed(here, regime=regime, parts=PARTS[:2])
    Confirmation.objects.filter(nomination=row).delete()
    Part.objects.create(
        nomination=row,
        kind="y_kien_co_quan",
        name="x",
        file=b"%PDF",
        media_type="application/pdf",
        sha256="0" * 64,
        added_at=NOW,
    )
    with pytest.raises(Refused) as refusal:
        wanted(here, row)
    told = {each.where: each.sentence("why", "vi") for each in refusal.value.problems}
    assert set(codes(refusal)) == {"Q501"}
    assert set(told) == {"R-27", "R-29"}
    assert "Luật Đ84 k1" in told["R-27"]
    Part.objects.create(
        nomination=row,
        kind=PARTS[2],
        name="x",
        file=b"%PDF",
        media_type="application/pdf",
        sha256="0" * 64,
        added_at=NOW,
    )
    with pytest.raises(Refused) as refusal:
        wanted(here, row)
    assert [each.where for each in refusal.value.problems] == ["R-28", "R-29"]  # the minutes are no Word file
    [*_, kept] = Entry.objects.filter(kind="award_round", event="refused").order_by("sequence")
    assert json.loads(kept.after)["codes"] == ["Q501", "Q501"]
    assert Package.objects.count() == 0


def test_where_the_law_is_not_known_a_person_answers_for_it(here: Centre) -> None:
    row = passed(here)
    with pytest.raises(Refused) as refusal:
        wanted(here, row, word=" ")
    assert codes(refusal) == ["Q502", "Q502", "Q502"]
    assert packed(here, row).word == WORD


def test_nothing_is_packed_unless_somebody_says_that_there_is_no_secret(here: Centre) -> None:
    with pytest.raises(Refused) as refusal:
        wanted(here, passed(here), no_secrets=False)
    assert codes(refusal) == ["Q503"]


def test_what_changed_while_the_archive_was_written_is_not_kept(here: Centre) -> None:
    from densach.awards.central.domain import keep_package

    row = passed(here)
    order = wanted(here, row)
    built = build_archive(order, lambda *_: None, today=TODAY)  # type: ignore[arg-type]
    made(row, "y_kien_co_quan")
    with pytest.raises(Refused) as refusal:
        keep_package(order, built, here.officer.account, act=here.officer.act(NOW))  # type: ignore[arg-type]
    assert codes(refusal) == ["Q504"]


def test_a_nomination_is_in_one_package_until_it_is_set_aside(here: Centre) -> None:
    row = passed(here)
    package = packed(here, row)
    with pytest.raises(Refused) as refusal:
        wanted(here, row)
    assert codes(refusal) == ["Q504"]
    with pytest.raises(Refused) as refusal:
        set_aside(here.officer, package, " ", at=NOW)
    assert codes(refusal) == ["Q506"]
    set_aside(here.officer, package, "Thiếu một trang (MẪU)", at=NOW)
    assert packed(here, row).number == 2
    with pytest.raises(Refused) as refusal:
        send(here.officer, package, TODAY, at=NOW)
    assert codes(refusal) == ["Q505"]


def test_sent_accepted_and_answered_for_each(here: Centre) -> None:
    rows = [passed(here, name) for name in ("A MẪU", "B MẪU", "C MẪU")]
    package = send(here.officer, packed(here, *rows), TODAY, at=NOW)
    assert steps(rows) == ["forwarded"] * 3
    inside = {each.nomination.nominee.name: each.uid for each in access.packed_for(package)}
    answer(here.officer, package, said(Answer.ACCEPTED), at=NOW)
    answer(here.officer, package, said(Answer.RETURNED, "Thiếu xác nhận (MẪU)", inside["A MẪU"]), at=NOW)
    answer(here.officer, package, said(Answer.NOT_AWARDED, "Chưa đủ tiêu chuẩn (MẪU)", inside["B MẪU"]), at=NOW)
    answer(here.officer, package, said(Answer.DECIDED, "", inside["C MẪU"]), at=NOW)
    assert steps(rows) == ["returned", "refused", "forwarded"]  # the register records the decision
    assert [each.answer for each in access.receipts_for(package)] == [
        "accepted", "returned", "not_awarded", "decided",
    ]  # fmt: skip
    for again in (said(Answer.ACCEPTED), said(Answer.DECIDED, "", inside["C MẪU"])):
        with pytest.raises(Refused) as refusal:
            answer(here.officer, package, again, at=NOW)
        assert codes(refusal) == ["Q512"]


def said(answer_: Answer, reason: str = "", *packed_: object, on: date = TODAY) -> Said:
    return Said(answer=answer_, number="12/BNV (MẪU)", on=on, came_on=on, reason=reason, packed=packed_)  # type: ignore[arg-type]


def steps(rows: list[Nomination]) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.step for row in rows]


def taken_back(here: Centre, package: Package, receipt: object, why: str = "Văn bản của gói khác (MẪU)") -> None:
    from densach.awards.central.domain import take_back

    take_back(here.officer, package, receipt.uid, why, at=NOW)  # type: ignore[attr-defined]


@pytest.mark.parametrize("given", [Answer.RETURNED, Answer.NOT_AWARDED])
def test_an_answer_entered_wrongly_is_taken_back_with_a_reason_and_stays(here: Centre, given: Answer) -> None:
    row = passed(here)
    package = send(here.officer, packed(here, row), TODAY, at=NOW)
    [inside] = access.packed_for(package)
    [receipt] = answer(here.officer, package, said(given, "Nhầm (MẪU)", inside.uid), at=NOW)
    with pytest.raises(Refused) as refusal:
        taken_back(here, package, receipt, " ")
    assert codes(refusal) == ["Q514"]
    taken_back(here, package, receipt)
    assert steps([row]) == ["forwarded"]
    [inside] = access.packed_for(package)
    assert not inside.out
    with pytest.raises(Refused) as refusal:
        taken_back(here, package, receipt)
    assert codes(refusal) == ["Q515"]
    answer(here.officer, package, said(Answer.DECIDED, "", inside.uid), at=NOW)
    assert [(each.answer, each.taken_back_why) for each in access.receipts_for(package)] == [
        (given, "Văn bản của gói khác (MẪU)"), ("decided", ""),
    ]  # fmt: skip
    log = Entry.objects.filter(kind="central_package").order_by("sequence").values_list("event", flat=True)
    assert list(log) == ["made", "sent", "answered", "refused", "answer_taken_back", "refused", "answered"]
    moved = Entry.objects.filter(kind="nomination", object_id=str(row.uid)).order_by("sequence")
    assert [each.event for each in moved][-1] == "moved"


def test_an_answer_on_which_something_rests_stays(here: Centre) -> None:
    from densach.awards.domain import move
    from densach.awards.models import Step

    back, gone = passed(here, "A MẪU"), passed(here, "B MẪU")
    package = send(here.officer, packed(here, back, gone), TODAY, at=NOW)
    inside = {each.nomination.nominee.name: each.uid for each in access.packed_for(package)}
    [asking] = answer(here.officer, package, said(Answer.ASKING), at=NOW)
    [agreed] = answer(here.officer, package, said(Answer.AGREED), at=NOW)
    [returned] = answer(here.officer, package, said(Answer.RETURNED, "MẪU", inside["A MẪU"]), at=NOW)
    [decided] = answer(here.officer, package, said(Answer.DECIDED, "", inside["B MẪU"]), at=NOW)
    with pytest.raises(Refused) as refusal:
        taken_back(here, package, asking)
    assert codes(refusal) == ["Q513"]
    taken_back(here, package, agreed)
    taken_back(here, package, asking)
    back.refresh_from_db()
    move(back, Step.WITHDRAWN, back.version, reason="Rút (MẪU)", act=here.officer.act(NOW))
    with pytest.raises(Refused) as refusal:
        taken_back(here, package, returned)
    assert codes(refusal) == ["Q516"]
    listed(here, gone)
    with pytest.raises(Refused) as refusal:
        taken_back(here, package, decided)
    assert codes(refusal) == ["Q517"]
    assert steps([back, gone]) == ["withdrawn", "forwarded"]


def test_a_nomination_that_got_a_paper_since_it_came_back_stays_there(here: Centre) -> None:
    from datetime import timedelta

    from densach.awards.models import Part

    row = passed(here)
    package = send(here.officer, packed(here, row), TODAY, at=NOW)
    [inside] = access.packed_for(package)
    [receipt] = answer(here.officer, package, said(Answer.RETURNED, "MẪU", inside.uid), at=NOW)
    Part.objects.filter(nomination=row, kind=PARTS[0]).update(replaced_at=NOW + timedelta(hours=1))
    with pytest.raises(Refused) as refusal:
        taken_back(here, package, receipt)
    assert codes(refusal) == ["Q516"]
    assert steps([row]) == ["returned"]


def listed(here: Centre, row: Nomination) -> None:
    """The register prepared the decision of the Prime Minister that names it."""
    from densach.awards.register.models import Decision, Listed

    decision = Decision.objects.create(
        round=here.round, place=here.place, award=row.award, award_name="Bằng khen MẪU", authority="thu-tuong",
        office_title="Thủ tướng Chính phủ", number="99/QĐ-TTg (MẪU)", signed_on=TODAY, basis="MẪU", prepared_at=NOW,
    )  # fmt: skip
    Listed.objects.create(decision=decision, nomination=row, ordinal=1, kind="person", name="MẪU", for_what="MẪU")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"number": ""}, "Q509"),
        ({"on": TODAY - timedelta(days=1)}, "Q508"),
        ({"came_on": TODAY + timedelta(days=1)}, "Q508"),
        ({"answer": Answer.RETURNED}, "Q510"),
        ({"answer": Answer.DECIDED}, "Q511"),
    ],
)
def test_an_answer_is_whole_or_not_entered(here: Centre, wrong: dict[str, object], code: str) -> None:
    package = send(here.officer, packed(here, passed(here)), TODAY, at=NOW)
    given = {"answer": Answer.ACCEPTED, "number": "1", "on": TODAY, "came_on": TODAY, **wrong}
    with pytest.raises(Refused) as refusal:
        answer(here.officer, package, Said(**given), at=NOW)  # type: ignore[arg-type]
    assert codes(refusal) == [code]
    assert access.receipts_for(package) == []


def test_the_days_of_the_centre_are_counted_from_its_answers_once_a_calendar_is_loaded(here: Centre) -> None:
    package = send(here.officer, packed(here, passed(here)), TODAY, at=NOW)
    told = {each.deadline.code: each.due for each in terms_of([], TODAY)}
    assert {due.day for due in told.values()} == {None}
    assert told["appraise"].reason is not None
    assert told["appraise"].reason.vi == "Chưa bắt đầu: chưa có ngày để tính."
    answer(here.officer, package, said(Answer.ACCEPTED), at=NOW)
    [term] = [
        each for each in terms_of(access.receipts_for(package), TODAY) if each.deadline.code == "return_if_ineligible"
    ]
    assert term.day_0 == TODAY
    assert term.due.reason is not None
    assert "lịch nghỉ năm 2026 chưa được nạp" in term.due.reason.vi


def test_only_whoever_handles_awards_at_this_province_sees_it(here: Centre, commune: Place, act: Act) -> None:
    package = packed(here, passed(here))
    for stranger in (viewer(Role.EMULATION_OFFICER, commune, act), viewer(Role.PROVINCE_LEADER, here.place, act)):
        with pytest.raises(Refused) as refusal:
            access.package_for(stranger, package.uid)
        assert codes(refusal) == ["H103"]
