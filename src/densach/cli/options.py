"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from densach.problems import Refused, problem

YEARS = click.IntRange(2014, 2100)


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:  # noqa: ARG001  - click's signature
    """Read a day as 2026-11-23 or 23/11/2026; anything else is refused with a code."""
    return None if value is None else read_day(param.opts[0], value)


def read_day(where: str, value: str) -> date:
    """The day that a text says; `where` names what it was typed for."""
    try:
        return date.fromisoformat("-".join(part.zfill(2) for part in reversed(value.split("/"))))
    except ValueError as error:
        raise Refused(problem("D101", where, value=value)) from error


def language(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--lang vi|en` to a command; Vietnamese unless asked otherwise."""
    return click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", help="Ngôn ngữ / language.")(command)


out_option = click.option(
    "--out",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Thư mục kết quả / where the files go.",
)
demo_option = click.option("--demo", is_flag=True, help="Dùng gói hư cấu MẪU / with the fictional pack.")


def packs_of(*, demo: bool) -> tuple[str, ...]:
    """The packs of law a command opens."""
    return ("vn", "demo") if demo else ("vn",)


def year_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the required `--year`, the year that is assessed."""
    return click.option("--year", type=YEARS, required=True, metavar="Y", help="Năm đánh giá / assessed year.")(command)


def place_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the required `--place`, the commune by its code."""
    return click.option("--place", "code", required=True, metavar="CODE", help="Mã xã / code of the commune.")(command)
