"""Published texts set among the packaged ones: none is edited, an earlier one ends where a later one begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from msgspec.structs import replace as changed

from densach.policy.dates import earliest
from densach.policy.files import kind_of
from densach.policy.library import Entry, entries_of
from densach.policy.reading import Source
from densach.rules.model import Overlay, Rubric


@dataclass(frozen=True)
class Piece:
    """The files of one published text.

    `replaces` says that it stands in the place of the text with the same id; `ends` is the day from which it holds no
    more, though nothing takes its place.
    """

    sources: tuple[Source, ...]
    replaces: bool = False
    ends: date | None = None

    def entries(self) -> list[Entry]:
        """What its files hold, but the cases; Refused where one cannot be read."""
        return [entry for source in self.sources if kind_of(source.path) != "cases" for entry in entries_of(source)]


def compose(base: Sequence[Entry], pieces: Iterable[Piece]) -> list[Entry]:
    """The entries of the packs with published texts among them, the one that begins first set in first."""
    read = sorted(((piece, piece.entries()) for piece in pieces), key=lambda one: _beginning(one[1]))
    entries = list(base)
    for piece, new in read:
        entries = _set_in(entries, _ended(new, piece.ends), replaces=piece.replaces)
    return entries


def text_of(entries: Iterable[Entry]) -> Rubric | Overlay | None:
    """The rubric or overlay among what the files of one text hold."""
    return next((entry.value for entry in entries if isinstance(entry.value, Rubric | Overlay)), None)


def gives_way(old: Rubric | Overlay, new: Rubric | Overlay) -> bool:
    """Whether a text stands only until another begins: that speaks of the same title, or fills all the same holes."""
    if old.id == new.id:
        return False
    if isinstance(old, Rubric) and isinstance(new, Rubric):
        return (old.title_key, old.subject) == (new.title_key, new.subject)
    if isinstance(old, Overlay) and isinstance(new, Overlay):
        same = (old.rubric, old.kind, old.place) == (new.rubric, new.kind, new.place)
        return same and (old.kind != "fills" or _holes(old) <= _holes(new))
    return False


def _set_in(entries: Sequence[Entry], new: Sequence[Entry], *, replaces: bool) -> list[Entry]:
    text = text_of(new)
    new = [entry for entry in new if not _is_known(entry, entries)]
    if text is None:
        return [*entries, *new]
    kept = (entry for entry in entries if not (replaces and entry.id == text.id))
    ended = [found for entry in kept if (found := _until(entry, text)) is not None]
    first = min((date_ for entry in ended if (date_ := _later(entry, text))), default=None)
    return [*ended, *(_ending(entry, first) if entry.value is text and first else entry for entry in new)]


def _ended(new: Sequence[Entry], on: date | None) -> Sequence[Entry]:
    """The text until its end, where it has one; what its file says of an earlier end stands."""
    text = text_of(new)
    if text is None or on is None or (text.valid_to is not None and earliest(text.valid_to) <= on):
        return new
    return [_ending(entry, on) if entry.value is text else entry for entry in new]


def _is_known(new: Entry, entries: Iterable[Entry]) -> bool:
    """Whether it is a document that another text has brought already, word for word."""
    return new.kind == "document" and any(old.id == new.id and old.value == new.value for old in entries)


def _until(entry: Entry, new: Rubric | Overlay) -> Entry | None:
    """An entry that ends where the new text begins, if it gives way to it; nothing where no day is left to it."""
    value = entry.value
    if not isinstance(value, Rubric | Overlay) or not gives_way(value, new):
        return entry
    begins, start = earliest(value.valid_from), earliest(new.valid_from)
    if begins == start:
        return None
    over = value.valid_to is not None and earliest(value.valid_to) <= start
    return entry if over or begins > start else _ending(entry, start)


def _later(entry: Entry, new: Rubric | Overlay) -> date | None:
    """The day on which an entry that begins later takes the place of the new text."""
    value = entry.value
    if not isinstance(value, Rubric | Overlay) or not gives_way(new, value):
        return None
    begins = earliest(value.valid_from)
    over = new.valid_to is not None and earliest(new.valid_to) <= begins
    return begins if begins > earliest(new.valid_from) and not over else None


def _ending(entry: Entry, on: date) -> Entry:
    return replace(entry, value=changed(entry.value, valid_to=on.isoformat()))


def _beginning(entries: Iterable[Entry]) -> date:
    text = text_of(entries)
    return earliest(text.valid_from) if text else date.min


def _holes(overlay: Overlay) -> set[str]:
    return {filling.hole for filling in overlay.fills}
