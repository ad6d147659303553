"""Everything that can happen to a token: it is given, shown once, and ends."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction

from densach.accounts.models import Account
from densach.api.models import Token
from densach.api.queries import tokens_of
from densach.history.domain import Act, Happening, record

SECRET_BYTES = 32


def give_token(account: Account, name: str, *, since: date, until: date, act: Act) -> str:
    """Make a token for a program that acts for an account; its secret is told this once."""
    secret = token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        token = Token.objects.create(
            account=account, digest=digest_of(secret), name=name, made_at=act.at, valid_from=since, valid_to=until
        )
        after = {"account": str(account.uid), "name": name, "valid_from": since, "valid_to": until}
        record(Happening(kind="token", object_id=token.pk, event="given", after=after), act)
    return secret


def end_tokens(account: Account, *, on: date, act: Act) -> int:
    """End every token of an account on a day; says how many ended."""
    with transaction.atomic():
        tokens = tokens_of(account, on)
        for token in tokens:
            before, token.valid_to = {"valid_to": token.valid_to}, max(on, token.valid_from)
            token.save(update_fields=["valid_to"])
            after = {"valid_to": token.valid_to}
            record(Happening(kind="token", object_id=token.pk, event="ended", before=before, after=after), act)
        return len(tokens)


def digest_of(secret: str) -> str:
    """What is kept of a secret: it is long and drawn by chance, so that a plain hash cannot be guessed from."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
