"""Processes that are forked from one that has loaded what they need: each would spend three seconds on loading it.

Each is a process of its own with a connection of its own, which it opens itself, and can be stopped and killed. A
second process keeps it, because only a parent is told how a process ended.
`python -m tests.forking MODULE` forks one for each list of words it is sent, as `python -m MODULE WORDS` would be.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300  # seconds after which a process is taken to hang
STOPPED = "stopped"


@dataclass(frozen=True)
class Forked:
    """A process that was forked: what it prints, and what its keeper tells of it."""

    pid: int
    stdout: IO[str]
    stderr: IO[str]
    told: IO[str]

    def send(self, number: int) -> None:
        """Send it a signal, which comes too late where it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait_until_stopped(self) -> None:
        assert self.told.readline().strip() == STOPPED

    def end(self) -> tuple[int, str, str]:
        """Its exit code (below zero: the signal that killed it) and what it printed, once it has ended."""
        with self.stdout, self.stderr, self.told:
            out = self.stdout.read()
            code = next(line for line in self.told if line.strip() != STOPPED)
            self.stderr.seek(0)
            return int(code), out, self.stderr.read()

    def said(self) -> str:
        """What it printed, where all went well."""
        code, out, err = self.end()
        assert code == 0, err
        return out.strip()


@dataclass(frozen=True)
class Loaded:
    """A process that has loaded a module and waits for words."""

    line: socket.socket

    def start(self, *words: object) -> Forked:
        (out, its_out), (told, its_told) = socket.socketpair(), socket.socketpair()
        err = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  - it goes with the process it belongs to
        with its_out, its_told:
            theirs = [each.fileno() for each in (its_out, err, its_told)]
            socket.send_fds(self.line, [json.dumps([*map(str, words)]).encode()], theirs)
        heard = _read(told)
        return Forked(int(heard.readline()), _read(out), err, heard)


@contextmanager
def loaded(module: str, **environment: str) -> Iterator[Loaded]:
    """A process that has loaded a module in an environment."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.forking", module]
    where = {**os.environ, **environment}
    with (
        subprocess.Popen(command, cwd=ROOT, env=where, stdin=theirs.fileno(), stdout=subprocess.DEVNULL),
        ours,  # closed first, which ends the process
    ):
        theirs.close()
        yield Loaded(ours)


def _read(end: socket.socket) -> IO[str]:
    with end:
        end.settimeout(PATIENCE)
        return end.makefile("r", encoding="utf-8")


def _words_of_a_fork(line: socket.socket) -> list[str]:
    """Wait for words and fork; returns in the process that is to work, and in no other."""
    while True:
        said, ends, *_ = socket.recv_fds(line, 65536, 3)
        if not said:
            os._exit(0)
        if os.fork() == 0:
            _keep(*ends)
            return [str(word) for word in json.loads(said)]
        for end in ends:
            os.close(end)


def _keep(out: int, err: int, told: int) -> None:
    """Fork the process that is to work, and tell how it fares; returns in that process alone."""
    if pid := os.fork():
        os.close(out)
        _tell_of(pid, told)
        os._exit(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for end, number in ((out, 1), (err, 2)):
        os.dup2(end, number)
    for end in (out, err, told):
        os.close(end)


def _tell_of(pid: int, told: int) -> None:
    os.write(told, f"{pid}\n".encode())
    while os.WIFSTOPPED(status := os.waitpid(pid, os.WUNTRACED)[1]):
        os.write(told, f"{STOPPED}\n".encode())
    os.write(told, f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    wanted = sys.argv[1]
    import_module(wanted)
    del sys.modules[wanted]  # it is run by its name below, all that it imports stays loaded
    gc.freeze()  # no fork need look through it when it ends
    sys.argv[1:] = _words_of_a_fork(socket.socket(fileno=0))
    runpy.run_module(wanted, run_name="__main__")
