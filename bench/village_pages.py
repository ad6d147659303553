"""Run beside village_grid.py: make a commune of 5,000 households, ask for the pages of two villages, tell the seconds.

Each line that comes in names a page and how often to ask for it, as JSON: an address with {usual} for a village of 375
households and {largest} for the one of 2,000; {home} and {written} are a household of the usual one and the sheet that
its head writes on, {sent} is a sheet that waits there. A role before an address asks as somebody in that role; without
one it is the commune officer. DATABASE_URL says where the commune is made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random
from time import perf_counter, process_time

from django.core.management import call_command
from django.db import connection
from django.test import Client

import densach.config.settled  # noqa: F401  - as a server begins, and before the models below
from densach.accounts.models import Account
from densach.assessing.domain import open_round, subjects_for
from densach.assessing.models import Answers, Kind, Stage
from densach.assessing.sheets.models import Sheet
from densach.authority.granting import Charge, Thing, give_first_role
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.people.domain import Resident, enter_residents
from densach.people.models import HouseholdMember
from densach.people.numbers import Keys
from densach.people.queries import open_members
from densach.places.domain import add_fictional_commune, add_village
from densach.places.lookup import get_place
from densach.places.models import Place

NOW = datetime.now(UTC)
ACT = Act(who="bench", at=NOW)
TODAY = NOW.date()
YEAR = TODAY.year
FIRST = date(YEAR, 1, 1)
NAMES = ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2")
VILLAGES, HOUSEHOLDS, HOUSEHOLDS_OF_LARGEST = 8, 375, 2000


def people(place: Place, first: int, last: int) -> Iterator[Resident]:
    for order in range(first, last):
        for who, name in enumerate(("Nguyễn Văn Mẫu", "Trần Thị Mẫu", "Lê Thị Mẫu", "Nguyễn Mẫu Con")):
            yield Resident(
                household=f"H{order}",
                village=place,
                full_name=f"{name} {order}",
                sex="female" if who else "male",
                birth=f"{1975 + who}-05-01" if who < 3 else "2018-09-05",
                is_head=not who,
            )


def make() -> tuple[Account, Place, Place]:
    ensure_ready()
    commune = add_fictional_commune(get_place("19", FIRST).place, "99001", "Xã MẪU Đèn Sách", on=FIRST, act=ACT)
    largest, *others = (
        add_village(commune, f"Thôn {number}", on=FIRST, act=ACT, source="bench") for number in range(VILLAGES + 1)
    )
    keys = Keys({"k1": bytes(range(32))}, "k1", b"h" * 32)
    lines = [*people(largest, 1, HOUSEHOLDS_OF_LARGEST + 1)]
    for number, village in enumerate(others):
        first = HOUSEHOLDS_OF_LARGEST + 1 + number * HOUSEHOLDS
        lines += people(village, first, first + HOUSEHOLDS)
    enter_residents(commune, lines, on=FIRST, keys=keys, act=ACT)
    round_ = open_round(commune, YEAR, "vn", act=ACT)
    chance, sheets, found = Random(7), [], []  # noqa: S311  - made-up answers
    persons = [row.person_id for row in open_members(commune)]
    for subject in subjects_for(Kind.PERSON, persons).values():
        state = chance.choice(("none", "none", "writing", "sent", "checked", "checked"))
        if state == "none":
            continue
        facts = {name: chance.randrange(6, 11) for name in NAMES[: 6 if state == "writing" else 10]}
        times = {"sent_at": NOW} if state != "writing" else {}
        times |= {"checked_at": NOW} if state == "checked" else {}
        sheets.append(
            Sheet(
                round=round_,
                subject=subject,
                title_key="citizen.qd677",
                state=state,
                draft=facts,
                changed_at=NOW,
                **times,
            )
        )
        if state == "checked":
            found.append(
                Answers(round=round_, subject=subject, title_key="citizen.qd677", stage=Stage.VERIFIED, facts=facts)
            )
    Sheet.objects.bulk_create(sheets, batch_size=900)
    Answers.objects.bulk_create(found, batch_size=900)
    with connection.cursor() as cursor:
        # PostgreSQL does so by itself within minutes.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return somebody(Role.COMMUNE_OFFICER, commune), others[0], largest


def somebody(role: Role, thing: Thing) -> Account:
    """An account in a role."""
    account = Account.objects.create(username=role, name="Bench", made_at=NOW)
    charge = Charge(role=role, thing=thing, basis="bench", valid_from=FIRST, valid_to=date(YEAR + 1, 1, 1))
    give_first_role(account, charge, act=ACT)
    return account


def signed_in(account: Account) -> Client:
    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(account)
    return client


def of_a_village(village: Place) -> tuple[dict[str, object], dict[str, Client]]:
    """What addresses name of a household and of a sheet that waits, and who fills in forms there."""
    members = HouseholdMember.objects.filter(household__homes__village=village)
    heads = members.filter(is_head=True).order_by("pk").select_related("person", "household")
    written = Sheet.objects.filter(state="writing", subject__person__in=heads.values("person")).order_by("pk")[0]
    head = heads.get(person=written.subject.person_id)
    sent = Sheet.objects.filter(state="sent", subject__person__in=members.values("person")).order_by("pk")[0]
    clients = {
        str(role): signed_in(somebody(role, thing))
        for role, thing in (
            (Role.CITIZEN, head.person),
            (Role.HOUSEHOLD_HEAD, head.household),
            (Role.VILLAGE_HEAD, village),
        )
    }
    return {"home": head.household.uid, "written": written.uid, "sent": sent.uid}, clients


def timed(client: Client, address: str, times: int) -> dict[str, object]:
    """The seconds of each time that a page was asked for, and what it said."""
    seconds, processor = [], []
    for _ in range(times):
        start, used = perf_counter(), process_time()
        answer = client.get(address)
        seconds.append(perf_counter() - start)
        processor.append(process_time() - used)
    if answer.status_code != 200:
        raise SystemExit(address)
    return {"seconds": seconds, "processor": processor, "said": answer.content.decode()}


def main() -> None:
    account, usual, largest = make()
    call_command("collectstatic", verbosity=0, interactive=False)
    names, clients = of_a_village(usual)
    names |= {"usual": usual.uid, "largest": largest.uid}
    clients[str(Role.COMMUNE_OFFICER)] = signed_in(account)
    for line in sys.stdin:
        page, times = json.loads(line)
        role, _, address = page.rpartition(" ")
        print(json.dumps(timed(clients[role or Role.COMMUNE_OFFICER], address.format(**names), times)), flush=True)


if __name__ == "__main__":
    main()
