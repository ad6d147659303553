"""`densach serve` as an office types it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.first_start import lay_ready

pytestmark = pytest.mark.slow
PATIENCE = 300  # seconds after which a server is taken to hang


@contextmanager
def serve(home: Path, port: int, *more: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "DENSACH_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "densach", "serve", "--port", str(port), *more]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield server
        finally:
            server.kill()  # of a test that failed; the others have ended it


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def below(pid: int) -> set[int]:
    """The processes that a process started, and those that these started, as long as they live."""
    parents = {}
    for folder in Path("/proc").iterdir():
        with suppress(ValueError, OSError):
            _, _, rest = (folder / "stat").read_text().rpartition(") ")
            state, parent = rest.split()[:2]
            if state != "Z":
                parents[int(folder.name)] = int(parent)
    found = {child for child, parent in parents.items() if parent == pid}
    return found.union(*(below(child) for child in found))


def words_of(pid: int) -> str:
    with suppress(OSError):
        return (Path("/proc") / str(pid) / "cmdline").read_text().replace("\0", " ")
    return ""


def waiting_for(server: subprocess.Popen[str]) -> Iterator[None]:
    """Ten times a second, as long as a server lives and may still do what is waited for."""
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        yield
        time.sleep(0.1)


def workers_of(server: subprocess.Popen[str], count: int) -> set[int]:
    """The keeper and its worker, once they are there."""
    for _ in waiting_for(server):
        found = {pid for pid in below(server.pid) if " work --beside " in words_of(pid)}
        if len(found) == count:
            return found
    raise AssertionError(count)


def are_gone(pids: set[int]) -> bool:
    """Whether none of some processes is left, once it was waited for that."""
    until = time.monotonic() + PATIENCE
    while any("densach" in words_of(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def says(server: subprocess.Popen[str], address: str) -> str:
    """What a site answers, once it does."""
    for _ in waiting_for(server):
        with suppress(URLError), urlopen(address, timeout=60) as answer:  # noqa: S310  - an address of this machine
            return str(answer.read().decode())
    raise AssertionError(address)


def answering(server: subprocess.Popen[str], port: int) -> None:
    """Read where a server says it is, and find it there."""
    assert server.stderr is not None
    for line in server.stderr:
        if line.startswith(f"Đèn Sách: http://127.0.0.1:{port} "):
            break
    assert says(server, f"http://127.0.0.1:{port}/healthz") == "ok\n"


@pytest.mark.parametrize(("by", "is_new"), [(signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGKILL, False)])
def test_it_says_where_it_is_ends_when_asked_and_never_leaves_its_worker_behind(
    tmp_path: Path, by: signal.Signals, *, is_new: bool
) -> None:
    if not is_new:
        lay_ready(tmp_path)
    port = free_port()
    with serve(tmp_path, port) as server:
        answering(server, port)
        everybody = workers_of(server, 2) | below(server.pid)
        server.send_signal(by)
        server.communicate(timeout=PATIENCE)
    assert server.returncode == (-by if by == signal.SIGKILL else 0)
    assert are_gone(everybody)


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, serve(tmp_path / "nha", taken.getsockname()[1]) as server:
        _, said = server.communicate(timeout=PATIENCE)
    assert server.returncode == 2
    assert said.startswith("H111 ")
    assert not (tmp_path / "nha").exists()


def test_a_worker_that_is_killed_is_replaced_and_none_is_there_where_none_is_wanted(tmp_path: Path) -> None:
    lay_ready(tmp_path)
    port = free_port()
    with serve(tmp_path, port) as server:
        says(server, f"http://127.0.0.1:{port}/healthz")
        first = workers_of(server, 2)
        os.kill(killed := max(first), signal.SIGKILL)
        assert are_gone({killed})
        assert len(workers_of(server, 2) - first) == 1
        server.terminate()
        server.communicate(timeout=PATIENCE)
    with serve(tmp_path, port, "--no-worker") as server:
        says(server, f"http://127.0.0.1:{port}/healthz")
        assert workers_of(server, 0) == set()
        server.terminate()
        server.communicate(timeout=PATIENCE)
