"""`densach papers unit`: a unit's dossier from a file of facts, without any database."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest

from densach.formats.official.checking import validate_docx, validate_pdf
from densach.formats.official.reading import open_docx, pieces_of_docx
from densach.formats.official.words import SPECIMEN
from tests.cli.making import Terminal
from tests.reporting.papers.test_unit import DISTRICT, EXAMPLE, FACTS, NAMES, PROVINCE


def words(folder: Path, rubric: str = PROVINCE, year: str = "2025") -> tuple[str, ...]:
    about = ("--unit", "Trường MẪU", "--parent", "Sở MẪU", "--symbol", "TM", "--seat", "Ví Dụ")
    return ("--rubric", rubric, *about, "--year", year, "--out", str(folder / "ho-so"))


def test_the_command_writes_both_forms_by_the_decree_and_the_example_says_mau(
    densach: Terminal, tmp_path: Path
) -> None:
    paths = [Path(line) for line in densach("papers", "unit", str(EXAMPLE), *words(tmp_path)).splitlines()]
    assert [path.name for path in paths] == [f"{name}-2025.{form}" for name in NAMES for form in ("pdf", "docx")]
    for pdf, word in zip(paths[::2], paths[1::2], strict=True):
        assert validate_pdf(pdf) + validate_docx(word) == []
        assert all(page.extract_text().count(SPECIMEN) == 2 for page in pypdf.PdfReader(pdf).pages)
        said = "".join("".join(piece.text.split()) for piece in pieces_of_docx(open_docx(word)))
        assert "TRƯỜNGMẪU" in said
    assert densach("judge", PROVINCE, str(EXAMPLE)).splitlines()[0] == SPECIMEN
    assert json.loads(densach("judge", PROVINCE, str(EXAMPLE), "--json"))["MẪU"] == SPECIMEN


@pytest.mark.parametrize(
    ("rubric", "year", "facts", "codes"),
    [
        ("xa-tt25-2023", "2025", {}, ["R122"]),
        (DISTRICT, "2023", {}, ["D102"]),
        ("khong-co", "2025", {}, ["P120"]),
        (PROVINCE, "2025", {"members": 3, "members_trained": 4}, ["F104"]),
        (PROVINCE, "2025", {"MẪU": 1}, ["F101"]),
    ],
)
def test_what_is_not_a_units_case_is_refused(
    densach: Terminal, tmp_path: Path, rubric: str, year: str, facts: dict[str, int], codes: list[str]
) -> None:
    (tmp_path / "so-lieu.json").write_text(json.dumps(facts), "utf-8")
    file = str(tmp_path / "so-lieu.json")
    assert densach.refusals("papers", "unit", file, *words(tmp_path, rubric, year)) == codes
    assert not (tmp_path / "ho-so").exists()


def test_real_facts_are_marked_only_when_asked(densach: Terminal, tmp_path: Path) -> None:
    (tmp_path / "so-lieu.json").write_text(json.dumps(FACTS), "utf-8")
    command = ("papers", "unit", str(tmp_path / "so-lieu.json"), *words(tmp_path))
    for more, marks in (((), 0), (("--fictional",), 2)):
        pdf = Path(densach(*command, *more).splitlines()[2])
        assert pypdf.PdfReader(pdf).pages[0].extract_text().count(SPECIMEN) == marks
