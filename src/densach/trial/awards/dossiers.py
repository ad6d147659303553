"""A commune's round of made-up dossiers at every step before the council, and a dossier of a province's review.

The families are those that the last round recognised; their dossiers go through the hands of the trial's accounts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from densach.assessing.models import Recognition, Round
from densach.assessing.queries import recognised
from densach.assessing.titles import BY_MODEL
from densach.authority.access import Viewer
from densach.awards.candidates.finding import Candidate
from densach.awards.consulting import confirm
from densach.awards.domain import Proposal, find_eligible, give_back, nominate, receive, submit
from densach.awards.holding import enter_hold
from densach.awards.ledger import Written, offers_for, take, write_achievement
from densach.awards.models import AwardRound, HoldGround, Nomination, Nominee, Occasion, SubjectKind
from densach.awards.nominees import Typed, nominee_from_register, nominee_typed
from densach.awards.parts import make_part
from densach.awards.rounds import Opening, open_round
from densach.people.models import Sex
from densach.places.labels import labels_on
from densach.trial.awards.hands import morning, viewer_on

FAMILIES = 24
COMMUNE_DAY, RECEIVED, CENTRE_DAY = date(2026, 3, 2), date(2026, 3, 15), date(2026, 11, 20)
FAMILY_AWARD, CENTRAL_AWARD = "giay_khen_xa", "bang_khen_thu_tuong"
CITATION = "Đã có thành tích tiêu biểu trong xây dựng gia đình học tập năm 2025 (MẪU)"
CENTRAL_CITATION = "Đã có thành tích xuất sắc trong phong trào xây dựng xã hội học tập, giai đoạn 2023-2025 (MẪU)"
ELIGIBLE = 4  # how far `_bring_on` takes it
OTHERS = (
    (
        Typed(kind=SubjectKind.PERSON, name="Trần Thị Mẫu", about="Giáo viên nghỉ hưu, Thôn Bến Cũ", sex=Sex.FEMALE),
        "tiêu biểu trong dạy xóa mù chữ cho 22 người lớn",
    ),
    (
        Typed(kind=SubjectKind.PERSON, name="Phạm Thị Mẫu", about="Nông dân, Thôn Đông Thượng", sex=Sex.FEMALE),
        "tiêu biểu trong tự học nghề và dạy lại cho 12 hộ",
    ),
    (
        Typed(kind=SubjectKind.PERSON, name="Ngô Văn Mẫu", about="Cán bộ Hội Khuyến học xã", sex=Sex.MALE),
        "tiêu biểu trong vận động quỹ khuyến học",
    ),
    (
        Typed(kind=SubjectKind.COLLECTIVE, name="Trường Trung học cơ sở MẪU", about="Xã MẪU Đèn Sách"),
        "tiêu biểu trong xây dựng đơn vị học tập",
    ),
)
MISSING = "Thiếu xác nhận của thôn (MẪU)."


def dossiers_of_the_commune(round_: Round) -> list[Nomination]:
    """A round with what was put forward in it: some persons and a collective, then the families of the last year."""
    officer, head = viewer_on("thi-dua-xa", COMMUNE_DAY), viewer_on("can-bo-xa", COMMUNE_DAY)
    opening = Opening(
        occasion=Occasion.YEAR,
        year=2026,
        name="Khen thưởng học tập suốt đời năm 2025",
        guidance="Hướng dẫn MẪU số 03/HD-UBND ngày 20/01/2026",
        opens_on=date(2026, 2, 1),
    )
    held = open_round(officer, opening, at=morning(COMMUNE_DAY))
    made = [_family(head, held, nominee) for nominee in _families(round_, head)]
    for order, nomination in enumerate(made):
        _bring_on(order, nomination, head, viewer_on("thi-dua-xa", RECEIVED))
    return [*_others(head, held), *made]


def _others(head: Viewer, held: AwardRound) -> Iterator[Nomination]:
    """Persons and a collective that the register does not know: all of them are eligible."""
    at = morning(COMMUNE_DAY)
    for typed, deed in OTHERS:
        nominee = nominee_typed(head, typed, act=head.act(at))
        proposal = Proposal(round=held, award=FAMILY_AWARD, citation=f"Đã có thành tích {deed} (MẪU)")
        made = nominate(head, proposal, nominee, at=at)
        written = Written(
            text=f"{deed[:1].upper()}{deed[1:]} (MẪU)",
            began_on=date(2025, 1, 1),
            ended_on=date(2025, 12, 31),
            evidence="Báo cáo MẪU số 07/BC-TTHTCĐ",
        )
        write_achievement(head, made, written, at=at)
        _bring_on(ELIGIBLE, made, head, viewer_on("thi-dua-xa", RECEIVED))
        yield made


def _families(round_: Round, head: Viewer) -> Iterator[Nominee]:
    """Households that the last round recognised, as the act names them."""
    rows = recognised(round_, BY_MODEL["family"].key, COMMUNE_DAY).values()
    some = [row for row in islice(rows, FAMILIES) if row.subject.household is not None and hasattr(row, "named")]
    labels = labels_on({row.named.place_id for row in some if row.named.place_id}, COMMUNE_DAY)
    for row in some:
        place = row.named.place_id or round_.place_id
        about = labels[place].whole if place in labels else ""
        yield nominee_from_register(_candidate(row, place, about), act=head.act(morning(COMMUNE_DAY)))


def _candidate(row: Recognition, place: int, about: str) -> Candidate:
    home = row.subject.household
    assert home is not None  # noqa: S101  - only families are asked for
    return Candidate("household", home.uid, row.named.name, place, home, about=about)


def _family(head: Viewer, held: AwardRound, nominee: Nominee) -> Nomination:
    at = morning(COMMUNE_DAY)
    made = nominate(head, Proposal(round=held, award=FAMILY_AWARD, citation=CITATION), nominee, at=at)
    for offer in offers_for(made)[:1]:
        take(head, made, offer.key, at=at)
    return made


def _bring_on(order: int, made: Nomination, head: Viewer, officer: Viewer) -> None:
    """One of eight stays a draft, one waits to be received, one is given back, one is held; the others are eligible."""
    stand, at = order % 8, morning(RECEIVED)
    if stand == 0:
        return
    made = submit(head, made, made.version, at=at)
    if stand == 1:
        return
    made = receive(officer, made, RECEIVED, at=at)
    if stand == 2:
        give_back(officer, made, made.version, MISSING, at=at)
        return
    confirm(officer, made, "Đúng như báo cáo (MẪU)", agrees=True, at=at)
    made = find_eligible(officer, made, made.version, at=at)
    if stand == 3:
        enter_hold(officer, made, HoldGround.COMPLAINT, "Thông báo thụ lý MẪU số 05", RECEIVED, at=at)


def dossier_to_the_centre() -> Nomination:
    """The province's review of 2023-2025 with one dossier to the Prime Minister, eligible by the law of today."""
    officer, at = viewer_on("thi-dua", CENTRE_DAY), morning(CENTRE_DAY)
    opening = Opening(
        occasion=Occasion.REVIEW_2025, year=2026, name="Sơ kết phong trào 2023-2025", opens_on=date(2026, 10, 15)
    )
    held = open_round(officer, opening, at=at)
    typed = Typed(kind=SubjectKind.COLLECTIVE, name="Trung tâm học tập cộng đồng MẪU", about="Xã MẪU Đèn Sách")
    nominee = nominee_typed(officer, typed, act=officer.act(at))
    made = nominate(
        officer, Proposal(round=held, award=CENTRAL_AWARD, branch="movement", citation=CENTRAL_CITATION), nominee, at=at
    )
    written = Written(
        text="Mở 37 lớp chuyên đề với 1.820 lượt người học trong giai đoạn 2023-2025 (MẪU)",
        began_on=date(2023, 6, 1),
        ended_on=date(2025, 12, 31),
        evidence="Báo cáo MẪU số 112/BC-UBND",
    )
    write_achievement(officer, made, written, at=at)
    for kind in ("to_trinh", "bao_cao_thanh_tich_chuyen_de"):
        make_part(officer, made, kind, at=at)
    made.refresh_from_db()
    made = receive(officer, submit(officer, made, made.version, at=at), CENTRE_DAY, at=at)
    confirm(officer, made, "Đúng như báo cáo (MẪU)", agrees=True, at=at)
    return find_eligible(officer, made, made.version, at=at)
