"""Everything that happens to an account: it is made, gets its first password, is signed in to."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from densach.accounts.codes import code_hash, new_code, shown
from densach.accounts.models import Account, FirstCode, SignIn, Way
from densach.accounts.passwords import refuse_weak
from densach.accounts.queries import first_code_for_update
from densach.formats.vietnamese import fold, nfc, single_spaced
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem

CODE_LASTS = timedelta(days=14)  # an officer gives it by hand or by post; unused after two weeks it was probably lost
MOST_TRIES = 5  # with the right code and the wrong rest; whoever has the paper before them seldom needs a second
_USERNAME = re.compile(r"(?=.*[a-z])[a-z0-9][a-z0-9._-]{2,58}[a-z0-9]")


@dataclass(frozen=True)
class Newcomer:
    """Who gets an account: the name to sign in with, and the name that others read."""

    username: str
    name: str


def clean_username(text: str) -> str:
    """A name to sign in with, in small letters; refused (U113) unless it is 4 to 60 plain letters, digits and . - _."""
    username = text.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise Refused(problem("U113", "username"))
    return username


def make_account(newcomer: Newcomer, *, password: str = "", act: Act) -> Account:
    """Make an account; refused as its name (U113, U114, U115) or its password is; without one it has none yet."""
    username, name = clean_username(newcomer.username), single_spaced(nfc(newcomer.name))
    if not 2 <= len(name) <= 120:
        raise Refused(problem("U114", "name"))
    if password:
        refuse_weak(password, username, name)
    account = Account(username=username, name=name, made_at=act.at)
    account.set_password(password or None)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            record(Happening(kind="account", object_id=account.pk, event="made", after=_state(account)), act)
    except IntegrityError as error:
        raise Refused(problem("U115", "username", username=username)) from error
    return account


def name_to_sign_in(full_name: str) -> str:
    """A name to sign in with for whoever chose none: the own name in plain letters, and four digits by chance."""
    words = re.sub(r"[^a-z0-9]+", ".", fold(full_name)).strip(".")[:50].strip(".") or "nguoi.dung"
    return f"{words}.{secrets.randbelow(10_000):04}"


def give_first_code(account: Account, *, act: Act) -> str:
    """A code, told this once, with which an account gets a password; an earlier one no longer holds."""
    code = new_code()
    rows = {"code_hash": code_hash(code), "valid_to": act.at + CODE_LASTS, "tries": 0, "used_at": None}
    with transaction.atomic():
        FirstCode.objects.update_or_create(account=account, defaults=rows)
        record(Happening(kind="account", object_id=account.pk, event="given a code"), act)
    return shown(code)


def set_first_password(username: str, code: str, password: str, *, at: datetime) -> Account:
    """Give an account its password by its code; refused alike (U116) for a wrong name and a wrong, old or used code."""
    found = _spend_try(username, code, at)
    refuse_weak(password, found.account.username, found.account.name)
    with transaction.atomic():
        again = first_code_for_update(found.code_hash)
        if again is None or again.used_at:
            raise Refused(problem("U116", "code"))
        again.used_at = at
        again.save(update_fields=["used_at"])
        again.account.set_password(password)
        again.account.save(update_fields=["password"])
        act = Act(who=str(again.account.uid), at=at, why="mã giấy")
        record(Happening(kind="account", object_id=again.account.pk, event="given a password"), act)
    return again.account


def _spend_try(username: str, code: str, at: datetime) -> FirstCode:
    """The code, if all fits; a right code with a wrong name is counted against it even though it is refused."""
    with transaction.atomic():
        found = first_code_for_update(code_hash(code))
        if found is None or found.used_at or found.valid_to <= at or found.tries >= MOST_TRIES:
            raise Refused(problem("U116", "code"))
        fits = found.account.username == username.strip().lower() and found.account.is_active
        if not fits:
            found.tries += 1
            found.save(update_fields=["tries"])
    if not fits:
        raise Refused(problem("U116", "code"))
    return found


def keep_phone(account: Account, phone: str, *, act: Act) -> None:
    """Keep a phone that a code has confirmed; the log says that it changed, and not to what."""
    with transaction.atomic():
        account.phone, account.phone_verified = phone, True
        account.save(update_fields=["phone", "phone_verified"])
        record(Happening(kind="account", object_id=account.pk, event="confirmed a phone"), act)


def unlink_identities(account: Account, *, act: Act) -> None:
    """End the links of an account with identities from elsewhere."""
    with transaction.atomic():
        for identity in account.socialaccount_set.all():
            identity.delete()
        record(Happening(kind="account", object_id=account.pk, event="let an identity go"), act)


def note_sign_in(account: Account | None, way: Way, *, succeeded: bool, network: str, at: datetime) -> None:
    """Add one row to the log of sign-ins."""
    SignIn.objects.create(account=account, way=way, succeeded=succeeded, network=network, at=at)


def _state(account: Account) -> dict[str, object]:
    return {"uid": str(account.uid), "username": account.username, "name": account.name}
