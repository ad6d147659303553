"""Run beside a site: made-up communes with their rounds, and people of a province, signed in; tell their sessions."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from django.test import Client

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.models import Account
from densach.authority.granting import END_OF_THE_MOVEMENT, Charge, give_first_role
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.places.models import Place
from tests.assessing.making import settle
from tests.authority.roles import account
from tests.reporting.below import another, country, judged

ACT = Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC), why="để thử")
FIRST_DAY = date(2026, 1, 1)


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
    sessions = {str(role): signed_in(role, place) for role, place in roles.items()}
    print(json.dumps(sessions | {"commune": str(commune.uid)}))  # noqa: T201


def signed_in(role: Role, place: Place) -> str:
    """Somebody in a role until the movement ends, and the key of a session."""
    who = account(str(role))
    days = {"valid_from": FIRST_DAY, "valid_to": END_OF_THE_MOVEMENT}
    give_first_role(who, Charge(role=role, thing=place, basis="Quyết định MẪU số 01", **days), act=ACT)
    return session_of(who)


def session_of(who: Account) -> str:
    """The key of a session in which the account has signed in."""
    browser = Client()
    browser.force_login(who)
    return str(browser.session.session_key)


if __name__ == "__main__":
    main()
