"""A process of its own that works: `python -m tests.jobs.working make N` or `work POINT SECONDS_LATER`.

A job writes one entry to the log under its own key: nothing lost is one entry for each, nothing twice is no second.
At the POINT of a job, `reading@002`, the process kills itself (or stops, at `stop@000`); `slow:20` takes 20 seconds
for each. SECONDS_LATER sets its clock forward.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.cli.work import listen
from densach.history.domain import Happening, record
from densach.jobs.domain import Asker, ask_for
from densach.jobs.models import Job
from densach.jobs.tasks import Result, Task
from densach.jobs.worker import Asked, Worker

KIND = "thu"
POINTS = ("taking", "taken", "reading", "making", "writing", "finishing", "committed")
Execute = Callable[[str, object, bool, dict[str, object]], object]


def make(count: int) -> None:
    """So many jobs that wait, each with a file."""
    for number in range(count):
        key = f"{number:03}"
        ask_for(KIND, {"key": key}, key=key, asker=Asker("MẪU"), now=timezone.now(), given=[("t.txt", [key.encode()])])


def handler(point: str) -> Callable[[Task], Result]:
    """Reads, makes a file, writes and finishes; at the point it comes to its end."""

    def work(task: Task) -> Result:
        def at(name: str, end: signal.Signals = signal.SIGKILL) -> None:
            if f"{name}@{task.arguments['key']}" == point:
                os.kill(os.getpid(), end)

        at("taken")
        key = task.given_file().read_text()
        at("reading")
        at("stop", signal.SIGSTOP)
        made = task.new_folder() / "ra.txt"
        made.write_text(key)
        task.keep(made)
        at("making")
        wait(task, point)
        with transaction.atomic():
            record(Happening(kind=KIND, object_id=key, event="worked", after={}), task.act("thử"))
            at("writing")
            task.finish(Result({"key": key}))
            at("finishing")
        at("committed")
        return Result()

    return work


def wait(task: Task, point: str) -> None:
    """Take the time that a job may need: `slow:20` tells for 20 seconds how far it is."""
    name, _, seconds = point.partition(":")
    if name == "slow":
        sys.stdout.write("slow\n")
        sys.stdout.flush()
        for turn in range(int(float(seconds) * 20)):
            task.tell("reading", turn, 0)
            time.sleep(0.05)


def kill_while_taking(execute: Execute, sql: str, params: object, many: bool, context: dict[str, object]) -> object:
    done = execute(sql, params, many, context)
    if sql.startswith('UPDATE "jobs_job"'):
        os.kill(os.getpid(), signal.SIGKILL)
    return done


def work(point: str, later: float) -> None:
    """Do all that is due on a clock that goes ahead."""

    def clock() -> datetime:
        return timezone.now() + timedelta(seconds=later)

    if point.startswith("taking"):
        connection.execute_wrappers.append(kill_while_taking)
    asked = Asked()
    listen(asked)
    sys.stdout.write(f"{Worker(str(os.getpid()), {KIND: handler(point)}, clock, asked).drain()}\n")


def show() -> None:
    """Each job on a line: key, state, attempts, handed back, and how many files and entries stand under its key."""
    from densach.history.queries import chain_of

    for job in Job.objects.order_by("key"):
        key = job.arguments["key"]
        files = job.files.filter(role="made").count()
        words = (key, job.state, job.attempts, job.handed_back, files, chain_of(KIND, key).count())
        sys.stdout.write(" ".join(map(str, words)) + "\n")


if __name__ == "__main__":
    command, *words = sys.argv[1:]
    if command == "make":
        make(int(words[0]))
    elif command == "work":
        work(words[0], float(words[1]))
    else:
        show()
