"""A site with the first account of an installation and nothing made up, and a village that is: both for the browser.

`python -m tests.story.entrances real` prints the code of the administrator; `… village` one of a slip.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.domain import Newcomer, give_first_code, make_account
from densach.accounts.queries import account_by_username
from densach.authority.access import viewer_of
from densach.authority.granting import END_OF_THE_MOVEMENT, Charge, give_first_role
from densach.authority.roles import Over, Role
from densach.authority.slips.making import make_slips
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.places.models import Place
from tests.authority.slipping import head, people

NOW = datetime.now(UTC)
ACT = Act(who="tests", at=NOW, why="để thử")


def officer(username: str, role: Role, place: Place) -> dict[str, str]:
    """An account in a role, with the code for its first password."""
    account = make_account(Newcomer(username, "Người MẪU"), act=ACT)
    days = {"valid_from": NOW.date(), "valid_to": END_OF_THE_MOVEMENT}
    give_first_role(account, Charge(role=role, thing=place, basis="QĐ MẪU", **days), act=ACT)
    return {"username": username, "code": give_first_code(account, act=ACT)}


def real() -> dict[str, str]:
    """An administrator of a province, where roles wait for a second factor."""
    return officer("quan.tri", Role.ADMINISTRATOR, get_place("19", NOW.date()).place)


def village() -> dict[str, str]:
    """A village head, and a slip for the head of one household."""
    commune = add_fictional_commune(
        get_place("19", NOW.date()).place, "99001", "Xã MẪU Đèn Sách", on=NOW.date().replace(month=1, day=1), act=ACT
    )
    made = people(commune, ACT, 3)
    entry = officer("truong.thon", Role.VILLAGE_HEAD, made)
    who = account_by_username("truong.thon")
    assert who is not None
    [slip] = make_slips(viewer_of(who, None, NOW.date()), Over.HOUSEHOLD, [head(3)[1].uid], at=NOW).slips
    return entry | {"slip": slip.code}


if __name__ == "__main__":
    ensure_ready()
    print(json.dumps({"real": real, "village": village}[sys.argv[1]]()))  # noqa: T201
