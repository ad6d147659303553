"""Draw the pages of official papers and look at their ink; open a .docx in a real word processor."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from densach.formats.official.checking import validate_docx, validate_pdf
from densach.formats.official.model import Official, Table
from densach.formats.official.pdf import official_pdf
from densach.formats.official.reading import open_docx, pieces_of_docx
from densach.formats.official.word import write_docx
from densach.formats.official.words import DRAFT, SPECIMEN, spell

ROOT = Path(__file__).resolve().parents[3]
FONTS = ROOT / "src/densach/formats/fonts"
SCALE = 2  # pixels in a point
DARK = 120  # of 255: darker than the MẪU that lies behind the words
MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 30, 195, 20, 277  # millimetres from the upper left corner
NEAR = 1  # a letter leans out of its place by less than this
MISSING = (
    "LibreOffice is not installed, so nothing is known of how our .docx look in a word processor. As root run: "
    "apt-get install --no-install-recommends $(cat tools/debian-packages.txt)"
)
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>Times New Roman</family><prefer><family>Tinos</family></prefer></alias>
</fontconfig>"""


def by_word_processor(papers: Sequence[Path], folder: Path) -> list[Path]:
    """Each .docx as the PDF that a real word processor makes of it, in the same order.

    Where Times New Roman is not installed, Tinos stands for it: every letter is as wide.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.fail(MISSING)
    folder.mkdir()
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format(fonts=FONTS, cache=folder / "cache"), "utf-8")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", str(folder), *map(str, papers)],
        env={**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    made = [folder / f"{paper.stem}.pdf" for paper in papers]
    assert all(path.exists() for path in made), done.stderr
    return made


@dataclass(frozen=True)
class Box:
    """A part of a page in millimetres from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Drawn:
    """A PDF of which every page was drawn."""

    def __init__(self, path: Path) -> None:
        self.document = pypdfium2.PdfDocument(str(path))
        self.pages = [self.document[at] for at in range(len(self.document))]
        self.images = [page.render(scale=SCALE, grayscale=True).to_pil() for page in self.pages]

    def ink(self, page: int, box: Box | None = None) -> Box | None:
        """The smallest box around all that is dark on a page, or on a part of it; nothing if there is none."""
        image = self.images[page]
        left, top = (box.left * MM * SCALE, box.top * MM * SCALE) if box else (0, 0)
        if box:
            image = image.crop((round(left), round(top), round(box.right * MM * SCALE), round(box.bottom * MM * SCALE)))
        found = image.point([255 if shade < DARK else 0 for shade in range(256)]).getbbox()
        if found is None:
            return None
        dx, dy = round(left), round(top)
        return Box(*(side / SCALE / MM for side in (found[0] + dx, found[1] + dy, found[2] + dx, found[3] + dy)))

    def find(self, text: str) -> list[tuple[int, Box]]:
        """Where a text stands: its page, and a box around its first letter."""
        return [(number, box) for number, page in enumerate(self.pages) for box in _places(page, text)]


def _places(page: pypdfium2.PdfPage, text: str) -> Iterator[Box]:
    words, height = page.get_textpage(), page.get_height()
    search = words.search(text, match_case=True)
    while found := search.get_next():
        left, bottom, right, top = words.get_charbox(found[0])
        yield Box(left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)


def faults_of_pages(path: Path, document: Official) -> list[str]:
    """What is wrong with the pages as they are drawn: blank, outside the margins, or written over where one signs."""
    drawn = Drawn(path)
    faults = [f"trang {page + 1}: {fault}" for page in range(len(drawn.pages)) for fault in _on_page(drawn, page)]
    return [*faults, *_where_one_signs(drawn, document)]


def _on_page(drawn: Drawn, page: int) -> Iterator[str]:
    if drawn.ink(page, Box(LEFT, TOP, RIGHT, BOTTOM)) is None:
        yield "trống"
    whole = drawn.ink(page)
    if whole is not None and (whole.left < LEFT - NEAR or whole.right > RIGHT + NEAR):
        yield f"ra ngoài lề: {whole}"
    middle = 105 + (LEFT - 15) / 2
    above = drawn.ink(page, Box(0, 0, 210, TOP - NEAR))
    if above is not None and (page == 0 or above.left < middle - 6 or above.right > middle + 6):
        yield f"có chữ ở lề trên: {above}"
    below = drawn.ink(page, Box(0, BOTTOM + NEAR, 210, 297))
    said = drawn.pages[page].get_textpage().get_text_bounded()
    if below is not None and SPECIMEN not in said and DRAFT not in said:
        yield f"có chữ ở lề dưới: {below}"


def _where_one_signs(drawn: Drawn, document: Official) -> Iterator[str]:
    """Between the office and the name there is room for a signature and a seal, and nothing stands in it."""
    signatures = spell(document).signatures
    annexes = [page for page, box in drawn.find("Phụ lục") if page and box.top < TOP + 10] if document.annexes else []
    end = min(annexes, default=len(drawn.pages))  # an annex may name the office in its title
    for signature, (left, right) in zip(signatures, _columns(len(signatures)), strict=True):
        found = drawn.find(signature.office)
        places = [(page, box) for page, box in found if page < end and left <= box.left <= right]
        if not places:
            yield f"không thấy {signature.office}"
            continue
        page, office = places[-1]
        room = Box(left, office.bottom + 3, right, office.bottom + 20)
        if room.bottom > BOTTOM or drawn.ink(page, room) is not None:
            yield f"chỗ ký của {signature.office} không trống: {drawn.ink(page, room)}"


def _columns(signatures: int) -> list[tuple[float, float]]:
    right = (LEFT + 80.0, float(RIGHT))
    return [right] if signatures == 1 else [(LEFT, right[0]), right]


def letters_of_pdf(path: Path, document: Official) -> str:
    """The letters between the margins, with the head of each kind of table once."""
    top, bottom = (297 - TOP) * MM, (297 - BOTTOM) * MM
    said: list[str] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        slant = cm[0] * tm[1] + cm[1] * tm[3]
        height = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        if abs(slant) < 0.01 and bottom < height < top:
            said.append(text)

    for page in pypdf.PdfReader(path).pages:
        page.extract_text(visitor_text=visit)
    return _heads_once("".join("".join(said).split()), document)


def letters_of_docx(path: Path, document: Official) -> str:
    """The letters of a .docx without headers and footers, with the head of each kind of table once."""
    return _heads_once("".join("".join(piece.text.split()) for piece in pieces_of_docx(open_docx(path))), document)


def _heads_once(letters: str, document: Official) -> str:
    blocks = [*document.blocks, *(block for annex in document.annexes for block in annex.blocks)]
    for headers in dict.fromkeys(block.headers for block in blocks if isinstance(block, Table)):
        head = "".join("".join(headers).split())
        first, once, rest = letters.partition(head)
        letters = first + once + rest.replace(head, "")
    return letters


def faults_of_both_forms(papers: Mapping[str, Official], folder: Path) -> dict[str, list[str]]:
    """What is wrong with papers as PDF, as .docx, and as the PDF that a word processor makes of the .docx, by name."""
    made, word_files = date(2026, 3, 1), []
    for name, document in papers.items():
        write_docx(folder / f"{name}.docx", document, made_on=made)
        (folder / f"{name}.pdf").write_bytes(official_pdf(document, made_on=made))
        word_files.append(folder / f"{name}.docx")
    opened = by_word_processor(word_files, folder / "opened")
    faults = {}
    for (name, document), word, seen in zip(papers.items(), word_files, opened, strict=True):
        printed = folder / f"{name}.pdf"
        found = [*faults_of_pages(printed, document), *(f"Word, {each}" for each in faults_of_pages(seen, document))]
        found += [str(fault) for fault in (*validate_docx(word), *validate_pdf(printed))]
        in_word = letters_of_docx(word, document)
        found += [f"{path.name}: lời khác" for path in (printed, seen) if letters_of_pdf(path, document) != in_word]
        pages, again = (len(pypdf.PdfReader(path).pages) for path in (printed, seen))
        if abs(pages - again) > 1 + pages // 10:
            found.append(f"{pages} trang, trong Word {again}")
        if found:
            faults[name] = found
    return faults
