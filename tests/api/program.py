"""Run beside a site: a made-up commune whose association reports by a program, and the token of that program."""

from __future__ import annotations

from datetime import UTC, date, datetime

import densach.config.ready  # noqa: F401  - before the models below
from densach.api.domain import give_token
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.reporting.figures.making import SPENT, Hands, of, up_to

FIRST_DAY = date(2026, 1, 1)
ACT = Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC), why="để thử")


def main() -> None:
    """Two returns, one of them accepted."""
    ensure_ready()
    province = get_place("19", FIRST_DAY).place
    commune = add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=FIRST_DAY, act=ACT)
    hands = Hands(commune, province, ACT)
    up_to(hands, of(commune), SPENT)
    up_to(hands, of(commune, half=1), SPENT, "open")
    account = hands.writer.account
    assert account is not None
    print(give_token(account, "thử", since=FIRST_DAY, until=date(2028, 1, 1), act=ACT))  # noqa: T201


if __name__ == "__main__":
    main()
