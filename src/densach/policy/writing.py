"""Policy files written for somebody: the document, the holes filled, and a first form of what is written by hand.

Texts are quoted as JSON, which YAML reads the same way, so that nothing typed is read as anything but text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from densach.formats.vietnamese import fold

_TOP = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)
_OWN = ("style", "total", "enumerates", "facts", "levels", "criteria", "recognition")
_SCHEMA = "# yaml-language-server: $schema=../../../schema/{kind}.json\n"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The legal text that a file rests on, as whoever holds it says; `original` is where the paper lies."""

    number: str
    kind_vi: str
    title_vi: str
    issuer_vi: str
    signed: str
    valid_from: str
    mark: str
    original: str = ""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What an overlay is and lies over; `place` is the code of its place, empty for the whole country."""

    id: str
    kind: str
    rubric: str
    place: str = ""
    place_name: str = ""
    scan_sha256: str = ""
    transcribed_by: str = ""
    second_reader: str = ""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The value of one hole, and the article that gives it."""

    hole: str
    value: int | str
    article: str


def id_of(*parts: str) -> str:
    """An id of words: letters without marks, numbers, and one stroke between."""
    return "-".join(re.sub(r"[^a-z0-9]+", "-", fold(part)).strip("-") for part in parts if part)


def document_id(paper: Paper, place: str = "") -> str:
    """The id of a legal text: its number, and the place that issued it where it is local."""
    return id_of(paper.number, place)


def document_text(paper: Paper, document: str) -> str:
    """The file of a legal text."""
    lines = [
        _SCHEMA.format(kind="document").replace("../../../", "../../").rstrip(),
        f"id: {document}",
        f"number: {_quoted(paper.number)}",
        f"kind_vi: {_quoted(paper.kind_vi)}",
        f"title_vi: {_quoted(paper.title_vi)}",
        f"issuer_vi: {_quoted(paper.issuer_vi)}",
        f"signed: {paper.signed}",
        f"in_force_from: {paper.valid_from}",
        f"mark: {paper.mark}",
        *([f"sources: [{_quoted(paper.original)}]"] if paper.original else []),
    ]
    return "\n".join(lines) + "\n"


def filled_text(frame: Frame, paper: Paper, document: str, fillings: Sequence[Filled]) -> str:
    """The file of an overlay that fills holes."""
    fills = [
        f"  - {{hole: {one.hole}, value: {one.value}, mark: {paper.mark},"
        f" cites: [{{document: {document}, place: {_quoted(one.article)}}}]}}"
        for one in fillings
    ]
    return "\n".join([*_overlay_head(frame, paper, document), *(["fills:", *fills] if fills else []), ""])


def whole_text(frame: Frame, paper: Paper, document: str, rubric: str = "") -> str:
    """The file of a local set or a transcription, with what the text of the rubric has to begin from."""
    parts = _TOP.split(rubric)
    mine = (part.rstrip() for part in parts if part.partition(":")[0] in _OWN)
    kept = [f"{part}\n" for part in mine if not part.endswith(": unknown")]
    return "\n".join([*_overlay_head(frame, paper, document), "", *(kept or _empty())])


def dated_text(rubric: str, rubric_id: str, document: str, valid_from: str) -> str:
    """The first form of the rubric that follows another: its own id, document and first day, the rest as it was."""
    fresh = {"id": rubric_id, "document": document, "valid_from": valid_from}
    for field, value in fresh.items():
        rubric = re.sub(rf"^{field}: .*$", f"{field}: {value}", rubric, count=1, flags=re.MULTILINE)
    return rubric


def cases_text(rubric: str) -> str:
    """The file of worked cases before the first is written."""
    head = _SCHEMA.format(kind="cases")
    return f"{head}rubric: {rubric}\ncases: []\n"


def _overlay_head(frame: Frame, paper: Paper, document: str) -> list[str]:
    place = [f"place: {_quoted(frame.place)}  # {frame.place_name}"] if frame.place else []
    readers = {
        "scan_sha256": frame.scan_sha256,
        "transcribed_by": frame.transcribed_by and _quoted(frame.transcribed_by),
        "second_reader": frame.second_reader and _quoted(frame.second_reader),
    }
    return [
        _SCHEMA.format(kind="overlay").rstrip(),
        f"id: {frame.id}",
        f"kind: {frame.kind}",
        f"rubric: {frame.rubric}",
        f"document: {document}",
        *place,
        f"valid_from: {paper.valid_from}",
        *(f"{field}: {value}" for field, value in readers.items() if value),
        f"mark: {paper.mark}",
        f"cites: [{{document: {document}}}]",
    ]


def _empty() -> list[str]:
    return ["facts: []", "levels: []", "criteria: []", ""]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
