"""`densach token`: give a program of an office a token that acts for an account, and end it."""

from __future__ import annotations

from datetime import date

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.models import Account
from densach.accounts.queries import account_by_username
from densach.api.domain import end_tokens, give_token
from densach.cli.options import day
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.problems import Refused, problem


@click.group("token")
def token() -> None:
    """Chìa khóa cho chương trình của cơ quan / tokens for programs of an office."""


@token.command("give")
@click.argument("username")
@click.option("--name", required=True, help="Chương trình nào / which program.")
@click.option("--until", required=True, metavar="DAY", callback=day, help="Đến trước ngày / until before a day.")
def give(*, username: str, name: str, until: date) -> None:
    """Tạo chìa khóa, chỉ hiện một lần / make a token, shown this once."""
    since = timezone.localdate()
    if until <= since:
        raise Refused(problem("G131", "--until"))
    click.echo(give_token(_account(username), name, since=since, until=until, act=_act(name)))


@token.command("end")
@click.argument("username")
def end(*, username: str) -> None:
    """Thu hồi mọi chìa khóa của một tài khoản / end every token of an account."""
    ended = end_tokens(_account(username), on=timezone.localdate(), act=_act("thu hồi"))
    click.echo(f"Đã thu hồi {ended} chìa khóa. / {ended} tokens ended.")


def _account(username: str) -> Account:
    ensure_ready()
    account = account_by_username(username)
    if account is None:
        raise Refused(problem("G130", username, name=username))
    return account


def _act(why: str) -> Act:
    return Act(who="densach token", at=timezone.now(), why=why)
