"""Run beside a site: a made-up commune whose round has begun, its officer and its leader signed in."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.making import GOOD, adults, answer, open_year, run, settle
from tests.authority.roles import account, given
from tests.story.waiting import session_of

ACT = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))

if __name__ == "__main__":
    ensure_ready()
    above = get_place("19", date(2026, 1, 1)).place
    place = add_fictional_commune(above, "99001", "Xã MẪU Đèn Sách", on=date(2026, 1, 1), act=ACT)
    small = settle(place, ACT, households=3)
    opened = open_year(small, ACT, "vn,demo")
    answer(opened, "citizen", {subject: dict(GOOD) for subject in adults(small)}, ACT)
    run(opened, ACT)
    said = {}
    for role in (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER):
        who = account(role)
        given(who, role, place, ACT)
        said[role] = session_of(who)
    print(json.dumps(said))  # noqa: T201  - what the test reads
