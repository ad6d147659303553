"""Every workbook that officers get is what the law in force asks for, and comes back filled in as it was filled in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from densach.assessing.titles import BY_MODEL, rubric_on
from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.forms import SheetForm, workbooks
from densach.assessing.workbooks.reading import read_workbook_rows
from densach.formats.sheets import EXAMPLE, LISTS, SPECIMEN
from densach.problems import Refused
from tests.assessing.making import LAST_DAY, library
from tests.workbooks.making import FILES, HEAD, fill, forms, keys_row, places, sheet_of, templates

PACKS = [("vn",), ("vn", "demo")]
ASSESSED = {
    "citizen.farmers": "citizen",
    "citizen.workers": "citizen",
    "citizen.officials": "citizen",
    "citizen.learners": "citizen",
    "family": "family",
    "clan": "clan",
    "village": "village",
    "unit": "unit",
    "commune": "commune",
}


@pytest.fixture(params=PACKS, ids=" ".join, scope="module")
def packs(request: pytest.FixtureRequest) -> tuple[str, ...]:
    found: tuple[str, ...] = request.param
    return found


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory, packs: tuple[str, ...]) -> list[tuple[Path, SheetForm]]:
    """Each workbook with each form it should hold."""
    paths = templates(tmp_path_factory.mktemp("mau"), *packs)
    books = workbooks(library(*packs), LAST_DAY)
    assert [path.name for path in paths] == [book.file_name for book in books] == list(FILES)
    return [(path, form) for path, book in zip(paths, books, strict=True) for form in book.sheets]


def test_each_sheet_says_what_it_is_and_what_stands_in_which_column(sheets: list[tuple[Path, SheetForm]]) -> None:
    for path, form in sheets:
        sheet = sheet_of(path, form)
        keys = keys_row(sheet)
        assert sheet["A1"].value == f"densach:{form.id}:{form.version}"
        assert [cell.value for cell in sheet[keys]] == ["note", *(column.key for column in form.columns)]
        titles = [f"{column.title_vi} *" if column.required else column.title_vi for column in form.columns]
        assert [cell.value for cell in sheet[keys + 1]] == ["Ghi chú", *titles]
        examples = [column.example if column.example != "" else None for column in form.columns]
        assert [cell.value for cell in sheet[keys + 2]] == [EXAMPLE, *examples]
        notes = [cell.comment.text if cell.comment else "" for cell in sheet[keys + 1]]
        assert notes == ["", *(column.note_vi for column in form.columns)]


def limits(column: Column) -> tuple[str, ...] | None:
    """What the cells of a column must be held to."""
    if column.kind == "integer":
        return ("whole", str(column.low), str(column.high))
    if column.kind == "number12":
        return ("textLength", "12")
    if column.kind == "yes_no":
        return ("có", "không")
    return tuple((column.choices or {}).values()) if column.kind == "choice" else None


def test_every_cell_is_held_to_the_bounds_and_words_of_its_column(sheets: list[tuple[Path, SheetForm]]) -> None:
    for path, form in sheets:
        book = openpyxl.load_workbook(path)
        sheet = book[form.name]
        columns = {number: key for key, number in places(sheet).items()}
        found: dict[str, tuple[str, ...]] = {}
        for rule in sheet.data_validations.dataValidation:
            (span,) = rule.sqref.ranges
            assert (span.min_row, span.max_row, span.min_col) == (keys_row(sheet) + 2, 200_000, span.max_col)
            if rule.type == "list":
                where = rule.formula1.split("!")[1].replace("$", "")
                words = tuple(str(cell.value) for row in book[LISTS][where] for cell in row)
                found[columns[span.min_col]] = words
            else:
                ends = (rule.formula1, rule.formula2) if rule.formula2 is not None else (rule.formula1,)
                found[columns[span.min_col]] = (rule.type, *ends)
        assert found == {column.key: wanted for column in form.columns if (wanted := limits(column))}


def test_the_columns_of_facts_are_what_the_rubric_asks_in_its_order(packs: tuple[str, ...]) -> None:
    for form_id, model in ASSESSED.items():
        form = forms(*packs)[form_id]
        effective = rubric_on(library(*packs), BY_MODEL[model], LAST_DAY)
        asked = [fact for fact in effective.rubric.facts if fact.counts is None]
        assert [column.key for column in form.facts] == [fact.id for fact in asked]
        assert [column.title_vi for column in form.facts] == [fact.title_vi for fact in asked]
        assert form.version == effective.sources[-1][0]


def test_only_what_nobody_can_count_is_asked_of_the_commune() -> None:
    assert [column.key for column in forms("vn")["literacy"].columns] == ["registered", "especially_difficult"]
    counted = {fact.id for fact in rubric_on(library("vn", "demo"), BY_MODEL["commune"], LAST_DAY).rubric.facts}
    asked = {column.key for column in forms("vn", "demo")["commune"].facts}
    assert counted - asked == {
        "persons_15_35", "literate1_15_35", "persons_15_60", "literate2_15_60", "families", "families_recognised",
        "clans", "clans_recognised", "villages", "villages_recognised", "units", "units_recognised", "adults",
        "adults_recognised",
    }  # fmt: skip


def test_only_the_workbooks_of_the_fictional_pack_say_that_they_are_fictional(
    sheets: list[tuple[Path, SheetForm]], packs: tuple[str, ...]
) -> None:
    banner = SPECIMEN if "demo" in packs else None
    for path, form in sheets:
        sheet = sheet_of(path, form)
        assert [cell.value for row in sheet.iter_rows(max_row=40) for cell in row if cell.value == SPECIMEN] == (
            [banner] if banner else []
        )
        assert sheet.oddHeader.center.text == (f"&B{SPECIMEN}" if banner else None)  # type: ignore[union-attr]


def test_what_is_typed_into_a_template_is_read_as_it_was_typed(tmp_path: Path) -> None:
    form = forms()["register"]
    path = fill(templates(tmp_path)[0], form, [HEAD, {**HEAD, "birth_date": 1980}])
    first, second = read_workbook_rows(path, forms(), LAST_DAY).rows["register"]
    assert {column.key: first.value(column.key) for column in form.columns} == {
        "village": "Thôn Đoài", "household": "H1", "full_name": "Nguyễn Văn Mẫu", "is_head": True,
        "birth_date": "1980-05-01", "sex": "male", "personal_number": "999080000001", "literacy": None,
        "residence": None,
    }  # fmt: skip
    assert second.value("birth_date") == "1980"
    assert first.where("household") == f"Sổ hộ!C{first.number}"


def test_an_empty_template_holds_no_rows(sheets: list[tuple[Path, SheetForm]], packs: tuple[str, ...]) -> None:
    for path in dict.fromkeys(path for path, _ in sheets):
        reading = read_workbook_rows(path, forms(*packs), LAST_DAY)
        assert (sum(len(rows) for rows in reading.rows.values()), reading.problems) == (0, [])


def test_the_same_law_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = templates(tmp_path / "a"), templates(tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_templates_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("")
    with pytest.raises(Refused) as refused:
        templates(tmp_path / "tep")
    assert [found.code for found in refused.value.problems] == ["S105"]
