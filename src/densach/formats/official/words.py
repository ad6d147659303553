"""The words of an official document in their printed form, so that every renderer prints the same text.

Capitals, zero before small numbers, the ends of legal bases and of recipients: Annex I of Nghị định 30/2020/NĐ-CP.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from densach.formats.official.model import Block, Issuer, Kind, Official, Reference, Signature

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SPECIMEN = "MẪU – KHÔNG CÓ GIÁ TRỊ"
DRAFT = "DỰ THẢO"
TO = "Kính gửi:"
RECIPIENTS = "Nơi nhận:"
NUMBER = "Số: "
GAP = "\u00a0" * 8  # what the clerk fills in by hand: spaces that no renderer draws together
SMALL_GAP = "\u00a0" * 5
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class SpelledAnnex:
    """An annex with its heading, its title in capitals and the document it belongs to."""

    heading: str
    title: str
    belongs_to: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Spelled:
    """All words of a document in the order in which they are read; empty where the document has no such element."""

    parent: str
    body: tuple[str, ...]
    number: str
    place_and_date: str
    draft: str
    type_name: str
    abstract: str
    addressees: tuple[str, ...]
    opening: str
    bases: tuple[str, ...]
    resolves: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...]
    annexes: tuple[SpelledAnnex, ...]
    foot: tuple[str, ...]


def spell(document: Official) -> Spelled:
    """The words of a document as they are printed."""
    draft = f"{DRAFT} – {document.draft}" if document.draft else ""
    return Spelled(
        parent=document.issuer.parent.upper(),
        body=tuple(line.upper() for line in document.issuer.body),
        number="" if document.draft else number_line(document.kind, document.issuer, document.reference),
        place_and_date=place_and_date(document.reference),
        draft=draft,
        type_name=document.kind.name_vi.upper(),
        abstract=document.abstract,
        addressees=_listed(document.addressees),
        opening=document.opening.upper(),
        bases=_ended(document.bases),
        resolves="QUYẾT ĐỊNH:" if document.kind is Kind.DECISION else "",
        blocks=document.blocks,
        signatures=tuple(_spelled_signature(signature) for signature in document.signatures),
        recipients=_recipients(document),
        annexes=tuple(_annexes(document)),
        foot=tuple(line for line in (draft, SPECIMEN if document.fictional else "") if line),
    )


def number_line(kind: Kind, issuer: Issuer, reference: Reference) -> str:
    """`Số: 05/QĐ-UBND`; open for the clerk where there is no number yet; empty for a paper that takes none."""
    if not kind.symbol:
        return ""
    number = GAP if reference.number is None else f"{reference.number:02}"
    return f"{NUMBER}{number}/{kind.symbol}-{issuer.symbol}"


def place_and_date(reference: Reference) -> str:
    """`Ba Đình, ngày 05 tháng 02 năm 2026`; day and month are open where nobody knows them yet."""
    if reference.on is None:
        return f"{reference.place}, ngày {SMALL_GAP} tháng {SMALL_GAP} năm {reference.year}"
    return f"{reference.place}, {date_in_words(reference.on)}"


def date_in_words(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: a zero before days below 10 and before months 1 and 2."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def roman(number: int) -> str:
    """A whole number from 1 to 39 in Roman numerals, as annexes and parts are numbered."""
    letters = ""
    for value, letter in _ROMAN:
        times, number = divmod(number, value)
        letters += letter * times
    return letters


def _listed(addressees: tuple[str, ...]) -> tuple[str, ...]:
    """One addressee stands behind "Kính gửi:"; several are a list under it."""
    if len(addressees) < 2:
        return addressees
    return tuple(f"- {each}{'.' if each == addressees[-1] else ';'}" for each in addressees)


def _ended(bases: tuple[str, ...]) -> tuple[str, ...]:
    """Each base ends with a semicolon, the last with a full stop."""
    return tuple(f"{base}{'.' if place == len(bases) else ';'}" for place, base in enumerate(bases, 1))


def _spelled_signature(signature: Signature) -> Signature:
    return Signature(signature.office.upper(), signature.authority.upper(), signature.name)


def _recipients(document: Official) -> tuple[str, ...]:
    kept = ", ".join(("VT", *document.filed_by))
    return (*(f"- {recipient};" for recipient in document.recipients), f"- Lưu: {kept}.")


def _annexes(document: Official) -> list[SpelledAnnex]:
    alone = len(document.annexes) == 1
    return [
        SpelledAnnex(
            heading="Phụ lục" if alone else f"Phụ lục {roman(place)}",
            title=annex.title.upper(),
            belongs_to=_belongs_to(document),
            blocks=annex.blocks,
        )
        for place, annex in enumerate(document.annexes, 1)
    ]


def _belongs_to(document: Official) -> str:
    """Which document an annex goes with, open where that is not numbered or dated yet."""
    if document.draft:
        return f"(Kèm theo dự thảo {document.kind.name_vi})"
    number = number_line(document.kind, document.issuer, document.reference).replace(NUMBER, "số ")
    day = place_and_date(document.reference).partition(", ")[2]
    body = " ".join(document.issuer.body)
    return f"(Kèm theo {document.kind.name_vi} {number} {day} của {body})".replace("  ", " ")
