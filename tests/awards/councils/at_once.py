"""Run beside a test, in a process of its own: make a sitting, vote in it, or close it; tells what came of it."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from uuid import UUID

import densach.config.ready  # noqa: F401  - before the models below
from densach.awards.councils.queries import sitting_by_uid
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.problems import Refused
from tests.awards.councils.making import Bench, closed, council_of, opened, vote

ACT = Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC))


def main(what: str, uid: str = "", number: str = "0") -> None:
    """What was asked for: `make`, `vote` or `close`, by one of the members."""
    if what == "make":
        ensure_ready()
        on = date(2026, 1, 1)
        place = add_fictional_commune(get_place("19", on).place, "99001", "Xã MẪU Đèn Sách", on=on, act=ACT)
        print(opened(council_of(place, ACT), ACT, count=5).uid)  # noqa: T201
        return
    sitting = sitting_by_uid(UUID(uid))
    assert sitting is not None
    accounts = [seat.member.account for seat in sitting.seats.select_related("member__account").order_by("pk")]
    bench = Bench(sitting.council, sitting.round, accounts)
    try:
        done = (
            vote(bench, sitting, int(number), "for", act=ACT)
            if what == "vote"
            else closed(bench, sitting, ACT, int(number))
        )
        print("voted" if isinstance(done, int) else "closed")  # noqa: T201
    except Refused as refusal:
        print(refusal.problems[0].code)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
