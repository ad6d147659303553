"""A complaint about one of those put forward, who is held while it is verified, and one that has just come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from densach.awards.cases.domain import Brought, receive_case, start_verifying
from densach.awards.cases.models import CaseKind, How
from densach.awards.cases.sealing import Told
from densach.awards.models import Nomination
from densach.people.numbers import load_keys
from densach.trial.awards.hands import morning, viewer_on

CAME, VERIFIED, LATER = date(2026, 5, 6), date(2026, 5, 12), date(2026, 5, 20)
BASIS = "Thông báo thụ lý MẪU số 09/TB-UBND"


def hear_complaints(waiting: Sequence[Nomination]) -> None:
    """Both of them, about dossiers that no council has considered."""
    officer, keys = viewer_on("tiep-dan-xa", VERIFIED), load_keys(settings.KEYS_FILE)
    brought = Brought(
        kind=CaseKind.COMPLAINT,
        how=How.POST,
        received_on=CAME,
        what="Cho rằng báo cáo thành tích ghi thừa một năm (MẪU)",
        told=Told(name="Đỗ Thị Mẫu", contact="Thôn Bến Cũ (MẪU)"),
        nomination=waiting[0],
    )
    case = receive_case(officer, brought, keys=keys, at=morning(VERIFIED))
    start_verifying(officer, case, BASIS, VERIFIED, keys=keys, at=morning(VERIFIED))
    later = Brought(
        kind=CaseKind.DENUNCIATION,
        how=How.POST,
        received_on=LATER,
        what="Nêu nghi vấn về thành tích được kê khai (MẪU)",
        told=Told(name="Vũ Văn Mẫu", contact="0900 000 000 (MẪU)"),
        nomination=waiting[1],
    )
    receive_case(viewer_on("tiep-dan-xa", LATER), later, keys=keys, at=morning(LATER))
