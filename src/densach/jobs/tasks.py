"""What the code that does a job is given, and what it promises.

A *handler* is a function that takes a `Task` and returns a `Result`. Rooms to the right have the handlers; this room
may not know them, so the top layer hands one table of them, by kind, to the worker. A handler keeps three promises:

1. It writes in one transaction, and `task.finish(result)` is the last thing in it. So what the job did and the fact
   that it is done are committed together: a process that is killed before has done nothing and the job is done
   again; killed after, it is done and never done again. A handler that writes nothing just returns its result.
2. Outside of that transaction it does only what may be done twice: reading, and files in `task.new_folder()`.
3. It calls `task.tell` every second or so. There it learns, by an exception that it lets pass, that it must stop.

A `Refused` ends the job with its problems; any other exception is a breakdown, and the job is tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from densach.history.domain import Act
from densach.jobs import files, queries
from densach.jobs.domain import Arguments, LeaseLost, Progress, Taken, finish
from densach.jobs.models import Role
from densach.problems import Refused, problem

Clock = Callable[[], datetime]


class Stopping(Exception):  # noqa: N818  - it is a request, not a fault of the program
    """The worker was asked to stop, and its patience is over."""


class Ending(Protocol):
    """Knows whether the worker was asked to stop."""

    def is_asked(self) -> bool:
        """Whether no further job may be taken."""

    def is_urgent(self) -> bool:
        """Whether the present job may not be finished either."""


@dataclass(frozen=True)
class Result:
    """What a job found out, as texts, numbers, lists and maps, for the page that tells it."""

    said: dict[str, Any] = field(default_factory=dict)


@dataclass
class Task:
    """One attempt at a job, in the hands of its handler."""

    taken: Taken
    clock: Clock
    ending: Ending
    progress: Progress = field(default_factory=Progress)
    made: list[files.KeptFile] = field(default_factory=list)
    is_lost: bool = False
    is_finished: bool = False

    @property
    def arguments(self) -> Arguments:
        """What was asked for."""
        return self.taken.arguments

    def act(self, why: str) -> Act:
        """The act of the one who asked, now."""
        return Act(who=self.taken.asker.name, at=self.clock(), why=why)

    def tell(self, step: str, done: int, total: int) -> None:
        """Tell whoever waits how far this is; raises Stopping or LeaseLost where it must not go on."""
        self.progress = Progress(step, done, total)
        if self.is_lost:
            raise LeaseLost
        if self.ending.is_urgent():
            raise Stopping

    def given_file(self) -> Path:
        """The file that came with the job, checked; refused (J102) where it is not there any more."""
        for file in queries.files_of(self.taken.uid, Role.GIVEN):
            return files.whole(file)
        raise Refused(problem("J102", ""))

    def new_folder(self) -> Path:
        """A folder to make files in; what is not kept of it is swept later."""
        return files.new_folder(self.taken.uid)

    def keep(self, path: Path) -> None:
        """Keep a file that was made there, for the one who asked; it is theirs once the job has ended."""
        self.made.append(files.keep(path, Role.MADE))

    def finish(self, result: Result) -> Result:
        """End the job as done, inside the transaction of the work and last in it; LeaseLost rolls all of it back."""
        finish(self.taken, result.said, self.made, self.clock())
        self.is_finished = True
        return result


Handler = Callable[[Task], Result]
