"""One of several processes that speak about the same person's data at the same moment."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.privacy.consenting import give_consent, withdraw_consent
from densach.assessing.privacy.requesting import Ask, ask_people
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.people.models import Person
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.privacy.making import says
from tests.people.making import enter, family, village

ACT = Act(who="thử", at=datetime(2026, 1, 1, tzinfo=UTC))
TODAY = date(2026, 11, 26)
NAME = "Nguyễn Văn Mẫu 1"


def make() -> None:
    """One household of the made-up commune."""
    ensure_ready()
    province = get_place("19", date(2026, 1, 1)).place
    commune = add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=date(2026, 1, 1), act=ACT)
    enter(commune, family(village(commune, ACT), 1), ACT)


def speak(turns: int) -> None:
    """Say yes and no by turns, and ask for the same correction each time."""
    person = Person.objects.get(full_name=NAME)
    for _ in range(turns):
        give_consent(person, "chapter_check", says(), on=TODAY, act=ACT)
        ask = Ask(kind="correct", about="full_name", wanted="Nguyễn Văn Mầu")
        print(ask_people(person, ask, says(), on=TODAY, act=ACT).pk)  # noqa: T201
        withdraw_consent(person, "chapter_check", says(), on=TODAY, act=ACT)


def told() -> None:
    """The numbers of the consents as they stand."""
    from densach.assessing.privacy.queries import acts_of

    person = Person.objects.get(full_name=NAME)
    for row in acts_of(person):
        print(row.number * 2 + int(row.given))  # noqa: T201


if __name__ == "__main__":
    {"make": make, "told": told}.get(sys.argv[1], lambda: speak(int(sys.argv[1])))()
