"""`policy check`: each mistake has its code and its line, and the law we ship has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from densach.policy.checking import check
from densach.policy.files import HOME
from densach.policy.reading import line_at, open_source
from tests.policy.writing import CITES, INDICATOR, change, copy, write


def found_in(folder: Path) -> list[tuple[str, int]]:
    pairs = [(found.code, found.where.rpartition(":")) for found in check((), (folder,)).problems]
    return [(code, int(line) if line.isdigit() else 0) for code, (_, _, line) in pairs]


def test_the_law_we_ship_has_no_mistake() -> None:
    assert check(("vn", "demo")).problems == ()


def test_the_states_are_those_of_the_survey() -> None:
    states = {name: found.state for name, found in check().coverage.items()}
    unknown = {"thon-448-2015", "giadinh-387-2022", "dongho-387-2022", "thon-387-2022", "donvixa-387-2022"}
    assert {name for name, state in states.items() if state == "complete"} == {"xmc-nd20-2014"}
    assert {name for name, state in states.items() if state == "unknown"} == unknown
    assert len([state for state in states.values() if state == "partial"]) == 13


def test_what_is_read_is_counted() -> None:
    found = check().coverage
    assert found["donvi-tt22-2020"][1:] == (8, 9, 85, 100, 9, 9)
    assert found["congdan-324-2022"][1:] == (10, 10, 100, 100, 11, 11)
    assert found["congdan-pilot-2020"][1:] == (10, 10, 0, 100, 0, 1)
    assert found["donvihuyen-tt24-2023"][1:] == (8, 11, None, None, 14, 18)
    assert found["xa-tt25-2023"][1:] == (6, 9, None, None, 12, 12)
    assert found["giadinh-448-2015"][1:] == (5, 8, 40, "unknown", 3, 4)


def test_the_small_rubric_of_these_tests_has_no_mistake(tmp_path: Path) -> None:
    write(tmp_path, "mau-nho.yaml", copy())
    assert found_in(tmp_path) == []


SPOILT: list[tuple[str, tuple[int | str, ...], object, tuple[int | str, ...]]] = [
    ("P201", (*INDICATOR, "cites"), [], INDICATOR),
    ("P202", ("document",), "tt22-2020", ("document",)),
    ("P202", ("cites", 0, "document"), "none", ("cites", 0, "document")),
    ("P203", (*INDICATOR, "cites", 0, "source"), "nowhere", (*INDICATOR, "cites", 0, "source")),
    ("P204", ("facts", 1, "part_of"), "nobody", ("facts", 1, "part_of")),
    ("P204", ("enumerates",), ["nobody"], ("enumerates", 0)),
    ("P206", (*INDICATOR, "base"), None, INDICATOR),
    ("P207", (*INDICATOR, "levels", 1, "value"), "150%", (*INDICATOR, "levels", "1")),
    ("P207", (*INDICATOR, "levels", 1, "value"), 5, (*INDICATOR, "levels", "1")),
    ("P207", ("levels", 0, "at_least", "value"), 11, ("levels", 0, "at_least")),
    ("P208", (*INDICATOR, "when_not_applicable"), None, INDICATOR),
    ("P210", ("valid_to",), "2024-01-26", ("valid_to",)),
    ("P211", (*INDICATOR, "points"), 9, ("criteria", 0, "points")),
    ("P211", ("total",), 20, ("total",)),
    ("P212", ("valid_from",), "2024-02-30", ("valid_from",)),
    ("P213", (*INDICATOR, "when_not_applicable"), "unknown", ("enumerates",)),
    ("P216", (*INDICATOR, "text_vi"), None, INDICATOR),
    ("P217", ("facts", 0, "high"), None, ("facts", 0)),
    ("P218", ("levels", 0, "id"), 2, (*INDICATOR, "levels", "1")),
    ("P220", ("id",), "mau-khac", ("id",)),
    ("P221", (*INDICATOR, "levels", 1), {"value": "unknown", "mark": "read"}, (*INDICATOR, "levels", "1", "mark")),
]


@pytest.mark.parametrize(("code", "trail", "value", "line_of"), SPOILT)
def test_a_mistake_has_its_code_and_line(
    tmp_path: Path, code: str, trail: tuple[int | str, ...], value: object, line_of: tuple[int | str, ...]
) -> None:
    rubric = copy()
    change(rubric, trail, value)
    path = write(tmp_path, "mau-nho.yaml", rubric)
    assert (code, line_at(open_source(path), line_of)) in found_in(tmp_path)


def test_a_fact_that_is_unknown_and_one_that_is_unused(tmp_path: Path) -> None:
    rubric = copy()
    change(rubric, (*INDICATOR, "fact"), "pupils")
    path = write(tmp_path, "mau-nho.yaml", rubric)
    source = open_source(path)
    unknown = ("P204", line_at(source, (*INDICATOR, "fact")))
    assert sorted(found_in(tmp_path)) == [unknown, ("P205", line_at(source, ("facts", 1)))]


def test_an_id_used_twice(tmp_path: Path) -> None:
    rubric = copy()
    change(rubric, ("facts", 1, "id"), "members")
    change(rubric, ("facts", 1, "part_of"), None)
    change(rubric, (*INDICATOR, "fact"), "members")
    write(tmp_path, "mau-nho.yaml", rubric)
    assert "P209" in [code for code, _ in found_in(tmp_path)]


def test_a_lost_reference(tmp_path: Path) -> None:
    rubric = copy()
    lost = {"id": "2", "same_as": "mau-nho/9", "mark": "read", "cites": CITES}
    change(rubric, ("criteria", 0), lost)
    path = write(tmp_path, "mau-nho.yaml", rubric)
    assert found_in(tmp_path) == [("P122", line_at(open_source(path), ("criteria", 0, "same_as")))]


def test_made_up_law_among_real_law(tmp_path: Path) -> None:
    path = write(tmp_path, "mau-nho.yaml", copy() | {"mark": "fictional"})
    assert found_in(tmp_path) == [("P112", line_at(open_source(path), ("mark",)))]


def test_cases_that_name_nothing(tmp_path: Path) -> None:
    write(tmp_path, "mau-nho.yaml", copy())
    case = {"name": "MẪU", "on": "2024-06-01", "given": {"pupils": 1}, "expect": {"verdict": "unknown"}}
    write(tmp_path, "mau-nho.cases.yaml", {"rubric": "mau-nho", "cases": [case]})
    write(tmp_path, "other.cases.yaml", {"rubric": "mau-to", "cases": []})
    assert [code for code, _ in found_in(tmp_path)] == ["P214", "P215"]


def test_a_power_without_its_office_and_a_figure_without_its_mark(tmp_path: Path) -> None:
    power = {"title_key": "x", "office": "nobody", "valid_from": "2024", "mark": "read", "cites": CITES}
    goal = {"year": 2025, "value": 40, "mark": None}
    target = {"id": "mau", "document": "tt22-2020-bgddt", "title_vi": "MẪU", "title_en": "MẪU", "subject": "x"}
    write(tmp_path, "powers.yaml", [power])
    write(tmp_path, "targets.yaml", [target | {"unit": "%", "goals": [goal], "mark": "read", "sources": []}])
    assert [code for code, _ in found_in(tmp_path)] == ["P219", "P222"]


def test_every_shipped_file_names_its_schema() -> None:
    for path in (path for pack in ("vn", "demo") for path in (HOME / pack).rglob("*.yaml")):
        first = path.read_text("utf-8").partition("\n")[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).resolve().parent == HOME / "schema"
        assert (path.parent / schema).is_file()


def test_a_folder_of_the_package_is_not_read_twice() -> None:
    assert check(("vn",), (HOME / "vn",)).problems == ()


def test_a_folder_without_policy_files(tmp_path: Path) -> None:
    assert [found.code for found in check((), (tmp_path,)).problems] == ["P108"]
