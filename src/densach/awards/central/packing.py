"""The archive: a folder for each nominee with its papers as Word and PDF, and a manifest that lists them with hashes.

The same nominations, papers, day and words give the same bytes, so that two copies can be told to be one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from densach.awards import by_law
from densach.awards.central.missing import Paper
from densach.awards.models import AwardRound, Nomination, Part
from densach.formats.fixed_zip import fixed_zip, without_hours
from densach.formats.official.keeping import read_kept
from densach.formats.official.pdf import official_pdf
from densach.formats.official.word import write_docx
from densach.formats.vietnamese import fold

MANIFEST = "manifest.json"
NO_SECRETS = "Không có bí mật nhà nước: người lập gói khẳng định (Quyết định 311/QĐ-BNV, mục XIV, XV)."

Tell = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a package is made from: a round's nominations for one award with their papers, the day, a person's word."""

    round: AwardRound
    award: str
    nominations: Sequence[tuple[Nomination, Sequence[Paper]]]
    made_on: date
    word: str


@dataclass(frozen=True)
class Archive:
    """The finished archive and its manifest."""

    content: bytes
    manifest: str


def build(contents: Contents, tell: Tell) -> Archive:
    """Write every paper and the manifest, saying after each nomination how far it is."""
    files: dict[str, bytes] = {}
    listed = []
    for place, (nomination, papers) in enumerate(contents.nominations, 1):
        folder = f"{place:03d}-{_ascii(nomination.nominee.name)}"
        own = dict(_written(folder, papers, contents.made_on))
        listed.append(_told(place, nomination, own))
        files |= own
        tell(place, len(contents.nominations))
    manifest = json.dumps(_manifest(contents, listed), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return Archive(fixed_zip({MANIFEST: manifest.encode(), **files}), manifest)


def _written(folder: str, papers: Sequence[Paper], made_on: date) -> Iterator[tuple[str, bytes]]:
    """A paper that was handed in stays as it is, and the version it was made from is its Word file."""
    for place, paper in enumerate(papers, 1):
        name = f"{folder}/{place:02d}-{paper.stands.kind}"
        if paper.made is not None:
            yield f"{name}.docx", _word(paper.made, made_on)
        if paper.stands.is_made:
            yield f"{name}.pdf", official_pdf(read_kept(paper.stands.content), made_on=made_on)
        else:
            yield f"{name}.{paper.stands.ending}", bytes(paper.stands.file or b"")


def _word(part: Part, made_on: date) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        write_docx(path, read_kept(part.content), made_on=made_on)
        return without_hours(path.read_bytes())


def _manifest(contents: Contents, listed: list[dict[str, Any]]) -> dict[str, Any]:
    award = by_law.award(contents.award)
    return {
        "award": contents.award,
        "award_name": award.name_vi if award else contents.award,
        "round": contents.round.name,
        "round_uid": str(contents.round.uid),
        "made_on": contents.made_on.isoformat(),
        "specimen": contents.round.is_fictional,
        "state_secrets": NO_SECRETS,
        "word": contents.word,
        "nominations": listed,
    }


def _told(place: int, nomination: Nomination, files: dict[str, bytes]) -> dict[str, Any]:
    nominee = nomination.nominee
    received = nomination.received_on
    return {
        "ordinal": place,
        "uid": str(nomination.uid),
        "name": nominee.name,
        "subject": nominee.kind,
        "about": nominee.about,
        "mode": nomination.mode,
        "citation": nomination.citation,
        "received_on": received.isoformat() if received else None,
        "regime": by_law.judged_by(nomination).value,
        "files": [
            {"name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in files.items()
        ],
    }


def _ascii(name: str) -> str:
    """A name that every disk can write."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in fold(name))
    return "-".join(filter(None, plain.split("-")))[:60] or "ho-so"
