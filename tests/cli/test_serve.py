"""`densach serve` as an office types it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.slow


def serve(home: Path, port: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "DENSACH_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "densach", "serve", "--port", str(port)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def says(address: str) -> str:
    """What a site answers, once it does; it is waited for as long as its process lives."""
    for _ in range(600):
        with suppress(URLError), urlopen(address, timeout=10) as answer:  # noqa: S310  - an address of this machine
            return str(answer.read().decode())
        time.sleep(0.1)
    raise AssertionError(address)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_when_asked(tmp_path: Path, by: signal.Signals) -> None:
    port = free_port()
    with serve(tmp_path, port) as server:
        assert server.stderr is not None
        for line in server.stderr:
            if line.startswith(f"Đèn Sách: http://127.0.0.1:{port} "):
                break
        assert says(f"http://127.0.0.1:{port}/healthz") == "ok\n"
        server.send_signal(by)
        assert server.wait(timeout=60) == 0


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, serve(tmp_path / "nha", taken.getsockname()[1]) as server:
        _, said = server.communicate(timeout=60)
    assert server.returncode == 2
    assert said.startswith("H111 ")
    assert not (tmp_path / "nha").exists()
