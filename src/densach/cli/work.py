"""`densach work`: do the work that waits in the background, in a process of its own or beside the web server."""

from __future__ import annotations

import os
import signal
import socket
from multiprocessing import get_context
from time import sleep

import click
from django.db import connections
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.config.database import ensure_ready
from densach.jobs.worker import IDLE, Asked, Worker
from densach.web.working import CHORES, HANDLERS


@click.command()
@click.option("--once", is_flag=True, help="Làm hết việc đang chờ rồi dừng / do all that waits, then end.")
@click.option("--beside", type=int, hidden=True, metavar="PID", help="End when this process, which started us, does.")
def work(*, once: bool, beside: int | None) -> None:
    """Làm các việc chạy nền, cho đến khi bấm Ctrl+C / do the work in the background until Ctrl+C.

    Dừng lúc nào cũng được: việc dở được trả lại, không mất, không làm hai lần. / May be stopped at any moment.
    """
    ensure_ready()
    if beside is not None:
        keep_working(beside)
        return
    asked = Asked()
    listen(asked)
    worker = a_worker(asked)
    if once:
        click.echo(f"Đã xử lý: {worker.drain()} việc. / Jobs taken up.")
    else:
        worker.work()


def a_worker(asked: Asked) -> Worker:
    """A worker that can do all that the product does in the background."""
    return Worker(f"{socket.gethostname()}:{os.getpid()}", HANDLERS, timezone.now, asked, CHORES)


def listen(asked: Asked) -> None:
    """Take the signals that end a process as a request to stop."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: asked.ask())


def keep_working(server: int) -> None:
    """Have one worker as long as the server lives, a new one where it was killed; end together with the server.

    The server becomes gunicorn, which knows nothing of us; that we have another parent tells us that it is gone.
    """
    asked = Asked(is_left=lambda: os.getppid() != server)
    listen(asked)
    connections.close_all()  # a connection must not be shared with a process that is forked
    while not asked.is_asked():
        worker = get_context("fork").Process(target=_work_under, args=(os.getpid(),))
        worker.start()
        while worker.is_alive() and not asked.is_asked():
            worker.join(IDLE)
        if worker.is_alive():
            worker.terminate()
            worker.join()
        elif not asked.is_asked():
            sleep(IDLE)


def _work_under(keeper: int) -> None:
    asked = Asked(is_left=lambda: os.getppid() != keeper)
    listen(asked)
    a_worker(asked).work()
