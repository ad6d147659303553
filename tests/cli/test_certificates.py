"""Certificates through the commands: what an officer types, reads and finds in the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.assessing.certificates.making import signed, signed_for_real
from tests.assessing.making import Small, settle
from tests.cli.making import AT, Terminal
from tests.formats.certificates.making import sheets

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
FAMILY = (*AT, "--title", "family", "--demo")


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def pages(path: Path) -> list[str]:
    return [page.text for page in sheets(path.read_bytes())]


def codes_of(path: Path) -> list[str]:
    return [text.split("Mã tra cứu: ")[1][:19] for text in pages(path)]


def test_certificates_are_printed_moved_and_looked_up(
    densach: Terminal, small: Small, act: Act, tmp_path: Path
) -> None:
    signed(small, act, "family")
    first, moved = tmp_path / "a.pdf", tmp_path / "b.pdf"
    said = densach("certificate", "print", *FAMILY, "--out", str(first)).splitlines()
    number = said[0].split("lần in số ")[1].rstrip(".")
    assert said[0] == f"{first}: 2 giấy chứng nhận, lần in số {number}."
    assert f"densach certificate file {number} --shift" in said[1]
    layout = ("--layout", "phoi", "--shift", "1.5,-0.8")
    assert densach("certificate", "file", number, *layout, "--out", str(moved)).startswith(f"{moved}: 2 ")
    assert [("Hộ Nguyễn Văn Mẫu 1" in text, "GIẤY CHỨNG NHẬN" in text) for text in pages(moved)] == [
        (True, False),
        (False, False),
    ]
    told = densach("certificate", "check", codes_of(first)[1].lower()).splitlines()
    assert told[:2] == [
        "MẪU – KHÔNG CÓ GIÁ TRỊ.",
        "Trên giấy: Hộ Nguyễn Văn Mẫu 2; Gia đình học tập năm 2026; số vào sổ "
        + pages(first)[1].split("vào sổ: ")[1][:10]
        + ".",
    ]
    assert densach.refusals("certificate", "print", *FAMILY, "--out", str(first)) == ["R140"]


def test_a_name_is_corrected_and_printed_again(densach: Terminal, small: Small, act: Act, tmp_path: Path) -> None:
    signed(small, act, "family", names={0: "Hộ Nguyễn Văn Mau 1"})
    old, new = tmp_path / "a.pdf", tmp_path / "b.pdf"
    densach("certificate", "print", *FAMILY, "--out", str(old))
    said = densach(
        "round", "correct", *FAMILY, "--who", "H1", "--name", "Hộ Nguyễn Văn Mẫu 1", "--why", "Thiếu dấu",
        "--basis", "Giấy khai sinh MẪU", "--number", "15/QĐ-UBND", "--signed", "20/01/2027",
        "--office", "mau-chu-tich-ubnd-cap-xa", "--out", str(tmp_path),
    ).splitlines()  # fmt: skip
    assert said[0].startswith("Đã đính chính “Hộ Nguyễn Văn Mau 1” thành “Hộ Nguyễn Văn Mẫu 1” theo 15/QĐ-UBND")
    assert [Path(line).name for line in said[1:3]] == [f"dinh-chinh-2027-15-qd-ubnd.{form}" for form in ("pdf", "docx")]
    assert said[3].startswith("Giả định ngày ")
    densach("certificate", "print", *FAMILY, "--again", "--only", "Hộ Nguyễn Văn Mẫu 1", "--out", str(new))
    (text,) = pages(new)
    assert "Hộ Nguyễn Văn Mẫu 1" in text
    assert "Bản in lại ngày" in text
    told = densach("certificate", "check", codes_of(old)[0])
    assert "Đính chính: Quyết định số 15/QĐ-UBND ngày 20/01/2027." in told
    assert "Mẫu 1" not in told


def test_a_real_certificate_is_valid_and_can_be_taken_back(
    densach: Terminal, act: Act, tmp_path: Path, settings: Settings
) -> None:
    from datetime import date

    from densach.places.lookup import get_place

    settings.PUBLIC_URL = "https://xa.example.vn/"
    signed_for_real(settle(get_place("05443", date(2026, 1, 1)).place, act), act)
    at = ("--place", "05443", "--year", "2026", "--title", "citizen", "--out", str(tmp_path / "a.pdf"))
    densach("certificate", "print", *at)
    code = codes_of(tmp_path / "a.pdf")[0]
    assert densach("certificate", "check", f"https://xa.example.vn/chung-nhan/{code}").startswith(
        "Giấy này còn giá trị."
    )
    densach("certificate", "withdraw", code, "--on", "2027-03-01", "--paper", "Biên bản 3/BB")
    assert densach("certificate", "check", code).splitlines()[0] == "Giấy này đã bị thu hồi."
    settings.PUBLIC_URL = "xa.example.vn"
    assert densach.refusals("certificate", "print", *at) == ["R149"]


def test_the_test_sheet_needs_no_database(densach: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "luoi.pdf"
    assert densach("certificate", "test-sheet", "--layout", "phoi", "--shift", "2,3", "--out", str(out)) == f"{out}\n"
    assert "đã dịch sang phải 2 mm, xuống dưới 3 mm." in pages(out)[0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("print", *FAMILY), "R137"),
        (("print", *FAMILY, "--layout", "dep"), "R130"),
        (("print", *FAMILY, "--shift", "1.5"), "D103"),
        (("print", *FAMILY, "--shift", "nan,0"), "D103"),
        (("print", *AT, "--title", "literacy"), "D103"),
        (("print", *AT, "--title", "family"), "R143"),
        (("file", "999999"), "D103"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_no_file_is_left(
    densach: Terminal, small: Small, tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    assert small.village
    assert densach.refusals("certificate", *words, "--out", str(tmp_path / "a.pdf")) == [code]
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_code_that_is_none_and_one_that_nobody_gave(densach: Terminal) -> None:
    assert densach.refusals("certificate", "check", "abc") == ["R141"]
    assert densach.refusals("certificate", "check", "0000-0000-0000-0000") == ["R142"]
