"""What is said on the next page about what was just done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from densach.web.sentences import say


def say_done(request: HttpRequest, key: str, **words: object) -> None:
    """Keep a sentence for the next page."""
    messages.success(request, say(key, **words))
