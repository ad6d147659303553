"""Run beside a site: a village that collects sheets, a file that waits to go up, a draft of law, and a slip of paper.

Prints the sessions of those who work there, the household whose sheet is copied, and the code of the slip.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.models import Assessment
from densach.authority.access import viewer_of
from densach.authority.roles import Over, Role
from densach.authority.slips.making import make_slips
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.lawmaking.domain import begin
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.reporting.below.opinions import Kind, Said, say_opinion
from tests.assessing.villages.making import working
from tests.authority.roles import account, given, in_role
from tests.lawmaking.writing import beginning
from tests.reporting.below import another, country, judged
from tests.story.waiting import session_of

NOW = datetime.now(UTC)
ACT = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC), why="để thử")
FIRST_DAY = date(2026, 1, 1)

if __name__ == "__main__":
    ensure_ready()
    province = get_place("19", FIRST_DAY).place
    place = add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=FIRST_DAY, act=ACT)
    made = working(place, ACT, 3)
    rounds = [judged(another(province, order, ACT), ACT) for order in (2, 3)]
    posts = {
        Role.VILLAGE_HEAD: made.small.village,
        Role.PROVINCE_OFFICER: province,
        Role.PROVINCE_LEADER: province,
        Role.MINISTRY_OFFICER: country(FIRST_DAY),
        Role.RUBRIC_EDITOR: province,
    }
    seen = {role: in_role(who := account(role), given(who, role, thing, ACT)) for role, thing in posts.items()}
    for one in rounds:
        seal = Assessment.objects.get(round=one, title_key="commune.tt25").seal
        for read, (role, kind) in enumerate(
            ((Role.PROVINCE_OFFICER, Kind.VERIFIED), (Role.PROVINCE_LEADER, Kind.APPROVED))
        ):
            say_opinion(seen[role], one, Said(kind=kind, reason="", read=read, seal=seal), at=NOW)
    head = made.small.subject("family", "H3").household
    maker = seen[Role.VILLAGE_HEAD].account
    assert head is not None
    assert maker is not None
    [slip] = make_slips(viewer_of(maker, None, NOW.date()), Over.HOUSEHOLD, [head.uid], at=NOW).slips
    told = {str(role): session_of(viewer.account) for role, viewer in seen.items() if viewer.account}
    household = made.small.subject("family", "H1").household
    told |= {
        "household": str(household.uid) if household else "",
        "commune": str(rounds[0].place.uid),
        "draft": str(begin(seen[Role.RUBRIC_EDITOR], beginning(), at=NOW).uid),
        "slip": slip.code,
    }
    print(json.dumps(told))  # noqa: T201  - what the test reads
