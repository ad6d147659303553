"""What was refused is kept in the log: the state stays as it was, and who tried what, when, can be read afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from densach.history.domain import Act, Happening, record
from densach.problems import Refused

ROOM = "Q"


@contextmanager
def keeping_attempts(kind: str, object_id: object, tried: str, act: Act) -> Iterator[None]:
    """Note in the log of a thing what the law or its state did not let happen to it, then refuse as before.

    Belongs around the transaction, which is undone; what is not there for the one who asks (H103) leaves no trace.
    """
    try:
        yield
    except Refused as refusal:
        codes = [each.code for each in refusal.problems if each.code.startswith(ROOM)]
        if codes:
            with transaction.atomic():
                after = {"tried": tried, "codes": codes}
                record(Happening(kind=kind, object_id=object_id, event="refused", after=after), act)
        raise
