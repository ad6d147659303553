"""Sending behind the back of the page: otherwise the time it takes would tell that an account is there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

_log = logging.getLogger("django.densach.sending")
_workers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="sending")
_waiting: set[Future[None]] = set()


def send_later(send: Callable[[], object]) -> None:
    """Send soon; a failure is logged by its kind alone, because the message holds a code."""
    future = _workers.submit(_try, send)
    _waiting.add(future)
    future.add_done_callback(_waiting.discard)


def wait_until_sent() -> None:
    """Wait for what is being sent."""
    for future in tuple(_waiting):
        future.result(timeout=60)


def _try(send: Callable[[], object]) -> None:
    try:
        send()
    except Exception as error:
        _log.error("a message could not be sent: %s", type(error).__name__)
