from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from densach.cli.places import places
from densach.problems import Refused

pytestmark = pytest.mark.django_db
ON = ["--on", "23/11/2026"]


def run(*words: str) -> str:
    result = CliRunner().invoke(places, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_show_tells_where_since_when_and_by_whom() -> None:
    assert run("show", "00004", *ON).splitlines() == [
        "Phường Ba Đình, Thành phố Hà Nội",
        "  mã 00004 theo QĐ 19/2025/QĐ-TTg",
        "  từ 01/07/2025, đang có hiệu lực",
        "  Chưa có danh sách thôn, tổ dân phố",
        "  Nguồn: QĐ 19/2025/QĐ-TTg; PyPI vietnamadminunits 1.0.4",
    ]
    assert run("show", "tinh thai nguyen", *ON, "--lang", "en").splitlines()[:4] == [
        "Tỉnh Thái Nguyên",
        "  code 19 of QĐ 19/2025/QĐ-TTg",
        "  from 01/07/2025, in force",
        "  Below it: 92 places",
    ]


def test_show_as_json_holds_the_same() -> None:
    shown = json.loads(run("show", "00004", *ON, "--json"))
    assert len(shown.pop("id")) == 36
    assert shown == {
        "known": True,
        "on": "2026-11-23",
        "below": None,
        "name": "Phường Ba Đình",
        "level": "commune",
        "type": "phường",
        "code": "00004",
        "code_list": "QĐ 19/2025/QĐ-TTg",
        "district": None,
        "province": {"code": "01", "name": "Thành phố Hà Nội"},
        "valid_from": "2025-07-01",
        "or_earlier": False,
        "valid_to": None,
        "source": "QĐ 19/2025/QĐ-TTg; PyPI vietnamadminunits 1.0.4",
        "fictional": False,
    }


def test_the_day_before_the_change_shows_the_unit_of_that_day() -> None:
    assert run("show", "00004", "--on", "30/06/2025").splitlines() == [
        "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội",
        "  mã 00004 theo Danh mục trước 01/07/2025",
        "  từ 16/06/2025 hoặc sớm hơn đến trước 01/07/2025",
        "  Chưa có danh sách thôn, tổ dân phố",
        "  Nguồn: PyPI vietnamadminunits 1.0.4",
        "  nay là Phường Ba Đình, Thành phố Hà Nội",
    ]
    assert run("show", "24235", "--on", "30/06/2025").splitlines()[-1] == "  nay là Xã Buôn Đôn, Tỉnh Đắk Lắk"
    shown = json.loads(run("show", "00004", "--on", "30/06/2025", "--json"))
    assert (shown["district"], shown["or_earlier"], shown["valid_to"]) == (
        {"code": "001", "name": "Quận Ba Đình"},
        True,
        "2025-07-01",
    )


def test_a_day_before_the_lists_is_not_known() -> None:
    assert json.loads(run("show", "26929", "--on", "2025-06-15", "--json")) == {
        "known": False,
        "on": "2025-06-15",
        "lists": [
            {"title": "Danh mục trước 01/07/2025", "known_from": "2025-06-16", "known_to": "2025-07-01"},
            {"title": "QĐ 19/2025/QĐ-TTg", "known_from": "2025-07-01", "known_to": None},
        ],
        "nearest": [],
    }
    for asked, code in (("26929", "L103"), ("Phường 4", "L102")):
        with pytest.raises(Refused) as refused:
            run("show", asked, "--on", "2025-06-15")
        assert [found.code for found in refused.value.problems] == [code]


def test_a_day_before_the_lists_shows_what_is_likely_and_says_so() -> None:
    assert run("show", "00004", "--on", "31/12/2024").splitlines() == [
        "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội",
        "  Chưa có danh mục của ngày 31/12/2024; "
        "đây là nơi mang mã, tên này theo danh mục 16/06/2025, nên có thể khác.",
        "  mã 00004 theo Danh mục trước 01/07/2025",
        "  từ 16/06/2025 hoặc sớm hơn đến trước 01/07/2025",
        "  Chưa có danh sách thôn, tổ dân phố",
        "  Nguồn: PyPI vietnamadminunits 1.0.4",
        "  Đã so với PyPI vietnam-provinces 0.6.0, dữ liệu 04/01/2025: cùng mã, cùng tên, cùng nơi cấp trên.",
    ]
    shown = json.loads(run("show", "00004", "--on", "2024-12-31", "--json"))
    assert (shown["known"], [each["name"] for each in shown["nearest"]]) == (False, ["Phường Trúc Bạch"])


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        run("show", "00004", "--on", "31/02/2026")
    assert [found.code for found in refused.value.problems] == ["D101"]


def test_find_prints_code_name_and_province_nearest_first() -> None:
    assert run("find", "Ba", "Đình").splitlines() == [
        "00004  Phường Ba Đình, Thành phố Hà Nội",
        "16171  Xã Ba Đình, Tỉnh Thanh Hóa",
        "21499  Xã Ba Dinh, Tỉnh Quảng Ngãi",
        "14776  Phường Ba Đình, Thành phố Thanh Hóa, Tỉnh Thanh Hóa – nay là Phường Hạc Thành, Tỉnh Thanh Hóa",
        "14812  Phường Ba Đình, Thị xã Bỉm Sơn, Tỉnh Thanh Hóa – nay là Phường Bỉm Sơn, Tỉnh Thanh Hóa",
        "001    Quận Ba Đình, Thành phố Hà Nội – nay chia về 8 nơi",
        "16096  Xã Ba Đình, Huyện Nga Sơn, Tỉnh Thanh Hóa – nay là Xã Ba Đình, Tỉnh Thanh Hóa",
        "21499  Xã Ba Dinh, Huyện Ba Tơ, Tỉnh Quảng Ngãi – nay là Xã Ba Dinh, Tỉnh Quảng Ngãi",
        "8 nơi",
    ]


def test_find_knows_an_old_name_and_says_what_it_is_now() -> None:
    assert run("find", "P.", "Trúc", "Bạch").splitlines() == [
        "00004  Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội – nay là Phường Ba Đình, Thành phố Hà Nội",
        "1 nơi",
    ]
    assert run("find", "TX. Cai Lậy").splitlines() == [
        "817    Thị xã Cai Lậy, Tỉnh Tiền Giang – nay chia về 5 nơi",
        "1 nơi",
    ]
    assert run("find", "p. cống vị, q. ba đình", "--lang", "en").splitlines() == [
        "00007  Phường Cống Vị, Quận Ba Đình, Thành phố Hà Nội – now in one of 2 places: "
        "Phường Giảng Võ, Thành phố Hà Nội; Phường Ngọc Hà, Thành phố Hà Nội",
        "1 places",
    ]


def test_lineage_tells_what_a_place_was_made_from() -> None:
    assert run("lineage", "Tỉnh An Giang").splitlines() == [
        "Tỉnh An Giang",
        "  mã 91 theo QĐ 19/2025/QĐ-TTg, từ 01/07/2025, đang có hiệu lực",
        "  Hình thành ngày 01/07/2025 theo Nghị quyết 202/2025/QH15 từ:",
        "    89     Tỉnh An Giang – toàn bộ",
        "    91     Tỉnh Kiên Giang – toàn bộ",
    ]


def test_lineage_of_a_divided_commune_names_the_candidates_and_asks() -> None:
    assert run("lineage", "Phường Cống Vị").splitlines() == [
        "Phường Cống Vị, Quận Ba Đình, Thành phố Hà Nội",
        "  mã 00007 theo Danh mục trước 01/07/2025, từ 16/06/2025 hoặc sớm hơn đến trước 01/07/2025",
        "  Từ 01/07/2025, theo Nghị quyết 1656/NQ-UBTVQH15: bị chia. "
        "Không suy ra được ai nay thuộc nơi nào, phải hỏi từng người. Có thể là:",
        "    00025  Phường Giảng Võ, Thành phố Hà Nội",
        "    00008  Phường Ngọc Hà, Thành phố Hà Nội",
    ]


def test_lineage_of_a_renamed_commune_and_of_a_district() -> None:
    assert run("lineage", "Xã Buôn Đôn").splitlines()[2:] == [
        "  Vẫn là nơi này: 24235  Xã Krông Na, Huyện Buôn Đôn, Tỉnh Đắk Lắk, "
        "từ 16/06/2025 hoặc sớm hơn đến trước 01/07/2025"
    ]
    assert run("lineage", "Quận Ba Đình").splitlines()[2:4] == [
        "  Từ 01/07/2025 không còn cấp huyện. Các xã cũ của nơi này nay thuộc:",
        "    00004  Phường Ba Đình, Thành phố Hà Nội",
    ]


def test_lineage_as_json_goes_both_ways() -> None:
    forward = json.loads(run("lineage", "00007", "--on", "30/06/2025", "--json"))
    assert (forward["outcome"], [each["code"] for each in forward["now"]]) == ("divided", ["00025", "00008"])
    assert {(each["whole"], each["share_permille"]) for each in forward["became"]} == {(False, None)}
    back = json.loads(run("lineage", "00008", "--json"))
    old = {each["place"]["code"]: each["whole"] for each in back["made_from"]}
    assert (back["outcome"], len(old), old["00007"], old["00008"]) == ("unchanged", 8, False, True)
    assert {each["legal_act"] for each in back["made_from"]} == {"Nghị quyết 1656/NQ-UBTVQH15"}


def test_find_says_what_is_only_near() -> None:
    assert run("find", "Phuong Ben Nge").splitlines() == [
        "Không có nơi nào đúng như “Phuong Ben Nge”. Khác một chữ:",
        "26740  Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh – nay là Phường Sài Gòn, Thành phố Hồ Chí Minh",
        "1 nơi",
    ]
    first, *_ = run("find", "thi tran sapa", "--lang", "en").splitlines()
    assert first == "Nothing is called “thi tran sapa”. The same name, another type:"


def test_find_says_when_there_is_nothing_and_when_there_is_more() -> None:
    assert run("find", "zzz") == (
        "Không tìm thấy nơi nào giống “zzz”. Thử riêng tên xã, hoặc thêm tỉnh: “ba đình, hà nội”.\n"
    )
    lines = run("find", "xã").splitlines()
    assert len(lines) == 51
    assert lines[-1] == "… và 10.209 nơi nữa; gõ thêm chữ để thu hẹp."
    assert run("find", "xã", "--lang", "en").splitlines()[-1] == "… and 10,209 more; type more of the name."
