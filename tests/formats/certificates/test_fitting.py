"""Words get smaller, then get lines, then are refused; on the drawn page nothing is ever outside its box."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from densach.formats.certificates.fitting import fit
from densach.formats.certificates.layout import find_layout, shipped_layouts
from densach.formats.typeface import face
from densach.problems import Refused
from tests.formats.certificates.making import one_box, printed, sheets, words

SYLLABLES = (
    "Nguyễn",
    "Thị",
    "Ẵng",
    "Ngẫu",
    "Quỵnh",
    "H’Wưng",
    "Y",
    "Bhŏk",
    "Ênuôl",
    "Ỹ",
    "Đắk",
    "fi",
    "AVA",
    "To",
    "W.",
)
names = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=20).map(" ".join)
LONGEST = " ".join(["Nguyễn Phước Tằng Tôn Nữ Ngọc Thảo"] * 4)[:120].strip()


def sizes(text: str, **said: object) -> tuple[float, int] | None:
    """The size and the number of lines in which a text stands in a box of 60 mm."""
    found = fit(text, one_box(**said).box[0])
    return (found.size, len(found.lines)) if found else None


def test_a_short_name_keeps_its_size() -> None:
    assert sizes("Lê Thị Mẫu") == (20, 1)


def test_a_longer_name_gets_smaller_and_stays_on_one_line() -> None:
    found = sizes("Nguyễn Thị Ánh Nguyệt Minh")
    assert found is not None
    assert 10 <= found[0] < 20
    assert found[1] == 1


def test_a_name_that_is_too_long_at_the_smallest_size_gets_lines() -> None:
    found = fit("Nguyễn Phước Công Tằng Tôn Nữ Hoàng Thị Bích Ngọc", one_box().box[0])
    assert found is not None
    assert found.lines == ("Nguyễn Phước Công Tằng", "Tôn Nữ Hoàng Thị Bích Ngọc")
    assert found.size >= 10


def test_a_box_without_a_smallest_size_sets_its_size_or_lines() -> None:
    assert sizes("Lê Thị Mẫu Lê Thị Mẫu", least=None) is None
    assert sizes("Lê Thị Mẫu Lê Thị Mẫu", least=None, height=20) == (20, 2)


@pytest.mark.parametrize("said", [{"height": 4}, {"width": 5}, {"height": 6, "width": 40}])
def test_what_fits_in_no_way_is_not_set(said: dict[str, object]) -> None:
    assert sizes(LONGEST, **said) is None


def test_who_does_not_fit_is_named_and_nothing_is_printed() -> None:
    long = words(2, name="Hộ " + LONGEST * 3)
    with pytest.raises(Refused) as refused:
        printed([words(1), long, words(3)], one_box())
    (found,) = refused.value.problems
    assert (found.code, found.where) == ("R135", long.name)
    assert found.words["least"] == "10"


def test_a_letter_that_the_typeface_lacks_is_refused_with_its_name() -> None:
    with pytest.raises(Refused) as refused:
        printed([words(name="Hộ Lê 漢 Mẫu 字")], one_box())
    assert [(each.code, each.words["letters"]) for each in refused.value.problems] == [("R136", "漢 字")]


def test_letters_of_a_name_are_not_rewritten() -> None:
    apart = "Nguyê\u0303n Thị Mẫu"
    (sheet,) = sheets(printed([words(name=apart)], one_box()))
    assert sheet.text == "Nguyễn Thị Mẫu"


@settings(max_examples=12, deadline=None)
@given(st.lists(names, min_size=1, max_size=12), st.booleans(), st.booleans(), st.sampled_from(["left", "center"]))
def test_nothing_is_drawn_outside_its_box(drawn: list[str], bold: bool, italic: bool, align: str) -> None:
    layout = one_box(bold=bold, italic=italic, align=align, least=6, height=14)
    pages = sheets(printed([words(name=name) for name in drawn], layout))
    assert [page.text for page in pages if page.outside(layout)] == []
    assert [page.text for page in pages] == drawn


@pytest.mark.parametrize("name", shipped_layouts())
@pytest.mark.parametrize("person", ["Lê Thị Mẫu", LONGEST, "H’Wưng Ksor Y Bhŏk Ênuôl Ẵng Quỵnh"])
def test_a_layout_of_ours_holds_long_names_of_people_and_villages(name: str, person: str) -> None:
    layout = find_layout(name)
    long = words(
        name=person,
        address="Thôn Bản Khuổi Nặm Lịch Thượng Hạ Đông Đoài, xã MẪU Đèn Sách Thượng Nguồn, tỉnh Thái Nguyên",
        now="nay là xã MẪU Đuốc Sáng Hạ Nguồn, tỉnh Thái Nguyên",
        level="Mức độ 2 (Tốt)",
        authority="TM. Ủy ban nhân dân",
        reprint="Bản in lại ngày 05/06/2028",
    )
    (sheet,) = sheets(printed([long], layout))
    assert sheet.outside(layout) is None
    assert person in sheet.text


@given(st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=40))
def test_a_letter_is_either_measured_or_missing(text: str) -> None:
    here = face()
    for letter in text:
        assert (ord(letter) in here.advances) != (letter in here.missing(text))
