"""The lists of `field` research, section 6, as far as they speak of the units in force."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from unicodedata import is_normalized

from densach.places.shipped import communes, provinces

# Code: xã, phường, đặc khu; counted in the resolutions 1654-1687/NQ-UBTVQH15.
COUNTS = {
    "01": (75, 51, 0),
    "04": (53, 3, 0),
    "08": (117, 7, 0),
    "11": (42, 3, 0),
    "12": (36, 2, 0),
    "14": (67, 8, 0),
    "15": (89, 10, 0),
    "19": (77, 15, 0),
    "20": (61, 4, 0),
    "22": (22, 30, 2),
    "24": (66, 33, 0),
    "25": (133, 15, 0),
    "31": (67, 45, 2),
    "33": (93, 11, 0),
    "37": (97, 32, 0),
    "38": (147, 19, 0),
    "40": (119, 11, 0),
    "42": (60, 9, 0),
    "44": (69, 8, 1),
    "46": (19, 21, 0),
    "48": (70, 23, 1),
    "51": (86, 9, 1),
    "52": (110, 25, 0),
    "56": (48, 16, 1),
    "66": (88, 14, 0),
    "68": (103, 20, 1),
    "75": (72, 23, 0),
    "79": (54, 113, 1),
    "80": (82, 14, 0),
    "82": (82, 20, 0),
    "86": (105, 19, 0),
    "91": (85, 14, 3),
    "92": (72, 31, 0),
    "96": (55, 9, 0),
}


def test_there_are_28_provinces_and_6_cities() -> None:
    assert Counter(unit.type for unit in provinces()) == {"tỉnh": 28, "thành phố": 6}
    assert {unit.name for unit in provinces() if unit.type == "thành phố"} == {
        "Thành phố Hà Nội",
        "Thành phố Hải Phòng",
        "Thành phố Huế",
        "Thành phố Đà Nẵng",
        "Thành phố Hồ Chí Minh",
        "Thành phố Cần Thơ",
    }


def test_there_are_3321_communes_of_three_types() -> None:
    assert Counter(unit.type for unit in communes()) == {"xã": 2621, "phường": 687, "đặc khu": 13}


def test_each_province_has_the_communes_of_its_resolution() -> None:
    counted = Counter((unit.province, unit.type) for unit in communes())
    found = {unit.code: tuple(counted[unit.code, kind] for kind in ("xã", "phường", "đặc khu")) for unit in provinces()}
    assert found == COUNTS


def test_codes_are_distinct_and_have_two_or_five_digits() -> None:
    province_codes, commune_codes = [unit.code for unit in provinces()], [unit.code for unit in communes()]
    assert len(set(province_codes)) == 34
    assert len(set(commune_codes)) == 3321
    assert [code for code in province_codes if not re.fullmatch(r"\d\d", code)] == []
    assert [code for code in commune_codes if not re.fullmatch(r"\d{5}", code)] == []


def test_names_are_written_in_one_way() -> None:
    written = re.compile(r"(Tỉnh|Thành phố|Xã|Phường|Đặc khu)( [\w'\-]+)+")
    names = [unit.name for unit in (*provinces(), *communes())]
    assert [name for name in names if not (is_normalized("NFC", name) and written.fullmatch(name))] == []
    assert [unit for unit in communes() if not unit.name.lower().startswith(unit.type + " ")] == []
    assert sum("'" in name for name in names) == 7


def test_codes_that_other_lists_have_wrong_are_right_here() -> None:
    by_code = {unit.code: unit.name for unit in communes()}
    assert {code: by_code.get(code) for code in ("23938", "00082", "31207", "00004")} == {
        "23938": "Xã Ia Mơ",
        "00082": "Phường Cửa Nam",
        "31207": "Phường Thốt Nốt",
        "00004": "Phường Ba Đình",
    }
    assert {"23737", "00073", "31212"} & by_code.keys() == set()


def test_every_unit_is_valid_from_the_day_of_the_law_and_names_its_source() -> None:
    units = [*provinces(), *communes()]
    assert {unit.valid_from for unit in units} == {date(2025, 7, 1)}
    assert {unit.source for unit in units} == {"QĐ 19/2025/QĐ-TTg; PyPI vietnamadminunits 1.0.4"}


def test_published_figures_of_the_provinces_add_up_to_the_printed_sums() -> None:
    assert sum(unit.population or 0 for unit in provinces()) == 112_093_848
    assert round(sum(unit.area or 0 for unit in provinces()) / 10) == 3_313_335


def test_an_area_that_may_be_another_communes_is_left_empty() -> None:
    known = [(unit.name, unit.area) for unit in communes() if unit.area is not None]
    assert len(known) == 3321 - 313
    assert len(set(known)) == len(known)
    assert min(area for _, area in known) > 50
    assert {unit.area for unit in communes() if unit.code in {"06187", "19147", "19159", "28435"}} == {None}
