"""The units before 01/07/2025 and what became of them, counted as in the README of the data."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from unicodedata import is_normalized

from densach.places.shipped import (
    communes,
    lineage,
    past_communes,
    past_districts,
    past_provinces,
    provinces,
    resolutions,
)

FORMER_ISLAND_DISTRICTS = {"11948", "19742", "20333", "21548", "26732"}


PARTS = {1: 9594, 2: 369, 3: 55, 4: 16, 5: 1}


def parts() -> Counter[str]:
    """Into how many new communes each old one went."""
    return Counter(each.old for each in lineage() if each.level == "commune")


def test_there_were_63_provinces_696_districts_and_10035_communes() -> None:
    assert Counter(unit.type for unit in past_provinces()) == {"tỉnh": 57, "thành phố": 6}
    assert Counter(unit.type for unit in past_districts()) == {"huyện": 508, "thành phố": 87, "thị xã": 52, "quận": 49}
    # Printed are 7,694 xã and 1,724 phường: there Phường 5 and Phường 15 of Quận Phú Nhuận count as xã.
    assert Counter(unit.type for unit in past_communes()) == {"xã": 7692, "phường": 1726, "thị trấn": 617}


def test_every_unit_lies_in_one_that_is_listed() -> None:
    assert {unit.above for unit in past_districts()} == {unit.code for unit in past_provinces()}
    empty = {each.old for each in lineage() if each.level == "district"}
    assert {unit.above for unit in past_communes()} | empty == {unit.code for unit in past_districts()}
    assert len(empty) == 5


def test_old_names_and_codes_are_written_in_one_way() -> None:
    written = re.compile(r"(Tỉnh|Thành phố|Thị xã|Thị trấn|Quận|Huyện|Xã|Phường)( [\w'\-]+)+")
    units = [*past_provinces(), *past_districts(), *past_communes()]
    assert [unit for unit in units if not (is_normalized("NFC", unit.name) and written.fullmatch(unit.name))] == []
    assert [unit for unit in units if not unit.name.lower().startswith(unit.type + " ")] == []
    lengths = {2: past_provinces(), 3: past_districts(), 5: past_communes()}
    for length, level in lengths.items():
        codes = [unit.code for unit in level]
        assert len(set(codes)) == len(codes)
        assert [code for code in codes if not re.fullmatch(rf"\d{{{length}}}", code)] == []


def test_hue_was_a_city_with_the_quarters_of_2025() -> None:
    assert {unit.name for unit in past_provinces() if unit.code == "46"} == {"Thành phố Huế"}
    assert {unit.name for unit in past_districts() if unit.above == "46" and unit.type == "quận"} == {
        "Quận Thuận Hóa",
        "Quận Phú Xuân",
    }


def test_codes_were_used_again() -> None:
    old, new = {unit.code: unit for unit in past_communes()}, {unit.code: unit for unit in communes()}
    shared = old.keys() & new.keys()
    assert (len(shared), new.keys() - shared) == (3316, FORMER_ISLAND_DISTRICTS)
    assert sum(old[code].name.split(" ", 1) != new[code].name.split(" ", 1) for code in shared) == 2145
    assert (old["00004"].name, new["00004"].name) == ("Phường Trúc Bạch", "Phường Ba Đình")
    assert ("23737" in old, "23938" in old, new["23938"].name) == (True, True, "Xã Ia Mơ")


def test_every_old_unit_has_a_successor_and_every_new_one_a_source() -> None:
    assert parts().keys() == {unit.code for unit in past_communes()}
    sources: dict[str, set[str]] = defaultdict(set)
    for each in lineage():
        sources[each.new].add(each.level)
    assert {code for code, levels in sources.items() if levels == {"district"}} == FORMER_ISLAND_DISTRICTS
    assert {unit.code for unit in (*communes(), *provinces())} == sources.keys()
    assert {each.old for each in lineage() if each.level == "province"} == {unit.code for unit in past_provinces()}


def test_9594_communes_went_whole_and_441_were_divided() -> None:
    """The official table has 10,033 of the 10,035: 9,592 and 441; see the README of the data."""
    assert Counter(parts().values()) == PARTS
    relations = {code: {each.relation for each in lineage() if each.old == code} for code in ("00004", "00007")}
    assert relations == {"00004": {"whole"}, "00007": {"part"}}
    divided = {code for code, count in parts().items() if count > 1}
    assert {each.old for each in lineage() if each.relation == "part"} == divided


# Where the official table and ours differed, read in the clause of the resolution that is named.
READ = {
    "01651": [("01648", "whole")],  # Xã Mỹ Hưng into Xã Phục Hòa, 1657 clause 38; not in the official table
    "01615": [("01636", "whole")],  # Xã Hồng Quang, 1657 clause 39; the table gives it to Xã Phục Hòa too
    "02482": [("02494", "whole")],  # Xã Phú Thịnh into Xã Thái Bình, 1684 clause 28; not in the official table
    "02485": [("02458", "whole")],  # Xã Công Đa, 1684 clause 27; the table gives it to Xã Thái Bình too
    "28036": [("28036", "whole")],  # Thị trấn Thủ Thừa, 1682 clause 20; the package divided it
}


def test_what_the_official_table_lacks_was_read_in_the_resolutions() -> None:
    found = {code: [(each.new, each.relation) for each in lineage() if each.old == code] for code in READ}
    assert found == READ
    pairs = {(each.old, each.new) for each in lineage() if each.level == "commune"}
    assert {("00556", "00562"), ("09013", "09817"), ("23053", "23041")} <= pairs
    assert ("00553", "00562") not in pairs
    assert len(pairs) == 10_566


def test_hue_had_the_units_of_its_resolution() -> None:
    """Nine districts and 133 communes from 01/01/2025, as the resolution was reported (cand.com.vn, 29/12/2024)."""
    districts = {unit.code: unit.type for unit in past_districts() if unit.above == "46"}
    assert Counter(districts.values()) == {"huyện": 4, "thị xã": 3, "quận": 2}
    assert Counter(unit.type for unit in past_communes() if unit.above in districts) == {
        "xã": 78,
        "phường": 48,
        "thị trấn": 7,
    }


def test_132_communes_and_11_provinces_stayed_the_same_place() -> None:
    same = [each for each in lineage() if each.relation == "same"]
    assert Counter(each.level for each in same) == {"commune": 132, "province": 11}
    assert [each for each in same if each.level == "commune" and each.old != each.new] == []
    sources = Counter(each.new for each in lineage() if each.level == "commune")
    assert {sources[each.new] for each in same if each.level == "commune"} == {1}


# Read in the conversion table of the statistics office: each "Nhập toàn bộ"; the source of our lists divides all 16.
HOMONYMS = {
    "31246": "31246",
    "31268": "31288",
    "31378": "31378",
    "31379": "31378",
    "31438": "31408",
    "31474": "31473",
    "31480": "31480",
    "31483": "31495",
    "31582": "31582",
    "31606": "31591",
    "31657": "31654",
    "31666": "31666",
    "31669": "31639",
    "31714": "31726",
    "31741": "31741",
    "31744": "31741",
}
KEPT_IN_CAN_THO = {"31213", "31249", "31264", "31309", "31537", "31603", "31795", "31810"}  # "Giữ nguyên" there


def test_homonyms_did_not_become_divided() -> None:
    """Such as two Xã Thạnh Quới, 99 km apart, which the source gives to both new communes."""
    found = [(each.old, each.new) for each in lineage() if each.level == "commune" and each.old in HOMONYMS]
    assert found == list(HOMONYMS.items())


def test_what_was_kept_in_can_tho_is_the_same_place() -> None:
    province_of = {unit.code: unit.province for unit in communes()}
    same = {each.new for each in lineage() if each.relation == "same" and province_of.get(each.new) == "92"}
    assert same == KEPT_IN_CAN_THO


def test_a_commune_stays_in_the_province_that_took_in_its_own() -> None:
    into = {each.old: each.new for each in lineage() if each.level == "province"}
    district_of = {unit.code: unit.above for unit in past_communes()}
    province_of = {unit.code: unit.above for unit in past_districts()}
    now = {unit.code: unit.province for unit in communes()}
    moved = [
        each
        for each in lineage()
        if each.level == "commune" and into[province_of[district_of[each.old]]] != now[each.new]
    ]
    assert moved == []


def test_there_is_one_resolution_for_each_province() -> None:
    assert resolutions().keys() == {unit.code for unit in provinces()}
    assert sorted(resolutions().values()) == [f"{number}/NQ-UBTVQH15" for number in range(1654, 1688)]
