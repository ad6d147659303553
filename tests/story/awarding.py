"""Run beside a site: a made-up commune with nominations that its council passed; its officer and leader signed in."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.authority.roles import account, given
from tests.awards.register.making import open_round, passed
from tests.story.waiting import session_of

ACT = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))

if __name__ == "__main__":
    ensure_ready()
    place = add_fictional_commune(
        get_place("19", date(2026, 1, 1)).place, "99001", "Xã MẪU Đèn Sách", on=date(2026, 1, 1), act=ACT
    )
    round_ = open_round(place)
    passed(round_, "Lê Văn Mẫu", "Trần Thị Mẫu")
    passed(round_, "Trường Trung học cơ sở MẪU", kind="collective")
    passed(round_, "Gia đình ông Nguyễn Văn Mẫu", kind="household")
    said = {}
    for role in (Role.EMULATION_OFFICER, Role.COMMUNE_LEADER):
        who = account(role)
        given(who, role, place, ACT)
        said[role] = session_of(who)
    print(json.dumps(said))  # noqa: T201  - what the test reads
