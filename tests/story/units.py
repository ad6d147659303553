"""Run beside a site: a made-up commune with a round, and those of its school, clan, association and committee."""

from __future__ import annotations

import json

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.granting import Thing
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.dossiers.making import the_unit
from tests.assessing.making import open_year, settle
from tests.assessing.privacy.making import agree
from tests.authority.roles import account
from tests.people.making import enter, family
from tests.story.sessions import ACT, FIRST_DAY, session_as


def main() -> None:
    """The session of each role."""
    ensure_ready()
    province = get_place("19", FIRST_DAY).place
    commune = add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=FIRST_DAY, act=ACT)
    small = settle(commune, ACT)
    enter(commune, family(small.village, 9), ACT)
    open_year(small, ACT, "vn,demo")
    agree(ACT)
    over: dict[str, tuple[Role, Thing | None]] = {
        "head": (Role.UNIT_HEAD, the_unit(small)),
        "team": (Role.UNIT_ASSESSOR, the_unit(small)),
        "clan": (Role.CLAN_HEAD, small.subject("clan", "D1").clan),
        "home": (Role.HOUSEHOLD_HEAD, small.subject("family", "H9").household),
        "officer": (Role.COMMUNE_OFFICER, commune),
        "association": (Role.ASSOCIATION_OFFICER, commune),
        "above": (Role.ASSOCIATION_OFFICER, province),
    }
    print(json.dumps({name: _session(name, role, thing) for name, (role, thing) in over.items()}))  # noqa: T201


def _session(name: str, role: Role, thing: Thing | None) -> str:
    if thing is None:
        raise ValueError(name)
    return session_as(account(name), role, thing)


if __name__ == "__main__":
    main()
