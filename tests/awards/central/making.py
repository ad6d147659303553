"""A made-up province with nominations to the Prime Minister that its council passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from densach.authority.roles import Role
from densach.formats.vietnamese import fold
from tests.authority.roles import NOW, viewer

if TYPE_CHECKING:
    from densach.authority.access import Viewer
    from densach.awards.central.models import Package
    from densach.awards.models import AwardRound, Nomination
    from densach.formats.official.model import Official
    from densach.history.domain import Act
    from densach.places.models import Place

AWARD = "bang_khen_thu_tuong"
PARTS = ("to_trinh", "bao_cao_thanh_tich_chuyen_de", "bien_ban_xet_khen_thuong")
WORD = "Đã kiểm tra từng phần với Sở Nội vụ (MẪU)"


@dataclass
class Centre:
    """A province, its round of the review and whoever handles it."""

    place: Place
    round: AwardRound
    officer: Viewer


def centre(place: Place, act: Act) -> Centre:
    from densach.awards.models import AwardRound

    round_ = AwardRound.objects.create(
        place=place, authority="chu-tich-ubnd-cap-tinh", occasion="review_2025", year=2026,
        name="Sơ kết 2023-2025 (MẪU)", opens_on=date(2026, 1, 5), is_fictional=True,
    )  # fmt: skip
    return Centre(place, round_, viewer(Role.EMULATION_OFFICER, place, act))


def passed(
    here: Centre, name: str = "Nguyễn Thị MẪU", *, regime: str = "C", parts: tuple[str, ...] = PARTS
) -> Nomination:
    """A nomination that passed, with papers made here and the province's own confirmation."""
    from densach.awards.models import Confirmation, Nomination, Nominee

    who = Nominee.objects.create(kind="person", name=name, folded=fold(name), place=here.place)
    row = Nomination.objects.create(
        round=here.round, award=AWARD, nominee=who, mode="movement", proposer=here.place, citation="Thành tích (MẪU)",
        proposed_by="Ủy ban nhân dân tỉnh MẪU", step="passed", received_on=date(2026, 10, 5), regime=regime,
    )  # fmt: skip
    for kind in parts:
        made(row, kind)
    assert here.officer.account is not None
    Confirmation.objects.create(nomination=row, place=here.place, agrees=True, by=here.officer.account, said_at=NOW)
    return row


def made(row: Nomination, kind: str) -> None:
    from densach.awards.models import Part
    from densach.formats.official.keeping import kept_text

    text = kept_text(paper(row.nominee.name))
    digest = sha256(text.encode()).hexdigest()
    Part.objects.create(nomination=row, kind=kind, name=kind, content=text, sha256=digest, added_at=NOW)


def paper(name: str) -> Official:
    from densach.formats.official.model import Issuer, Kind, Official, Paragraph, Reference, Signature

    return Official(
        kind=Kind.REPORT,
        issuer=Issuer(("Ủy ban nhân dân", "tỉnh MẪU"), "UBND"),
        reference=Reference("MẪU", 2026),
        abstract=f"Thành tích của {name}",
        blocks=(Paragraph("Đã học suốt đời."),),
        signatures=(Signature("Chủ tịch"),),
        fictional=True,
    )


def packed(here: Centre, *rows: Nomination, word: str = WORD) -> Package:
    from django.db import transaction

    from densach.awards.central.domain import build_archive, keep_package, wanted_package

    wanted = wanted_package(here.officer, here.round, [row.uid for row in rows], word, no_secrets=True, at=NOW)
    built = build_archive(wanted, lambda _done, _total: None, today=here.officer.today)
    assert here.officer.account is not None
    with transaction.atomic():
        return keep_package(wanted, built, here.officer.account, act=here.officer.act(NOW))
