"""Run beside a site: a made-up commune without any round, its officer and its leader signed in, and two workbooks."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.making import GOOD
from tests.authority.roles import account, given
from tests.story.waiting import session_of
from tests.workbooks.making import HEAD, WIFE, written

ACT = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))
PERSON = {"household": "H1", "full_name": HEAD["full_name"], "registered": "có"}

if __name__ == "__main__":
    ensure_ready()
    folder = Path(sys.argv[1])
    place = add_fictional_commune(
        get_place("19", date(2026, 1, 1)).place, "99001", "Xã MẪU Đèn Sách", on=date(2026, 1, 1), act=ACT
    )
    said = {
        "register": str(written(folder, "register", [HEAD, WIFE], "vn", "demo")),
        "citizens": str(written(folder, "citizen.farmers", [{**PERSON, **GOOD}], "vn", "demo")),
    }
    for role in (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER):
        who = account(role)
        given(who, role, place, ACT)
        said[role] = session_of(who)
    print(json.dumps(said))  # noqa: T201  - what the test reads
