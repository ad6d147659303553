"""`densach desk`: texts of the lawyer's desk as policy files, out and in."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.accounts.queries import account_by_username
from densach.authority.access import viewer_of
from densach.cli.options import demo_option, out_option, packs_of
from densach.config.database import ensure_ready
from densach.lawmaking import queries
from densach.lawmaking.carrying import read_folder, write_text
from densach.lawmaking.domain import begin
from densach.lawmaking.standing import library_for
from densach.problems import Refused, problem


@click.group()
def desk() -> None:
    """Bàn soạn thảo: xuất và nhập văn bản / texts of the lawyer's desk, out and in."""


@desk.command(name="list")
def list_() -> None:
    """Mỗi văn bản một dòng, mã đứng đầu / one line each, the id first."""
    ensure_ready()
    for text in queries.texts_in(None):
        click.echo(f"{text.uid}  {text.policy_id} · {text.get_kind_display()} · {text.get_state_display()}")


@desk.command()
@click.argument("uid", type=click.UUID)
@out_option
def export(uid: UUID, folder: Path) -> None:
    """Xuất một văn bản thành tệp luật / write one text as policy files."""
    ensure_ready()
    text = queries.text_by_uid(uid)
    if text is None:
        raise Refused(problem("H103", uid))
    for path in write_text(folder, text):
        click.echo(path)


@desk.command(name="import")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--by", "username", required=True, metavar="NAME", help="Người soạn, theo tên đăng nhập / the editor.")
@demo_option
def import_(folder: Path, username: str, *, demo: bool) -> None:
    """Nhập tệp luật thành bản thảo / take policy files in as a draft."""
    ensure_ready()
    today = timezone.localdate()
    account = account_by_username(username)
    viewer = viewer_of(account, None, today) if account else None
    if viewer is None:
        raise Refused(problem("H103", username))
    beginning = read_folder(folder, library_for(packs_of(demo=demo), today), fictional=demo)
    click.echo(begin(viewer, beginning, at=timezone.now()).uid)
