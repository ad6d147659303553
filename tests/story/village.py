"""Run beside a site: a made-up village of 60 households with sheets at every stage, and somebody of its chapter.

Prints the name by which the chapter's officer signs in.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.privacy.making import agree
from tests.assessing.villages.making import at_every_stage, working
from tests.authority.roles import account, given

ACT = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))

if __name__ == "__main__":
    ensure_ready()
    province = get_place("19", date(2026, 1, 1)).place
    made = working(add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=date(2026, 1, 1), act=ACT), ACT, 60)
    at_every_stage(made, ACT)
    agree(ACT)
    officer = account("chihoi")
    given(officer, Role.CHAPTER_OFFICER, made.small.village, ACT)
    print(officer.username)  # noqa: T201  - what the test reads
