"""A made-up commune with a round of commendation, and whoever puts forward, handles and holds there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from densach.authority.roles import Role
from tests.assessing.making import Small, settle
from tests.authority.roles import NOW, TODAY, viewer

if TYPE_CHECKING:
    from uuid import UUID

    from densach.assessing.models import Recognition
    from densach.authority.access import Viewer
    from densach.awards.models import AwardRound, Nomination, Nominee, Occasion
    from densach.history.domain import Act
    from densach.places.models import Place

AWARD = "giay_khen_xa"
CITATION = "Đã có thành tích tiêu biểu trong xây dựng gia đình học tập năm 2025 (MẪU)"


@dataclass
class Desk:
    """The village head who puts forward, and the officer of the commune who handles the round."""

    small: Small
    round: AwardRound
    head: Viewer
    officer: Viewer
    act: Act


def desk(commune: Place, act: Act, small: Small | None = None) -> Desk:
    small = small or settle(commune, act, households=2)
    officer = viewer(Role.EMULATION_OFFICER, commune, act)
    head = viewer(Role.VILLAGE_HEAD, small.village, act)
    return Desk(small, opened(officer), head, officer, act)


def opened(officer: Viewer, occasion: Occasion | None = None, **more: object) -> AwardRound:
    from densach.awards.models import Occasion
    from densach.awards.rounds import Opening, open_round

    said = {"year": 2026, "name": "Khen thưởng năm 2026 (MẪU)", "opens_on": date(2026, 1, 5), **more}
    return open_round(officer, Opening(occasion=occasion or Occasion.YEAR, **said), at=NOW)  # type: ignore[arg-type]


def household(desk: Desk, name: str = "Nguyễn Văn Mẫu 1") -> Nominee:
    """The household of the register whose head has this name."""
    from densach.awards.candidates.finding import find_candidates
    from densach.awards.nominees import nominee_from_register

    found = next(each for each in find_candidates(desk.head, name, fictional=True) if each.what == "household")
    return nominee_from_register(found, act=desk.act)


def typed(who: Viewer, name: str, kind: str = "person", born_on: date | None = None) -> Nominee:
    from densach.awards.models import SubjectKind
    from densach.awards.nominees import Typed, nominee_typed

    return nominee_typed(who, Typed(kind=SubjectKind(kind), name=name, born_on=born_on), act=who.act(NOW))


def put_forward(who: Viewer, round_: AwardRound, nominee: Nominee, award: str = AWARD) -> Nomination:
    from densach.awards.domain import Proposal, nominate

    return nominate(who, Proposal(round=round_, award=award, citation=CITATION), nominee, at=NOW)


def written(who: Viewer, nomination: Nomination, text: str = "Cả nhà đều tham gia học tập (MẪU)") -> UUID:
    """One achievement of last year, claimed."""
    from densach.awards.ledger import Written, write_achievement

    said = Written(text=text, began_on=date(2025, 1, 1), ended_on=date(2025, 12, 31))
    return write_achievement(who, nomination, said, at=NOW).uid


def submitted(
    desk: Desk, nominee: Nominee | None = None, text: str = "Cả nhà đều tham gia học tập (MẪU)"
) -> Nomination:
    from densach.awards.domain import submit

    made = put_forward(desk.head, desk.round, nominee or household(desk))
    written(desk.head, made, text)
    return submit(desk.head, made, made.version, at=NOW)


def eligible(desk: Desk, nominee: Nominee | None = None, on: date = TODAY) -> Nomination:
    from densach.awards.domain import find_eligible, receive

    made = receive(desk.officer, submitted(desk, nominee), on, at=NOW)
    return find_eligible(desk.officer, made, made.version, at=NOW)


def recognised(small: Small, code: str = "H1", *, fictional: bool = True) -> Recognition:
    """The household was recognised as a learning family for 2025 by a made-up act, under its head's name."""
    from densach.assessing.models import NamedInAct, Recognition, RecognitionAct

    act = RecognitionAct.objects.create(
        place=small.place,
        number="21/QĐ-UBND",
        signed_on=date(2026, 1, 20),
        office="uy_ban_nhan_dan_xa",
        office_title="Chủ tịch Ủy ban nhân dân xã MẪU",
        basis="Biên bản MẪU số 03",
        fictional=fictional,
    )
    row = Recognition.objects.create(
        act=act,
        subject=small.subject("family", code),
        title_key="family.qd387",
        year=2025,
        decided_by_people=True,
        reason="Phiếu giấy MẪU",
        scorer="Ban Chấm điểm MẪU",
    )
    NamedInAct.objects.create(recognition=row, name=f"Hộ Nguyễn Văn Mẫu {code[1:]}", place=small.village)
    return row
