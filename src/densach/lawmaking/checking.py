"""What the desk asks of a text beyond what every policy file owes: it is what was begun, for its place and day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from densach.lawmaking.models import Kind, LawText
from densach.lawmaking.queries import code_of
from densach.lawmaking.standing import entries_beside
from densach.lawmaking.texts import Texts, piece_of
from densach.policy.composing import Piece
from densach.policy.dates import earliest
from densach.policy.drafting import Desk, Found, Looked, look_over
from densach.policy.library import Entry
from densach.policy.reading import Source, line_at
from densach.problems import problem
from densach.rules.model import Overlay, Rubric

Text = Rubric | Overlay


def piece_for(text: LawText, texts: Texts) -> Piece:
    """The files of a text as the law would be put together from them."""
    return piece_of(text.policy_id, text.target, texts, overlay=text.is_overlay, replaces=text.replaces)


def look(text: LawText, texts: Texts, today: date) -> Looked:
    """All that is wrong with a text that is written here, and how its cases come out."""
    base = entries_beside(text.packs, today, text.uid)
    piece = piece_for(text, texts)
    code = code_of(text.place, today) if text.place else ""
    looked = look_over(Desk(text.packs, base, frozenset({code} - {""})), piece)
    if looked.text is None:
        return looked
    more = _desk_faults(text, looked.text, _law_source(piece, text), base, code)
    return replace(looked, found=(*looked.found, *more))


def begins(text: Text) -> date | None:
    """The first day of a text, where it names a whole one."""
    try:
        return date.fromisoformat(text.valid_from)
    except ValueError:
        return None


def _desk_faults(row: LawText, text: Text, source: Source, base: tuple[Entry, ...], code: str) -> Iterator[Found]:
    if not _is_what_was_begun(row, text):
        yield _at(source, "P192", "kind" if row.is_overlay else "id", kind=row.get_kind_display(), target=row.target)
    if (text.mark == "fictional") != row.fictional:
        yield _at(source, "P185", "mark")
    if isinstance(text, Overlay) and (text.place or "") != code:
        yield _at(source, "P186", "place", place=text.place or "–", here=code or "–")
    if begins(text) is None:
        yield _at(source, "P187", "valid_from", day=text.valid_from)
    yield from _order_faults(row, text, source, base)


def _order_faults(row: LawText, text: Text, source: Source, base: tuple[Entry, ...]) -> Iterator[Found]:
    standing = {entry.id: entry.value for entry in base if isinstance(entry.value, Rubric)}
    below = standing.get(row.target)
    if row.kind in {Kind.FILLS, Kind.LOCAL_SET} and below and earliest(text.valid_from) < earliest(below.valid_from):
        yield _at(source, "P189", "valid_from", day=text.valid_from, first=below.valid_from)
    if row.kind == Kind.DATED and below and earliest(text.valid_from) <= earliest(below.valid_from):
        yield _at(source, "P190", "valid_from", day=text.valid_from, first=below.valid_from)


def _is_what_was_begun(row: LawText, text: Text) -> bool:
    if isinstance(text, Overlay):
        return text.kind == row.kind and text.rubric == row.target
    return not row.is_overlay and (not row.replaces or text.id == row.target)


def _at(source: Source, code: str, field: str, **words: object) -> Found:
    line = line_at(source, (field,))
    return Found(problem(code, f"{source.path.name}:{line}", **words), source.path.name, line)


def _law_source(piece: Piece, text: LawText) -> Source:
    name = f"{text.policy_id}.overlay.yaml" if text.is_overlay else f"{text.policy_id}.yaml"
    return next(source for source in piece.sources if source.path.name == name)
