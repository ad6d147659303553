"""How wide words are in our own faces (Tinos), read from the font files themselves, without a typesetter.

Kerning is left out. In these faces it draws letters together far more often than apart, so a width is what a line
needs at the most; what it may lack is inside the reserve of `formats/certificates/fitting.py`.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FONTS = Path(__file__).parent / "fonts"
_FILES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
# In parts of the size: no letter of the languages of Viet Nam reaches higher (Ẵ) or lower (ỵ, g) in any face, nor
# further beyond its width to a side (j, f).
ASCENT, DESCENT = 0.93, 0.23
UPRIGHT_SIDE, ITALIC_SIDE = 0.03, 0.14


@dataclass(frozen=True)
class Face:
    """The widths of the letters of one face, in parts of the size of the type."""

    advances: Mapping[int, float]

    def width(self, text: str) -> float:
        """The width of a text set at size 1; a letter that the face lacks counts as nothing, see `missing`."""
        return sum(self.advances.get(ord(letter), 0.0) for letter in text)

    def missing(self, text: str) -> str:
        """The letters of a text that the face cannot draw, each once."""
        return "".join(dict.fromkeys(letter for letter in text if ord(letter) not in self.advances))


@cache
def face(*, bold: bool = False, italic: bool = False) -> Face:
    """One of the four faces of Tinos."""
    data = (_FONTS / f"Tinos-{_FILES[bold, italic]}.ttf").read_bytes()
    tables = _tables(data)
    widths = _advances(data, tables)
    return Face({letter: widths[min(glyph, len(widths) - 1)] for letter, glyph in _letters(data, tables["cmap"])})


def _tables(data: bytes) -> dict[str, int]:
    """Where each table of a TrueType file begins."""
    (count,) = struct.unpack_from(">H", data, 4)
    rows = (struct.unpack_from(">4sIII", data, 12 + 16 * row) for row in range(count))
    return {tag.decode("latin-1"): start for tag, _, start, _ in rows}


def _advances(data: bytes, tables: Mapping[str, int]) -> list[float]:
    (units,) = struct.unpack_from(">H", data, tables["head"] + 18)
    (count,) = struct.unpack_from(">H", data, tables["hhea"] + 34)
    return [struct.unpack_from(">H", data, tables["hmtx"] + 4 * glyph)[0] / units for glyph in range(count)]


def _letters(data: bytes, cmap: int) -> list[tuple[int, int]]:
    """Every letter with its glyph, from the table for Unicode (format 4, the one all Tinos files have)."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    records = (struct.unpack_from(">HHI", data, cmap + 4 + 8 * row) for row in range(count))
    starts = [cmap + offset for platform, encoding, offset in records if (platform, encoding) == (3, 1)]
    (at,) = starts
    (double,) = struct.unpack_from(">H", data, at + 6)
    ends, begins, deltas, ranges = (
        struct.unpack_from(f">{double // 2}{kind}", data, at + skip)
        for kind, skip in (("H", 14), ("H", 16 + double), ("h", 16 + 2 * double), ("H", 16 + 3 * double))
    )
    found: list[tuple[int, int]] = []
    for segment, (end, begin, delta, offset) in enumerate(zip(ends, begins, deltas, ranges, strict=True)):
        base = at + 16 + 3 * double + 2 * segment + offset
        for letter in range(begin, end + 1):
            glyph = struct.unpack_from(">H", data, base + 2 * (letter - begin))[0] if offset else letter
            found.append((letter, (glyph + delta) & 0xFFFF if glyph else 0))
    return [pair for pair in found if pair[1]]
