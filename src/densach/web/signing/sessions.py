"""Sessions in the database as Django keeps them; nearly every page asks for one."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as Database
from django.contrib.sessions.models import Session
from django.utils import timezone

from densach.accounts.queries import session_kept


class SessionStore(Database):
    """Django's own, but for how a session is found."""

    def _get_session_from_db(self) -> Session | None:
        found = session_kept(self.session_key, timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None  # as Django does: a key that leads nowhere is never used again
        return found
