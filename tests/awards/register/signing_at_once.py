"""Run in several processes: each records a decision as signed at the same moment, or is killed in the middle of it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.models import Account
from densach.awards.models import Claim, Nomination
from densach.awards.register.models import Award, Decision, Notice
from densach.awards.register.signing import record_signed
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.history.models import Entry
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.problems import Refused
from tests.authority.roles import account
from tests.awards.register.making import achieved, nominated, nominee, open_round, passed, prepared

ACT = Act(who="tests", at=datetime(2026, 11, 26, 3, tzinfo=UTC))


def make() -> str:
    """Three decisions: one for two signers, and two that rest on the same achievement; then two accounts."""
    ensure_ready()
    province = get_place("19", date(2026, 1, 1)).place
    commune = add_fictional_commune(province, "99001", "Xã MẪU", on=date(2026, 1, 1), act=ACT)
    first = open_round(commune, "Đợt MẪU 1")
    made = [prepared(first, passed(first, "Một MẪU", "Hai MẪU"))]
    who = nominee(commune, "Ba MẪU")
    same = achieved(who, "Mở lớp xóa mù chữ")
    for name in ("Đợt MẪU 2", "Đợt MẪU 3"):
        other = open_round(commune, name)
        made.append(prepared(other, [nominated(other, who, same), *passed(other, f"Bạn của {name}")]))
    accounts = [account("mot-mau"), account("hai-mau")]
    return " ".join(str(row.pk) for row in (*made, *accounts))


def sign(decision: int, who: int, at: float) -> str:
    """What became of recording a decision, begun at a moment."""
    time.sleep(max(0.0, at - time.time()))
    try:
        record_signed(Decision.objects.get(pk=decision), Account.objects.get(pk=who), act=ACT)
    except Refused as refused:
        return " ".join(sorted({each.code for each in refused.problems}))
    return "recorded"


def look() -> str:
    """How many rows there are of all that recording writes."""
    steps = Nomination.objects.filter(step="awarded").count()
    used = Claim.objects.filter(consumed_on__isnull=False).count()
    said = Entry.objects.filter(kind="award_decision", event="signed").count()
    recorded = Decision.objects.filter(recorded_at__isnull=False).count()
    return f"{Award.objects.count()} {steps} {used} {Notice.objects.count()} {recorded} {said}"


def killed_at(table: str) -> Callable[..., Any]:
    def kill(execute: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:
        if table in sql and sql.startswith(("INSERT", "UPDATE")):
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    return kill


if __name__ == "__main__":
    if sys.argv[1:] == ["make"]:
        told = make()
    elif sys.argv[1:] == ["look"]:
        told = look()
    else:
        if len(sys.argv) > 4:
            connection.execute_wrappers.append(killed_at(sys.argv[4]))
        told = sign(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
    print(told)  # noqa: T201  - what the test reads
