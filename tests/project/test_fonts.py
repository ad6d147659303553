"""The committed fonts carry every Vietnamese letter into a paper, with no help from the machine's own."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
import typst
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

FONTS = Path(str(files("densach"))) / "formats" / "fonts"
LETTERS = "ế ộ ữ Ặ ỵ Đ đ ơ Ư ẫ ₫"


def test_four_faces_and_their_licence_are_in_the_package() -> None:
    assert sorted(path.name for path in FONTS.iterdir() if path.suffix != ".py") == [
        "OFL.txt",
        "Tinos-Bold.ttf",
        "Tinos-BoldItalic.ttf",
        "Tinos-Italic.ttf",
        "Tinos-Regular.ttf",
    ]


@pytest.mark.parametrize(
    ("style", "face"),
    [
        ("", "Tinos"),
        ('weight: "bold"', "Tinos-Bold"),
        ('style: "italic"', "Tinos-Italic"),
        ('weight: "bold", style: "italic"', "Tinos-BoldItalic"),
    ],
)
def test_a_paper_holds_the_letters_in_our_face(tmp_path: Path, style: str, face: str) -> None:
    paper = tmp_path / "paper.typ"
    paper.write_text(f'#set text(font: "Tinos", {style})\n{LETTERS}\n', "utf-8")
    made = typst.compile(str(paper), font_paths=[str(FONTS)], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    page = PdfReader(BytesIO(made)).pages[0]
    assert (page.extract_text().split(), faces(page)) == (LETTERS.split(), {face})


def faces(page: PageObject) -> set[str]:
    """The fonts that a page holds, without the random letters that mark a subset."""
    fonts = inner(inner(page, "/Resources"), "/Font")
    return {str(inner(fonts, name)["/BaseFont"]).split("+")[-1] for name in fonts}


def inner(outer: DictionaryObject, name: str) -> DictionaryObject:
    found = outer[name]
    assert isinstance(found, DictionaryObject)
    return found
