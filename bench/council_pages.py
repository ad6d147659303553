"""Run beside council.py: a council of nine with 5,000 nominations on one agenda; ask for its pages, tell the seconds.

python council_pages.py NOMINATIONS TIMES; DATABASE_URL says where it is made. Also tells how long the list took to be
put on the agenda, opened, counted and ended, once each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from time import perf_counter
from typing import TypeVar

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.models import Account
from densach.authority.granting import Charge, give_first_role
from densach.authority.roles import Role
from densach.awards.councils.counting import close_voting, end_sitting
from densach.awards.councils.domain import (
    Founded,
    Named,
    Planned,
    Regulation,
    found_council,
    mark_attendance,
    name_member,
    prepare_sitting,
    put_on_agenda,
)
from densach.awards.councils.models import Choice, Seat, Sitting
from densach.awards.councils.queries import all_items, seats_of, sitting_by_uid
from densach.awards.councils.voting import cast, open_voting
from densach.awards.models import AwardRound, Nomination, Nominee
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.people.numbers import load_keys
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.places.models import Place

T = TypeVar("T")
NOW = datetime.now(UTC)
ACT = Act(who="bench", at=NOW)
TODAY = NOW.date()
FIRST = date(TODAY.year, 1, 1)
MEMBERS = 9


def member(place: Place, number: int, role: Role = Role.COUNCIL_MEMBER) -> Account:
    who = Account.objects.create(username=f"{role}-{number}", name=f"Thành viên MẪU {number}", made_at=NOW)
    days = {"valid_from": FIRST, "valid_to": date(TODAY.year + 1, 1, 1)}
    give_first_role(who, Charge(role=role, thing=place, basis="bench", **days), act=ACT)
    return who


def make(count: int) -> tuple[Sitting, list[Account], Account]:
    """A council of nine, and nominations that wait for it."""
    ensure_ready()
    place = add_fictional_commune(get_place("19", FIRST).place, "99001", "Xã MẪU Đèn Sách", on=FIRST, act=ACT)
    rules = Regulation(
        quorum_top=2, quorum_bottom=3, quorum_source="bench", majority_of="members", majority_source="bench"
    )
    founded = Founded(name="Hội đồng MẪU", authority="bench", basis="bench", valid_from=FIRST, regulation=rules)
    council = found_council(place, founded, act=ACT)
    accounts = [member(place, number) for number in range(MEMBERS)]
    for number, who in enumerate(accounts):
        seated = ("chair", "vice_chair", "secretary")[number] if number < 3 else "member"
        name_member(council, Named(account=who, seated=seated, title="", valid_from=FIRST), act=ACT)
    said = {"authority": "bench", "occasion": "year", "year": TODAY.year, "name": "Đợt MẪU", "opens_on": FIRST}
    round_ = AwardRound.objects.create(place=place, **said)
    people = [
        Nominee(kind="person", name=f"Lê Thị Mẫu {n}", folded=f"le thi mau {n:05d}", place=place) for n in range(count)
    ]
    Nominee.objects.bulk_create(people, batch_size=500)
    about = {"mode": "movement", "proposer": place, "proposed_by": "Thôn MẪU", "citation": "Học tập suốt đời MẪU"}
    came = {"step": "eligible", "received_on": FIRST, "regime": "C"}
    rows = [Nomination(round=round_, award="giay_khen_xa", nominee=one, **about, **came) for one in people]
    Nomination.objects.bulk_create(rows, batch_size=500)
    sitting = prepare_sitting(council, round_, Planned(held_on=TODAY, is_secret=True), act=ACT)
    return sitting, accounts, member(place, 0, Role.EMULATION_OFFICER)


def fresh(sitting: Sitting) -> Sitting:
    found = sitting_by_uid(sitting.uid)
    if found is None:
        raise SystemExit("no sitting")
    return found


def timed(happen: Callable[[], T], into: dict[str, float], what: str) -> T:
    start = perf_counter()
    found = happen()
    into[what] = perf_counter() - start
    return found


def pages(client: Client, addresses: dict[str, str], times: int) -> dict[str, dict[str, object]]:
    """The seconds and the queries of each page."""
    told: dict[str, dict[str, object]] = {}
    for what, address in addresses.items():
        seconds = []
        for _ in range(times):
            start = perf_counter()
            answer = client.get(address)
            seconds.append(perf_counter() - start)
            if answer.status_code != 200:
                raise SystemExit(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        told[what] = {"seconds": seconds, "queries": len(captured)}
    return told


def signed_in(who: Account) -> Client:
    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(who)
    return client


def main() -> None:
    count, times = int(sys.argv[1]), int(sys.argv[2])
    sitting, accounts, officer = make(count)
    call_command("collectstatic", verbosity=0, interactive=False)
    keys, once = load_keys(settings.KEYS_FILE), dict[str, float]()
    timed(lambda: put_on_agenda(sitting, None, act=ACT), once, "put on the agenda")
    here = f"/hoi-dong/phien/{sitting.uid}"
    found = pages(signed_in(officer), {"first page, secretary": here, "page 50, secretary": f"{here}?tu=2450"}, times)
    seats: list[Seat] = seats_of(sitting)
    mark_attendance(sitting, {seat.uid: "present" for seat in seats}, sitting.version, act=ACT)
    now = fresh(sitting)
    timed(lambda: open_voting(now, seats[0], now.version, keys=keys, today=TODAY, act=ACT), once, "open the voting")
    items = all_items(sitting)
    found |= pages(signed_in(accounts[0]), {"first page, member": here, "ballot": f"{here}/bo-phieu"}, times)
    found |= pages(
        signed_in(accounts[0]), {"chair": f"{here}/dieu-hanh", "file": f"{here}/ho-so/{items[0].uid}"}, times
    )
    some = {item.uid: Choice.FOR for item in items[:20]}
    timed(lambda: cast(sitting, seats[0], some, keys=keys, act=ACT), once, "cast 20 ballots")
    voting = fresh(sitting)
    timed(lambda: close_voting(voting, seats[0], voting.version, keys=keys, act=ACT), once, "close and count")
    counted = fresh(sitting)
    timed(lambda: end_sitting(counted, seats[0], counted.version, act=ACT), once, "end with minutes")
    print(json.dumps({"pages": found, "once": once}))


if __name__ == "__main__":
    main()
