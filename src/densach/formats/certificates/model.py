"""A certificate (giấy chứng nhận) as a value: its words in their printed form, before any layout says where they go."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Words:
    """What one certificate says, each part empty where it has none; a layout names the parts as `{name}`.

    `issuer` is the office that decided, `office` and `authority` what stands above the signature. `now` says what the
    place of the address is called today, `reprint` that this is another copy. `qr` is the text of the QR code.
    """

    name: str
    title: str
    year: str
    issuer: str
    decision: str
    place_and_date: str
    office: str
    serial: str
    code: str
    qr: str
    address: str = ""
    level: str = ""
    authority: str = ""
    now: str = ""
    reprint: str = ""


@dataclass(frozen=True, kw_only=True)
class Honour:
    """What one certificate of commendation (Giấy khen, Bằng khen) says (Nghị định 98/2023/NĐ-CP, Điều 104).

    `issuer` is the office that decided, `about` the post, unit or address, `golden` the number of the golden book (số
    sổ vàng), which is the ordinal in the decision. It carries no QR code.
    """

    form: str
    name: str
    about: str
    for_what: str
    issuer: str
    decision: str
    golden: str
    place_and_date: str
    office: str
    signer: str = ""
    reprint: str = ""
    qr: str = ""


PARTS = tuple(field.name for field in fields(Words) if field.name != "qr")
PARTS_OF = {"recognition": PARTS, "commendation": tuple(field.name for field in fields(Honour) if field.name != "qr")}
