"""Made-up villages with people, and a slip for one of them; also a process of its own that uses a slip.

`python -m tests.authority.slipping` makes one and prints its identity; with UID USERNAME it uses it.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import densach.config.ready  # noqa: F401  - before the models below
from tests.authority.roles import NOW, TODAY

if TYPE_CHECKING:
    from densach.authority.access import Viewer
    from densach.authority.roles import Over
    from densach.authority.slips.making import Printed
    from densach.history.domain import Act
    from densach.people.models import Household, Person
    from densach.places.models import Place

WORDS = "con trâu đi học chữ"


def people(commune: Place, act: Act, homes: int = 1, name: str = "Thôn Đoài") -> Place:
    """A village with some families of three."""
    from tests.people.making import enter, family, village

    made = village(commune, act, name)
    enter(commune, [one for order in range(1, homes + 1) for one in family(made, order)], act)
    return made


def head(order: int = 1) -> tuple[Person, Household]:
    """The head of one family, born in 1980, and the household."""
    from densach.people.models import HouseholdMember

    row = HouseholdMember.objects.select_related("person", "household").get(
        is_head=True, person__full_name=f"Nguyễn Văn Mẫu {order}"
    )
    return row.person, row.household


def slip_for(viewer: Viewer, over: Over, uid: UUID) -> Printed:
    """One slip made today."""
    from densach.authority.slips.making import make_slips

    [printed] = make_slips(viewer, over, [uid], at=NOW).slips
    return printed


def make_one() -> str:
    """One open slip."""
    from densach.authority.roles import Role
    from densach.authority.slips.models import Slip
    from densach.people.models import Household, Person
    from tests.authority.roles import account

    holder = Person.objects.create(
        full_name="Nguyễn Văn Mẫu", sex="male", birth_date=date(1980, 1, 1), birth_precision="year"
    )
    home = {"household": Household.objects.create(), "holder": holder}
    made = {"made_by": account("truong.thon"), "made_at": NOW, "valid_to": date(2027, 1, 1)}
    return str(Slip.objects.create(role=Role.HOUSEHOLD_HEAD, code_hash="x", **home, **made).uid)


def take(uid: str, username: str) -> str:
    """The outcome of using a slip: the name of the new account, or the code of the refusal."""
    from densach.authority.slips.taking import take_as_newcomer
    from densach.problems import Refused

    try:
        return take_as_newcomer(UUID(uid), username, WORDS, at=NOW, today=TODAY).username
    except Refused as refusal:
        return refusal.problems[0].code


if __name__ == "__main__":
    print(take(*sys.argv[1:]) if sys.argv[1:] else make_one())  # noqa: T201
