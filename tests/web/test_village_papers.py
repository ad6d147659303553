"""What a village prints and tells: blank sheets, slips, and notices that say nothing of what is in a sheet."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image

from densach.authority.roles import Role
from densach.formats.village_papers import DecisionNotice, WallNotice
from tests.assessing.certificates.making import signed
from tests.assessing.making import POOR
from tests.assessing.privacy.making import agree, named, says
from tests.assessing.villages.making import Working, at_every_stage, working
from tests.web.test_village import signed_in
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
MAU = "MẪU – KHÔNG CÓ GIÁ TRỊ"
TODAY = date(2026, 11, 26)
TITLE = "Thôn Đoài: còn 2 hộ chưa gửi đủ phiếu tự đánh giá năm 2026"
HELP = "Cần phiếu giấy hoặc cần người ghi giúp: gặp trưởng thôn, tổ trưởng tổ dân phố hoặc chi hội khuyến học."


@pytest.fixture
def made(commune: Place, act: Act) -> Working:
    found = working(commune, act, 4)
    at_every_stage(found, act)
    agree(act)
    return found


@pytest.fixture
def head(client: Client, made: Working, act: Act) -> Client:
    return signed_in(client, Role.VILLAGE_HEAD, made.small.village, act)


def pages(data: bytes) -> list[str]:
    """The words of each page, in one line."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(data)]


def test_each_household_has_a_blank_sheet_with_its_names_and_code(head: Client) -> None:
    response = head.get("/thon/phieu.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    found = pages(response.content)
    assert len(found) == 4
    for name in ("H2", "Chủ hộ: Nguyễn Văn Mẫu 2", "Trần Thị Mẫu 2", "Thôn: Thôn Đoài · Xã MẪU Đèn Sách", MAU):
        assert name in found[1]
    order = [found[1].index(words) for words in ("Đọc, cập nhật thông tin", "Sử dụng ngoại ngữ", "Hợp tác, chia sẻ")]
    assert order == sorted(order)
    assert "Nguyễn Mẫu Con" not in found[1]


def test_one_household_is_printed_alone_and_in_large_letters(head: Client, made: Working) -> None:
    household = made.small.subject("family", "H3").household
    assert household is not None
    found = pages(head.get(f"/thon/phieu.pdf?ho={household.uid}&chu=to").content)
    assert "Nguyễn Văn Mẫu 3" in found[0]
    assert not any("Mẫu 2" in page for page in found)
    assert head.get("/thon/phieu.pdf?phan=9").status_code == 404


def test_slips_say_what_is_missing_without_any_score(head: Client) -> None:
    [page] = pages(head.get("/thon/to-nhac.pdf").content)
    for words in ("H2 · Nguyễn Văn Mẫu 2", "Trần Thị Mẫu 2: phiếu được trả lại để bổ sung.", MAU,
                  "Nguyễn Văn Mẫu 3: phiếu còn 8 câu chưa trả lời.",
                  "Trần Thị Mẫu 3: chưa có phiếu tự đánh giá."):  # fmt: skip
        assert words in page
    assert page.count("gặp trưởng thôn") == 2
    for kept in ("điểm", "Chưa rõ lớp học nào", "H1 ", "H4 "):
        assert kept not in page


def test_the_papers_of_the_chapter_name_nobody_who_refused_it(client: Client, made: Working, act: Act) -> None:
    """The head of H2 said no to the chapter: its papers and its job say nothing of him, those of the village do."""
    from densach.assessing.privacy.consenting import withdraw_consent
    from densach.assessing.villages.access import village_seen
    from densach.web.law import law_of
    from densach.web.village_prints import PRINTS, parts_of
    from tests.authority.roles import viewer

    refused = "Nguyễn Văn Mẫu 2"
    withdraw_consent(named(refused), "chapter_check", says(), on=TODAY, act=act)
    chapter = signed_in(client, Role.CHAPTER_OFFICER, made.small.village, act)
    household = made.small.subject("family", "H2").household
    assert household is not None
    addresses = ("/thon/phieu.pdf", f"/thon/phieu.pdf?ho={household.uid}", "/thon/to-nhac.pdf", "/thon/niem-yet.pdf")
    told = [" ".join(pages(chapter.get(address).content)) for address in addresses]
    assert ["H2" in page for page in told] == [True] * 4
    assert [refused in page for page in told] == [False] * 4
    assert "Trần Thị Mẫu 2" in told[1]
    assert refused not in chapter.get("/thon/nhac").content.decode()
    village = village_seen(viewer(Role.CHAPTER_OFFICER, made.small.village, act), None, law_of)
    job = [kind.set(village, parts_of(kind, village)[0]) for kind in PRINTS.values()]
    assert [refused in " ".join(pages(data)) for data in job] == [False] * 4
    head = signed_in(client, Role.VILLAGE_HEAD, made.small.village, act)
    assert refused in " ".join(pages(head.get("/thon/phieu.pdf").content))


def test_a_household_that_refused_whole_has_no_paper_of_the_chapter(client: Client, made: Working, act: Act) -> None:
    from densach.assessing.privacy.consenting import withdraw_consent

    for name in ("Nguyễn Văn Mẫu 3", "Trần Thị Mẫu 3"):
        withdraw_consent(named(name), "chapter_check", says(), on=TODAY, act=act)
    household = made.small.subject("family", "H3").household
    assert household is not None
    chapter = signed_in(client, Role.CHAPTER_OFFICER, made.small.village, act)
    answer = chapter.get(f"/thon/phieu.pdf?ho={household.uid}")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Mẫu 3" not in answer.content.decode()


def test_what_hangs_on_a_wall_says_no_more_than_code_and_head(head: Client, made: Working, act: Act) -> None:
    """Somebody cannot read, a child is out of school, answers are poor: none of it may reach the wall or the chat."""
    from densach.people.models import Person

    Person.objects.filter(full_name="Trần Thị Mẫu 3").update(literacy=0)
    made.sheet("Nguyễn Mẫu Con 3", POOR, act, to="given_back")
    [page] = pages(head.get("/thon/niem-yet.pdf").content)
    day = page[page.index("Lập ngày") :]
    told = f"Xã MẪU Đèn Sách {TITLE} {MAU} H2 Nguyễn Văn Mẫu 2 H3 Nguyễn Văn Mẫu 3 {HELP} {day}"
    assert page.replace(MAU, "").split() == told.replace(MAU, "").split()
    html = head.get("/thon/nhac").content.decode()
    text = html[html.index("<textarea") : html.index("</textarea>")].partition(">")[2]
    assert text == f"{MAU}\n{TITLE}\n• H2 – Nguyễn Văn Mẫu 2\n• H3 – Nguyễn Văn Mẫu 3\n{HELP}"


def test_the_notice_is_made_of_codes_and_heads_alone() -> None:
    assert set(WallNotice.__dataclass_fields__) == {"village", "commune", "year", "households", "partial"}


def test_the_picture_is_as_wide_as_a_phone_and_says_mau(head: Client) -> None:
    response = head.get("/thon/nhac.png")
    assert response.headers["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(response.content))
    assert picture.format == "PNG"
    assert picture.width == 1080
    assert 600 < picture.height < 1000
    assert (242, 177, 52) in {color for _, color in picture.convert("RGB").getcolors(1_000_000) or ()}


def test_the_list_for_the_officer_names_people_and_says_whom_it_is_for(head: Client) -> None:
    said = text_of(head.get("/thon/con-thieu"))
    assert "Thôn Đoài: 2 hộ còn thiếu phiếu" in said
    assert "chỉ để người phụ trách xem; không dán lên tường" in said
    assert "Chưa có phiếu: Trần Thị Mẫu 3." in said


def decided(client: Client, commune: Place, act: Act, model: str = "citizen") -> tuple[Client, Working]:
    """The village head, after a decision on all adults of the commune, of whom "Trần Thị Mẫu 1" agreed to be named."""
    from densach.assessing.privacy.consenting import give_consent

    made = working(commune, act)
    signed(made.small, act, model)
    head = signed_in(client, Role.VILLAGE_HEAD, made.small.village, act)
    give_consent(named("Trần Thị Mẫu 1"), "publish_decision", says(), on=TODAY, act=act)
    return head, made


def told(head: Client) -> list[str]:
    html = head.get("/thon/nhac").content.decode()
    return html[html.index('id="qd-1"') :].partition(">")[2].partition("</textarea>")[0].split("\n")


def test_a_decision_is_told_as_a_text_that_names_only_who_agreed(client: Client, commune: Place, act: Act) -> None:
    head, _ = decided(client, commune, act)
    assert told(head) == [
        MAU,
        "Thôn Đoài: 4 trường hợp được công nhận danh hiệu Công dân học tập năm 2026",
        "Quyết định số 12/QĐ-UBND ngày 31/12/2026 của Chủ tịch UBND cấp xã (MẪU).",
        "• Trần Thị Mẫu 1",
        "3 trường hợp được công nhận không nêu tên ở đây.",
    ]


def test_whoever_takes_the_consent_back_or_dies_is_named_no_more(client: Client, commune: Place, act: Act) -> None:
    from densach.assessing.privacy.consenting import give_consent, withdraw_consent
    from densach.people.models import Person

    head, _ = decided(client, commune, act)
    give_consent(named("Nguyễn Văn Mẫu 1"), "publish_decision", says(), on=TODAY, act=act)
    both = ["• Nguyễn Văn Mẫu 1", "• Trần Thị Mẫu 1"]
    assert told(head)[3:] == [
        *both,
        "2 trường hợp được công nhận không nêu tên ở đây.",
    ]
    Person.objects.filter(full_name="Nguyễn Văn Mẫu 1").update(died_on=TODAY, death_basis="Trích lục MẪU")
    withdraw_consent(named("Trần Thị Mẫu 1"), "publish_decision", says(), on=TODAY, act=act)
    assert told(head)[3:] == ["4 trường hợp được công nhận không nêu tên ở đây."]


def test_households_stand_for_their_heads_and_are_counted(client: Client, commune: Place, act: Act) -> None:
    head, _ = decided(client, commune, act, "family")
    assert told(head)[3:] == ["2 trường hợp được công nhận không nêu tên ở đây."]


def test_a_decision_is_a_picture_with_the_code_of_its_public_page(client: Client, commune: Place, act: Act) -> None:
    from densach.assessing.models import RecognitionAct, Round
    from densach.assessing.signing.models import Prepared

    head, _ = decided(client, commune, act)
    without = Image.open(BytesIO(head.get("/thon/quyet-dinh-1.png").content))
    Prepared.objects.create(
        round=Round.objects.get(packs="vn,demo"),
        title_key="citizen.qd677",
        number="12/QĐ-UBND",
        signed_on=TODAY,
        basis="Tờ trình",
        decisions=[],
        prepared_at=act.at,
        act=RecognitionAct.objects.get(),
        published_at=act.at,
    )
    response = head.get("/thon/quyet-dinh-1.png")
    assert response.headers["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(response.content))
    assert (picture.format, picture.width, without.width) == ("PNG", 1080, 1080)
    assert picture.height > without.height
    colours = {colour for _, colour in picture.convert("RGB").getcolors(1_000_000) or ()}
    assert {(242, 177, 52), (0, 0, 0)} <= colours
    page = Prepared.objects.get().uid
    assert told(head)[-1] == f"Xem quyết định: http://testserver/quyet-dinh/{page}"


def test_a_decision_that_names_nobody_here_has_no_picture(client: Client, commune: Place, act: Act) -> None:
    head, made = decided(client, commune, act)
    assert [head.get(f"/thon/quyet-dinh-{number}.png").status_code for number in (0, 2, 99)] == [404, 404, 404]
    assert head.get(f"/thon/{made.neighbour.uid}/quyet-dinh-1.png").status_code == 404


def test_the_picture_holds_the_names_that_fit_and_says_how_many_more() -> None:
    notice = DecisionNotice("Thôn Đoài", "Xã A", "", "", tuple(f"Tên {n}" for n in range(45)), 3)
    assert notice.more(40) == ("… và 5 tên nữa.", "3 trường hợp được công nhận không nêu tên ở đây.")
    assert DecisionNotice("Thôn Đoài", "Xã A", "", "", ("Tên",), 0).more(1) == ()


def test_a_long_notice_stops_and_says_how_many_there_are() -> None:
    from densach.web.village_words import wall_text

    notice = WallNotice("Thôn Đoài", "Xã A", 2026, tuple((f"H{n}", "Nguyễn A") for n in range(1, 31)))
    lines = wall_text(notice).split("\n")
    assert (len(lines), lines[13]) == (15, "… và 18 hộ nữa (xem danh sách ở nhà văn hóa).")
    assert wall_text(WallNotice("Thôn Đoài", "Xã A", 2026, ())) == (
        "Thôn Đoài: các hộ đều đã gửi phiếu tự đánh giá năm 2026. Cảm ơn bà con."
    )
