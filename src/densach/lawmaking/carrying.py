"""Texts of the desk as policy files: written out in the layout of the packs, and taken in from such files."""

from __future__ import annotations

from pathlib import Path

from densach.lawmaking.access import the_edition
from densach.lawmaking.checking import piece_for
from densach.lawmaking.domain import Beginning
from densach.lawmaking.models import Kind, LawText
from densach.lawmaking.texts import PARTS, Texts, file_names, texts_of
from densach.policy.composing import text_of
from densach.policy.dates import earliest
from densach.policy.files import files_in, kind_of
from densach.policy.library import Library, entries_of
from densach.policy.reading import open_source
from densach.problems import Refused, problem
from densach.rules.model import Overlay, Rubric


def write_text(folder: Path, text: LawText) -> list[Path]:
    """Write the files of a text byte for byte: `<document>/document.yaml`, the others in `<document>/<valid-from>/`."""
    texts = texts_of(the_edition(text, text.edition))
    parsed = text_of(piece_for(text, texts).entries())
    if parsed is None:
        raise Refused(problem("P192", text.policy_id, kind=text.get_kind_display(), target=text.target))
    home = folder / parsed.document
    names = file_names(text.policy_id, text.target, overlay=text.is_overlay)
    written = []
    for part in PARTS:
        if data := getattr(texts, part):
            path = (home if part == "document" else home / parsed.valid_from) / names[part]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written.append(path)
    return written


def read_folder(folder: Path, library: Library, *, fictional: bool) -> Beginning:
    """The text that the files of a folder are; Refused where they cannot be read, or are not just one text (P199)."""
    sources = {_part(path): open_source(path) for path in files_in(folder)}
    if "law" not in sources:
        raise Refused(problem("P199", folder))
    value = next(entries_of(sources["law"])).value
    if not isinstance(value, Rubric | Overlay):
        raise Refused(problem("P199", folder))
    texts = Texts(**{part: source.data for part, source in sources.items() if part in PARTS})
    kind, target = _kind_and_target(value, library)
    return Beginning(policy_id=value.id, kind=kind, target=target, fictional=fictional, texts=texts)


def _part(path: Path) -> str:
    kind = kind_of(path)
    return {"rubric": "law", "overlay": "law"}.get(kind, kind)


def _kind_and_target(text: Rubric | Overlay, library: Library) -> tuple[Kind, str]:
    """What a text is at the desk: a rubric that stands already is corrected, another follows the last of its title."""
    if isinstance(text, Overlay):
        return Kind(text.kind), text.rubric
    if text.id in library.rubrics:
        return Kind.CORRECTION, text.id
    alike = [one for one in library.rubrics.values() if one.title_key == text.title_key]
    if not alike:
        raise Refused(library.unknown_id(text.title_key, {one.title_key: one for one in library.rubrics.values()}))
    return Kind.DATED, max(alike, key=lambda one: earliest(one.valid_from)).id
