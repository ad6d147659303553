"""Whether two PDFs say the same, page by page and word by word; for a paper that came back as another file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from itertools import zip_longest

import pypdf

from densach.formats.vietnamese import nfc

MOST_PAGES = 200  # of a decision with its list; what stands further on is told as not compared
MOST_TOLD = 30
_LONGEST = 240  # letters of a difference: enough to find it on the paper


@dataclass(frozen=True)
class Difference:
    """On which page the words differ, what stood there and what stands there now."""

    page: int
    was: str
    now: str


@dataclass(frozen=True)
class Compared:
    """What a comparison found; without `has_words` the second file is pictures of pages, which only eyes can read."""

    has_words: bool
    differences: tuple[Difference, ...]


def compare_words(prepared: bytes, sent: bytes) -> Compared | None:
    """The differences of two PDFs, the first thirty of them; None where one of them cannot be read."""
    try:
        was, now = _words(prepared), _words(sent)
    except Exception:
        return None
    if not any(now):
        return Compared(False, ())
    none: list[str] = []
    pages = enumerate(zip_longest(was, now, fillvalue=none), start=1)
    found = [each for number, (one, other) in pages for each in _on_page(number, one, other)]
    return Compared(True, tuple(found[:MOST_TOLD]))


def _words(pdf: bytes) -> list[list[str]]:
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    if len(pages) > MOST_PAGES:
        raise ValueError(len(pages))
    return [nfc(page.extract_text()).split() for page in pages]


def _on_page(number: int, was: list[str], now: list[str]) -> Iterator[Difference]:
    if was == now:
        return
    for tag, first, last, start, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Difference(number, _cut(was[first:last]), _cut(now[start:end]))


def _cut(words: list[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
