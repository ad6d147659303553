"""Run beside a site: a made-up commune for the whole way of an award, and a province with a package at the centre."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.roles import Role
from densach.awards.central.domain import send
from densach.config.database import ensure_ready
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.making import settle
from tests.authority.roles import account
from tests.awards.central.making import centre, packed
from tests.awards.central.making import passed as passed_in_province
from tests.awards.dossier.making import desk, recognised
from tests.story.sessions import ACT, FIRST_DAY, session_as


def main() -> None:
    """The session of each role."""
    ensure_ready()
    province = get_place("19", FIRST_DAY).place
    commune = add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=FIRST_DAY, act=ACT)
    small = settle(commune, ACT)
    desk(commune, ACT, small)
    recognised(small)
    here = centre(province, ACT)
    package = packed(here, passed_in_province(here, "Nguyễn Thị MẪU"), passed_in_province(here, "Trần Văn MẪU"))
    type(package).objects.update(made_at=timezone.now() - timedelta(days=1))
    package.refresh_from_db()
    today = timezone.localdate()
    send(replace(here.officer, today=today), package, today - timedelta(days=1), at=timezone.now())
    told = {
        "head": session_as(account("truong-thon"), Role.VILLAGE_HEAD, small.village),
        "officer": session_as(account("thi-dua-xa"), Role.EMULATION_OFFICER, commune),
        "leader": session_as(account("lanh-dao-xa"), Role.COMMUNE_LEADER, commune),
        "hears": session_as(account("tiep-dan-xa"), Role.CASE_OFFICER, commune),
        "province": session_as(account("thi-dua"), Role.EMULATION_OFFICER, province),
        "package": str(package.uid),
        "today": today.isoformat(),
    }
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
