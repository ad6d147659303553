"""Run beside a site: a made-up commune with a round whose nominations wait, its council's members and its secretary."""

from __future__ import annotations

import json
from datetime import date

from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.models import Account
from densach.authority.granting import END_OF_THE_MOVEMENT, Charge, give_first_role
from densach.authority.roles import Role
from densach.awards.councils.domain import Founded, Named, Regulation, found_council, name_member
from densach.awards.models import Quota
from densach.config.database import ensure_ready
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.places.models import Place
from tests.authority.roles import account
from tests.awards.councils.making import nominate, regulation, round_of
from tests.story.province import ACT, FIRST_DAY, session_of


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
    sessions = {"secretary": _session("thi-dua", Role.EMULATION_OFFICER, commune)}
    for name, seated in (("chair", "chair"), ("second", "secretary"), ("absent", "member")):
        sessions[name] = _session(name, Role.COUNCIL_MEMBER, commune)
        who = _accounts[name]
        name_member(council, Named(account=who, seated=seated, title="", valid_from=FIRST_DAY), act=ACT)
    round_ = round_of(commune)
    nominate(round_, 3)
    nominate(round_, 1, first=3, name="Bà Lê Thị Mẫu Ba", folded="le thi mau 9", sex="female")
    Quota.objects.create(round=round_, award="giay_khen_xa", most=2, source="Hướng dẫn MẪU số 07")
    print(json.dumps(sessions | {"council": str(council.uid), "today": timezone.localdate().isoformat()}))  # noqa: T201


_accounts: dict[str, Account] = {}


def _session(name: str, role: Role, place: Place) -> str:
    who = _accounts[name] = account(name)
    days = {"valid_from": FIRST_DAY, "valid_to": END_OF_THE_MOVEMENT}
    give_first_role(who, Charge(role=role, thing=place, basis="Quyết định MẪU số 01", **days), act=ACT)
    return session_of(who)


if __name__ == "__main__":
    main()
