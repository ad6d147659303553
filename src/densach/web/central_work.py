"""Packages for the centre, made in the background: setting hundreds of papers takes minutes."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from densach.accounts.models import Account
from densach.awards.central.domain import Wanted, build_archive, keep_package
from densach.awards.models import AwardRound
from densach.jobs.domain import Asker, ask_for
from densach.jobs.models import Job
from densach.jobs.tasks import Handler, Result, Task

CENTRAL_PACKAGE = "central_package"


def ask_for_package(wanted: Wanted, *, asker: Asker) -> Job:
    """Ask for a package to be made; asked again while it waits or runs it is the same job."""
    uids = [str(uid) for uid in wanted.nominations]
    said = {"round": str(wanted.round.uid), "award": wanted.award, "nominations": uids, "word": wanted.word}
    key = f"{wanted.round.uid} {wanted.award} {','.join(uids)}"
    return ask_for(CENTRAL_PACKAGE, said, key=key, asker=asker, now=timezone.now())


def make_central_package(task: Task) -> Result:
    """Write the archive, then keep it in one transaction with the end of the job."""
    said = task.arguments
    wanted = Wanted(
        round=AwardRound.objects.get(uid=said["round"]),
        award=said["award"],
        nominations=tuple(UUID(uid) for uid in said["nominations"]),
        word=said["word"],
    )
    today = timezone.localdate(task.clock())
    built = build_archive(wanted, lambda done, total: task.tell("packing", done, total), today=today)
    by = Account.objects.get(uid=str(task.taken.asker.uid))
    with transaction.atomic():
        package = keep_package(wanted, built, by, act=task.act("lập gói trình trung ương"))
        return task.finish(Result({"package": str(package.uid), "count": len(wanted.nominations)}))


HANDLERS: Mapping[str, Handler] = {CENTRAL_PACKAGE: make_central_package}
