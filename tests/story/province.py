"""Run beside a site: made-up communes with their rounds, and people of a province, signed in; tell their sessions."""

from __future__ import annotations

import json

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.making import settle
from tests.authority.roles import account
from tests.reporting.below import another, country, judged
from tests.story.sessions import ACT, FIRST_DAY, session_as


def main() -> None:
    """The session of each role, and the identity of the commune."""
    ensure_ready()
    province = get_place("19", FIRST_DAY).place
    commune = add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=FIRST_DAY, act=ACT)
    judged(settle(commune, ACT), ACT)
    judged(another(province, 2, ACT, households=3), ACT)
    another(province, 3, ACT)
    roles = {
        Role.PROVINCE_OFFICER: province,
        Role.PROVINCE_LEADER: province,
        Role.MINISTRY_OFFICER: country(FIRST_DAY),
        Role.COMMUNE_OFFICER: commune,
        Role.FRONT_HEAD: commune,
    }
    sessions = {str(role): session_as(account(str(role)), role, place) for role, place in roles.items()}
    print(json.dumps(sessions | {"commune": str(commune.uid)}))  # noqa: T201


if __name__ == "__main__":
    main()
