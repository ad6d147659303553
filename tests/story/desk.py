"""Run beside a site: a made-up commune whose round has begun, its officer and its leader signed in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.domain import propose_all_met, subjects_for
from densach.assessing.models import Kind, RecognitionAct
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.people.models import Person
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.making import GOOD, adults, answer, open_year, run, settle
from tests.authority.roles import account, given
from tests.people.making import enter, family
from tests.people.pairing import pair_up
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
    propose_all_met(opened, "citizen.qd677", act=ACT)
    wife = "Trần Thị Mẫu 1"
    twin = replace(family(small.village, 4)[1], full_name=wife, birth="1972")
    enter(place, [family(small.village, 4)[0], twin], ACT)
    records = Person.objects.filter(full_name=wife).order_by("pk")
    pair_up(*records)
    paper = {"number": "12/QĐ", "signed_on": date(2025, 12, 1), "office": "x", "office_title": "Chủ tịch"}
    signed = RecognitionAct.objects.create(place=place, basis="Biên bản MẪU", fictional=True, **paper)
    wives = subjects_for(Kind.PERSON, [record.pk for record in records])
    signed.recognitions.create(
        subject=wives[records[0].pk],
        title_key="citizen.qd677",
        year=2025,
        decided_by_people=True,
        reason="họp",
        scorer="ban",
    )
    said = {}
    for role in (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER):
        who = account(role)
        given(who, role, place, ACT)
        said[role] = session_of(who)
    print(json.dumps(said))  # noqa: T201  - what the test reads
