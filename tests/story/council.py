"""Run beside a site: a made-up commune with a round whose nominations wait, its council's members and its secretary."""

from __future__ import annotations

import json
from datetime import date

from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.roles import Role
from densach.awards.councils.domain import Founded, Named, Regulation, found_council, name_member
from densach.awards.models import Quota
from densach.config.database import ensure_ready
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.authority.roles import account
from tests.awards.councils.making import nominate, regulation, round_of
from tests.story.sessions import ACT, FIRST_DAY, session_as


def main() -> None:
    """The session of each, and the council."""
    ensure_ready()
    commune = add_fictional_commune(get_place("19", FIRST_DAY).place, "99001", "Xã MẪU Đèn Sách", on=FIRST_DAY, act=ACT)
    rules: Regulation = regulation(2, 3)
    founded = Founded(
        name="Hội đồng Thi đua - Khen thưởng xã MẪU",
        authority="chu-tich-ubnd-cap-xa",
        basis="Quyết định MẪU số 05/QĐ-UBND",
        valid_from=date(2026, 1, 1),
        regulation=rules,
    )
    council = found_council(commune, founded, act=ACT)
    sessions = {"secretary": session_as(account("thi-dua"), Role.EMULATION_OFFICER, commune)}
    for name, seated in (("chair", "chair"), ("second", "secretary"), ("absent", "member")):
        who = account(name)
        sessions[name] = session_as(who, Role.COUNCIL_MEMBER, commune)
        name_member(council, Named(account=who, seated=seated, title="", valid_from=FIRST_DAY), act=ACT)
    round_ = round_of(commune)
    nominate(round_, 3)
    nominate(round_, 1, first=3, name="Bà Lê Thị Mẫu Ba", folded="le thi mau 9", sex="female")
    Quota.objects.create(round=round_, award="giay_khen_xa", most=2, source="Hướng dẫn MẪU số 07")
    print(json.dumps(sessions | {"council": str(council.uid), "today": timezone.localdate().isoformat()}))  # noqa: T201


if __name__ == "__main__":
    main()
