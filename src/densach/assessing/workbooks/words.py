"""The words by which people know columns, rows and values: read once from `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any

from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.forms import SheetForm
from densach.formats.sheets import Kind
from densach.formats.vietnamese import fold, nfc, single_spaced, tone_key

_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_NO_WORD = re.compile(r"[^\w]+|_+")
_ANY_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_UNSEEN = dict.fromkeys(map(ord, _ANY_UNSEEN.pattern))


@dataclass(frozen=True)
class Meaning:
    """What a column may hold: a column of the form, or a helper that fills some of them (`gives`)."""

    key: str
    title_vi: str
    kind: Kind
    gives: tuple[str, ...]
    partner: str = ""
    also: tuple[str, ...] = ()

    @cached_property
    def marked(self) -> frozenset[str]:
        """The names it is known by, with their marks."""
        return frozenset(marked(name) for name in (self.title_vi, self.key, *self.also))

    @cached_property
    def plain(self) -> frozenset[str]:
        """The names it is known by, without marks."""
        return frozenset(plain(name) for name in (self.title_vi, self.key, *self.also))


def seen(text: str) -> str:
    """The text as people see it: NFC, without letters that have no width, with single spaces."""
    if not text.isascii():
        text = nfc(text.translate(_UNSEEN) if _ANY_UNSEEN.search(text) else text)
    return single_spaced(text)


@lru_cache(maxsize=4096)  # the same words stand in thousands of rows
def marked(text: str) -> str:
    """A name as it is compared when marks were typed: small letters, words only."""
    return single_spaced(_NO_WORD.sub(" ", tone_key(text.translate(_UNSEEN))))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A name as it is compared when marks were not typed: words only."""
    return single_spaced(_NO_WORD.sub(" ", fold(text.translate(_UNSEEN))))


def without_brackets(text: str) -> str:
    """The name without what stands in brackets, where something is left."""
    return _IN_BRACKETS.sub(" ", text).strip() or text


def meanings_of(form: SheetForm) -> tuple[Meaning, ...]:
    """All that a column of a sheet of this form may mean."""
    keys = {column.key for column in form.columns}
    return (*(_of_column(column) for column in form.columns), *(h for h in _helpers() if keys.issuperset(h.gives)))


def other_words(column: Column, value: str) -> tuple[str, ...]:
    """Other words for one choice of a column."""
    return tuple(_words()["values"].get(column.key, {}).get(value, ()))


@cache
def row_pattern(kind: str) -> re.Pattern[str]:
    """What the plain text of a row of this kind looks like: `total`, `note`, `signature`, `numbering`."""
    return re.compile(_words()["rows"][kind])


def names_a_village(text: str, *, maybe_a_person: bool) -> bool:
    """Whether a line is the name of a village; where it `maybe_a_person`, words that are family names too do not do."""
    with_marks = fold(text) != text.casefold()
    key = marked if with_marks else plain
    rows, line = _words()["rows"], key(text)
    words = [w for w in rows["section"] if with_marks or not maybe_a_person or w not in rows["also_names"]]
    begun = any(line == key(word) or line.startswith(key(word) + " ") for word in words)
    return begun or any(re.fullmatch(rf"{key(word)} \d.*", line) for word in rows["numbered_section"])


@cache
def head_words() -> frozenset[str]:
    """The relations, as plain names, that make a person the head of the household."""
    return frozenset(plain(word) for word in _words()["rows"]["head"])


def _of_column(column: Column) -> Meaning:
    also = tuple(_words()["columns"].get(column.key, ())) if not column.is_fact else ()
    return Meaning(column.key, column.title_vi, column.kind, (column.key,), also=also)


@cache
def _helpers() -> tuple[Meaning, ...]:
    return tuple(_read_helpers())


def _read_helpers() -> Iterator[Meaning]:
    for key, said in _words()["helpers"].items():
        yield Meaning(key, said["title"], said["kind"], tuple(said["gives"]), said.get("with", ""), tuple(said["also"]))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
