"""Whom a typed or pasted line of a list names: by code, else by a name that may lack marks or have one letter wrong.

Pure: entries of the register in, for each line the one it names, or the few it may name; a person decides on those.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from densach.formats.vietnamese import fold, single_spaced, tone_key

MOST_OFFERED = 6
_BETWEEN = re.compile(r"\t|;|,|\s[-–—|]\s")
_ORDER = re.compile(r"^\d{1,4}[.)]\s*")
_BEFORE_NAMES = ("gia dinh", "dong ho", "ho", "ong", "ba", "chi toc")  # how lists begin a name, folded


@dataclass(frozen=True)
class Entry:
    """Somebody or something of the register: its key, its code, its name, and by what else it is told apart."""

    key: int
    code: str
    name: str
    village: str = ""
    born: str = ""
    hidden: str = field(default="", repr=False)  # what a number of the line is hashed to


@dataclass(frozen=True)
class Line:
    """One line of a list: as it was typed, the name in it, the one entry it names, else those that it may name."""

    text: str
    name: str
    sole: Entry | None
    offered: tuple[Entry, ...] = ()


def lines_of(text: str) -> list[str]:
    """The lines of a list without the empty ones; those that stand twice stay, for that is a question too."""
    return [line for each in text.splitlines() if (line := each.strip())]


@dataclass(frozen=True)
class Finder:
    """The entries that lines may name; `codes_are_shared` where a code is that of a household of several persons."""

    entries: tuple[Entry, ...]
    codes_are_shared: bool = False

    def line(self, text: str, hidden: str = "") -> Line:
        """What one line names; `hidden` is the hash of a number that stands in it."""
        pieces = pieces_of(text)
        name = next((piece for piece in pieces if not self._is_code(piece) and not _is_number(piece)), "")
        if hidden and (own := [entry for entry in self.entries if entry.hidden == hidden]):
            return Line(text, name, own[0])
        coded = [entry for piece in pieces for entry in self._by_code.get(fold(piece), ())]
        if coded and not self.codes_are_shared:
            return Line(text, name, coded[0]) if _is_one(coded) else Line(text, name, None, tuple(coded))
        return self._by_its_name(text, name, pieces)

    def _by_its_name(self, text: str, name: str, pieces: list[str]) -> Line:
        alike = [entry for key in _keys(name) for entry in self._by_name.get(key, ())]
        few = _narrowed(dict.fromkeys(alike), pieces)
        written = [entry for entry in few if _is_written_so(name, entry.name)]
        if _is_one(written):
            return Line(text, name, written[0])
        if not few:
            near = (entry for spelt in _one_letter_less(_keys(name)[-1]) for entry in self._nearly.get(spelt, ()))
            few = _narrowed(dict.fromkeys(near), pieces)
        return Line(text, name, None, tuple(few[:MOST_OFFERED]))

    def _is_code(self, piece: str) -> bool:
        return fold(piece) in self._by_code

    @cached_property
    def _by_code(self) -> dict[str, list[Entry]]:
        return _indexed(self.entries, lambda entry: (fold(entry.code),) if entry.code else ())

    @cached_property
    def _by_name(self) -> dict[str, list[Entry]]:
        return _indexed(self.entries, lambda entry: _keys(entry.name))

    @cached_property
    def _nearly(self) -> dict[str, list[Entry]]:
        """By each spelling of the name with one letter left out; only built where a line was not found."""
        return _indexed(self.entries, lambda entry: _one_letter_less(_keys(entry.name)[-1]))


def pieces_of(text: str) -> list[str]:
    """The columns of a line, without the number that it has in its list."""
    pieces = [single_spaced(_ORDER.sub("", each.strip())) for each in _BETWEEN.split(text)]
    kept = [piece for piece in pieces if piece]
    return kept[1:] if len(kept) > 1 and kept[0].isdigit() and len(kept[0]) <= 4 else kept


def _indexed(entries: Iterable[Entry], keys_of: Callable[[Entry], Iterable[str]]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in dict.fromkeys(keys_of(entry)):
            found[key].append(entry)
    return found


def _keys(name: str) -> list[str]:
    """The folded name, and what is left of it without the words that lists put before one."""
    whole = fold(name)
    bare = whole
    while before := next((each for each in _BEFORE_NAMES if bare.startswith(each + " ")), ""):
        bare = bare[len(before) + 1 :]
    return list(dict.fromkeys((whole, bare)))


def _narrowed(few: Iterable[Entry], pieces: list[str]) -> list[Entry]:
    """Those that the other columns of the line speak of too; all where they speak of none."""
    said = {fold(piece) for piece in pieces}
    years = {year for piece in pieces for year in re.findall(r"(?:19|20)\d\d", piece)}
    found = list(few)
    for told in (
        [entry for entry in found if entry.code and fold(entry.code) in said],
        [entry for entry in found if entry.village and fold(entry.village) in said],
        [entry for entry in found if entry.born and entry.born[:4] in years],
    ):
        found = [entry for entry in found if entry in told] or found
    return found


def _is_written_so(typed: str, known: str) -> bool:
    """Whether the marks agree, or none were typed: `Hoa` may be Hòa, but `Hoà` is not Hóa."""
    return fold(typed) == typed.casefold() or tone_key(typed) == tone_key(known) or _bare(typed) == _bare(known)


def _bare(name: str) -> str:
    """The name without what lists put before it, by the key that names are compared by."""
    words = tone_key(name).split()
    return " ".join(words[-len(_keys(name)[-1].split()) :])


def _one_letter_less(folded: str) -> Iterator[str]:
    """The name and each spelling of it with one letter left out: two that differ by one letter share one of these."""
    yield folded
    yield from (folded[:at] + folded[at + 1 :] for at in range(len(folded)) if len(folded) > 4)


def _is_one(entries: list[Entry]) -> bool:
    """Whether all are of one: somebody with homes in two households stands twice."""
    return len({entry.key for entry in entries}) == 1


def _is_number(piece: str) -> bool:
    return not any(letter.isalpha() for letter in piece)
