"""What the commands about people share: the database made ready, who acts, whom an id names, and on which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.cli.options import day
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.people.models import Person
from densach.people.numbers import Keys, load_keys
from densach.people.records.naming import person_called
from densach.places.lookup import get_place
from densach.places.models import Level, Place
from densach.problems import Refused, problem

why_option = click.option("--why", required=True, metavar="TEXT", help="Lý do / the reason.")
json_option = click.option("--json", "as_json", is_flag=True, help="In JSON thay cho câu / JSON instead of sentences.")


def past_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date:
    """Read a day that has come; today where none is given. A later one is refused (N112): nothing has happened yet."""
    on = day(ctx, param, value) or timezone.localdate()
    if on > timezone.localdate():
        raise Refused(problem("N112", param.opts[0], on=on.isoformat()))
    return on


def on_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--on`, the day on which it happened."""
    help_text = "Xảy ra ngày nào; mặc định hôm nay / the day it happened; today."
    return click.option("--on", "on", callback=past_day, metavar="DATE", help=help_text)(command)


def person_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument that names a person by the public id."""
    return click.argument("who", metavar="ID")(command)


def the_person(text: str) -> Person:
    """The person of a public id; the database is made ready first."""
    ensure_ready()
    return person_called(text)


def the_commune(code: str, on: date) -> Place:
    """The commune of a code on a day (else L112); the database is made ready first."""
    ensure_ready()
    found = get_place(code, on)
    if found.level != Level.COMMUNE:
        raise Refused(problem("L112", code, name=found.name))
    return found.place


def the_keys() -> Keys:
    """The keys of the personal numbers."""
    return load_keys(settings.KEYS_FILE)


def acting(why: str) -> Act:
    """The command stands for who enters, until people sign in."""
    return Act(who=f"densach people {click.get_current_context().info_name}", at=timezone.now(), why=why)
