"""Finding organisations and bodies from what people type."""

from __future__ import annotations

from datetime import date

import pytest

from densach.history.domain import Act
from densach.places.organisations.lookup import find_organisation, reference_of, search_organisations
from densach.places.organisations.names import order_key, search_key, written_out
from densach.problems import Refused
from tests.places.organisations.making import FIRST, LAST, NEW_YEAR, founded, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def schools(act: Act) -> None:
    """Schools of one name in two provinces, one with a short form in its legal name."""
    for name, kind, code in (
        ("Trường Trung học cơ sở Lê Lợi", "lower_secondary", "00004"),
        ("Trường THCS Lê Lợi", "lower_secondary", "05710"),
        ("Trường TH&THCS Hoà Bình", "school", "00004"),
        ("Trường Mầm non Hoa Sen", "preschool", "05710"),
    ):
        founded(name, place(code, FIRST), act, kind=kind)


def labels(text: str, on: date = NEW_YEAR) -> list[str]:
    return [each.node.label for each in search_organisations(text, on)]


BA_DINH = "Phường Ba Đình, Thành phố Hà Nội"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("thcs le loi ba dinh", f"Trường Trung học cơ sở Lê Lợi ({BA_DINH})"),
        ("Trường THCS Lê Lợi, Hà Nội", f"Trường Trung học cơ sở Lê Lợi ({BA_DINH})"),
        ("th&thcs hòa bình", f"Trường TH&THCS Hoà Bình ({BA_DINH})"),
        ("tieu hoc va trung hoc co so hoa binh", f"Trường TH&THCS Hoà Bình ({BA_DINH})"),
        ("mn hoa sen", "Trường Mầm non Hoa Sen ("),
        ("UBND phường Ba Đình", "Ủy ban nhân dân Phường Ba Đình (Thành phố Hà Nội)"),
        ("uỷ ban nhân dân ba dinh, ha noi", "Ủy ban nhân dân Phường Ba Đình (Thành phố Hà Nội)"),
        ("MTTQ thái nguyên", "Ủy ban Mặt trận Tổ quốc Việt Nam Tỉnh Thái Nguyên"),
        ("HKH xã Ia Mơ", "Hội Khuyến học Xã Ia Mơ (Tỉnh Gia Lai)"),
        ("hkh", "Hội Khuyến học Việt Nam"),
        ("so gd&dt tp hcm", "Sở Giáo dục và Đào tạo Thành phố Hồ Chí Minh"),
        ("bo gddt", "Bộ Giáo dục và Đào tạo"),
    ],
)
def test_what_people_type_is_found(typed: str, first: str) -> None:
    assert labels(typed)[0].startswith(first)


def test_every_answer_names_the_place_and_the_province() -> None:
    assert labels("le loi") == [
        "Trường THCS Lê Lợi (Phường Linh Sơn, Tỉnh Thái Nguyên)",
        f"Trường Trung học cơ sở Lê Lợi ({BA_DINH})",
    ]


def test_a_district_office_is_found_while_there_were_districts() -> None:
    assert labels("phòng gdđt ba đình", LAST) == ["Phòng Giáo dục và Đào tạo Quận Ba Đình (Thành phố Hà Nội)"]
    assert labels("phòng gdđt ba đình", FIRST) == []


def test_one_is_meant_by_identity_key_or_whole_name() -> None:
    school = find_organisation("trường mn hoa sen", NEW_YEAR)
    assert find_organisation(reference_of(school), NEW_YEAR) == school
    office = find_organisation("education.province@19", NEW_YEAR)
    assert (office.name, reference_of(office)) == ("Sở Giáo dục và Đào tạo Tỉnh Thái Nguyên", "education.province@19")
    assert reference_of(find_organisation("front.country", NEW_YEAR)) == "front.country"
    assert find_organisation("UBND phường Ba Đình", NEW_YEAR).name == "Ủy ban nhân dân Phường Ba Đình"


@pytest.mark.parametrize(
    ("reference", "on", "code"),
    [
        ("Trường THCS Lê Lợi", NEW_YEAR, "O102"),
        ("Trường Không Có", NEW_YEAR, "O101"),
        ("5a6f5e0e-6d0c-4f0a-9f43-3c1d4f0b6a25", NEW_YEAR, "O101"),
        ("education.district@19", LAST, "O101"),
        ("", NEW_YEAR, "O101"),
    ],
)
def test_none_or_several_are_refused(reference: str, on: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        find_organisation(reference, on)
    assert [found.code for found in refused.value.problems] == [code]


def test_one_that_is_not_there_yet_is_refused_by_its_day() -> None:
    known = reference_of(find_organisation("mn hoa sen", NEW_YEAR))
    with pytest.raises(Refused) as refused:
        find_organisation(known, LAST)
    assert [found.code for found in refused.value.problems] == ["O103"]


def test_short_forms_are_written_out_in_keys_and_names_stay_as_they_are() -> None:
    assert written_out("Trường TH-THCS số 2") == "Trường tiểu học và trung học cơ sở số 2"
    assert search_key("Bộ LĐTBXH") == search_key("Bộ Lao động – Thương binh và Xã hội")
    assert order_key("Trường 2") < order_key("Trường 10")
