"""Run beside a site: somebody sends two registers that are due in some seconds, and stays signed in.

Prints the session and the two jobs: one that can be imported, and one with a cell to mend.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.models import Account
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.jobs.domain import Asker
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.places.models import Place
from densach.web.working import WantedImport, ask_for_import
from tests.authority.roles import account
from tests.workbooks.making import HEAD, WIFE, written

ACT = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))
KEPT = "doi"  # where web/signing/lifetimes.py keeps since when a session lasts
SECONDS_TO_OPEN = 15  # the page is to be seen waiting first


def session_of(who: Account) -> str:
    """The key of a session as signing in leaves it in the browser."""
    session = SessionStore()
    session.create()
    session[SESSION_KEY] = str(who.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = who.get_session_auth_hash()
    now = timezone.now().timestamp()
    session[KEPT] = {"since": now, "used": now, "officer": True}
    session.save()
    return str(session.session_key)


def send(who: Account, commune: Place, rows: list[dict[str, str]]) -> str:
    """A register sent to be imported in a moment; its job."""
    wanted = WantedImport(place=str(commune.uid), year=2026)
    now = timezone.now() + timedelta(seconds=SECONDS_TO_OPEN)
    with TemporaryDirectory() as folder, written(Path(folder), "register", rows).open("rb") as file:
        return str(ask_for_import(wanted, "so-ho.xlsx", file, asker=Asker("cán bộ MẪU", who.uid), now=now).uid)


if __name__ == "__main__":
    ensure_ready()
    province = get_place("19", date(2026, 1, 1)).place
    place = add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=date(2026, 1, 1), act=ACT)
    officer = account("canbo")
    wrong = WIFE | {"birth_date": "hôm qua"}
    print(  # noqa: T201  - what the test reads
        json.dumps(
            {
                "session": session_of(officer),
                "good": send(officer, place, [HEAD, WIFE]),
                "wrong": send(officer, place, [HEAD, wrong]),
            }
        )
    )
