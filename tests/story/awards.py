"""Run beside a site: a made-up commune with a round of commendation, and those of its village head and officer."""

from __future__ import annotations

import json

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.making import settle
from tests.authority.roles import account
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
    told = {
        "head": session_as(account("truong-thon"), Role.VILLAGE_HEAD, small.village),
        "officer": session_as(account("thi-dua-xa"), Role.EMULATION_OFFICER, commune),
    }
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
