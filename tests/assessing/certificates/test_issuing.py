"""Certificates are printed once, numbered without gaps, and again only when somebody asks for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.assessing.certificates.checking import State, check_certificate
from densach.assessing.certificates.issuing import withdraw
from densach.assessing.models import Certificate, NamedInAct, Printing, Recognition
from densach.authority.models import IssuedNumber, NumberBook
from densach.formats.certificates.layout import find_layout
from densach.history.domain import Act, verify_chain
from densach.places.domain import rename_place
from densach.places.lookup import get_place
from densach.places.models import Place
from densach.problems import Refused
from densach.reporting.certificates.printing import write_printing
from tests.assessing.certificates.making import TODAY, merge, order, printed, signed, signed_for_real
from tests.assessing.making import YEAR, Small, settle
from tests.formats.certificates.making import sheets

pytestmark = pytest.mark.django_db
LATER = date(2027, 6, 5)


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def serials() -> list[tuple[int, int, bool]]:
    return list(Certificate.objects.order_by("pk").values_list("serial", "serial_year", "reprint"))


def test_every_recognised_person_gets_one_page_with_the_words_of_the_act(
    small: Small, act: Act, tmp_path: Path
) -> None:
    signed(small, act)
    printing = printed(tmp_path / "a.pdf", order(small), act)
    pages = sheets((tmp_path / "a.pdf").read_bytes())
    assert [page.text for page in pages] == [
        "MẪU – KHÔNG CÓ GIÁ TRỊ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU ĐÈN SÁCH (MẪU) GIẤY CHỨNG NHẬN CÔNG DÂN HỌC TẬP "
        f"{name} Thôn Đoài, xã MẪU Đèn Sách, tỉnh Thái Nguyên được công nhận đạt danh hiệu năm 2026 "
        "Theo Quyết định số 12/QĐ-UBND ngày 31 tháng 12 năm 2026 của Chủ tịch Ủy ban nhân dân xã MẪU Đèn Sách (MẪU) "
        f"Số vào sổ: {number:05}/2027 Mã tra cứu: {row.words['code']} "
        "MẪU Đèn Sách, ngày 31 tháng 12 năm 2026 CHỦ TỊCH MẪU – KHÔNG CÓ GIÁ TRỊ"
        for number, (name, row) in enumerate(
            zip(
                ("Nguyễn Văn Mẫu 1", "Nguyễn Văn Mẫu 2", "Trần Thị Mẫu 1", "Trần Thị Mẫu 2"),
                Certificate.objects.order_by("pk"),
                strict=True,
            ),
            1,
        )
    ]
    layout = find_layout("day-du")
    assert [page.codes(layout) for page in pages] == [
        [f"MẪU – KHÔNG CÓ GIÁ TRỊ\ndensach:{row.code}"] for row in Certificate.objects.order_by("pk")
    ]
    assert (printing.written, printing.printed_on, printing.printed_by) == (True, TODAY, act.who)


def test_numbers_stand_in_the_book_of_the_office_title_and_year(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act)
    signed(small, act, "family", number="13/QĐ-UBND")
    printed(tmp_path / "a.pdf", order(small), act)
    printed(tmp_path / "b.pdf", order(small, "family"), act)
    assert serials() == [(n, 2027, False) for n in (1, 2, 3, 4, 1, 2)]
    books = NumberBook.objects.order_by("pk").values_list("body", "series", "year", "fictional")
    assert list(books) == [
        ("mau-chu-tich-ubnd-cap-xa", "certificate:citizen.qd677", 2027, True),
        ("mau-chu-tich-ubnd-cap-xa", "certificate:family.qd387", 2027, True),
    ]
    assert set(IssuedNumber.objects.values_list("thing", flat=True)) == set(
        Certificate.objects.values_list("uid", flat=True)
    )
    row = Certificate.objects.first()
    assert row is not None
    assert verify_chain("certificate", row.uid) == []


def test_who_has_a_certificate_gets_no_other_unless_asked(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act)
    printed(tmp_path / "a.pdf", order(small, only="Trần Thị Mẫu 1"), act)
    printed(tmp_path / "b.pdf", order(small), act)
    assert [row.words["name"] for row in Certificate.objects.order_by("pk")] == [
        "Trần Thị Mẫu 1",
        "Nguyễn Văn Mẫu 1",
        "Nguyễn Văn Mẫu 2",
        "Trần Thị Mẫu 2",
    ]
    with pytest.raises(Refused) as refused:
        printed(tmp_path / "c.pdf", order(small), act)
    assert codes(refused) == ["R140"]
    assert not (tmp_path / "c.pdf").exists()


def test_a_reprint_keeps_the_number_and_says_what_it_is(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act, "family")
    printed(tmp_path / "a.pdf", order(small, "family"), act)
    printed(tmp_path / "b.pdf", order(small, "family", only="H2", again=True), act, on=LATER)
    assert serials() == [(1, 2027, False), (2, 2027, False), (2, 2027, True)]
    assert IssuedNumber.objects.count() == 2
    (page,) = sheets((tmp_path / "b.pdf").read_bytes())
    assert "Số vào sổ: 00002/2027" in page.text
    assert "Bản in lại ngày 05/06/2027" in page.text
    first, again = Certificate.objects.filter(serial=2).order_by("pk")
    assert first.code != again.code
    assert first.words["name"] == again.words["name"] == "Hộ Nguyễn Văn Mẫu 2"


@pytest.mark.parametrize("only", ["H2", "hộ nguyễn văn mẫu 2", "NGUYEN VAN MAU 2"])
def test_one_household_is_found_by_code_or_name(small: Small, act: Act, tmp_path: Path, only: str) -> None:
    signed(small, act, "family")
    printed(tmp_path / "a.pdf", order(small, "family", only=only), act)
    assert Certificate.objects.get().words["name"] == "Hộ Nguyễn Văn Mẫu 2"


def test_the_code_of_a_household_finds_its_citizens(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act)
    printed(tmp_path / "a.pdf", order(small, only="H1"), act)
    assert sorted(row.words["name"] for row in Certificate.objects.all()) == ["Nguyễn Văn Mẫu 1", "Trần Thị Mẫu 1"]
    with pytest.raises(Refused) as refused:
        printed(tmp_path / "b.pdf", order(small, only="Ai Đó"), act)
    assert codes(refused) == ["R139"]


def test_a_village_is_printed_by_itself(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act, "family")
    signed(small, act, "unit", number="13/QĐ-UBND")
    printed(tmp_path / "a.pdf", order(small, "family", only="thon doai"), act)
    assert Certificate.objects.count() == 2
    with pytest.raises(Refused) as refused:
        printed(tmp_path / "b.pdf", order(small, "unit", only="Thôn Đoài"), act)
    assert codes(refused) == ["R139"]


def test_without_a_signed_decision_there_is_no_certificate_and_it_says_why(
    small: Small, act: Act, tmp_path: Path
) -> None:
    for fictional, code in ((True, "R137"), (False, "R143")):
        with pytest.raises(Refused) as refused:
            printed(tmp_path / "a.pdf", order(small, fictional=fictional), act)
        assert codes(refused) == [code]


def test_a_name_that_was_not_kept_is_not_made_up(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act)
    gone = NamedInAct.objects.order_by("pk")[0]
    gone.delete()
    with pytest.raises(Refused) as refused:
        printed(tmp_path / "a.pdf", order(small), act)
    assert codes(refused) == ["R138"]
    signed(small, act)
    printed(tmp_path / "a.pdf", order(small), act)
    assert Certificate.objects.count() == 4


def test_a_name_that_fits_nowhere_draws_no_number(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act, "family", names={1: "Hộ " + "Nguyễn Phước Tằng Tôn " * 8})
    narrow = tmp_path / "hep.toml"
    text = 'name = "hẹp"\nwidth = 100\nheight = 100\n[[box]]\nsays = "{name}"\nx = 5\ny = 5\nwidth = 60\nheight = 6\n'
    narrow.write_text(text + "size = 12\n", "utf-8")
    with pytest.raises(Refused) as refused:
        printed(tmp_path / "a.pdf", order(small, "family"), act, layout=str(narrow))
    assert codes(refused) == ["R135"]
    assert refused.value.problems[0].where.startswith("Hộ Nguyễn Phước")
    assert (Certificate.objects.count(), IssuedNumber.objects.count(), Printing.objects.count()) == (0, 0, 0)


def test_a_printing_that_was_not_written_is_written_by_the_same_command(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act)
    printing = printed(tmp_path / "a.pdf", order(small), act)
    Printing.objects.update(written=False)
    again = printed(tmp_path / "b.pdf", order(small), act, on=LATER)
    assert (again.pk, again.written, Certificate.objects.count()) == (printing.pk, True, 4)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_the_file_of_a_printing_can_be_written_again(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act)
    printing = printed(tmp_path / "a.pdf", order(small), act)
    assert write_printing(tmp_path / "b.pdf", printing, find_layout("day-du")) == 4
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    write_printing(tmp_path / "c.pdf", printing, find_layout("phoi"), shift=(1.5, -0.8))
    assert [page.text.count("Nguyễn Văn Mẫu 1") for page in sheets((tmp_path / "c.pdf").read_bytes())] == [1, 0, 0, 0]


def test_the_number_of_queries_does_not_grow_with_the_list(commune: Place, act: Act, tmp_path: Path) -> None:
    counted = []
    small = settle(commune, act, households=1)
    for households, first, number in ((0, 1, "1/QĐ"), (1, 2, "2/QĐ"), (6, 3, "3/QĐ")):
        if households:
            settle_more(small, act, households, first)
        signed(small, act, number=number)
        with CaptureQueriesContext(connection) as asked:
            printed(tmp_path / f"{number[0]}.pdf", order(small), act)
        counted.append(len(asked))
    assert Certificate.objects.count() == 2 + 4 + 16
    assert counted[1] == counted[2] <= 40  # the first printing also opens the book


def settle_more(small: Small, act: Act, households: int, first: int) -> None:
    from tests.people.making import enter, family

    enter(small.place, [line for n in range(first, first + households) for line in family(small.village, n)], act)


@pytest.mark.parametrize(
    ("model", "others", "whole", "now"),
    [
        ("family", ["Đuốc Sáng"], True, "nay thuộc xã MẪU Đuốc Sáng, tỉnh Thái Nguyên"),
        ("family", ["Đuốc Sáng", "Hai"], False, ""),
        ("unit", ["Đuốc Sáng"], True, "nay là xã MẪU Đuốc Sáng, tỉnh Thái Nguyên"),
        (
            "unit",
            ["Đuốc Sáng", "Hai"],
            False,
            "nay thuộc một trong 2 nơi: xã MẪU Đuốc Sáng, tỉnh Thái Nguyên; xã MẪU Hai, tỉnh Thái Nguyên",
        ),
        ("unit", [], False, ""),
        ("unit", ["Đuốc Sáng"], False, ""),
        ("village", ["Đuốc Sáng"], True, "nay thuộc xã MẪU Đuốc Sáng, tỉnh Thái Nguyên"),
    ],
)
def test_a_reprint_after_a_merger_has_the_name_of_its_day_and_says_what_is_known_of_today(
    small: Small, act: Act, tmp_path: Path, model: str, others: list[str], whole: bool, now: str
) -> None:
    signed(small, act, model)
    printed(tmp_path / "a.pdf", order(small, model), act)
    merge(small, act, *others, whole=whole)
    printed(tmp_path / "b.pdf", order(small, model, again=True), act, on=LATER)
    first, again = Certificate.objects.order_by("pk")[0], Certificate.objects.order_by("-pk")[0]
    assert (first.words["now"], again.words["now"]) == ("", now)
    for part in ("name", "address", "issuer", "decision", "place_and_date"):
        assert first.words[part].replace("1", "2") == again.words[part].replace("1", "2")


def test_a_recognised_village_that_got_another_name_is_shown_with_both(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act, "village")
    printed(tmp_path / "a.pdf", order(small, "village"), act)
    printed(tmp_path / "b.pdf", order(small, "village", again=True), act, on=date(2027, 3, 1))
    rename_place(small.village, "Thôn Đoài Thượng", on=date(2027, 4, 1), act=act, source="MẪU")
    printed(tmp_path / "c.pdf", order(small, "village", again=True), act, on=LATER)
    said = [(row.words["name"], row.words["now"]) for row in Certificate.objects.order_by("pk")]
    today = "nay là thôn Đoài Thượng, xã MẪU Đèn Sách, tỉnh Thái Nguyên"
    assert said == [("Thôn Đoài", ""), ("Thôn Đoài", ""), ("Thôn Đoài", today)]


def test_check_tells_nothing_that_is_not_on_the_face(small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act)
    printed(tmp_path / "a.pdf", order(small), act)
    row = Certificate.objects.order_by("pk")[0]
    found, standing = check_certificate(row.words["qr"], on=TODAY)
    assert (found.pk, standing.state, standing.words.name) == (row.pk, State.SPECIMEN, "Nguyễn Văn Mẫu 1")
    assert all(secret not in str(standing) for secret in ("1980", "999080"))
    with pytest.raises(Refused) as refused:
        check_certificate("0000-0000-0000-0000", on=TODAY)
    assert codes(refused) == ["R142"]


@pytest.fixture
def real(act: Act) -> Small:
    """Made-up people in a real commune: only there does a certificate have value."""
    return settle(get_place("05443", date(2026, 1, 1)).place, act)


def test_a_certificate_of_a_real_place_is_valid_until_it_is_withdrawn(real: Small, act: Act, tmp_path: Path) -> None:
    signed_for_real(real, act)
    address = "https://xa.example.vn"
    printed(tmp_path / "a.pdf", order(real, fictional=False, public_url=address), act)
    (page, *_), row = sheets((tmp_path / "a.pdf").read_bytes()), Certificate.objects.order_by("pk")[0]
    assert page.codes(find_layout("day-du")) == [f"https://xa.example.vn/chung-nhan/{row.code}"]
    assert "MẪU –" not in page.text
    assert page.text.endswith("Ngày 31 tháng 12 năm 2026 CHỦ TỊCH")
    assert check_certificate(row.code, on=TODAY)[1].state is State.VALID
    with pytest.raises(Refused) as refused:
        withdraw(row, on=LATER, paper=" ", act=act)
    assert codes(refused) == ["R148"]
    for _ in range(2):
        withdraw(row, on=LATER, paper="Biên bản 3/BB ngày 05/06/2027", act=act)
    standing = check_certificate(row.code, on=LATER)[1]
    assert (standing.state, standing.withdrawn_by) == (State.WITHDRAWN, "Biên bản 3/BB ngày 05/06/2027")
    assert Recognition.objects.filter(pk=row.recognition_id).exists()
    with pytest.raises(Refused) as refused:
        withdraw(row, on=TODAY, paper="Văn bản khác", act=act)
    assert codes(refused) == ["R148"]


def test_a_title_that_has_ended_is_told(real: Small, act: Act, tmp_path: Path) -> None:
    signed_for_real(real, act)
    printed(tmp_path / "a.pdf", order(real, fictional=False), act)
    Recognition.objects.update(valid_from=date(2027, 1, 1), valid_to=date(2030, 1, 1))
    row = Certificate.objects.order_by("pk")[0]
    assert check_certificate(row.code, on=date(2029, 12, 31))[1].state is State.VALID
    assert check_certificate(row.code, on=date(2030, 1, 1))[1].state is State.ENDED
    assert row.words["year"] == str(YEAR)
