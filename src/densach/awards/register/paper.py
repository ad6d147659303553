"""The decision as an official document (Nghị định 30/2020/NĐ-CP), with its list by subject as an annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from densach.awards.models import AwardRound, SubjectKind
from densach.awards.register.lawful import Decider
from densach.formats.official.model import Annex, Block, Issuer, Kind, Official, Paragraph, Reference, Signature, Table
from densach.formats.vietnamese import format_number
from densach.places.models import PlacePeriod
from densach.policy.commendation.model import Award

COMMITTEE = "Ủy ban nhân dân"
SYMBOL = "UBND"
LAW = "Căn cứ Luật Thi đua, khen thưởng"
HEADS = ("Số sổ vàng", "Họ và tên, tên gọi", "Chức vụ, đơn vị, địa chỉ", "Thành tích")
WIDTHS = (2, 6, 7, 9)
FORMS = {"giay_khen": "Giấy khen", "bang_khen": "Bằng khen"}


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is given for a decision: its day, the papers it rests on, who signs, and a number given on paper.

    `number` is one of the book; `given` the whole number of another office, whose decision came here on the day `came`.
    `without_council` says why there was none.
    """

    signed: date
    basis: str
    signer: str = ""
    number: int | None = None
    given: str = ""
    came: date | None = None
    without_council: str = ""


@dataclass(frozen=True)
class Line:
    """One recipient as the list names it."""

    ordinal: int
    kind: str
    name: str
    about: str
    for_what: str


def decision_paper(round_: AwardRound, award: Award, order: Order, decider: Decider, lines: Sequence[Line]) -> Official:
    """The decision on those who are listed, its number still open."""
    called = named(award, decider)
    return Official(
        kind=Kind.DECISION,
        issuer=Issuer((COMMITTEE, _small(decider.place)), SYMBOL),
        reference=Reference(place_before_date(decider.place), order.signed.year),
        abstract=f"Về việc tặng {called}",
        opening=decider.office,
        bases=(LAW, *_basis(f"Căn cứ {decider.power}" if decider.power else ""), *_basis(order.basis)),
        blocks=tuple(_articles(round_, called, lines)),
        signatures=(Signature("Chủ tịch", name=order.signer),),
        recipients=("Như Điều 3",),
        annexes=(Annex(f"Danh sách được tặng {called}", tuple(_list(lines))),),
        fictional=round_.is_fictional or round_.place.fictional,
    )


def named(award: Award, decider: Decider) -> str:
    """An award by the office that gives it: "Giấy khen của Chủ tịch Ủy ban nhân dân xã Ia Mơ"."""
    form = FORMS.get(award.form)
    return f"{form} của {decider.office}" if form and decider.numbers_here else award.name_vi


def place_before_date(place: PlacePeriod) -> str:
    """The place as it stands before a date; a name that is a number keeps its type."""
    return place.name if place.short_name[:1].isdigit() else place.short_name


def counted(lines: Sequence[Line]) -> str:
    """How many of each kind, in words: "3 cá nhân, 1 tập thể"."""
    found = ((kind, sum(line.kind == kind for line in lines)) for kind in SubjectKind)
    return ", ".join(f"{format_number(count)} {kind.label}" for kind, count in found if count)


def _articles(round_: AwardRound, called: str, lines: Sequence[Line]) -> Iterator[Block]:
    whom = f"{counted(lines)} có tên trong danh sách kèm theo"
    yield Paragraph(f"Tặng {called} cho {whom} ({round_.name}).", "Điều 1.")
    yield Paragraph(
        "Tiền thưởng kèm theo được chi từ quỹ thi đua, khen thưởng của cấp quyết định khen thưởng theo quy định của "
        "pháp luật.",
        "Điều 2.",
    )
    yield Paragraph(
        "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị có liên quan, tập thể, cá nhân và hộ gia đình "
        "có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
        "Điều 3.",
    )


def _list(lines: Sequence[Line]) -> Iterator[Block]:
    for kind in SubjectKind:
        rows = tuple((str(line.ordinal), line.name, line.about, line.for_what) for line in lines if line.kind == kind)
        if rows:
            yield Paragraph(lead=kind.label.capitalize())
            yield Table(HEADS, rows, WIDTHS, frozenset({0}))


def _basis(basis: str) -> tuple[str, ...]:
    if not basis:
        return ()
    return (basis if basis.startswith(("Căn cứ ", "Theo ", "Xét ")) else f"Căn cứ {basis}",)


def _small(place: PlacePeriod) -> str:
    return place.name[:1].lower() + place.name[1:]
