"""Signed decisions in a made-up commune, or in a real one in which made-up people live, and their certificates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from densach.formats.certificates.layout import find_layout
from tests.assessing.making import LAST_DAY, YEAR, Small, adults, library, open_year

if TYPE_CHECKING:
    from pathlib import Path

    from densach.assessing.certificates.issuing import Order
    from densach.assessing.domain import Decision
    from densach.assessing.models import Printing, Recognition, RecognitionAct, Subject
    from densach.history.domain import Act
    from densach.places.models import Place

MAU = "mau-chu-tich-ubnd-cap-xa"
TODAY = date(2027, 2, 10)


def decided(subject: Subject, name: str = "") -> Decision:
    from densach.assessing.domain import Decision

    return Decision(subject=subject, name=name, reason="Phiếu giấy đạt", scorer="Hội đồng MẪU")


def signed(
    small: Small, act: Act, model: str = "citizen", *, names: dict[int, str] | None = None, number: str = "12/QĐ-UBND"
) -> RecognitionAct:
    """A decision of the fictional pack on all adults, all households, or the one of another model."""
    from densach.assessing.domain import PaperAct, sign_act
    from densach.assessing.titles import BY_MODEL

    subjects = {
        "citizen": lambda: adults(small),
        "family": lambda: [small.subject("family", code) for code in ("H1", "H2")],
        "clan": lambda: [small.subject("clan", "D1")],
        "unit": lambda: [small.subject("unit", "U1")],
    }.get(model, lambda: [small.subject(model)])()
    said = names or {}
    decisions = [decided(each, said.get(place, "")) for place, each in enumerate(subjects)]
    paper = PaperAct(number=number, signed_on=LAST_DAY, office=MAU, basis="Tờ trình MẪU")
    return sign_act(open_year(small, act, "vn,demo"), BY_MODEL[model], paper, library("vn", "demo"), decisions, act=act)


def signed_for_real(small: Small, act: Act) -> RecognitionAct:
    """A decision on all adults by the real law, where a local text names who signs."""
    from densach.assessing.domain import PaperAct, sign_act
    from densach.assessing.titles import BY_MODEL
    from densach.authority.domain import enter_local_decision

    enter_local_decision(
        title_key="citizen.qd677",
        place=small.place,
        office_title="Chủ tịch Hội Khuyến học xã",
        citation="Quyết định 1/QĐ-MẪU",
        valid_from=date(2026, 6, 1),
        act=act,
    )
    paper = PaperAct(number="7/QĐ-HKH", signed_on=LAST_DAY, office="", basis="Tờ trình MẪU")
    decisions = [decided(subject) for subject in adults(small)]
    return sign_act(open_year(small, act), BY_MODEL["citizen"], paper, library(), decisions, act=act)


def order(small: Small, model: str = "citizen", **said: object) -> Order:
    from densach.assessing.certificates.issuing import Order
    from densach.assessing.titles import BY_MODEL

    usual: dict[str, object] = {"place": small.place, "year": YEAR, "title": BY_MODEL[model], "fictional": True}
    return Order(**(usual | said))  # type: ignore[arg-type]


def printed(path: Path, wanted: Order, act: Act, on: date = TODAY, layout: str = "day-du") -> Printing:
    from densach.reporting.certificates.printing import print_certificates

    packs = ("vn", "demo") if wanted.fictional else ("vn",)
    return print_certificates(path, wanted, library(*packs), find_layout(layout), on=on, act=act).printing


def correct(recognition: Recognition, act: Act, name: str, **said: object) -> object:
    from densach.assessing.corrections import correct_name
    from densach.assessing.domain import PaperAct
    from densach.assessing.titles import BY_MODEL

    usual = {"number": "15/QĐ-UBND", "signed_on": date(2027, 1, 20), "office": MAU, "basis": "Giấy khai sinh MẪU"}
    why = str(said.pop("why", "Viết sai dấu"))
    paper = PaperAct(**(usual | said))  # type: ignore[arg-type]
    title = next(each for each in BY_MODEL.values() if each.key == recognition.title_key)
    packs = ("vn", "demo") if recognition.act.fictional else ("vn",)
    return correct_name(recognition, title, paper, library(*packs), name=name, why=why, act=act)


def merge(small: Small, act: Act, *others: str, whole: bool = True) -> list[Place]:
    """On 01/04/2027 the village and the commune end, and the commune goes to others."""
    from densach.places.domain import add_fictional_commune, close_place, link
    from densach.places.lookup import get_place
    from densach.places.models import Lineage

    on, province = date(2027, 4, 1), get_place("19", date(2027, 1, 1)).place
    names = [(f"9900{n}", f"Xã MẪU {name}") for n, name in enumerate(others, 2)]
    new = [add_fictional_commune(province, code, name, on=on, act=act) for code, name in names]
    close_place(small.village, on=on, act=act)
    close_place(small.place, on=on, act=act)
    link([Lineage(old=small.place, new=each, on=on, whole=whole, source="MẪU") for each in new], act)
    return new
