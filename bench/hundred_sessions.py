"""Run beside hundred_people.py: a commune of 5,000 households, and a hundred people of it who have signed in.

Prints, as JSON, the cookie of each with the pages that they open and the sheet that they write on.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import islice

from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.models import Account
from densach.assessing.sheets.models import Sheet
from densach.authority.granting import Charge, give_first_role
from densach.authority.roles import Role
from densach.people.models import Household, HouseholdMember, Person
from densach.places.models import Place
from village_pages import ACT, FIRST, NAMES, YEAR, make

CITIZENS, VILLAGE_HEADS = 80, 20
_AFTER = date(YEAR + 1, 1, 1)


def session_of(name: str, role: Role, thing: Household | Person | Place) -> dict[str, str]:
    """The cookies of somebody who signed in, in a role."""
    account = Account.objects.create(username=name, name=name, made_at=datetime.now(UTC))
    give_first_role(account, Charge(role=role, thing=thing, basis="bench", valid_from=FIRST, valid_to=_AFTER), act=ACT)
    client = Client()
    client.force_login(account)
    token = _get_new_csrf_string()
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
    return {"cookie": cookie, "token": token}


def citizens() -> list[dict[str, object]]:
    """Heads of households who have begun their sheet and write on."""
    heads = HouseholdMember.objects.filter(is_head=True).values("person")
    sheets = Sheet.objects.filter(state="writing", subject__person__in=heads).select_related("subject__person")
    found: list[dict[str, object]] = []
    for number, sheet in enumerate(islice(sheets.order_by("pk"), CITIZENS)):
        member = HouseholdMember.objects.select_related("household").get(person=sheet.subject.person, is_head=True)
        session = session_of(f"citizen{number}", Role.HOUSEHOLD_HEAD, member.household)
        page = f"/phieu/{sheet.uid}/ghi"
        writes = {"address": page, "version": sheet.version, "names": NAMES}
        found.append(session | {"pages": ["/viec-cua-toi", "/nha", page, page], "writes": writes})
    return found


def village_heads(usual: Place, largest: Place) -> list[dict[str, object]]:
    """Those who look after a village, most of them after a usual one."""
    found: list[dict[str, object]] = []
    for number in range(VILLAGE_HEADS):
        place = usual if number % 4 else largest
        session = session_of(f"head{number}", Role.VILLAGE_HEAD, place)
        listed = f"/thon/{place.uid}"
        pages = ["/viec-cua-toi", listed, f"{listed}?tinh-trang=con-thieu", f"{listed}?q=mau+nguyen"]
        found.append(session | {"pages": pages})
    return found


def main() -> None:
    _, usual, largest = make()
    print(json.dumps([*citizens(), *village_heads(usual, largest)]))


if __name__ == "__main__":
    main()
