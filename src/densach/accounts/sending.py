"""Sending a code to a phone: whoever runs an installation names a sender; two are for trying: a file, and the screen.

A sender of a province is a class of its own with the same method, named by DENSACH_PHONE_SENDER.
"""

from __future__ import annotations

import os
import sys
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

OUTBOX = "tin-nhan-thu.txt"


class Sender(Protocol):
    """Brings a short text to a phone; it raises where it could not."""

    def send(self, phone: str, text: str) -> None:
        """Send the text; it holds a code, so it stands in no log."""


class FileSender:
    """Writes messages into a file of its owner's in the home of the installation, and sends nothing."""

    def send(self, phone: str, text: str) -> None:
        """Add one line."""
        descriptor = os.open(settings.HOME / OUTBOX, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(f"{phone} {text}\n")


class ConsoleSender:
    """Writes messages to the screen of whoever runs the server, for trying, and sends nothing."""

    def send(self, phone: str, text: str) -> None:
        """Write one line."""
        sys.stderr.write(f"{phone} {text}\n")
        sys.stderr.flush()


def sender() -> Sender | None:
    """The sender of this installation, if it has one."""
    return cast("Sender", import_string(settings.PHONE_SENDER)()) if settings.PHONE_SENDER else None
