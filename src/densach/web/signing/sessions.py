"""Sessions in the database as Django keeps them; nearly every page asks for one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as Database
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from densach.history.prepared import prepared


class SessionStore(Database):
    """Django's own, but for how a session is found."""

    def _get_session_from_db(self) -> Session | None:
        if self.session_key and (found := _kept(self.session_key, timezone.now())):
            return found[0]
        self._session_key = None  # as Django does: a key that leads nowhere is never used again
        return None


@prepared
def _kept(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
