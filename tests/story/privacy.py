"""Run beside a site: a made-up household with an account for its head and one for the commune officer."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from django.conf import settings

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.granting import END_OF_THE_MOVEMENT, Charge, give_first_role
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.people.domain import enter_residents
from densach.people.models import Person
from densach.people.numbers import load_keys
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.authority.roles import BASIS, account
from tests.people.making import NEW_YEAR, family, village

ACT = Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC), why="để thử")


def main() -> None:
    """The identities of the head and the child; everybody in it is made up."""
    ensure_ready()
    province = get_place("19", NEW_YEAR).place
    commune = add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=date(2026, 1, 1), act=ACT)
    keys = load_keys(settings.KEYS_FILE)
    enter_residents(commune, family(village(commune, ACT), 1), on=NEW_YEAR, keys=keys, act=ACT)
    head, child = (Person.objects.get(full_name=name) for name in ("Nguyễn Văn Mẫu 1", "Nguyễn Mẫu Con 1"))
    days = {"valid_from": NEW_YEAR, "valid_to": END_OF_THE_MOVEMENT}
    home = head.households.get().household
    for name, role, thing in (
        ("chu.ho", Role.HOUSEHOLD_HEAD, home), ("can.bo", Role.COMMUNE_OFFICER, commune),
    ):  # fmt: skip
        give_first_role(account(name), Charge(role=role, thing=thing, basis=BASIS, **days), act=ACT)
    print(json.dumps({"head": str(head.uid), "child": str(child.uid)}))  # noqa: T201


if __name__ == "__main__":
    main()
