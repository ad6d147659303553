"""Ending a sitting with a long agenda, in the background: its minutes and what goes into thousands of dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from densach.accounts.queries import account_by_uid
from densach.authority.access import Viewer, viewer_of
from densach.awards.attempts import keeping_attempts
from densach.awards.councils.access import room_presided_by
from densach.awards.councils.counting import end_sitting
from densach.awards.councils.models import Sitting
from densach.jobs.domain import Asker, ask_for
from densach.jobs.models import Job
from densach.jobs.tasks import Handler, Result, Task
from densach.problems import Refused, problem

END_SITTING = "end_sitting"
AT_ONCE = 1000  # nominations: less than a second's work, which a page may wait for


def ask_to_end(sitting: Sitting, version: int, seen: Viewer) -> Job:
    """Ask for a sitting to be ended; asked again while it waits or runs it is the same job."""
    now, account, acting = timezone.now(), seen.account, seen.acting
    if account is None or acting is None:
        raise Refused(problem("H103", sitting.uid))
    said = {"sitting": str(sitting.uid), "version": version, "role": str(acting.uid)}
    asker = Asker(seen.act(now).who, account.uid)
    return ask_for(END_SITTING, said, key=str(sitting.uid), asker=asker, now=now)


def end_long_sitting(task: Task) -> Result:
    """End it as whoever asked may end it now, in one transaction with the end of the job; a refusal is logged."""
    room, act = room_presided_by(_seen(task), UUID(task.arguments["sitting"])), task.act("")
    if room.own is None:
        raise Refused(problem("H103", room.sitting.uid))
    with keeping_attempts("sitting", room.sitting.pk, "end", act), transaction.atomic():
        end_sitting(room.sitting, room.own, task.arguments["version"], act=act, hear=task.tell)
        return task.finish(Result({}))


def _seen(task: Task) -> Viewer:
    """Whoever asked, in the role in which they asked, as they are today."""
    said, asker = task.arguments, task.taken.asker
    account = account_by_uid(asker.uid) if asker.uid else None
    if account is None or not account.is_active:
        raise Refused(problem("H103", said["sitting"]))
    seen = viewer_of(account, UUID(said["role"]), timezone.localdate(task.clock()))
    if seen.acting is None or str(seen.acting.uid) != said["role"]:
        raise Refused(problem("H103", said["sitting"]))
    return seen


HANDLERS: Mapping[str, Handler] = {END_SITTING: end_long_sitting}
