"""The site of a trial: one server on a free port of this machine, detached, found again by the lock that it holds.

The server inherits an open, locked file. The lock is gone when the server is, however it ended, so a number in a file
that was left by a machine that was switched off is never taken for a process of ours.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

from densach.problems import Refused, problem

SERVER, LOCK, LOG = "trang-web.json", "trang-web.lock", "trang-web.log"
CODES_INTO_THE_LOG = "densach.accounts.sending.ConsoleSender"  # what a trial would send to a phone goes nowhere else
USUAL_PORT = 8000
SECONDS_TO_START = 120
SECONDS_TO_STOP = 20
PAUSE = 0.1


def start(folder: Path, home: Path) -> str:
    """Serve the database in `home`, in place of an earlier server of this folder; the address, once it answers.

    Refused with the log (H110) where it does not come up.
    """
    stop(folder)
    with _lock(folder) as lock, _listening() as listening, (folder / LOG).open("wb") as log:
        port = listening.getsockname()[1]
        server = _begin(home, listening, lock, log)
        (folder / SERVER).write_text(json.dumps({"pid": server.pid, "port": port}), "utf-8")
    _wait_until_it_answers(server, port, folder / LOG)
    server.returncode = 0  # it outlives us on purpose, so Python need not warn of a child left behind
    return f"http://127.0.0.1:{port}"


def stop(folder: Path) -> bool:
    """End the server of this folder and wait until it is gone; false where none was running."""
    running = _is_locked(folder)
    if running:
        pid = json.loads((folder / SERVER).read_text("utf-8"))["pid"]
        os.kill(pid, signal.SIGTERM)
        if not _wait_until_free(folder):
            os.killpg(pid, signal.SIGKILL)
            _wait_until_free(folder)
        (folder / SERVER).unlink(missing_ok=True)
    return running


def _begin(home: Path, listening: socket.socket, lock: IO[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    port, held = listening.getsockname()[1], listening.fileno()
    environment = {**os.environ, "DENSACH_HOME": str(home), "DENSACH_PHONE_SENDER": CODES_INTO_THE_LOG}
    for name in ("DATABASE_URL", "DENSACH_KEYS", "DENSACH_ADDRESS"):
        environment.pop(name, None)
    return subprocess.Popen(  # noqa: S603  - our own interpreter and command
        [sys.executable, "-m", "densach", "serve", "--port", str(port), "--listening", str(held)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        pass_fds=[lock.fileno(), held],
        start_new_session=True,
    )


def _listening() -> socket.socket:
    """The usual port, so that a page that was left open is found again, else whichever is free.

    It is held from here on: between looking for a port and taking it another site could.
    """
    for wanted in (USUAL_PORT, 0):
        with suppress(OSError):
            return socket.create_server(("127.0.0.1", wanted))
    raise Refused(problem("H110", "127.0.0.1"))


@contextmanager
def _lock(folder: Path) -> Iterator[IO[str]]:
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


def _is_locked(folder: Path) -> bool:
    if not (folder / LOCK).exists():
        return False
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _wait_until_free(folder: Path) -> bool:
    until = time.monotonic() + SECONDS_TO_STOP
    while _is_locked(folder):
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE)
    return True


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while not _answers(port):
        if server.poll() is not None or time.monotonic() > until:
            raise Refused(problem("H110", log))
        time.sleep(PAUSE)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
