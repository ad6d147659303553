"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from densach.problems import Refused, problem


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:  # noqa: ARG001  - click's signature
    """Read a day as 2026-11-23 or 23/11/2026; anything else is refused with a code."""
    if value is None:
        return None
    try:
        return date.fromisoformat("-".join(reversed(value.split("/"))))
    except ValueError as error:
        raise Refused(problem("D101", param.opts[0], value=value)) from error


def language(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--lang vi|en` to a command; Vietnamese unless asked otherwise."""
    return click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", help="Ngôn ngữ / language.")(command)
