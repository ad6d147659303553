"""`densach serve`: the pages of the product, for the browser of this machine or behind a web server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import click
from django.conf import settings
from django.core.management import call_command

import densach.config.ready  # noqa: F401  - before what asks for settings
from densach.config.database import ensure_ready
from densach.config.secret import secret_key
from densach.problems import Refused, problem

SECONDS_TO_ANSWER = 60


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Cổng / port.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Số tiến trình / processes.")
@click.option("--listening", type=int, hidden=True, metavar="FD", help="A socket that holds the port already.")
@click.option("--worker/--no-worker", default=True, help="Kèm một tiến trình làm việc nền / with a background worker.")
def serve(*, port: int, workers: int, listening: int | None, worker: bool) -> None:
    """Chạy các trang web trên máy này, cho đến khi bấm Ctrl+C / serve the pages on this machine until Ctrl+C."""
    bind = _found_free(port) if listening is None else f"fd://{listening}"
    ensure_ready()
    _lay_out_static_files()
    secret_key(settings.SECRET_KEY_FILE)
    if worker:
        _start_worker()
    click.echo(f"Đèn Sách: http://127.0.0.1:{port} (Ctrl+C để dừng / to stop)", err=True)
    command = ["-m", "gunicorn", "densach.config.wsgi", *_options(bind, workers)]
    os.execv(sys.executable, [sys.executable, *command])  # noqa: S606  - our own interpreter becomes the server


def _found_free(port: int) -> str:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise Refused(problem("H111", port, reason=error.strerror)) from error
    return f"127.0.0.1:{port}"


def _options(bind: str, workers: int) -> list[str]:
    shape = ["--worker-class=gthread", f"--workers={workers}", "--threads=8", f"--timeout={SECONDS_TO_ANSWER}"]
    usual = ["--preload", "--no-control-socket", "--log-level=warning", "--forwarded-allow-ips=127.0.0.1"]
    return [f"--bind={bind}", *shape, *usual]


def _start_worker() -> None:
    """Start a worker as a child of the server that we become; it ends when its parent is gone.

    It inherits what the server holds open, so that the lock of a trial is free only when both have ended.
    """
    command = [sys.executable, "-m", "densach", "work", "--beside", str(os.getpid())]
    subprocess.Popen(command, stdin=subprocess.DEVNULL, close_fds=False)  # noqa: S603  - our own command


def _lay_out_static_files() -> None:
    """Put the style, script and letters where the server finds them, under names that change with what is in them."""
    try:
        call_command("collectstatic", verbosity=0, interactive=False)
    except OSError as error:
        raise Refused(problem("S105", error.filename, reason=error.strerror)) from error
