"""Reading tokens."""

from __future__ import annotations

from datetime import date

from densach.accounts.models import Account
from densach.api.models import Token


def token_with(digest: str, on: date) -> Token | None:
    """The token with this hash, if it holds on a day and its account is active."""
    rows = Token.objects.filter(digest=digest, valid_from__lte=on, valid_to__gt=on, account__is_active=True)
    return rows.select_related("account").first()


def tokens_of(account: Account, on: date) -> list[Token]:
    """The tokens of an account that hold on a day, locked until the transaction ends."""
    rows = Token.objects.select_for_update(of=("self",)).filter(account=account, valid_to__gt=on)
    return list(rows.order_by("pk"))
