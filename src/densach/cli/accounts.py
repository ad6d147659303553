"""`densach accounts`: the first account of an installation, and help where nobody can sign in any more."""

from __future__ import annotations

from datetime import date

import click
from django.conf import settings
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.domain import Newcomer, give_first_code, make_account
from densach.accounts.models import Account
from densach.accounts.queries import account_by_username, any_account
from densach.authority.granting import END_OF_THE_MOVEMENT, Charge, give_first_role
from densach.authority.roles import Role
from densach.cli.options import day
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.lookup import get_place
from densach.places.models import Place
from densach.places.queries import open_country
from densach.problems import Refused, problem

_username = click.option("--username", required=True, help="Tên đăng nhập / sign-in name.")


@click.group()
def accounts() -> None:
    """Tài khoản và vai, khi trang web chưa làm được / accounts and roles, where the site cannot help."""


@accounts.command()
@_username
@click.option("--name", required=True, help="Họ và tên / name.")
def first(*, username: str, name: str) -> None:
    """Lập tài khoản đầu tiên, vai quản trị cả nước / make the first account, administrator over the country."""
    ensure_ready()
    if any_account():
        raise Refused(problem("U118", "accounts"))
    act = Act(who="densach accounts first", at=timezone.now(), why="tài khoản đầu tiên của cơ sở này")
    account = make_account(Newcomer(username, name), act=act)
    _give(account, Role.ADMINISTRATOR, _country(), until=END_OF_THE_MOVEMENT, act=act)
    _tell(account, give_first_code(account, act=act))


@accounts.command()
@_username
@click.option("--role", type=click.Choice(Role.values), required=True, help="Vai / role.")
@click.option("--place", "code", metavar="CODE", help="Mã xã hoặc tỉnh; bỏ trống là cả nước / code, else the country.")
@click.option("--until", callback=day, metavar="DAY", help="Đến trước ngày / until before this day.")
@click.option("--why", required=True, help="Căn cứ / basis.")
def give(*, username: str, role: str, code: str | None, until: date | None, why: str) -> None:
    """Giao một vai khi không còn ai giao được / give a role where nobody is left who can."""
    ensure_ready()
    account, act = _account(username), Act(who="densach accounts give", at=timezone.now(), why=why)
    place = get_place(code, timezone.localdate()).place if code else _country()
    _give(account, Role(role), place, until=until or END_OF_THE_MOVEMENT, act=act)
    click.echo(f"Đã giao vai “{Role(role).label}” cho {account.username}. / The role was given.")


@accounts.command()
@_username
@click.option("--why", required=True, help="Lý do / reason.")
def code(*, username: str, why: str) -> None:
    """Cấp mã đặt mật khẩu mới / give a code to set a new password with."""
    ensure_ready()
    account, act = _account(username), Act(who="densach accounts code", at=timezone.now(), why=why)
    _tell(account, give_first_code(account, act=act))


def _give(account: Account, role: Role, place: Place, *, until: date, act: Act) -> None:
    charge = Charge(role=role, thing=place, valid_from=timezone.localdate(), valid_to=until, basis=act.why)
    give_first_role(account, charge, act=act)


def _country() -> Place:
    country = open_country()
    assert country is not None  # noqa: S101  - every database is seeded before it is used
    return country.place


def _account(username: str) -> Account:
    account = account_by_username(username)
    if account is None:
        raise Refused(problem("U119", username))
    return account


def _tell(account: Account, shown: str) -> None:
    click.echo(f"Tên đăng nhập / sign-in name: {account.username}")
    click.echo(f"Mã, dùng một lần / code, works once: {shown}")
    click.echo(f"Đặt mật khẩu ở / set the password at: {settings.ADDRESS.geturl()}/mat-khau-dau")
