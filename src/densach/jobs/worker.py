"""A worker: takes one job after another, keeps it alive while it is done, and may be killed at any moment."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic, sleep

from django.db import DatabaseError, connection, transaction

from densach.jobs import files
from densach.jobs.domain import LeaseLost, Taken, break_down, fail, forget, hand_back, keep_alive, take_next
from densach.jobs.tasks import Clock, Ending, Handler, Stopping, Task
from densach.problems import Refused

BEAT = 2.0  # seconds between two signs of life: what a waiting person takes for "it goes on"
IDLE = 1.0  # seconds between two looks when nothing was there: one small reading query
PATIENCE = 5.0  # seconds that a job may still take to finish once the worker was asked to stop
MOST_LOCKED = 300  # milliseconds that a heartbeat waits for a SQLite that the work itself holds
SWEEP = timedelta(hours=1)
log = logging.getLogger(__name__)


@dataclass
class Asked:
    """Whether the worker was asked to stop: by a signal, or because whoever started it is gone."""

    is_left: Callable[[], bool] = lambda: False
    since: float | None = None

    def ask(self) -> None:
        """Ask it to stop."""
        self.since = self.since or monotonic()

    def is_asked(self) -> bool:
        """Whether no further job may be taken."""
        if self.is_left():
            self.ask()
        return self.since is not None

    def is_urgent(self) -> bool:
        """Whether the present job may not be finished either."""
        return self.is_asked() and monotonic() - (self.since or 0) > PATIENCE


@dataclass
class Worker:
    """One worker with the table of what it can do; `clock` is asked for every time that is written down.

    `chores` are done once an hour, whether or not there is work.
    """

    name: str
    handlers: Mapping[str, Handler]
    clock: Clock
    ending: Ending = field(default_factory=Asked)
    chores: Sequence[Callable[[datetime], object]] = ()
    swept_at: datetime | None = None

    def work(self) -> None:
        """Work until asked to stop; a database that is away or locked for long is waited for."""
        while not self.ending.is_asked():
            try:
                self.sweep()
                idle = not self.work_once()
            except (DatabaseError, Refused):
                log.exception("the database did not let the worker go on; it tries again")
                connection.close()
                idle = True
            if idle and not self.ending.is_asked():
                sleep(IDLE)

    def drain(self) -> int:
        """Do all that is due now and end; how many jobs were taken."""
        count = 0
        while not self.ending.is_asked() and self.work_once():
            count += 1
        return count

    def work_once(self) -> bool:
        """Take one job and do it; false where none is due."""
        taken = take_next(self.name, self.handlers.keys(), self.clock())
        if taken is None:
            return False
        try:
            with _kept_alive(task := Task(taken, self.clock, self.ending)):
                self._do(taken, task)
        except LeaseLost:
            log.warning("%s: attempt %s was too late; another has the job", taken.kind, taken.attempt)
        return True

    def sweep(self) -> None:
        """Forget what has been kept long enough, once an hour."""
        now = self.clock()
        if self.swept_at is None or now - self.swept_at >= SWEEP:
            self.swept_at = now
            forget(now)
            for chore in self.chores:
                chore(now)

    def _do(self, taken: Taken, task: Task) -> None:
        try:
            result = self.handlers[taken.kind](task)
            if not task.is_finished:
                with transaction.atomic():
                    task.finish(result)
        except LeaseLost:
            raise
        except Stopping:
            hand_back(taken, self.clock())
        except Refused as refused:
            fail(taken, refused.problems, task.made, self.clock())
        except Exception:
            log.exception("%s: attempt %s broke down", taken.kind, taken.attempt)
            break_down(taken, self.clock())


@contextmanager
def _kept_alive(task: Task) -> Iterator[None]:
    """Let a thread say that the job goes on, from its own connection to the database."""
    ended = Event()
    heart = Thread(target=_beat, args=(task, ended), name="heartbeat", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()
        files.wipe_slate(task.taken.uid)


def _beat(task: Task, ended: Event) -> None:
    try:
        while not task.is_lost and not ended.wait(BEAT):
            _beat_once(task)
    finally:
        connection.close()


def _beat_once(task: Task) -> None:
    """One sign of life; where the database cannot be told, nobody can take the job away either, and the slate is told.

    SQLite has one writer: while the work holds it in its transaction, neither a heartbeat nor another worker gets in.
    """
    taken, progress = task.taken, task.progress
    try:
        _wait_only_briefly()
        keep_alive(taken, progress, task.clock())
        files.wipe_slate(taken.uid)
    except LeaseLost:
        task.is_lost = True
    except DatabaseError:
        files.note_progress(taken.uid, taken.attempt, progress.step, progress.done, progress.total)
        with suppress(DatabaseError):
            connection.close_if_unusable_or_obsolete()


def _wait_only_briefly() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={MOST_LOCKED}")
