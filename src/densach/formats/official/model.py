"""An official document (văn bản hành chính) as a value: what it says, before any renderer decides how it looks.

The shape follows Annex I of Nghị định 30/2020/NĐ-CP. What nobody knows yet is left open, never made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Kind(Enum):
    """The kinds of document we make: the name of the type as it is printed, and its abbreviation in the symbol.

    A summary (bản tổng hợp) is no type of the decree: it goes with a dossier and takes no number. Nor does what people
    and villages write for an award, nor a letter of praise.
    """

    DECISION = ("Quyết định", "QĐ")
    PROPOSAL = ("Tờ trình", "TTr")
    REPORT = ("Báo cáo", "BC")
    MINUTES = ("Biên bản", "BB")
    INVITATION = ("Giấy mời", "GM")
    SUMMARY = ("Bản tổng hợp", "")
    LETTER = ("Thư khen", "")
    ACHIEVEMENTS = ("Báo cáo thành tích", "")
    REQUEST = ("Văn bản đề nghị", "")

    def __init__(self, name_vi: str, symbol: str) -> None:
        self.name_vi = name_vi
        self.symbol = symbol


@dataclass(frozen=True)
class Issuer:
    """Who issues: the body as it is printed (one line or two), its parent if one is printed, its abbreviation."""

    body: tuple[str, ...]
    symbol: str
    parent: str = ""


@dataclass(frozen=True)
class Reference:
    """Number of the year, place and date; an open number or day is left for the clerk (văn thư) to fill in."""

    place: str
    year: int
    number: int | None = None
    on: date | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; `lead` comes first and is bold: a heading, or "Điều 1."."""

    text: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the body; `widths` are parts of the whole width, `middle` the columns that are centred."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    middle: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Picture:
    """A drawing of the body as SVG in the letters of the paper; `alt` says in words all that it shows.

    Both forms print the same dots of it, so that what they say in letters stays the same; `width` is in millimetres.
    """

    svg: str
    alt: str
    width: int = 140


Block = Paragraph | Table | Picture


@dataclass(frozen=True)
class Signature:
    """Who signs: `authority` is TM., KT., TL., TUQ. with what follows, or empty; a name not known stays open."""

    office: str
    authority: str = ""
    name: str = ""


@dataclass(frozen=True)
class Annex:
    """An annex (phụ lục) on pages of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Official:
    """One document. `draft` says why it is only a draft and may hold no number; `opening` is the office that decides.

    The last of one or two signatures stands on the right. `filed_by` are the units that keep it after "Lưu: VT".
    """

    kind: Kind
    issuer: Issuer
    reference: Reference
    abstract: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    addressees: tuple[str, ...] = ()
    opening: str = ""
    bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    filed_by: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    draft: str = ""
    fictional: bool = False

    def __post_init__(self) -> None:
        """A draft is never numbered, and there are one or two to sign."""
        if self.draft and self.reference.number is not None:
            raise ValueError("a draft has no number")
        if len(self.signatures) not in {1, 2}:
            raise ValueError("one signs, or two")
