"""Vietnamese text: one stored form, keys to find and to sort it by, and numbers and dates as they are printed.

Every function is pure and reads its text once. A key is for comparing only: a legal name is never rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from unicodedata import combining, normalize

# In the order of locale vi: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_OTHER_MARK = "6"

# A letter of its own sorts after its plain letter and everything that may follow that one: } and ~ come after z.
_LETTERS = {
    ("a", "\u0306"): "a}",
    ("a", "\u0302"): "a~",
    ("e", "\u0302"): "e}",
    ("o", "\u0302"): "o}",
    ("o", "\u031b"): "o~",
    ("u", "\u031b"): "u}",
}
_PUNCTUATION = {mark: "!" + chr(0x30 + place) for place, mark in enumerate("_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$")}
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_FOLDED = _APOSTROPHES | str.maketrans({"đ": "d", "Đ": "d"})
_WORDS_KEPT = 20_000  # names are made of few words: a hundred thousand people have some thousands
_SWAPPED = str.maketrans(",.", ".,")
_WORDS = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


def nfc(text: str) -> str:
    """The form in which text is stored: Unicode NFC."""
    return normalize("NFC", text)


def single_spaced(text: str) -> str:
    """The text without spaces at its ends and with one space between words."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """The key to search by when marks were not typed: `Đắk Lắk` gives `dak lak`; folding twice changes nothing."""
    return " ".join(filter(None, map(_folded, text.split())))


@lru_cache(_WORDS_KEPT)
def _folded(word: str) -> str:
    plain = "".join(letter for letter in normalize("NFD", word) if not combining(letter))
    # Casefolding may bring marks and special letters back (İ), hence the second pass.
    folded = normalize("NFD", plain.translate(_FOLDED).casefold())
    return "".join(letter for letter in folded if not combining(letter))


def tone_key(text: str) -> str:
    """The key to compare names by: `hòa` equals `hoà`, small equals capital, every other mark counts.

    The tone of a word is moved behind the word, so its place no longer matters.
    """
    lowered = normalize("NFD", text.translate(_APOSTROPHES).casefold())
    return single_spaced(_WORDS.sub(_tone_last, lowered))


def _tone_last(word: re.Match[str]) -> str:
    letters = [letter for letter in word[0] if letter not in _TONES]
    return "".join(letters + [letter for letter in word[0] if letter in _TONES])


def sort_key(text: str) -> str:
    """The key whose binary order is the order of locale vi: letters first, then tones, then small before capital."""
    words = [_sorted(word) for word in text.translate(_APOSTROPHES).split()]
    letters, tones, cases = (joint.join(word[at] for word in words) for at, joint in enumerate(" 00"))
    return "\t".join((letters, tones.rstrip("0"), cases.rstrip("0")))


@lru_cache(_WORDS_KEPT)
def _sorted(word: str) -> tuple[str, str, str]:
    """Letters, tones and cases of one word, a mark for each letter."""
    letters: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for base, marks in _clusters(word):
        small = base.lower()
        letter = next((mark for mark in marks if (small, mark) in _LETTERS), "")
        letters.append(_LETTERS.get((small, letter), _primary(small)))
        tones.append(_tone(marks.replace(letter, "", 1)))
        cases.append("0" if base == small else "1")
    return "".join(letters), "".join(tones), "".join(cases)


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    """Each letter with the marks that stand on it."""
    base, marks = "", ""
    for letter in normalize("NFD", text):
        if combining(letter) and base:
            marks += letter
            continue
        if base:
            yield base, marks
        base, marks = letter, ""
    if base:
        yield base, marks


def _primary(small: str) -> str:
    return "d}" if small == "đ" else _PUNCTUATION.get(small, small)


def _tone(marks: str) -> str:
    return _TONES.get(marks, _OTHER_MARK) if marks else "0"


def format_number(number: int | Decimal) -> str:
    """A number as it is printed in Viet Nam: `1.234.567,89`, with the decimals it carries."""
    return f"{number:,f}".translate(_SWAPPED) if isinstance(number, Decimal) else f"{number:,d}".replace(",", ".")


def format_date(day: date) -> str:
    """A date as it is printed in Viet Nam: `23/11/2026`."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
