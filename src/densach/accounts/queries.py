"""Reading accounts, the codes for a first password, and the log of sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from densach.accounts.models import Account, FirstCode, SignIn
from densach.history.prepared import prepared


def any_account() -> bool:
    """Whether this installation has an account."""
    return Account.objects.exists()


def account_by_key(key: int) -> Account | None:
    """The account with a key."""
    return next(iter(_with_key(key)), None)


@prepared
def _with_key(key: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=key)


def session_kept(key: str, now: datetime) -> Session | None:
    """The session with a key, unless it ran out."""
    return next(iter(_sessions(key, now)), None)


@prepared
def _sessions(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


def account_by_uid(uid: UUID) -> Account | None:
    """The account with a lasting identity."""
    return Account.objects.filter(uid=uid).first()


def account_by_username(username: str) -> Account | None:
    """The account of one sign-in name; names are kept in small letters."""
    return Account.objects.filter(username=username.lower()).first()


def account_by_phone(phone: str) -> Account | None:
    """The account that has one phone."""
    return Account.objects.filter(phone=phone).first() if phone else None


def account_named(text: str, phone: str) -> Account | None:
    """The one account that goes by just this sign-in name, confirmed mail or confirmed phone."""
    if not text.strip():
        return None
    wanted = Q(username=text.strip().lower()) | Q(email=text.strip().lower())
    wanted |= Q(phone=phone, phone_verified=True) if phone else Q()
    found = list(Account.objects.filter(wanted, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def username_is_taken(username: str) -> bool:
    """Whether an account signs in by this name."""
    return Account.objects.filter(username=username.lower()).exists()


def first_code_for_update(code_hash: str) -> FirstCode | None:
    """The code with this hash and its account, locked until the transaction ends."""
    rows = FirstCode.objects.select_for_update(of=("self",)).select_related("account")
    return rows.filter(code_hash=code_hash).first()


def sign_ins_of(account: Account) -> QuerySet[SignIn]:
    """How an account was signed in to, or tried, the latest first."""
    return SignIn.objects.filter(account=account).order_by("-at", "-pk")


def failed_since(account: Account, since: datetime) -> int:
    """How often it was tried without success since then."""
    return SignIn.objects.filter(account=account, succeeded=False, at__gte=since).count()


def account_for_update(account: Account) -> Account:
    """The same account as it is now, locked until the transaction ends."""
    return Account.objects.select_for_update().get(pk=account.pk)


def sign_ins_of_accounts(accounts: QuerySet[Any, Any], *, with_nobodys: bool) -> QuerySet[SignIn]:
    """The log of some accounts, the latest first; with what was tried with names that nobody has, or without."""
    wanted = Q(account__in=accounts) | (Q(account__isnull=True) if with_nobodys else Q())
    return SignIn.objects.filter(wanted).select_related("account").order_by("-at", "-pk")
