"""Phone and mail of an account, which somebody may take away at any time."""

from __future__ import annotations

from django.db import transaction

from densach.accounts.models import Account
from densach.accounts.queries import account_for_update
from densach.history.domain import Act, Happening, record


def forget_contact(account: Account, *, act: Act) -> bool:
    """Erase phone and mail of an account; the log holds that they went, not what they were. Gives whether any went."""
    with transaction.atomic():
        now = account_for_update(account)
        had = sorted(name for name in ("email", "phone") if getattr(now, name))
        if not had:
            return False
        now.email, now.phone, now.phone_verified = "", None, False
        now.save(update_fields=["email", "phone", "phone_verified"])
        record(Happening(kind="account", object_id=now.pk, event="contact erased", after={"erased": had}), act)
        return True
