"""A layout file is read as a whole, and each fault is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from densach.formats.certificates.layout import find_layout, shipped_layouts
from densach.problems import Refused

GOOD = """
name = "Phôi của xã"
width = 297
height = 210

[[box]]
says = "{name}"
x = 50
y = 90
width = 200
height = 15
size = 24
least = 12

[[rule]]
x = 10
y = 10
length = 50
stroke = 0.5

[qr]
x = 20
y = 150
size = 25
"""


def written(folder: Path, text: str) -> str:
    path = folder / "cua-xa.toml"
    path.write_text(text, "utf-8")
    return str(path)


def faults(folder: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        find_layout(written(folder, text))
    return [(each.code, each.where) for each in refused.value.problems]


def test_a_layout_of_the_commune_is_read_from_its_file(tmp_path: Path) -> None:
    layout = find_layout(written(tmp_path, GOOD))
    assert (layout.name, layout.width, layout.box[0].says, layout.box[0].parts) == (
        "Phôi của xã",
        297,
        "{name}",
        ("name",),
    )


def test_ours_are_found_by_name() -> None:
    assert shipped_layouts() == ("day-du", "phoi")
    assert find_layout("phoi").name == "Chữ in lên phôi, A4 nằm ngang"


def test_an_unknown_name_and_a_file_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    for given, code in (("dep", "R130"), (str(tmp_path / "khong-co.toml"), "R131")):
        with pytest.raises(Refused) as refused:
            find_layout(given)
        assert [each.code for each in refused.value.problems] == [code]
    assert faults(tmp_path, "name = ") == [("R131", str(tmp_path / "cua-xa.toml"))]


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("size = 24", "", "R132", "cua-xa.toml box 1"),
        ("size = 24", "size = 2", "R132", "cua-xa.toml box 1.size"),
        ("size = 24", 'size = "to"', "R132", "cua-xa.toml box 1.size"),
        ("size = 24", "size = 24\ncolor = 1", "R132", "cua-xa.toml box 1"),
        ("size = 24", 'size = 24\ncolour = "xanh"', "R132", "cua-xa.toml box 1.colour"),
        ("size = 24", 'size = 24\nalign = "giữa"', "R132", "cua-xa.toml box 1.align"),
        ('name = "Phôi của xã"', "", "R132", "cua-xa.toml"),
        ("size = 25", "size = 5", "R132", "cua-xa.toml.qr.size"),
        ("{name}", "{ten}", "R133", "cua-xa.toml box 1"),
        ("{name}", "{0}", "R133", "cua-xa.toml box 1"),
        ("{name}", "{name", "R133", "cua-xa.toml box 1"),
        ("{name}", "{name.year}", "R133", "cua-xa.toml box 1"),
        ("width = 200", "width = 260", "R134", "cua-xa.toml box 1"),
        ("length = 50", "length = 290", "R134", "cua-xa.toml rule 1"),
        ("y = 150", "y = 190", "R134", "cua-xa.toml qr 1"),
        ("x = 10", "x = -1", "R134", "cua-xa.toml rule 1"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, code: str, where: str) -> None:
    assert GOOD.count(old) == 1
    assert faults(tmp_path, GOOD.replace(old, new)) == [(code, where)]


def test_every_table_with_a_fault_is_named_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace("size = 24", "size = 2").replace("stroke = 0.5", "stroke = -1").replace("size = 25", "")
    assert faults(tmp_path, broken) == [
        ("R132", "cua-xa.toml box 1.size"),
        ("R132", "cua-xa.toml rule 1.stroke"),
        ("R132", "cua-xa.toml.qr"),
    ]
