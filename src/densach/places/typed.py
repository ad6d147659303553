"""Reading what somebody typed for a place: short forms written out, an area named without a comma, letters alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from densach.formats.vietnamese import fold, single_spaced

_SHORT_TYPES = {
    "p": "phường",
    "x": "xã",
    "tp": "thành phố",
    "t": "tỉnh",
    "đk": "đặc khu",
    "dk": "đặc khu",
    "tx": "thị xã",
    "tt": "thị trấn",
    "q": "quận",
    "h": "huyện",
}
# "H" and "Q" need their point before a name: there are communes named H Bông. "Q1", "P14" and "q 3" are clear.
_SHORT_TYPE = re.compile(
    r"^(?:(tp|tx|tt|đk|dk|p|x|t)(?:\.\s*|\s+)(?=\S)|(q|h)\.\s*(?=\S)|(tp)(?=hcm$)|(p|q)\s*(?=\d+$|\d+\D))",
    re.IGNORECASE,
)
_SHORT_IN_AREA = re.compile(r"^(q|h)\s+(?=\S)", re.IGNORECASE)
_OTHER_NAMES = {
    "hcm": "hồ chí minh",
    "hn": "hà nội",
    "thừa thiên huế": "huế",
    "thừa thiên - huế": "huế",
    "thua thien hue": "hue",
    "đắc lắc": "đắk lắk",
    "dac lac": "dak lak",
    "đắc nông": "đắk nông",
    "dac nong": "dak nong",
}
_TYPES = ("thành phố", "thị xã", "thị trấn", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
_NOT_LETTERS = re.compile(r"[\W_]+")
_SHORTEST_WRONG = 4  # letters; in a shorter name one other letter makes another name


def spelled_out(text: str) -> str:
    """What was typed with the short forms of types and names written out: `TP.HCM` is `thành phố hồ chí minh`."""
    text = single_spaced(text).casefold()
    if short := _SHORT_TYPE.match(text):
        return _SHORT_TYPES[next(filter(None, short.groups()))] + " " + _usual(text[short.end() :])
    bare = typeless(text)
    return text.removesuffix(bare) + _usual(bare) if bare else _usual(text)


def area_spelled_out(text: str) -> str:
    """The same for an area: behind a name, "q gò vấp" can only be a district."""
    text = single_spaced(text).casefold()
    short = _SHORT_IN_AREA.match(text)
    return f"{_SHORT_TYPES[short[1]]} {text[short.end() :]}" if short else spelled_out(text)


def letters(text: str) -> str:
    """Letters and digits alone, without marks: `Ea H'Leo`, `ea h leo` and `EaHleo` are one."""
    return _NOT_LETTERS.sub("", fold(text))


def typeless(text: str) -> str:
    """A name without the type it begins with, whatever its marks; empty if it has none."""
    plain = fold(text)
    kind = next((kind for kind in _TYPES if plain.startswith(fold(kind) + " ")), None)
    return " ".join(text.split(" ")[len(kind.split(" ")) :]) if kind else ""


def with_area_behind(text: str) -> Iterator[tuple[str, str]]:
    """Every way to read the last words as an area, the shortest name last: `bến nghé q1` is `bến nghé` in `quận 1`."""
    words = single_spaced(text).split(" ")
    for end in range(len(words) - 1, 0, -1):
        yield " ".join(words[:end]), area_spelled_out(" ".join(words[end:]))


def _usual(name: str) -> str:
    return _OTHER_NAMES.get(name, name)


def halves(text: str) -> tuple[str, str] | None:
    """The two halves of some letters; who mistook one letter wrote one half rightly. None if they are too few."""
    middle = len(text) // 2
    return (text[:middle], text[middle:]) if len(text) >= _SHORTEST_WRONG else None


def one_letter_off(one: str, other: str) -> bool:
    """Whether two texts differ by one letter: another, one more, one less, or two changed about."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    changed_about = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return changed_about or one[1:] == other[1:] or one[1:] == other or one == other[1:]
